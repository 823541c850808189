// A page that carries on what somebody wrote is not left without a question: the words are nowhere else.

let isSending = false;

document.querySelector("main form").addEventListener("submit", () => {
  isSending = true;
});
addEventListener("beforeunload", (event) => {
  if (!isSending) event.preventDefault();
});

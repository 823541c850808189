// Puts the publisher's or somebody else's text into its field at one click. Without this script the same buttons do the
// same, with a load of the page.

for (const button of document.querySelectorAll("button.take")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.field);
    field.focus();
    field.select();
    // The only way that leaves what stood there to Ctrl+Z.
    const isPut = document.execCommand("insertText", false, button.dataset.text);
    if (isPut && field.value === button.dataset.text) return;
    field.value = button.dataset.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

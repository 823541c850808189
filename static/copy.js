// Buttons that copy an address. They show only where this script runs.

const announcement = document.createElement("p");
announcement.className = "visually-hidden";
announcement.setAttribute("role", "status");
document.getElementById("main").append(announcement);

// Browsers give the clipboard to https and localhost alone; inside a company a site is often plain http.
function copyThroughField(words) {
  const field = document.createElement("textarea");
  field.className = "visually-hidden";
  field.value = words;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand("copy");
  field.remove();
  return isCopied;
}

async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyThroughField(words);
  }
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = [...button.childNodes];
  let restoring;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isCopied = await copy(button.dataset.copy);
    const words = isCopied ? "Copied" : "Not copied";
    button.textContent = words;
    const said = `${words}: ${button.dataset.copy}`;
    announcement.textContent = said;
    button.focus();
    clearTimeout(restoring);
    restoring = setTimeout(() => {
      button.replaceChildren(...label);
      // Another button may have said something since.
      if (announcement.textContent === said) announcement.textContent = "";
    }, 2000);
  });
}

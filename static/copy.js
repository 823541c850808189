// Buttons that copy an address, or what stands in a field. They show only where this script runs.

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

// As an answer to what the browser asks when a selection is copied, both kinds can be given over plain http too.
function copyRichThroughEvent(source, kinds) {
  const give = (event) => {
    for (const [kind, words] of Object.entries(kinds)) event.clipboardData.setData(kind, words);
    event.preventDefault();
  };
  getSelection().selectAllChildren(source);
  document.addEventListener("copy", give);
  const isCopied = document.execCommand("copy");
  document.removeEventListener("copy", give);
  getSelection().removeAllRanges();
  return isCopied;
}

async function copyRich(source, html, plain) {
  const kinds = {"text/html": html, "text/plain": plain};
  try {
    const blobs = Object.entries(kinds).map(([kind, words]) => [kind, new Blob([words], {type: kind})]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    return copyRichThroughEvent(source, kinds);
  }
}

function copyFor({copy: words, html, plain}, source) {
  if (!source) return copy(words);
  return html === undefined ? copy(source.value) : copyRich(source, html, document.getElementById(plain).value);
}

function select(source) {
  source.focus();
  if ("select" in source) source.select();
  else getSelection().selectAllChildren(source);
}

for (const button of document.querySelectorAll("button:is([data-copy], [data-copies])")) {
  const label = [...button.childNodes];
  const source = document.getElementById(button.dataset.copies);
  const name = button.dataset.name ?? button.dataset.copy;
  let restoring;
  const show = (words, said) => {
    button.textContent = words;
    announcement.textContent = said;
    clearTimeout(restoring);
  };
  const restore = (said) => {
    button.replaceChildren(...label);
    // Another button may have said something since.
    if (announcement.textContent === said) announcement.textContent = "";
  };
  button.hidden = false;
  button.addEventListener("click", async () => {
    const isCopied = await copyFor(button.dataset, source);
    if (source && !isCopied) {
      const said = `Press Ctrl+C to copy: ${name}`;
      show("Press Ctrl+C", said);
      select(source);
      source.addEventListener("blur", () => restore(said), {once: true});
      return;
    }
    const words = isCopied ? "Copied" : "Not copied";
    const said = `${words}: ${name}`;
    show(words, said);
    button.focus();
    restoring = setTimeout(() => restore(said), 2000);
  });
}

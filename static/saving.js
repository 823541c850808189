// Ctrl+S saves, and no word is left behind unasked.

const DOUBLE_CLICK = 2000; // milliseconds in which a second save is taken for the first one
const save = document.querySelector(".submit-row [name=_continue]") ?? document.querySelector(".submit-row [name=_save]");
const form = save?.form;

// Told by what the server sent, for a browser that goes back to a page puts in what was typed before this script runs.
function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

if (save) {
  // What comes back from a save that was refused is not saved yet, and why is said first.
  const refusal = form.querySelector(".refused");
  if (refusal) addEventListener("load", () => refusal.scrollIntoView());
  let savedAt = -Infinity;
  let isSaving = false;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - savedAt < DOUBLE_CLICK) {
      event.preventDefault(); // it would meet the first one as somebody else's
      return;
    }
    savedAt = event.timeStamp;
    // The page that comes back shows the field that was being written in.
    if (document.activeElement.id) form.action = `#${document.activeElement.id}`;
    isSaving = true;
  });
  addEventListener("pageshow", () => {
    isSaving = false;
    for (const field of form.elements) if (isChanged(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  addEventListener("beforeunload", (event) => {
    if (!isSaving && (refusal || [...form.elements].some(isChanged))) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(save);
  });
}

// Comfort for whoever edits: a live preview and count, another text at one click, Ctrl+S, and no word left behind
// unasked. Without this script the same buttons do the same, with a load of the page each.

const form = document.querySelector("#content-main form");
const token = form?.querySelector("[name=csrfmiddlewaretoken]")?.value;
const PAUSE = 400; // milliseconds after the last key
const DOUBLE_CLICK = 2000; // milliseconds in which a second save is taken for the first one

// Told by what the server sent, for a browser that goes back to a page puts in what was typed before this script runs.
function isChanged(field) {
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return "defaultValue" in field && field.value !== field.defaultValue;
}

function count(field, place) {
  const length = [...field.value].length; // as Python counts: an emoji is one
  place.firstElementChild.textContent = length.toLocaleString("en-GB");
  place.classList.toggle("too-long", length > Number(place.dataset.longest));
}

async function show(field, preview, signal) {
  const problem = preview.querySelector(".preview-problem");
  let sentence = "Saving still keeps what you wrote.";
  try {
    const response = await fetch(preview.dataset.address, {
      method: "POST",
      headers: { "X-CSRFToken": token },
      body: new URLSearchParams({ text: field.value, under: preview.dataset.under }),
      signal,
    });
    if (response.status === 400) sentence = await response.text();
    const { html } = await response.json();
    const page = new DOMParser().parseFromString(html, "text/html");
    preview.querySelector(".prose").replaceChildren(...page.body.childNodes);
    problem.textContent = "";
  } catch {
    if (!signal.aborted) problem.textContent = `No preview now. ${sentence}`;
  }
}

function follow(field, preview) {
  let waiting;
  let asking = new AbortController();
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    asking.abort(); // an answer that comes late is not shown over a later one
    asking = new AbortController();
    waiting = setTimeout(show, PAUSE, field, preview, asking.signal);
  });
}

for (const place of form?.querySelectorAll("[data-count-of]") ?? []) {
  const field = document.getElementById(place.dataset.countOf);
  field.addEventListener("input", () => count(field, place));
}

for (const preview of form?.querySelectorAll("[data-preview-of]") ?? []) {
  follow(document.getElementById(preview.dataset.previewOf), preview);
}

for (const button of form?.querySelectorAll("button.take") ?? []) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById(button.dataset.field);
    field.value = button.dataset.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

const save = form?.querySelector("[name=_continue]") ?? form?.querySelector("[name=_save]");
if (save) {
  // What comes back from a save that was refused is not saved yet.
  const wasRefused = form.querySelector(".errornote, .errorlist") !== null;
  let savedAt = -Infinity;
  let isSaving = false;
  form.addEventListener("submit", (event) => {
    if (event.timeStamp - savedAt < DOUBLE_CLICK) {
      event.preventDefault(); // it would meet the first one as somebody else's
      return;
    }
    savedAt = event.timeStamp;
    isSaving = true;
  });
  addEventListener("pageshow", () => {
    isSaving = false;
    for (const field of form.elements) if (isChanged(field)) field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  addEventListener("beforeunload", (event) => {
    if (!isSaving && (wasRefused || [...form.elements].some(isChanged))) event.preventDefault();
  });
  addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    form.requestSubmit(save);
  });
}

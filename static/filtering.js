// Choosing a filter shows what it leaves without loading a page: where the reader looks and what has the focus stay.
// Without this script the same links lead to the same pages.

const PARTS = ["clear", "filters", "results"];
const found = document.getElementById("found");
let loading = new AbortController();
let shown = addressOfState();

function addressOfState() {
  return location.pathname + location.search;
}

function focusAgain(row, option) {
  const links = [...document.querySelectorAll(`[data-choice="${row}"] a`)];
  const target = links.find((link) => link.dataset.option === option) ?? links[0] ?? found;
  target.focus({ preventScroll: true });
}

async function show(address) {
  loading.abort();
  loading = new AbortController();
  const response = await fetch(address, { signal: loading.signal });
  if (!response.ok) throw new Error(response.status);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const focused = document.activeElement;
  const hadFocus = PARTS.some((part) => document.getElementById(part).contains(focused));
  for (const part of PARTS) document.getElementById(part).replaceWith(page.getElementById(part));
  // What is to be said aloud must stay the same element.
  found.textContent = page.getElementById("found").textContent;
  if (hadFocus) focusAgain(focused.closest("[data-choice]")?.dataset.choice, focused.dataset.option);
}

async function go(address, remember) {
  try {
    await show(address);
    remember();
    shown = addressOfState();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

document.getElementById("main").addEventListener("click", (event) => {
  const link = event.target.closest("[data-choice] a, #clear a, #loosen a");
  if (!link || link.dataset.leaves || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  go(link.href, () => history.pushState(null, "", link.href));
});

addEventListener("popstate", () => {
  // Going to another place of the same page is no change of what is shown.
  if (addressOfState() !== shown) go(location.href, () => {});
});

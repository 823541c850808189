// Choosing a filter shows what it leaves without loading a page: where the reader looks and what has the focus stay.
// Without this script the same links lead to the same pages.

const PARTS = ["clear", "filters", "results", "printed-from"];
const found = document.getElementById("found");
let loading = new AbortController();
let shown = addressOfState();

// On a narrow screen the filters would fill the first view, before anything that they narrow.
const fold = document.getElementById("filter-fold");
const isFiltered = document.querySelector("#clear a") !== null;
if (fold && matchMedia("(max-width: 40rem)").matches && !isFiltered) fold.open = false;

function addressOfState() {
  return location.pathname + location.search;
}

function focusAgain(row, option) {
  const links = [...document.querySelectorAll(`[data-choice="${row}"] a`)];
  const target = links.find((link) => link.dataset.option === option) ?? links[0] ?? found;
  target.focus({ preventScroll: true });
}

async function fetched(address) {
  const response = await fetch(address, { signal: loading.signal });
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function show(page) {
  const focused = document.activeElement;
  const hadFocus = PARTS.some((part) => document.getElementById(part).contains(focused));
  for (const part of PARTS) document.getElementById(part).replaceWith(page.getElementById(part));
  // What is to be said aloud must stay the same element.
  found.replaceChildren(...page.getElementById("found").childNodes);
  document.title = page.title;
  if (hadFocus) focusAgain(focused.closest("[data-choice]")?.dataset.choice, focused.dataset.option);
}

async function go(address, remember) {
  loading.abort();
  loading = new AbortController();
  try {
    const page = await fetched(address);
    remember();
    show(page);
    shown = addressOfState();
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

document.getElementById("main").addEventListener("click", (event) => {
  const link = event.target.closest("[data-choice] a, #clear a, #loosen a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.href !== location.href) go(link.href, () => history.pushState(null, "", link.href));
});

addEventListener("popstate", () => {
  // Going to another place of the same page, or back to what is shown while something else is on its way.
  if (addressOfState() === shown) loading.abort();
  else go(location.href, () => {});
});

// A browser may give up what is on its way when the reader leaves: that is no reason to go anywhere else.
addEventListener("pagehide", () => loading.abort());

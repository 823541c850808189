// Offers skills while somebody types in the search box (the WAI-ARIA pattern "combobox with a list").
// Without this script the box leads to the same results.

const WAIT = 120; // milliseconds between the last letter and the question
const form = document.querySelector("form.search");
const box = form.elements.q;
const list = document.createElement("ul");
const said = document.createElement("span");
let asking = new AbortController();
let waiting;
let addresses = [];
let active = -1;

list.id = "suggestions";
list.className = "suggestions";
list.hidden = true;
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Suggestions");
said.className = "visually-hidden";
said.setAttribute("role", "status");
form.append(list, said);
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", list.id);
box.setAttribute("aria-expanded", "false");

function part(name, words, className = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = words;
  return element;
}

function option(suggestion, number) {
  const element = document.createElement("li");
  element.id = `suggestion-${number}`;
  element.setAttribute("role", "option");
  element.setAttribute("aria-selected", "false");
  const level = suggestion.level ? `, level ${suggestion.level}` : "";
  element.append(part("span", suggestion.name + level), " ", part("small", suggestion.code));
  if (suggestion.for.length) element.append(" ", part("small", `for: ${suggestion.for.join(", ")}`, "for"));
  return element;
}

function choose(number) {
  list.children[active]?.setAttribute("aria-selected", "false");
  active = number;
  const chosen = list.children[active];
  chosen?.setAttribute("aria-selected", "true");
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) box.setAttribute("aria-activedescendant", chosen.id);
  else box.removeAttribute("aria-activedescendant");
}

function show(suggestions) {
  addresses = suggestions.map((suggestion) => suggestion.address);
  list.replaceChildren(...suggestions.map(option));
  choose(-1);
  list.hidden = !suggestions.length;
  box.setAttribute("aria-expanded", String(!list.hidden));
}

function close() {
  clearTimeout(waiting);
  asking.abort();
  said.textContent = "";
  show([]);
}

async function ask() {
  clearTimeout(waiting);
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  try {
    const response = await fetch(`${form.dataset.suggestions}?${new URLSearchParams({ q: box.value })}`, { signal });
    if (!response.ok) throw new Error(response.status);
    const { suggestions } = await response.json();
    if (signal.aborted) return;
    show(suggestions);
    said.textContent = suggestions.length === 1 ? "1 suggestion" : `${suggestions.length} suggestions`;
  } catch (error) {
    // What cannot be offered now is found by searching.
    if (error.name !== "AbortError") close();
  }
}

function move(step) {
  const count = addresses.length;
  // One place more than there are suggestions: in it, none is chosen.
  choose(((active + 1 + step + count + 1) % (count + 1)) - 1);
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  // What was chosen answers what stood there before.
  choose(-1);
  if (box.value.trim()) waiting = setTimeout(ask, WAIT);
  else close();
});

box.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!list.hidden) move(event.key === "ArrowDown" ? 1 : -1);
    else if (box.value.trim()) ask();
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    location.assign(addresses[active]);
  }
});

// The box keeps the focus while somebody chooses with the pointer.
list.addEventListener("mousedown", (event) => event.preventDefault());
list.addEventListener("click", (event) => {
  const chosen = [...list.children].indexOf(event.target.closest("[role=option]"));
  if (chosen >= 0) location.assign(addresses[chosen]);
});
box.addEventListener("blur", close);
form.addEventListener("submit", close);
addEventListener("pagehide", close);

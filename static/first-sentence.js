// What a skill is at a level, in its first sentence, at the cell that the pointer or the focus is on.
// It is read from the page that the cell leads to, once, and Escape closes it.

const WAIT = 200; // milliseconds: who only crosses a cell asks for nothing, and who goes to the note loses nothing
const GAP = 6; // pixels
// The browser takes these for the end of a sentence.
const ABBREVIATION = /\b(?:e\.g|i\.e|cf|vs|incl|approx|no|dr|mr|mrs|ms|prof|st)\.\s*$/i;
const sentences = new Map();
const note = document.createElement("div");
const title = document.createElement("b");
const words = document.createElement("span");
let cell = null;
let opening;
let closing;

note.id = "first-sentence";
note.setAttribute("role", "tooltip");
note.hidden = true;
// The name of the cell's own link says it already.
title.setAttribute("aria-hidden", "true");
note.append(title, words);
document.body.append(note);

function firstSentence(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const text = page.querySelector(".description :is(p, li)")?.textContent.trim() ?? "";
  let sentence = "";
  for (const { segment } of new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)) {
    sentence += segment;
    if (!ABBREVIATION.test(sentence)) break;
  }
  return sentence.trim();
}

async function ask(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return firstSentence(await response.text());
}

function sentenceOf(address) {
  if (!sentences.has(address)) {
    sentences.set(address, ask(address));
    sentences.get(address).catch(() => sentences.delete(address));
  }
  return sentences.get(address);
}

function place() {
  if (!cell || note.hidden) return;
  const at = cell.getBoundingClientRect();
  const { width, height } = note.getBoundingClientRect();
  const below = at.bottom + GAP;
  const top = below + height < innerHeight ? below : Math.max(0, at.top - GAP - height);
  const left = at.left + at.width / 2 - width / 2;
  note.style.top = `${top}px`;
  note.style.left = `${Math.max(GAP, Math.min(left, document.documentElement.clientWidth - width - GAP))}px`;
}

function close() {
  clearTimeout(opening);
  clearTimeout(closing);
  cell?.removeAttribute("aria-describedby");
  cell = null;
  note.hidden = true;
}

async function open(link) {
  const sentence = await sentenceOf(link.href).catch(() => "");
  if (cell !== link || !sentence) return;
  title.textContent = link.ariaLabel;
  words.textContent = sentence;
  note.hidden = false;
  link.setAttribute("aria-describedby", note.id);
  place();
}

function approach(target) {
  const link = target.closest?.(".chart td a");
  if (link === cell || note.contains(target)) clearTimeout(closing);
  if (!link || link === cell) return;
  close();
  cell = link;
  opening = setTimeout(open, WAIT, link);
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "mouse") approach(target);
});
document.addEventListener("pointerout", ({ target }) => {
  // What the focus has opened stays until the focus leaves.
  if (!cell || cell === document.activeElement || !(cell.contains(target) || note.contains(target))) return;
  clearTimeout(closing);
  closing = setTimeout(close, WAIT);
});
document.addEventListener("focusin", ({ target }) => approach(target));
document.addEventListener("focusout", close);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") close();
});
addEventListener("scroll", place, { capture: true, passive: true });

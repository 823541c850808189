// Keeps the address in step with what is folded and unfolded, and opens what the address points at.
// Without this script the same links lead to the same pages.

const folds = [...document.querySelectorAll("details[data-shown-by]")];
const showAll = document.getElementById("show-all");

function allOpen(among) {
  return among.length > 0 && among.every((fold) => fold.open);
}

function putStateInAddress() {
  const address = new URL(location.href);
  for (const name of new Set(folds.map((fold) => fold.dataset.shownBy))) {
    const isOpen = allOpen(folds.filter((fold) => fold.dataset.shownBy === name));
    if (isOpen) address.searchParams.set(name, "all");
    else if (address.searchParams.get(name) === "all") address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function putStateInButton() {
  const isOpen = allOpen(folds);
  showAll.textContent = isOpen ? showAll.dataset.hide : showAll.dataset.show;
  showAll.href = isOpen ? "?#levels" : "?levels=all&sections=all#levels";
}

function openWhatTheAddressPointsAt() {
  // The ids of this page are written the same in an address, so nothing is decoded: what people mistype may not decode.
  const target = document.getElementById(location.hash.slice(1));
  const fold = target?.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  target.scrollIntoView();
}

for (const fold of folds) {
  fold.addEventListener("toggle", () => {
    putStateInAddress();
    putStateInButton();
  });
}

showAll?.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const open = !allOpen(folds);
  for (const fold of folds) fold.open = open;
});

addEventListener("hashchange", openWhatTheAddressPointsAt);
openWhatTheAddressPointsAt();

// A live preview of each text, rendered by the site's own code, and a live count of its characters.

const PAUSE = 400; // milliseconds after the last key

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
      headers: { "X-CSRFToken": field.form.elements.csrfmiddlewaretoken.value },
      body: new URLSearchParams({ text: field.value, under: preview.dataset.under }),
      signal,
    });
    if (response.status === 400) sentence = await response.text();
    const { html } = await response.json();
    const page = new DOMParser().parseFromString(html, "text/html");
    preview.querySelector(".prose").replaceChildren(...page.body.childNodes);
    problem.textContent = "";
  } catch {
    // The old preview stays, dimmed by the style sheet, until there is a new one.
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

for (const place of document.querySelectorAll("[data-count-of]")) {
  const field = document.getElementById(place.dataset.countOf);
  field.addEventListener("input", () => count(field, place));
}

for (const preview of document.querySelectorAll("[data-preview-of]")) {
  follow(document.getElementById(preview.dataset.previewOf), preview);
}

import pytest
from playwright.sync_api import expect

from .steps import FOCUSABLE

PAGES = [
    ("sample", "/skills/ITMG/?levels=all&sections=all"),
    ("sample", "/skills/ITMG/2/"),
    ("demo", "/"),
    ("demo", "/skills/"),
    ("demo", "/chart/"),
    ("demo", "/skills/compare/?skills=CLHD,DROV&level=3"),
    ("demo", "/levels/5/"),
    ("demo", "/attributes/AUTO/"),
    ("demo", "/skills/DROV/copy/?as=quotation"),
]

# Where the focus is, and what is wrong with how it shows. A point of the element that is its own, and not the
# header's, is enough: WCAG 2.4.11 forbids that it is hidden entirely.
FOCUSED = f"""() => {{
  const element = document.activeElement;
  const all = [...document.querySelectorAll("{FOCUSABLE}")].filter((e) => e.checkVisibility() && e.tabIndex >= 0);
  const style = getComputedStyle(element);
  const isSeen = [...element.getClientRects()].some((box) => [0.1, 0.5, 0.9].some((part) => {{
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
    return top && (element.contains(top) || top.contains(element) && !top.matches("body, html"));
  }}));
  const shown = element.checkVisibility({{checkOpacity: true, checkVisibilityCSS: true}});
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("shows no focus");
  if (!shown) faults.push("cannot be seen");
  if (!isSeen) faults.push("is hidden or out of view");
  return {{
    place: all.indexOf(element),
    count: all.length,
    faults: faults.map((fault) => `${{element.outerHTML.slice(0, 80)}} ${{fault}}`),
  }};
}}"""


def walk(page, key):
    """Press the key until it has been once round the page: the places of all that had the focus, and the faults."""
    page.keyboard.press(key)
    first = page.evaluate(FOCUSED)
    steps = [first]
    for _ in range(first["count"] - 1):
        page.keyboard.press(key)
        steps.append(page.evaluate(FOCUSED))
    return [step["place"] for step in steps], [fault for step in steps for fault in step["faults"]]


@pytest.mark.parametrize("address", PAGES, indirect=True, ids="".join)
def test_tab_goes_through_everything_in_order_back_and_forth_and_shows_where_it_is(page, address):
    for width, key in [(1280, "Tab"), (1280, "Shift+Tab"), (320, "Tab")]:
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(address)
        places, faults = walk(page, key)
        in_order = list(range(len(places)))
        assert places == (in_order if key == "Tab" else in_order[::-1]), (width, key)
        assert not faults, "\n".join([f"{width} px, {key}", *faults])


def test_the_skip_link_comes_first_and_leads_past_the_header(page, sample):
    page.goto(sample.at("/skills/ITMG/"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")

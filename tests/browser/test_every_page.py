"""What holds for every page: it can be read by everybody, at every width, with and without JavaScript."""

from .axe import violations
from .server import UNKNOWN_HOST

# 1280 px at 200 % zoom has 640 CSS pixels.
WIDTHS = [320, 640, 1280]

MAIN_TEXT = """main => {
  for (const element of main.querySelectorAll("button, [role=status], .hint")) element.remove();
  return main.innerText;
}"""


def too_narrow_for(page):
    """The widths at which it would have to be scrolled sideways."""
    wide = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(width)
    return wide


def test_every_page_is_accessible_fits_and_says_the_same_without_javascript(page, page_without_scripts, every_address):
    faults = []
    for address in every_address:
        page.goto(address)
        faults += [f"{address}, {fault}" for fault in violations(page)]
        faults += [f"{address} scrolls sideways at {width} px" for width in too_narrow_for(page)]
        page_without_scripts.goto(address)
        if page.locator("main").evaluate(MAIN_TEXT) != page_without_scripts.locator("main").evaluate(MAIN_TEXT):
            faults.append(f"{address} says something else without JavaScript")
    assert not faults, "\n".join(faults)


def test_the_page_for_a_request_that_is_not_understood_is_accessible(page, sample, watch):
    address = sample.at("/", host=UNKNOWN_HOST)
    watch.expect_status(address, 400)
    page.goto(address)
    found = violations(page)
    assert not found, "\n".join(found)


def test_what_is_hard_to_read_in_the_dark_alone_is_found(page, sample):
    page.goto(sample.at("/about/"))
    page.locator("main p").first.evaluate("element => { element.style.color = 'light-dark(#000, #222)' }")
    [fault] = violations(page)
    assert fault.startswith("dark, 1280 px: color-contrast: ")

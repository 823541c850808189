"""What several tests do or look at."""

from playwright.sync_api import expect

FOCUSABLE = "a[href], button, input, select, summary, textarea, [tabindex='0']"

UNFOLD = "for (const fold of document.querySelectorAll('details')) fold.open = true"

HAS_FOCUS = "element => element === document.activeElement"

BELOW_HEADER = """element => {
  const header = document.querySelector(".site-header").getBoundingClientRect();
  return element.getBoundingClientRect().top >= Math.max(header.bottom, 0);
}"""


def tab_to(page, locator):
    """Press Tab until the element has the focus, as somebody without a mouse does."""
    # Tab stops at day, month, year and calendar of a date.
    for _ in range(page.locator(FOCUSABLE).count() + 3 * page.locator("input[type=date]").count()):
        page.keyboard.press("Tab")
        if locator.evaluate(HAS_FOCUS):
            return
    raise AssertionError(f"Tab never reached {locator}")


def sign_in(page, name, password):
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def with_session(key):
    """The state of a browser in which somebody has signed in, where the server knows a session with this key."""
    cookie = {"name": "sessionid", "value": key, "domain": "127.0.0.1", "path": "/", "expires": -1}
    return {"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}


def open_form(page, site, code):
    """The form of a skill, reached as an editor reaches it: from the skill's own page."""
    page.goto(site.at(f"/skills/{code}/"))
    page.get_by_role("link", name="Edit", exact=True).click()
    expect(page.get_by_role("heading", name="Change skill", exact=True)).to_be_visible()
    # What asks, counts and previews runs when the whole form has been read, and a person is slower than a test.
    page.wait_for_load_state()
    return page


def show_levels(page, first, last):
    """Unfold a run of undefined levels by mouse."""
    page.get_by_text(f"Show levels {first}\N{EN DASH}{last}").click()


def hide_levels(page, first, last):
    page.get_by_text(f"Hide levels {first}\N{EN DASH}{last}").click()


def is_below_header(page, selector):
    return page.locator(selector).evaluate(BELOW_HEADER)


def disclosure_states(page):
    """The name of each folding heading in Chromium's accessibility tree, and whether it is said to be expanded."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (
            node["name"]["value"],
            next(item["value"]["value"] for item in node["properties"] if item["name"] == "expanded"),
        )
        for node in nodes
        if node["role"]["value"] == "DisclosureTriangle"
    ]

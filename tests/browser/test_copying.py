import re

import pytest
from playwright.sync_api import expect

from .server import PLAIN_HTTP_HOST
from .steps import HAS_FOCUS, show_levels, tab_to


@pytest.fixture
def page(context, sample):
    """A page that may read the clipboard."""
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return context.new_page()


@pytest.fixture
def itmg(page, sample):
    page.goto(sample.at("/skills/ITMG/"))
    return page


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


def test_copy_copies_the_address_of_the_skill(itmg, sample):
    itmg.get_by_role("button", name="Copy", exact=True).click()
    expect(itmg.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(itmg) == sample.at("/skills/ITMG/")


@pytest.mark.parametrize("number", [5, 6, 7])
def test_copy_link_copies_the_address_of_its_level(itmg, sample, number):
    itmg.locator(f"#level-{number}").hover()
    itmg.get_by_role("button", name=f"Copy link to level {number}").click()
    expect(itmg.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(itmg) == sample.at(f"/skills/ITMG/{number}/")


def test_copy_link_copies_the_address_of_an_undefined_level(itmg, sample):
    show_levels(itmg, 1, 4)
    itmg.get_by_role("button", name="Copy link to level 2").click()
    expect(itmg.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(itmg) == sample.at("/skills/ITMG/2/")


def test_a_page_pinned_to_the_current_edition_copies_its_floating_address(page, sample):
    page.goto(sample.at("/9/skills/ITMG/5/"))
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == sample.at("/skills/ITMG/5/")


def test_a_page_of_another_edition_copies_its_pinned_address(page, demo):
    page.goto(demo.at("/9/skills/ITMG/"))
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert clipboard(page) == demo.at("/9/skills/ITMG/")


def test_every_page_with_an_address_field_copies_it(page, demo):
    for path in ("/levels/5/", "/attributes/AUTO/", "/skills/DROV/2/"):
        page.goto(demo.at(path))
        page.get_by_role("button", name="Copy", exact=True).click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert clipboard(page) == page.get_by_label("Address of this page").input_value() == demo.at(path)


def test_copying_is_announced_and_the_button_then_offers_itself_again(itmg, sample):
    itmg.get_by_role("button", name="Copy", exact=True).click()
    expect(itmg.locator("#main").get_by_role("status")).to_have_text(f"Copied: {sample.at('/skills/ITMG/')}")
    expect(itmg.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    expect(itmg.locator("#main").get_by_role("status")).to_be_empty()


def test_what_one_button_announces_is_not_taken_back_by_the_one_before(page, sample):
    page.clock.install()
    page.goto(sample.at("/skills/ITMG/"))
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator("#main").get_by_role("status")).to_have_text(f"Copied: {sample.at('/skills/ITMG/')}")
    page.clock.run_for(1500)
    page.get_by_role("button", name="Copy link to level 5").click()
    expect(page.locator("#main").get_by_role("status")).to_have_text(f"Copied: {sample.at('/skills/ITMG/5/')}")
    page.clock.run_for(1000)
    expect(page.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    expect(page.locator("#main").get_by_role("status")).to_have_text(f"Copied: {sample.at('/skills/ITMG/5/')}")


def test_copying_by_keyboard_keeps_the_focus_where_it_was(itmg, sample):
    button = itmg.locator("#level-6 button")
    tab_to(itmg, button)
    itmg.keyboard.press("Enter")
    expect(button).to_have_text("Copied")
    assert button.evaluate(HAS_FOCUS)
    assert clipboard(itmg) == sample.at("/skills/ITMG/6/")


def test_over_plain_http_where_browsers_give_no_clipboard_copying_works_too(context, page, sample):
    plain = context.new_page()
    plain.goto(sample.at("/skills/ITMG/", host=PLAIN_HTTP_HOST))
    assert plain.evaluate("navigator.clipboard === undefined")
    plain.locator("#level-6").hover()
    button = plain.locator("#level-6 button")
    before = plain.evaluate("scrollY")
    button.click()
    expect(button).to_have_text("Copied")
    assert button.evaluate(HAS_FOCUS)
    assert plain.evaluate("scrollY") == before
    expect(plain.locator("textarea")).to_have_count(0)

    page.goto(sample.at("/about/"))
    page.bring_to_front()
    assert clipboard(page) == sample.at("/skills/ITMG/6/", host=PLAIN_HTTP_HOST)


def test_a_copy_that_the_browser_refuses_is_not_called_copied(context, page, sample):
    page.add_init_script("document.execCommand = () => false; navigator.clipboard.writeText = () => Promise.reject();")
    page.goto(sample.at("/skills/ITMG/"))
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Not copied")).to_be_visible()
    expect(page.locator("#main").get_by_role("status")).to_have_text(f"Not copied: {sample.at('/skills/ITMG/')}")


def test_without_javascript_the_address_stands_in_its_field_and_no_button_is_offered(page_without_scripts, sample):
    page_without_scripts.goto(sample.at("/skills/ITMG/?levels=all"))
    expect(page_without_scripts.get_by_label("Address of this page")).to_have_value(sample.at("/skills/ITMG/"))
    expect(page_without_scripts.locator("#main button:visible, .aside button:visible")).to_have_count(0)


# The page of ways to copy

READ_KINDS = """async () => {
  const [item] = await navigator.clipboard.read();
  const words = async (kind) => (await item.getType(kind)).text();
  return {types: [...item.types].sort(), html: await words("text/html"), plain: await words("text/plain")};
}"""
REFUSED = """document.execCommand = () => false;
  for (const name of ["write", "writeText"]) navigator.clipboard[name] = () => Promise.reject();"""
SELECTED = """() => {
  const field = document.activeElement;
  return field.value?.slice(field.selectionStart, field.selectionEnd) ?? getSelection().toString();
}"""
COPYING = "/skills/ITMG/copy/?as=definition"
DEFINITION = "Managing the provision of technology-based services to meet defined organisational needs."


def test_the_way_to_the_other_ways_to_copy_stands_beside_the_address(itmg, sample):
    itmg.get_by_role("link", name="More ways to copy").click()
    expect(itmg).to_have_url(sample.at("/skills/ITMG/copy/"))
    itmg.get_by_role("link", name="Link with definition").click()
    itmg.get_by_role("link", name="Pinned to SFIA 9").click()
    expect(itmg).to_have_url(sample.at("/skills/ITMG/copy/?as=definition&to=pinned"))


def test_each_format_is_copied_as_it_stands_in_its_field(page, sample):
    page.goto(sample.at(COPYING))
    copied = []
    for name in ("Address", "Markdown", "MediaWiki", "Confluence wiki markup", "Plain text"):
        # The element itself, for while it says "Copied" it has another name.
        button = page.get_by_role("button", name=f"Copy {name}").element_handle()
        button.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#main").get_by_role("status")).to_have_text(f"Copied: {name}")
        copied.append(clipboard(page))
        assert copied[-1] == page.get_by_label(name).input_value()
        assert button.evaluate(HAS_FOCUS)
    assert len(set(copied)) == len(copied)


def pasted(page, sample, host):
    """What is on the clipboard when rich text was copied from the site under this name."""
    copying = page.context.new_page()
    copying.goto(sample.at(COPYING, host=host))
    copying.get_by_role("button", name="Copy Rich text").click()
    expect(copying.get_by_role("button", name="Copied")).to_be_visible()
    page.goto(sample.at("/about/"))
    page.bring_to_front()
    return page.evaluate(READ_KINDS)


@pytest.mark.parametrize("host", ["127.0.0.1", PLAIN_HTTP_HOST])
def test_rich_text_is_copied_as_a_link_with_its_definition_and_as_plain_words(page, sample, host):
    on_clipboard = pasted(page, sample, host)
    address, label = sample.at("/skills/ITMG/", host=host), "Technology service management (ITMG)"
    assert on_clipboard["types"] == ["text/html", "text/plain"]
    assert f'<a href="{address}"' in on_clipboard["html"]
    assert f">{label}</a>: {DEFINITION}</p>" in on_clipboard["html"]
    assert "class=" not in on_clipboard["html"]
    assert on_clipboard["plain"] == f"{label}: {DEFINITION} {address}"


def test_over_plain_http_each_format_is_copied_too(context, page, sample):
    plain = context.new_page()
    plain.goto(sample.at(COPYING, host=PLAIN_HTTP_HOST))
    plain.get_by_role("button", name="Copy Markdown").click()
    expect(plain.get_by_role("button", name="Copied")).to_be_visible()
    words = plain.get_by_label("Markdown").input_value()
    page.goto(sample.at("/about/"))
    page.bring_to_front()
    assert clipboard(page) == words


@pytest.mark.parametrize("name", ["Markdown", "Rich text"])
def test_without_a_clipboard_the_text_is_selected_and_the_page_says_what_to_press(page, sample, name):
    page.add_init_script(REFUSED)
    page.goto(sample.at(COPYING))
    page.get_by_role("button", name=f"Copy {name}").click()
    expect(page.get_by_role("button", name="Press Ctrl+C")).to_be_visible()
    expect(page.locator("#main").get_by_role("status")).to_have_text(f"Press Ctrl+C to copy: {name}")
    selected = page.evaluate(SELECTED)
    assert selected.startswith(("[Technology service management (ITMG)](", "Technology service management (ITMG): "))
    assert selected.endswith(DEFINITION)
    page.keyboard.press("Control+C")
    assert clipboard(page) == selected
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name=f"Copy {name}")).to_be_visible()
    expect(page.locator("#main").get_by_role("status")).to_be_empty()


def test_without_javascript_every_format_stands_in_its_field(page_without_scripts, sample):
    page_without_scripts.goto(sample.at("/skills/ITMG/5/copy/"))
    address, label = sample.at("/skills/ITMG/5/"), "Technology service management (ITMG), level 5"
    expect(page_without_scripts.get_by_label("Address")).to_have_value(address)
    expect(page_without_scripts.get_by_label("Markdown")).to_have_value(f"[{label}]({address})")
    expect(page_without_scripts.get_by_role("region", name="Rich text").get_by_role("link")).to_have_text(label)
    expect(page_without_scripts.locator("#main button:visible")).to_have_count(0)
    page_without_scripts.get_by_role("link", name="Full quotation").click()
    expect(page_without_scripts.get_by_label("Markdown")).to_have_value(re.compile("\n> Takes responsibility"))


def test_a_button_that_waits_for_the_mouse_shows_when_the_keyboard_reaches_it(itmg):
    button = itmg.locator("#level-6 button")
    itmg.mouse.move(0, 0)
    assert button.evaluate("element => getComputedStyle(element).opacity") == "0"
    tab_to(itmg, button)
    assert button.evaluate("element => getComputedStyle(element).opacity") == "1"

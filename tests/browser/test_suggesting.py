"""The search box offers skills while somebody types; without that it leads to the same results."""

import re

import pytest
from playwright.sync_api import expect

from .axe import violations
from .steps import HAS_FOCUS, tab_to

OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def home(page, demo):
    page.goto(demo.at("/"))
    return page


@pytest.fixture
def box(home):
    return home.get_by_role("combobox", name="Search skills")


def options(page):
    return page.get_by_role("option")


def chosen(page):
    """The option that is chosen, which is the one that the box says has the focus within it."""
    option = page.get_by_role("option", selected=True)
    expect(page.get_by_role("combobox")).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
    return option


def test_skills_are_offered_and_one_is_chosen_by_keyboard(home, box):
    tab_to(home, box)
    home.keyboard.type("clou")
    expect(options(home).first).to_have_text(re.compile("Cloud herding CLHD"))
    expect(box).to_have_attribute("aria-expanded", "true")
    count = options(home).count()
    expect(home.get_by_role("status").filter(has_text="suggestions")).to_have_text(f"{count} suggestions")
    home.keyboard.press("ArrowDown")
    expect(chosen(home)).to_have_text(re.compile("Cloud herding"))
    home.keyboard.press("ArrowDown")
    home.keyboard.press("ArrowUp")
    expect(chosen(home)).to_have_text(re.compile("Cloud herding"))
    assert box.evaluate(HAS_FOCUS)
    with home.expect_navigation():
        home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile("/skills/CLHD/$"))


def test_going_round_leads_back_to_what_was_typed(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("ArrowUp")
    assert chosen(home).get_attribute("id") == f"suggestion-{options(home).count() - 1}"
    home.keyboard.press("ArrowDown")
    expect(home.get_by_role("option", selected=True)).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(box).to_have_value("clou")


def test_enter_without_a_choice_shows_the_results(home, box):
    box.fill("clouds")
    expect(options(home).first).to_be_visible()
    with home.expect_navigation():
        home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=clouds$"))
    expect(home.get_by_role("heading", level=1)).to_have_text("“clouds”")
    expect(home.get_by_role("combobox")).to_have_value("clouds")


def test_escape_closes_what_is_offered_and_keeps_what_was_typed(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Escape")
    expect(options(home)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("clou")
    home.keyboard.press("ArrowDown")
    expect(options(home).first).to_be_visible()


def test_leaving_the_box_closes_it_too(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Tab")
    expect(options(home)).to_have_count(0)


def test_one_is_chosen_by_mouse(home, box):
    box.fill("drov")
    with home.expect_navigation():
        options(home).filter(has_text="DROV").click()
    expect(home).to_have_url(re.compile("/skills/DROV/$"))


def test_an_everyday_word_is_named_and_a_code_leads_to_its_level(page, sample):
    page.goto(sample.at("/"))
    box = page.get_by_role("combobox")
    box.fill("itil")
    expect(options(page).first).to_have_text("Technology service management ITMG for: itil")
    box.fill("itmg5")
    expect(options(page).first).to_have_text("Technology service management, level 5 ITMG")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/skills/ITMG/5/$"))


def test_nothing_is_offered_for_what_is_not_there_or_for_nothing(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    box.fill("xyzzy")
    expect(options(home)).to_have_count(0)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    box.fill("")
    expect(options(home)).to_have_count(0)


def test_a_late_answer_to_an_earlier_question_is_not_shown(home, box):
    late = []

    def hold_back(route):
        late.append(route)

    home.route(re.compile(r"suggestions/\?q=clou$"), hold_back)
    box.fill("clou")
    home.wait_for_timeout(300)
    box.fill("drov")
    expect(options(home).first).to_have_text(re.compile("DROV"))
    for route in late:
        route.abort()
    home.wait_for_timeout(100)
    expect(options(home).first).to_have_text(re.compile("DROV"))
    assert late


def test_typing_on_drops_the_choice_at_once(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("ArrowDown")
    expect(chosen(home)).to_have_text(re.compile("Cloud herding"))
    home.route(re.compile(r"suggestions/\?q=cloudy"), lambda route: None)
    home.keyboard.press("End")
    home.keyboard.type("dy")
    expect(home.get_by_role("option", selected=True)).to_have_count(0)
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))
    with home.expect_navigation():
        home.keyboard.press("Enter")
    expect(home).to_have_url(re.compile(r"/search/\?q=cloudy$"))


def test_arrows_with_shift_mark_the_text_and_choose_nothing(home, box):
    box.fill("clou")
    expect(options(home).first).to_be_visible()
    home.keyboard.press("Shift+ArrowUp")
    assert box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "clou"
    expect(home.get_by_role("option", selected=True)).to_have_count(0)


def test_an_arrow_asks_at_once_and_only_once(home, box):
    asked = []
    home.on("request", lambda request: asked.append(request.url) if "suggestions" in request.url else None)
    box.fill("clou")
    home.keyboard.press("ArrowDown")
    expect(options(home).first).to_be_visible()
    home.wait_for_timeout(300)
    assert len(asked) == 1


def test_the_editions_own_skills_are_offered(page, demo):
    page.goto(demo.at("/9/levels/"))
    page.get_by_role("combobox").fill("technology")
    expect(options(page).first).to_have_text(re.compile("ITMG"))
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/9/skills/ITMG/$"))


def test_without_scripts_the_box_leads_to_the_results(page_without_scripts, demo):
    page = page_without_scripts
    page.goto(demo.at("/skills/"))
    page.get_by_role("searchbox", name="Search skills").fill("clouds")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"/search/\?q=clouds$"))
    expect(page.locator("ol.results > li").first).to_be_visible()


def test_the_open_list_is_accessible_and_fits(home, box):
    for width in (1280, 320):
        home.set_viewport_size({"width": width, "height": 900})
        box.fill("")
        box.fill("husbandry of the high")
        expect(options(home).first).to_be_visible()
        home.keyboard.press("ArrowDown")
        assert not home.evaluate(OVERFLOWS)
        edge = options(home).first.evaluate("element => element.getBoundingClientRect()")
        assert 0 <= edge["left"] < edge["right"] <= width
        assert violations(home, widths=[width]) == []
        expect(options(home).first).to_be_visible()


def test_in_the_colours_of_the_system_the_choice_and_the_magnifier_stand_out(home, box):
    home.emulate_media(forced_colors="active")
    box.fill("clou")
    expect(options(home).nth(1)).to_be_visible()
    home.keyboard.press("ArrowDown")
    background = "(element, part) => getComputedStyle(element, part).backgroundColor"
    assert chosen(home).evaluate(background) != options(home).nth(1).evaluate(background)
    magnifier = home.get_by_role("search").locator("svg")
    assert magnifier.evaluate("element => getComputedStyle(element).stroke") != box.evaluate(background)


def test_filters_of_results_are_chosen_without_loading_a_page(page, demo):
    page.goto(demo.at("/search/?q=clouds"))
    page.evaluate("window.marked = true")
    before = page.locator("#found").inner_text()
    page.locator("[data-choice=level] a").first.click()
    expect(page).to_have_url(re.compile(r"/search/\?q=clouds&level=1$"))
    expect(page.locator("#found")).not_to_have_text(before)
    expect(page.locator("ol.results mark").first).to_be_visible()
    assert page.evaluate("window.marked === true")
    expect(page.get_by_role("combobox")).to_have_value("clouds")


def test_on_a_narrow_screen_the_filters_of_results_are_folded(page, demo):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(demo.at("/search/?q=clouds"))
    expect(page.locator("#filters")).not_to_be_visible()
    expect(page.locator("ol.results > li").first).to_be_in_viewport()

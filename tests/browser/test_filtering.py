import re

import pytest
from playwright.sync_api import expect

from .steps import tab_to

PAGES = ["/skills/", "/chart/"]
STAYS_THE_SAME_PAGE = "window.marked === true"


@pytest.fixture(params=PAGES)
def whole(request, page, framework):
    """The list, or the chart, of all 147 skills; marked, so that a page that was loaded anew is found out."""
    page.goto(framework(request.param))
    page.evaluate("window.marked = true")
    return page


def found(page):
    return page.get_by_role("status").filter(has_text="skill")


def option(page, heading, words):
    row = page.locator("#filters dl").filter(has=page.get_by_text(heading, exact=True))
    return row.get_by_role("link", name=re.compile(f"^{re.escape(words)}(?= |$)"))


def expect_query(page, query):
    expect(page).to_have_url(re.compile(re.escape(f"/{query}") + "$"))


def test_a_filter_is_chosen_without_a_button_and_without_loading_a_page(whole):
    option(whole, "Defined at level", "7").click()
    expect(found(whole)).to_have_text("66 of 147 skills")
    expect_query(whole, "?level=7")
    assert whole.evaluate(STAYS_THE_SAME_PAGE)


def test_what_is_said_aloud_stays_the_same_element(whole):
    said = found(whole).element_handle()
    option(whole, "Defined at level", "7").click()
    expect(found(whole)).to_have_text("66 of 147 skills")
    assert said.evaluate("element => element.isConnected && element.getAttribute('role')") == "status"


def test_filters_are_chosen_and_cleared_by_keyboard_and_the_focus_stays(whole):
    tab_to(whole, option(whole, "Category", "Category 0"))
    whole.keyboard.press("Enter")
    expect(found(whole)).to_have_text("34 of 147 skills")
    expect(option(whole, "Category", "Category 0 (remove this filter)")).to_be_focused()
    whole.keyboard.press("Tab")
    tab_to(whole, option(whole, "Subcategory", "Subcategory 3"))
    whole.keyboard.press("Enter")
    expect(found(whole)).to_have_text("6 of 147 skills")
    expect_query(whole, "?category=category-0&subcategory=subcategory-3")
    whole.keyboard.press("Enter")
    expect(found(whole)).to_have_text("34 of 147 skills")


def test_all_are_cleared_at_once(whole):
    option(whole, "Defined at level", "7").click()
    whole.get_by_role("link", name="Show all 147").click()
    expect(found(whole)).to_have_text("147 skills")
    expect(found(whole)).to_be_focused()
    expect_query(whole, "")


def test_going_back_shows_what_was_shown(whole):
    option(whole, "Defined at level", "7").click()
    expect(found(whole)).to_have_text("66 of 147 skills")
    option(whole, "Category", "Category 5").click()
    expect(found(whole)).to_have_text("10 of 147 skills")
    whole.go_back()
    expect(found(whole)).to_have_text("66 of 147 skills")
    expect(option(whole, "Defined at level", "7 (remove this filter)")).to_be_visible()
    whole.go_back()
    expect(found(whole)).to_have_text("147 skills")
    whole.go_forward()
    expect(found(whole)).to_have_text("66 of 147 skills")
    assert whole.evaluate(STAYS_THE_SAME_PAGE)


def test_of_two_filters_in_a_hurry_the_last_is_shown(whole):
    whole.route(re.compile(r"\?level=7$"), lambda route: None)
    whole.evaluate("for (const name of ['7', '1']) document.querySelector(`[data-option='${name}']`).click()")
    expect(found(whole)).to_have_text("32 of 147 skills")
    expect_query(whole, "?level=1")


def test_where_the_rest_cannot_be_fetched_the_page_is_loaded(whole):
    whole.evaluate("void (window.fetch = () => Promise.reject(new TypeError('no network')))")
    option(whole, "Defined at level", "7").click()
    expect(found(whole)).to_have_text("66 of 147 skills")
    assert not whole.evaluate(STAYS_THE_SAME_PAGE)


def test_a_filter_opens_in_another_window_where_that_is_asked_for(whole):
    with whole.context.expect_page() as opened:
        option(whole, "Defined at level", "7").click(modifiers=["ControlOrMeta"])
    expect(found(opened.value)).to_have_text("66 of 147 skills")
    expect(found(whole)).to_have_text("147 skills")


def test_an_empty_result_is_loosened_in_place(page, framework):
    page.goto(framework("/skills/?category=category-0&level=1&change=new"))
    expect(found(page)).to_have_text("None of 147 skills")
    page.get_by_role("link", name="Without “level 1”").click()
    expect(found(page)).to_have_text("6 of 147 skills")
    expect_query(page, "?category=category-0&change=new")


def test_without_javascript_the_same_links_do_the_same(page_without_scripts, framework):
    page = page_without_scripts
    page.goto(framework("/skills/"))
    option(page, "Defined at level", "7").click()
    expect(found(page)).to_have_text("66 of 147 skills")
    option(page, "Order", "A to Z").click()
    expect_query(page, "?level=7&sort=name")
    option(page, "Shown as", "Chart").click()
    expect(page.get_by_role("heading", name="Chart", level=1)).to_be_visible()
    expect(found(page)).to_have_text("66 of 147 skills")
    option(page, "Defined at level", "7 (remove this filter)").click()
    expect(found(page)).to_have_text("147 skills")

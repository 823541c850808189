import re
from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

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


def expect_found(page, words):
    expect(found(page)).to_have_text(words, use_inner_text=True)


def option(page, heading, words):
    row = page.locator("#filters dl").filter(has=page.get_by_text(heading, exact=True))
    return row.get_by_role("link", name=re.compile(f"^{words}(?: |$)"))


def expect_query(page, query):
    expect(page).to_have_url(re.compile(re.escape(f"/{query}") + "$"))


def test_a_filter_is_chosen_without_a_button_and_without_loading_a_page(whole):
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    expect_query(whole, "?level=7")
    assert whole.evaluate(STAYS_THE_SAME_PAGE)


def test_what_is_said_aloud_stays_the_same_element(whole):
    said = found(whole).element_handle()
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    assert said.evaluate("element => element.isConnected && element.getAttribute('role')") == "status"


def test_filters_are_chosen_and_cleared_by_keyboard_and_the_focus_stays(whole):
    tab_to(whole, option(whole, "Category", "Category 0"))
    whole.keyboard.press("Enter")
    expect_found(whole, "34 of 147 skills")
    expect(option(whole, "Category", "Category 0 .*remove this filter.*")).to_be_focused()
    whole.keyboard.press("Tab")
    tab_to(whole, option(whole, "Subcategory", "Subcategory 3"))
    whole.keyboard.press("Enter")
    expect_found(whole, "6 of 147 skills")
    expect_query(whole, "?category=category-0&subcategory=subcategory-3")
    whole.keyboard.press("Enter")
    expect_found(whole, "34 of 147 skills")


def test_all_are_cleared_at_once(whole):
    option(whole, "Defined at level", "Level 7").click()
    whole.get_by_role("link", name="Show all 147").click()
    expect_found(whole, "147 skills")
    expect(found(whole)).to_be_focused()
    expect_query(whole, "")


def test_going_back_shows_what_was_shown(whole):
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    option(whole, "Category", "Category 5").click()
    expect_found(whole, "10 of 147 skills")
    whole.go_back()
    expect_found(whole, "66 of 147 skills")
    expect(option(whole, "Defined at level", "Level 7 .*remove this filter.*")).to_be_visible()
    whole.go_back()
    expect_found(whole, "147 skills")
    whole.go_forward()
    expect_found(whole, "66 of 147 skills")
    assert whole.evaluate(STAYS_THE_SAME_PAGE)


def held(page, query):
    """Keep the answers for a query from the page, until what this returns is called."""
    waiting = []

    def hold(route):
        waiting.append(route)

    page.route(re.compile(re.escape(query) + "$"), hold)

    def release():
        for route in waiting:
            # One that the page has given up cannot be continued.
            with suppress(Error):
                route.continue_()

    return release


def test_of_two_filters_in_a_hurry_the_last_is_shown(whole):
    release = held(whole, "?level=7")
    option(whole, "Defined at level", "Level 7").click()
    option(whole, "Defined at level", "Level 1").click()
    expect_found(whole, "32 of 147 skills")
    release()
    whole.wait_for_timeout(300)
    expect_found(whole, "32 of 147 skills")
    expect_query(whole, "?level=1")


def test_going_back_and_forward_in_a_hurry_shows_what_the_address_says(whole):
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    release = held(whole, "/")
    whole.evaluate("history.back()")
    expect_query(whole, "")
    whole.evaluate("history.forward()")
    expect_query(whole, "?level=7")
    release()
    whole.wait_for_timeout(300)
    expect_found(whole, "66 of 147 skills")


def test_choosing_again_what_is_chosen_leaves_the_history_alone(whole):
    before = whole.evaluate("history.length")
    option(whole, "Order", "By category").click()
    assert whole.evaluate("history.length") == before


def test_title_and_printed_address_follow_the_filters(whole):
    option(whole, "Defined at level", "Level 7").click()
    expect(whole).to_have_title(re.compile("^(Skills|Chart): level 7 · "))
    expect(whole.locator("#printed-from")).to_have_text(re.compile(r"\?level=7$"))


def test_where_the_rest_cannot_be_fetched_the_page_is_loaded(whole):
    whole.evaluate("void (window.fetch = () => Promise.reject(new TypeError('no network')))")
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    assert not whole.evaluate(STAYS_THE_SAME_PAGE)


def test_where_another_page_comes_instead_it_is_loaded(whole):
    whole.route("**/*level=7", lambda route: route.fulfill(content_type="text/html", body="<p>No skills."), times=1)
    option(whole, "Defined at level", "Level 7").click()
    expect_found(whole, "66 of 147 skills")
    assert not whole.evaluate(STAYS_THE_SAME_PAGE)


def test_an_edition_without_skills_troubles_no_script(page, demo):
    page.set_viewport_size({"width": 390, "height": 800})
    for path in PAGES:
        page.goto(demo.at(f"/0-0{path}"))
        expect(page.get_by_text("Empty has no skills on this site yet.")).to_be_visible()


def test_a_filter_opens_in_another_window_where_that_is_asked_for(whole):
    with whole.context.expect_page() as opened:
        option(whole, "Defined at level", "Level 7").click(modifiers=["ControlOrMeta"])
    expect_found(opened.value, "66 of 147 skills")
    expect_found(whole, "147 skills")


def test_an_empty_result_is_loosened_in_place(page, framework):
    page.goto(framework("/skills/?category=category-0&level=1&change=new"))
    expect_found(page, "None of 147 skills")
    page.get_by_role("link", name="Without “level 1”").click()
    expect_found(page, "6 of 147 skills")
    expect_query(page, "?category=category-0&change=new")


def test_on_a_narrow_screen_the_filters_are_folded_until_asked_for(page, framework):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(framework("/skills/"))
    expect(page.locator("#filters")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    option(page, "Defined at level", "Level 7").click()
    expect_found(page, "66 of 147 skills")
    page.reload()
    expect(page.locator("#filters")).to_be_visible()


def test_without_javascript_the_same_links_do_the_same(page_without_scripts, framework):
    page = page_without_scripts
    page.goto(framework("/skills/"))
    option(page, "Defined at level", "Level 7").click()
    expect_found(page, "66 of 147 skills")
    option(page, "Order", "A to Z").click()
    expect_query(page, "?level=7&sort=name")
    option(page, "Shown as", "Chart").click()
    expect(page.get_by_role("heading", name="Chart", level=1)).to_be_visible()
    expect_found(page, "66 of 147 skills")
    option(page, "Defined at level", "Level 7 .*remove this filter.*").click()
    expect_found(page, "147 skills")

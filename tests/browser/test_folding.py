import re

import pytest
from playwright.sync_api import expect

from .steps import disclosure_states, hide_levels, is_below_header, show_levels, tab_to

NUMBERS = range(1, 8)
SHOW_ALL = "Show all extra descriptions and levels"
HIDE_ALL = "Hide extra descriptions and levels"


@pytest.fixture
def itmg(page, sample):
    """ITMG, open in the browser at its plain address."""
    page.goto(sample.at("/skills/ITMG/"))
    return page


@pytest.fixture
def itmg_without_scripts(page_without_scripts, sample):
    page_without_scripts.goto(sample.at("/skills/ITMG/"))
    return page_without_scripts


def visible_levels(page):
    return [number for number in NUMBERS if page.locator(f"#level-{number}").is_visible()]


def query_and_fragment(page):
    return page.evaluate("location.search + location.hash")


def expect_query_and_fragment(page, expected):
    page.wait_for_function("expected => location.search + location.hash === expected", arg=expected)


def test_itmg_opens_with_its_defined_levels_and_the_rest_folded(itmg):
    assert visible_levels(itmg) == [5, 6, 7]


def test_undefined_levels_are_shown_by_mouse_each_with_its_essence(itmg):
    show_levels(itmg, 1, 4)
    assert visible_levels(itmg) == [1, 2, 3, 4, 5, 6, 7]
    for number in range(1, 5):
        expect(itmg.locator(f"#level-{number} .essence")).to_be_visible()
        expect(itmg.locator(f"#level-{number} .essence")).to_have_text(re.compile(r"\w+ \w+"))


def test_undefined_levels_are_hidden_again_by_mouse(itmg):
    show_levels(itmg, 1, 4)
    hide_levels(itmg, 1, 4)
    assert visible_levels(itmg) == [5, 6, 7]


def test_undefined_levels_are_shown_and_hidden_by_keyboard(itmg):
    tab_to(itmg, itmg.locator("details.undefined summary"))
    for key in ("Enter", "Space"):
        itmg.keyboard.press(key)
        expect(itmg.locator("#level-1")).to_be_visible()
        itmg.keyboard.press(key)
        expect(itmg.locator("#level-1")).to_be_hidden()


def test_undefined_levels_are_shown_without_javascript(itmg_without_scripts):
    assert visible_levels(itmg_without_scripts) == [5, 6, 7]
    show_levels(itmg_without_scripts, 1, 4)
    assert visible_levels(itmg_without_scripts) == [1, 2, 3, 4, 5, 6, 7]


def test_a_screen_reader_is_told_whether_undefined_levels_are_shown(itmg):
    (before,) = [state for name, state in disclosure_states(itmg) if name.startswith("Show levels 1")]
    show_levels(itmg, 1, 4)
    (after,) = [state for name, state in disclosure_states(itmg) if name.startswith("Hide levels 1")]
    assert (before, after) == (False, True)


def test_the_address_says_that_undefined_levels_are_shown_only_while_they_are(itmg):
    show_levels(itmg, 1, 4)
    expect_query_and_fragment(itmg, "?levels=all")
    hide_levels(itmg, 1, 4)
    expect_query_and_fragment(itmg, "")


def test_reloading_shows_what_was_shown(itmg):
    show_levels(itmg, 1, 4)
    expect_query_and_fragment(itmg, "?levels=all")
    itmg.reload()
    assert visible_levels(itmg) == [1, 2, 3, 4, 5, 6, 7]


def test_folding_keeps_the_rest_of_the_address(page, sample):
    page.goto(sample.at("/skills/ITMG/?from=wiki#guidance-notes"))
    show_levels(page, 1, 4)
    expect_query_and_fragment(page, "?from=wiki&levels=all#guidance-notes")
    hide_levels(page, 1, 4)
    expect_query_and_fragment(page, "?from=wiki#guidance-notes")


def test_folding_does_not_come_between_the_reader_and_the_page_before(page, sample):
    page.goto(sample.at("/skills/"))
    page.goto(sample.at("/skills/ITMG/"))
    show_levels(page, 1, 4)
    expect_query_and_fragment(page, "?levels=all")
    page.go_back()
    expect(page).to_have_url(sample.at("/skills/"))


def test_an_address_opens_the_undefined_level_it_points_at(page, sample):
    for number in (1, 3):
        page.goto(sample.at(f"/skills/ITMG/#level-{number}"))
        expect(page.locator(f"#level-{number} h3")).to_be_in_viewport()
        assert is_below_header(page, f"#level-{number} h3")
        expect_query_and_fragment(page, f"?levels=all#level-{number}")


def test_an_address_opens_the_undefined_level_it_points_at_without_javascript(page_without_scripts, sample):
    page_without_scripts.goto(sample.at("/skills/ITMG/#level-3"))
    expect(page_without_scripts.locator("#level-3 h3")).to_be_in_viewport()


def test_a_new_fragment_in_an_open_page_opens_the_undefined_level_it_points_at(itmg, sample):
    itmg.goto(sample.at("/skills/ITMG/#level-3"))
    expect(itmg.locator("#level-3 h3")).to_be_in_viewport()
    assert is_below_header(itmg, "#level-3 h3")


def test_an_address_that_points_at_a_defined_level_unfolds_nothing(page, sample):
    page.goto(sample.at("/skills/ITMG/#level-6"))
    expect(page.locator("#level-6 h3")).to_be_in_viewport()
    assert visible_levels(page) == [5, 6, 7]
    assert query_and_fragment(page) == "#level-6"


@pytest.mark.parametrize("fragment", ["#level-9", "#", "#%E0%A4%A", "#:~:text=nothing"])
def test_an_address_that_points_at_nothing_is_passed_over(page, sample, fragment):
    page.goto(sample.at(f"/skills/ITMG/{fragment}"))
    show_levels(page, 1, 4)
    expect(page.locator("#level-1")).to_be_visible()


def test_the_rail_leads_to_an_undefined_level_open(itmg):
    itmg.get_by_role("list", name="Levels").get_by_role("link", name=re.compile("^2.*not defined$")).click()
    expect(itmg.locator("#level-2 h3")).to_be_in_viewport()
    assert is_below_header(itmg, "#level-2 h3")
    assert query_and_fragment(itmg) == "?levels=all#level-2"


def test_the_rail_leads_to_an_undefined_level_open_without_javascript(itmg_without_scripts, sample):
    rail = itmg_without_scripts.get_by_role("list", name="Levels")
    rail.get_by_role("link", name=re.compile("^2.*not defined$")).click()
    expect(itmg_without_scripts).to_have_url(sample.at("/skills/ITMG/?levels=all#level-2"))
    expect(itmg_without_scripts.locator("#level-2 h3")).to_be_in_viewport()


def test_the_rail_leads_to_a_defined_level(itmg):
    itmg.get_by_role("list", name="Levels").get_by_role("link", name=re.compile("^7")).click()
    expect(itmg.locator("#level-7 h3")).to_be_in_viewport()
    assert is_below_header(itmg, "#level-7 h3")


def test_show_all_opens_everything_folded_at_once_without_a_reload(itmg):
    itmg.evaluate("window.isSamePage = true")
    itmg.get_by_role("link", name=SHOW_ALL).click()
    expect(itmg.locator("details[open]")).to_have_count(3)
    expect(itmg.locator("details:not([open])")).to_have_count(0)
    expect_query_and_fragment(itmg, "?levels=all&sections=all")
    assert itmg.evaluate("window.isSamePage")


def test_show_all_then_offers_to_hide(itmg):
    itmg.get_by_role("link", name=SHOW_ALL).click()
    itmg.get_by_role("link", name=HIDE_ALL).click()
    expect(itmg.locator("details[open]")).to_have_count(0)
    expect(itmg.get_by_role("link", name=SHOW_ALL)).to_be_visible()
    expect_query_and_fragment(itmg, "")


def test_show_all_offers_to_hide_once_the_reader_has_opened_everything_one_by_one(itmg):
    for summary in itmg.locator("summary").all():
        summary.click()
    expect(itmg.get_by_role("link", name=HIDE_ALL)).to_be_visible()
    expect_query_and_fragment(itmg, "?levels=all&sections=all")


def test_show_all_works_by_keyboard(itmg):
    tab_to(itmg, itmg.get_by_role("link", name=SHOW_ALL))
    itmg.keyboard.press("Enter")
    expect(itmg.locator("details[open]")).to_have_count(3)
    expect(itmg.get_by_role("link", name=HIDE_ALL)).to_be_focused()


def test_show_all_opens_and_hides_without_javascript(itmg_without_scripts, sample):
    itmg_without_scripts.get_by_role("link", name=SHOW_ALL).click()
    expect(itmg_without_scripts).to_have_url(sample.at("/skills/ITMG/?levels=all&sections=all#levels"))
    expect(itmg_without_scripts.locator("details[open]")).to_have_count(3)
    itmg_without_scripts.get_by_role("link", name=HIDE_ALL).click()
    expect(itmg_without_scripts.locator("details:not([open])")).to_have_count(3)


def test_a_link_to_everything_opens_everything(page, sample):
    page.goto(sample.at("/skills/ITMG/?levels=all&sections=all"))
    expect(page.locator("details[open]")).to_have_count(3)
    expect(page.get_by_role("link", name=HIDE_ALL)).to_be_visible()


def test_each_run_of_undefined_levels_folds_in_its_place(page, demo):
    page.goto(demo.at("/skills/DROV/"))
    assert visible_levels(page) == [3, 4, 5]
    show_levels(page, 1, 2)
    assert visible_levels(page) == [1, 2, 3, 4, 5]
    show_levels(page, 6, 7)
    assert visible_levels(page) == [1, 2, 3, 4, 5, 6, 7]
    tops = [page.locator(f"#level-{number}").bounding_box()["y"] for number in NUMBERS]
    assert tops == sorted(tops)


def test_the_address_says_that_levels_are_shown_only_when_every_run_is(page, demo):
    page.goto(demo.at("/skills/DROV/"))
    show_levels(page, 1, 2)
    expect(page.locator("#level-2")).to_be_visible()
    show_levels(page, 6, 7)
    expect_query_and_fragment(page, "?levels=all")
    hide_levels(page, 1, 2)
    expect_query_and_fragment(page, "")
    expect(page.locator("#level-7")).to_be_visible()


def test_one_run_of_two_does_not_change_the_address(page, demo):
    page.goto(demo.at("/skills/DROV/"))
    # The section is opened after the run, so its mark in the address shows that the run has been dealt with.
    show_levels(page, 1, 2)
    for summary in page.locator("details.prose summary").all():
        summary.click()
    expect_query_and_fragment(page, "?sections=all")


def test_a_skill_defined_at_every_level_still_opens_its_sections(page, demo):
    page.goto(demo.at("/skills/CLHD/"))
    assert visible_levels(page) == [*NUMBERS]
    page.get_by_role("link", name=SHOW_ALL).click()
    expect(page.locator("details:not([open])")).to_have_count(0)
    expect_query_and_fragment(page, "?sections=all")


def test_a_single_undefined_level_between_defined_ones_is_offered_by_its_number(page, demo):
    page.goto(demo.at("/skills/REDS/"))
    page.get_by_text("Show level 4", exact=True).click()
    assert visible_levels(page) == [2, 3, 4, 5, 6]

import re

import pytest
from playwright.sync_api import expect

from .steps import tab_to

PAGE_OF_A_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def chart(page, demo):
    page.goto(demo.at("/chart/"))
    return page


@pytest.fixture
def fetched(chart, demo):
    """The paths of what the chart has asked for since."""
    paths = []
    chart.on("request", lambda request: paths.append(request.url.removeprefix(demo.at(""))))
    return paths


def cell(page, name):
    return page.get_by_role("link", name=name, exact=True)


def note(page):
    return page.get_by_role("tooltip", include_hidden=True)


FIRST = "Takes a settled herd out and home alone."


def test_the_first_sentence_shows_under_the_pointer_and_is_fetched_once(chart, fetched):
    expect(note(chart)).to_be_hidden()
    for _ in range(2):
        cell(chart, "Cloud herding, level 3").hover()
        expect(note(chart)).to_contain_text(FIRST)
        expect(note(chart)).not_to_contain_text("Chooses the lane")
        chart.mouse.move(1, 1)
        expect(note(chart)).to_be_hidden()
    assert fetched == ["/skills/CLHD/3/"]


def test_the_first_sentence_shows_at_the_focus_and_belongs_to_the_cell(chart):
    cell(chart, "Cloud herding, level 2").focus()
    chart.keyboard.press("Tab")
    expect(note(chart)).to_contain_text(FIRST)
    expect(cell(chart, "Cloud herding, level 3")).to_have_accessible_description(FIRST)
    chart.keyboard.press("Tab")
    expect(note(chart)).not_to_contain_text(FIRST)


def test_an_abbreviation_does_not_end_the_sentence(page, framework):
    page.goto(framework("/chart/"))
    cell(page, "Service design 0, level 5").focus()
    expect(note(page)).to_contain_text("Works with Dr. Gale (e.g. at dusk).")
    expect(note(page)).not_to_contain_text("Then")


def test_it_is_not_printed(chart):
    cell(chart, "Cloud herding, level 3").focus()
    expect(note(chart)).to_be_visible()
    chart.emulate_media(media="print")
    expect(note(chart)).to_be_hidden()


def test_escape_closes_it_and_it_stays_closed_until_another_cell(chart):
    cell(chart, "Cloud herding, level 3").focus()
    expect(note(chart)).to_be_visible()
    chart.keyboard.press("Escape")
    expect(note(chart)).to_be_hidden()
    chart.wait_for_timeout(400)
    expect(note(chart)).to_be_hidden()
    expect(cell(chart, "Cloud herding, level 3")).to_be_focused()
    cell(chart, "Cloud herding, level 4").focus()
    expect(note(chart)).to_be_visible()


def test_the_pointer_may_go_to_what_is_shown(chart):
    cell(chart, "Cloud herding, level 3").hover()
    expect(note(chart)).to_be_visible()
    at, to = cell(chart, "Cloud herding, level 3").bounding_box(), note(chart).bounding_box()
    x = at["x"] + at["width"] / 2
    for step in range(41):
        chart.mouse.move(x, at["y"] + at["height"] / 2 + (to["y"] + 10 - at["y"] - at["height"] / 2) * step / 40)
        chart.wait_for_timeout(20)
    chart.wait_for_timeout(500)
    expect(note(chart)).to_be_visible()
    expect(note(chart)).to_contain_text(FIRST)


def test_what_is_shown_lies_within_the_window(chart):
    chart.set_viewport_size({"width": 320, "height": 500})
    for name in ("Cloud herding, level 1", "Cloud herding, level 7", "Raising apprentices, level 5"):
        cell(chart, name).focus()
        expect(note(chart)).to_contain_text(name)
        box = note(chart).bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 320
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 500


def test_where_it_cannot_be_fetched_nothing_shows_and_the_link_still_leads_there(chart, watch, demo):
    watch.expect_status(demo.at("/skills/CLHD/3/"), 500)
    chart.route("**/skills/CLHD/3/", lambda route: route.fulfill(status=500), times=1)
    cell(chart, "Cloud herding, level 3").hover()
    chart.wait_for_timeout(500)
    expect(note(chart)).to_be_hidden()
    cell(chart, "Cloud herding, level 3").click()
    expect(chart.get_by_role("heading", name="Cloud herding: level 3", level=1)).to_be_visible()


def test_it_works_on_what_a_filter_has_left(chart):
    chart.get_by_role("link", name="Cloud and herd 7 skills").click()
    expect(chart.get_by_role("status").filter(has_text="7 of 24 skills")).to_be_visible()
    tab_to(chart, cell(chart, "Cloud herding, level 3"))
    expect(note(chart)).to_contain_text(FIRST)


def test_headings_and_names_stay_in_sight_while_scrolling(page, framework):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 600})
        page.goto(framework("/chart/"))
        name = page.locator("th[scope=row]").filter(has_text=re.compile("AADW$"))
        name.scroll_into_view_if_needed()
        page.locator(".chart-wrap").evaluate("wrap => wrap.scrollBy(wrap.scrollWidth, 0)")
        for number in range(1, 8) if width > 320 else [7]:
            expect(page.locator(f"thead th.level-{number}")).to_be_in_viewport(ratio=0.9)
        expect(name).to_be_in_viewport(ratio=0.9)
        expect(page.locator("thead th").first).to_be_in_viewport(ratio=0.9)


def test_a_framework_of_147_skills_is_printed_on_few_sheets(page, framework):
    page.goto(framework("/chart/"))
    for paper, is_landscape, sheets in (("A3", True, 1), ("A4", False, 2), ("A4", True, 2)):
        printed = page.pdf(format=paper, landscape=is_landscape)
        assert len(PAGE_OF_A_PDF.findall(printed)) == sheets, (paper, is_landscape)


def test_rows_are_not_to_be_cut_and_the_filters_are_not_printed(page, framework):
    page.goto(framework("/chart/"))
    page.emulate_media(media="print")
    rows = page.locator(".chart tr")
    assert rows.evaluate_all("rows => rows.every((row) => getComputedStyle(row).breakInside === 'avoid')")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".legend").get_by_text("Phrase 5")).to_be_visible()


def test_a_screen_reader_reads_a_table_with_headings(page, framework):
    page.goto(framework("/chart/"))
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(8)
    assert table.get_by_role("rowheader").count() >= 147
    row = table.get_by_role("row", name=re.compile("^Service design 0 AAAA"))
    expect(row.get_by_role("cell")).to_have_count(7)

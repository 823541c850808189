import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests import workbooks
from tests.workbooks import invented

from .steps import show_levels
from .test_every_page import WIDTHS
from .test_importing import upload

IMPORTED = """
from skills.models import Edition, Import
made = Import.objects.create(edition=Edition.objects.get(slug="9"), skill_count=147)
made.files.create(name="an_import_of_a_workbook_with_a_long_name.xlsx", sha256="0123456789abcdef" * 4)
"""

DARK_ON_WHITE = """() => {
  const brightness = (colour) => Math.max(...colour.match(/[0-9.]+/g).slice(0, 3).map(Number));
  const texts = [...document.querySelectorAll("body, h1, h2, h3, p, li, footer p")].filter((e) => e.checkVisibility());
  return getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)"
    && texts.every((element) => brightness(getComputedStyle(element).color) < 140);
}"""


@pytest.fixture
def printed(page, sample):
    """ITMG as it would be printed by a reader who likes dark pages."""
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(sample.at("/skills/ITMG/"))
    return page


@pytest.fixture
def about_an_import(page, sample):
    """The page that names the file from which the sample was imported last."""
    sample.manage("shell", "--command", IMPORTED)
    page.goto(sample.at("/about/"))
    # The page may come from memory, which hears of the import within a second.
    while not page.get_by_text("an_import_of_a_workbook_with_a_long_name.xlsx").is_visible():
        page.wait_for_timeout(100)
        page.reload()
    yield page
    with closing(sqlite3.connect(sample.data / "db.sqlite3")) as database, database:
        database.executescript("DELETE FROM skills_importedfile; DELETE FROM skills_import;")


def test_the_fingerprint_of_an_import_is_no_wider_than_the_page(about_an_import):
    page = about_an_import
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.fixture
def long_plan(page_of, demo, tmp_path):
    """A plan of many changes, which is thrown away in the end."""
    page = page_of("ben")
    upload(page, demo, workbooks.write_sfia_8(tmp_path / "long.xlsx", invented("8", skills=80)), edition="5")
    yield page
    page.get_by_role("button", name="Cancel").click()


def test_the_buttons_of_a_long_plan_stay_in_sight(long_plan):
    for width in WIDTHS:
        long_plan.set_viewport_size({"width": width, "height": 700})
        assert long_plan.evaluate("document.documentElement.scrollHeight") > 2 * 700
        for button in ("Import this", "Cancel"):
            expect(long_plan.get_by_role("button", name=button)).to_be_in_viewport(ratio=1)


def test_the_buttons_of_a_long_plan_do_not_cover_what_is_gone_to(long_plan):
    long_plan.set_viewport_size({"width": 320, "height": 700})
    covered = long_plan.evaluate(
        """() => {
  const last = [...document.querySelectorAll(".plan-entries > li")].at(-1);
  last.tabIndex = -1;
  last.focus();
  const row = document.querySelector(".plan-buttons").getBoundingClientRect();
  return last.getBoundingClientRect().bottom > row.top;
}"""
    )
    assert not covered


def test_a_long_address_and_a_long_line_of_code_stay_in_their_column(page, framework):
    page.goto(framework("/skills/compare/?skills=AAAA,AAAB,AAAC&level=5"))
    expect(page.get_by_text("See https://intranet.example.org/")).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator(".compare > section").evaluate_all(
            "columns => columns.every((column) => column.scrollWidth <= column.clientWidth)"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_list_in_the_overall_description_has_its_bullets_within_the_column(page, sample):
    page.goto(sample.at("/skills/ITMG/"))
    lead = page.locator(".lead").first
    lead.evaluate("lead => { lead.innerHTML = '<p>Before</p><ul><li>one</li></ul><p>After</p>' }")
    # As wide as a bullet and the space behind it.
    assert lead.get_by_role("listitem").bounding_box()["x"] >= lead.bounding_box()["x"] + 20


@pytest.mark.parametrize(("width", "columns"), [(1280, 3), (320, 1)])
def test_what_is_compared_stands_side_by_side_and_on_a_narrow_screen_stacked(page, framework, width, columns):
    page.set_viewport_size({"width": width, "height": 900})
    for path in ("/skills/compare/?skills=AAAA,AAAB,AAAC", "/skills/AAAA/compare/?levels=4,5,6"):
        page.goto(framework(path))
        sections = page.locator(".compare > section")
        expect(sections).to_have_count(3)
        lefts = {box["x"] for box in (section.bounding_box() for section in sections.all())}
        assert len(lefts) == columns, path


def test_printing_prints_what_is_shown_and_not_what_is_folded(printed):
    for number in (5, 6, 7):
        expect(printed.locator(f"#level-{number}")).to_be_visible()
    expect(printed.locator("details")).to_have_count(3)
    for fold in printed.locator("details").all():
        expect(fold).to_be_hidden()


def test_printing_prints_what_the_reader_has_opened(page, sample):
    page.goto(sample.at("/skills/ITMG/"))
    show_levels(page, 1, 4)
    page.emulate_media(media="print")
    for number in range(1, 8):
        expect(page.locator(f"#level-{number} .essence")).to_be_visible()
    for fold in page.locator("details.prose").all():
        expect(fold).to_be_hidden()


def test_printing_leaves_out_what_only_a_screen_needs(printed):
    for selector in (".site-header nav", "aside", "button", "#show-all", ".permalink", ".skip"):
        for element in printed.locator(selector).all():
            expect(element).to_be_hidden()


def test_printing_says_where_the_page_comes_from_and_whose_words_it_holds(printed, sample):
    footer = printed.locator("footer")
    expect(footer.get_by_text(sample.at("/skills/ITMG/"))).to_be_visible()
    expect(footer.get_by_text("with the permission of the SFIA Foundation")).to_be_visible()


def test_printing_is_dark_ink_on_white_paper_even_for_a_reader_in_the_dark(printed):
    assert printed.evaluate(DARK_ON_WHITE)


def test_a_dark_page_is_light_on_dark(page, sample):
    page.emulate_media(color_scheme="dark")
    page.goto(sample.at("/skills/ITMG/"))
    assert not page.evaluate(DARK_ON_WHITE)


def test_printing_makes_a_document(printed):
    document = printed.pdf(prefer_css_page_size=True)
    assert document.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", document)) in (1, 2, 3)

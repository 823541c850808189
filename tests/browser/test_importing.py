"""A publisher imports an edition, edits it, imports its next issue, and works through the review list."""

import re

import pytest
from playwright.sync_api import expect

from tests import workbooks
from tests.workbooks import invented

from .steps import tab_to

EDITION = "7"
OURS = "Wording of ours, number {}."


@pytest.fixture
def issues(tmp_path):
    """Two issues of an edition: the second changes five of the texts that are edited here, and one that is not."""
    content = invented("8", skills=12)
    second = content.with_skill("ECHO", overall_description="A new line about the echo.")
    for row in content.skills[4:9]:
        second = second.with_skill(row.code, guidance_notes="A new line of the publisher’s.")
    return (
        content,
        workbooks.write_sfia_8(tmp_path / "first.xlsx", content),
        workbooks.write_sfia_8(tmp_path / "second.xlsx", second),
    )


def upload(page, site, path, *, edition=EDITION):
    page.goto(site.at("/admin/skills/import/"))
    page.get_by_label("Files").set_input_files(path)
    page.get_by_label("Edition", exact=True).fill(edition)
    # A click returns when the next page begins, of which a script would then find no element.
    with page.expect_navigation():
        page.get_by_role("button", name="Show what would happen").click()


def edit_ten(demo, codes):
    """As ten editors would, one after the other, but quicker."""
    demo.manage(
        "shell",
        "--command",
        f"""
from skills.models import Skill
from skills.models.revision import revision
for number, code in enumerate({codes!r}):
    with revision(reason="Our words"):
        skill = Skill.objects.get(edition__slug="{EDITION}", code=code)
        skill.guidance_notes = "{OURS}".format(number)
        skill.save()
""",
    )


def test_an_import_over_edits_loses_none_and_asks_about_those_that_both_changed(page_of, demo, issues, looked_at):
    content, first, second = issues
    codes = [row.code for row in content.skills[2:]]
    page = page_of("ben")
    import_first(page, demo, first, looked_at)
    edit_ten(demo, codes)
    upload(page, demo, second)
    expect(page.get_by_role("heading", name="Changed 1 skill")).to_be_visible()
    expect(page.get_by_role("heading", name="Kept 10 skills")).to_be_visible()
    looked_at(page, "What would happen")
    page.get_by_role("button", name="Import this").click()
    expect(page.get_by_text("SFIA 7 is imported: 1 changed, 10 kept, 5 texts to review.")).to_be_visible()
    expect(page.get_by_text("0 of 5 decided")).to_be_visible()
    looked_at(page, "Review")
    decide_three_by_keyboard(page, looked_at)
    page.goto(demo.at("/admin/skills/review/"))
    expect(page.get_by_text("3 of 5 decided")).to_be_visible()

    taken, kept, written = codes[2:5]
    words = {taken: "A new line of the publisher’s.", kept: OURS.format(3), written: "A third wording."}
    for code, guidance in words.items():
        page.goto(demo.at(f"/{EDITION}/skills/{code}/"))
        expect(page.locator("#guidance-notes")).to_contain_text(guidance)
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("Reviewed an import: saved another text")).to_be_visible()
    upload(page, demo, second)
    expect(page.get_by_text("There is nothing to change")).to_be_visible()


def import_first(page, demo, path, looked_at):
    page.goto(demo.at("/admin/"))
    page.get_by_role("link", name="Import", exact=True).click()
    looked_at(page, "Import")
    upload(page, demo, path, edition="")
    expect(page.get_by_text("The files do not say which edition they are.")).to_be_visible()
    looked_at(page, "What would happen")
    page.get_by_label("Edition", exact=True).fill(EDITION)
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_role("heading", name="New 12 skills, 5 attributes, 7 levels")).to_be_visible()
    page.get_by_role("button", name="Import this").click()
    expect(page.get_by_text("SFIA 7 is imported: 24 new.")).to_be_visible()


def decide_three_by_keyboard(page, looked_at):
    """Take theirs, keep ours and write a third, from one question to the next."""
    tab_to(page, page.get_by_role("link", name="Start"))
    page.keyboard.press("Enter")
    theirs = page.get_by_role("button", name=re.compile("^Take the publisher’s text"))
    expect(theirs).to_be_visible()
    looked_at(page, "Review")
    press(page, theirs, left=4)
    press(page, page.get_by_role("button", name=re.compile("^Keep ours")), left=3)
    tab_to(page, page.locator("summary", has_text="Write another"))
    page.keyboard.press("Enter")
    page.get_by_label(re.compile("^Another text for")).fill("A third wording.")
    press(page, page.get_by_role("button", name=re.compile("^Save this text")), left=2)


def press(page, button, *, left):
    tab_to(page, button)
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"{left} left")).to_be_visible()
    page.wait_for_load_state()


def test_without_scripts_an_upload_is_planned_and_thrown_away(page_of, demo, issues):
    page = page_of("ben", java_script_enabled=False)
    upload(page, demo, issues[1], edition="6")
    expect(page.get_by_role("heading", name="New 12 skills, 5 attributes, 7 levels")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("The upload is thrown away. Nothing was imported.")).to_be_visible()


def test_a_file_that_is_no_workbook_is_refused_on_the_page(page_of, demo, tmp_path, watch):
    page = page_of("ben")
    watch.expect_status(demo.at("/admin/skills/import/"), 400)
    upload(page, demo, workbooks.text_file(tmp_path / "words.xlsx"))
    expect(page.get_by_text("words.xlsx is no Excel workbook")).to_be_visible()

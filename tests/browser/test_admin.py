import pytest
from playwright.sync_api import expect

from .test_accessibility import violations

PAGES = {
    "/admin/": "Site administration",
    "/admin/skills/skill/": "Select skill to change",
    "/admin/skills/skill/add/": "Add skill",
    "/admin/skills/skilllevel/": "Select skill level to change",
    "/admin/skills/skilllevel/add/": "Add skill level",
    "/admin/skills/edition/": "Select edition to change",
}


@pytest.fixture
def changing_itmg(admin_page, sample):
    """The form that changes ITMG."""
    admin_page.goto(sample.at("/admin/skills/skill/"))
    admin_page.get_by_role("link", name="ITMG").click()
    expect(admin_page.get_by_role("heading", name="Change skill", exact=True)).to_be_visible()
    return admin_page


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_administration_is_accessible(admin_page, sample, path):
    admin_page.goto(sample.at(path))
    expect(admin_page.get_by_role("heading", name=PAGES[path])).to_be_visible()
    found = violations(admin_page, widths=[1280])
    assert not found, "\n".join(found)


def test_the_form_that_changes_a_skill_is_accessible(changing_itmg):
    # Django's own breadcrumb has links that differ from the words beside them by colour alone.
    found = violations(changing_itmg, widths=[1280], passing_over={"link-in-text-block": ".breadcrumbs a"})
    assert not found, "\n".join(found)


def test_signing_in_is_accessible(page, sample):
    page.goto(sample.at("/admin/"))
    expect(page.get_by_label("Username")).to_be_visible()
    # Django's own page for signing in has no heading at all, which this rule of good practice holds against it.
    found = violations(page, widths=[1280], passing_over={"page-has-heading-one": "html"})
    assert not found, "\n".join(found)


def test_a_skill_is_saved_from_its_form(changing_itmg):
    changing_itmg.get_by_role("button", name="Save", exact=True).click()
    expect(changing_itmg.get_by_text("was changed successfully")).to_be_visible()

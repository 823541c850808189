"""Every kind of page of the administration, with something in it, as it is looked at by an accessibility scan."""

import re

import pytest
from playwright.sync_api import expect

from .steps import UNFOLD, open_form
from .test_keyboard import walk

MODELS = ["attribute", "category", "edition", "explanatorysection", "level", "notice", "subcategory"]


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def test_the_forms_of_a_skill_are_accessible_whatever_has_become_of_them(page_of, demo, looked_at, watch):
    ada = open_form(page_of("ada"), demo, "PREN")
    ben = open_form(page_of("ben"), demo, "PREN")
    text = ada.get_by_label("Description at level 4:")
    text.fill(f"Gladly {text.input_value()}")
    save(ada)
    looked_at(ada, "Change skill")

    watch.expect_status(ben.url, 409)
    ben.get_by_label("Name:", exact=True).fill("")
    ben.get_by_label("Description at level 4:").fill("Ben at 4.")
    save(ben)
    expect(ben.get_by_role("group", name="Ada")).to_be_visible()
    looked_at(ben, "Change skill")

    ada.get_by_label("Description at level 4:").fill("")
    save(ada)
    expect(ada.get_by_label("Take level 4 away")).to_be_visible()
    looked_at(ada, "Change skill")

    ben.goto(demo.at("/admin/skills/skill/add/"))
    looked_at(ben, "Add skill")
    ben.get_by_label("Code:").fill("abc")
    save(ben)
    expect(ben.get_by_text("A code is four capital letters.", exact=True)).to_be_visible()
    looked_at(ben, "Add skill")


def test_the_history_is_accessible(page_of, demo, looked_at, watch):
    ada = open_form(page_of("ada"), demo, "DWND")
    ben = open_form(page_of("ben"), demo, "DWND")
    ada.get_by_label("Description at level 5:").fill("Only fair.")
    ada.get_by_label("Reason for the change").fill("Clearer")
    save(ada)
    ada.get_by_role("link", name="History").click()
    looked_at(ada, "History of Downwind fairness (DWND)")
    ada.get_by_role("link", name="Undo").first.click()
    looked_at(ada, "Undo this change")

    late = open_form(ada.context.new_page(), demo, "DWND")
    ben.get_by_role("link", name="Delete", exact=True).click()
    looked_at(ben, "Delete")
    ben.get_by_role("button", name="Delete").click()
    expect(ben.get_by_text("was deleted successfully")).to_be_visible()
    watch.expect_status(late.url, 409)
    late.get_by_label("Description at level 5:").fill("Too late.")
    save(late)
    looked_at(late, "Skill was deleted meanwhile")

    ben.get_by_role("link", name="Latest changes").click()
    looked_at(ben, "Latest changes")
    ben.get_by_role("link", name=re.compile("^Bring back.*Downwind fairness")).first.click()
    looked_at(ben, "Bring back")
    ben.get_by_role("button", name="Bring back").click()
    expect(ben.get_by_text("Brought back")).to_be_visible()
    ben.goto(demo.at("/admin/skills/changes/?by=A+program"))
    ben.get_by_role("link", name="Show each").first.click()
    looked_at(ben, "One revision")


def test_the_list_of_skills_and_what_it_does_in_bulk_are_accessible(page_of, demo, looked_at):
    page = page_of("ben")
    page.goto(demo.at("/admin/"))
    looked_at(page, "Site administration")
    page.goto(demo.at("/admin/skills/skill/?q=weather&level=4&edited=no&edition__id__exact=2"))
    looked_at(page, "Select skill to change")
    actions = {
        "Set or clear the change marker": "Set or clear the change marker",
        "Move to a subcategory": "Move to a subcategory",
        "Delete selected skills": "Delete multiple objects",
    }
    for action, heading in actions.items():
        page.goto(demo.at("/admin/skills/skill/?level=7&edition__id__exact=2"))
        page.get_by_label("Select all objects on this page for an action").check()
        page.get_by_label("Action:").select_option(action)
        page.get_by_role("button", name="Go").click()
        looked_at(page, heading)


@pytest.mark.parametrize("models", [MODELS[:4], MODELS[4:]], ids=" ".join)
def test_the_pages_of_everything_else_are_accessible(page_of, demo, looked_at, models):
    page = page_of("ben")
    for model in models:
        page.goto(demo.at(f"/admin/skills/{model}/add/"))
        looked_at(page, "Add")
        page.goto(demo.at(f"/admin/skills/{model}/"))
        looked_at(page, "Select")
        page.locator("#result_list tbody th a").first.click()
        looked_at(page, "Change")


def test_the_pages_about_accounts_are_accessible(page_of, demo, looked_at):
    page = page_of("root")
    for path, heading in {
        "/admin/auth/user/": "Select user to change",
        "/admin/auth/user/add/": "Add user",
        "/admin/auth/user/1/change/": "Change user",
        "/admin/auth/user/1/password/": "Change password",
        "/admin/auth/user/1/history/": "Change history",
        "/admin/auth/user/1/delete/": "Delete",
        "/admin/auth/group/": "Select group to change",
        "/admin/auth/group/add/": "Add group",
        "/admin/auth/group/1/change/": "Change group",
        "/admin/password_change/": "Password change",
        "/admin/skills/": "Skills framework administration",
    }.items():
        page.goto(demo.at(path))
        looked_at(page, heading)


def test_the_keyboard_goes_through_the_form_of_a_skill_in_order_and_never_under_the_row_of_buttons(page_of, demo):
    page = open_form(page_of("ben"), demo, "BECA")
    page.set_viewport_size({"width": 1280, "height": 600})
    for key in ("Tab", "Shift+Tab"):
        page.reload()
        page.evaluate(UNFOLD)
        places, faults = walk(page, key)
        in_order = list(range(len(places)))
        assert places == (in_order if key == "Tab" else in_order[::-1]), key
        assert not faults, "\n".join(faults)

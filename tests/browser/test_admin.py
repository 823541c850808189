"""Every kind of page of the administration, with something in it, as it is looked at by an accessibility scan."""

import re

import pytest
from playwright.sync_api import expect

from .steps import UNFOLD, open_form
from .test_keyboard import walk

# Where the list of each holds those of the invented edition alone.
LISTS = [
    *("attribute/?edition__id__exact=2", "category/?edition__id__exact=2", "edition/?id__exact=2"),
    *("explanatorysection/?edition__id__exact=2", "level/?edition__id__exact=2", "notice/?edition__id__exact=2"),
    "subcategory/?category__edition__id__exact=2",
]


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
    loaded = ben.get_by_role("article").filter(has_text="Loaded from the fixture invented")
    loaded.get_by_role("link", name="Show each").click()
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


@pytest.mark.parametrize("lists", [LISTS[:4], LISTS[4:]], ids=["one half", "the other half"])
def test_the_pages_of_everything_else_are_accessible(page_of, demo, looked_at, lists):
    page = page_of("ben")
    for address in lists:
        page.goto(demo.at(f"/admin/skills/{address.partition('?')[0]}add/"))
        looked_at(page, "Add")
        page.goto(demo.at(f"/admin/skills/{address}"))
        looked_at(page, "Select")
        page.locator("#result_list tbody th a").first.click()
        looked_at(page, "Change")


def test_the_pages_about_accounts_are_accessible(page_of, demo, looked_at):
    page = page_of("root")
    page.goto(demo.at("/admin/auth/user/"))
    looked_at(page, "Select user to change")
    page.get_by_role("link", name="ada", exact=True).click()
    looked_at(page, "Change user")
    ada = page.url.removesuffix("change/")
    for page_of_hers, heading in {
        "password/": "Change password",
        "history/": "Change history",
        "delete/": "Delete",
    }.items():
        page.goto(f"{ada}{page_of_hers}")
        looked_at(page, heading)
    for path, heading in {
        "/admin/auth/user/add/": "Add user",
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
    address = page.url
    for key in ("Tab", "Shift+Tab"):
        page.goto(address)
        page.evaluate(UNFOLD)
        places, faults = walk(page, key)
        in_order = list(range(len(places)))
        assert places == (in_order if key == "Tab" else in_order[::-1]), key
        assert not faults, "\n".join([key, *faults])

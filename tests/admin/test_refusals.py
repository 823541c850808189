"""What is wrong is said in words beside the field, and nothing is saved."""

import pytest
from django.apps import apps
from django.forms.models import model_to_dict

from skills.models import Category, ExplanatorySection, Level, Notice, Skill, Subcategory
from tests.factories import make_attribute, make_edition, make_skill, make_subcategory
from tests.pages import words_of

from .steps import errors_of, opened, page_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "abcd", "A code is four capital letters."),
        ("code", "ABCDE", "A code is four capital letters."),
        ("code", "ABC", "A code is four capital letters."),
        ("code", "", "This field is required."),
        ("name", "   ", "There is only white space here."),
        ("overall_description", " \r\n\t\xa0 ", "There is only white space here."),
        ("overall_description", "", "This field is required."),
        ("level_5_description", "   ", "There is only white space here."),
        ("level_1_description", "\n", "There is only white space here."),
        ("guidance_notes", "x" * 10_001, "Ensure this value has at most 10000 characters (it has 10001)."),
        ("level_2_description", "x" * 10_001, "Ensure this value has at most 10000 characters (it has 10001)."),
        ("name", "a\0b", "Null characters are not allowed."),
        ("level_3_description", "a\0b", "Null characters are not allowed."),
        ("position", "-1", "Ensure this value is greater than or equal to 0."),
        ("position", "99999", "Ensure this value is less than or equal to 32767."),
        ("subcategory", "999", "Select a valid choice. That choice is not one of the available choices."),
        ("level_5_change", "old", "Select a valid choice. old is not one of the available choices."),
        ("reason", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_what_is_wrong_with_a_skill_is_said_beside_the_field_and_nothing_is_saved(ben, address, field, value, message):
    refused = ben.post(
        address,
        opened(ben, address) | {field: value, "guidance_notes": "Mine." if field != "guidance_notes" else value},
    )
    assert errors_of(refused) == {field: [message]}
    assert Skill.objects.get().guidance_notes == ""
    assert refused.context["adminform"].form["guidance_notes"].value()


def test_a_text_of_exactly_the_cap_is_accepted_however_its_lines_end(ada, address):
    text = "\r\n".join(["x" * 99] * 100) + "y"
    assert len(text.replace("\r\n", "\n")) == 10_000
    assert ada.post(address, opened(ada, address) | {"level_5_description": text}).status_code == 302


def test_the_browser_cuts_no_text_off(ben, address):
    form = ben.get(address).context["adminform"].form
    for name in form.written():
        assert "maxlength" not in str(form[name])


def test_a_code_that_another_skill_has_is_said(ben, address, skill):
    make_skill(edition=skill.edition, code="OTHR")
    refused = ben.post(address, opened(ben, address) | {"code": "OTHR"})
    assert refused.status_code == 200
    assert errors_of(refused) == {"code": ["Skill OTHR (OTHR) has this code already."]}


@pytest.mark.parametrize("is_added", [True, False], ids=["added", "changed"])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("attribute", "code"),
        ("category", "slug"),
        ("subcategory", "slug"),
        ("explanatorysection", "position"),
        ("level", "number"),
        ("notice", "position"),
    ],
)
def test_what_another_of_its_kind_has_already_is_said_beside_the_field(everything, ben, model, field, is_added):
    """Within the edition or the category, which no form changes and Django therefore passes over."""
    make_attribute(edition=everything, code="OTHR")
    Category.objects.create(edition=everything, name="Other", slug="other", position=9)
    Subcategory.objects.create(category=Category.objects.get(slug="category"), name="Other", slug="other", position=9)
    Notice.objects.create(edition=everything, position=2, notice="Another.")
    ExplanatorySection.objects.create(edition=everything, position=2, heading="Another", explanation="So.")
    one, other = apps.get_model("skills", model).objects.order_by("pk")[:2]
    address = f"/admin/skills/{model}/{one.pk}/change/"
    sent = {field: getattr(other, field)}
    if is_added:
        sent = {name: value for name, value in model_to_dict(one).items() if value is not None} | sent
        address = f"/admin/skills/{model}/add/"
    refused = ben.post(address, opened(ben, address) | sent)
    assert refused.status_code == 200
    assert errors_of(refused) == {field: [f"{other} has this {field} already."]}


def test_a_subcategory_of_another_edition_is_not_offered(ben, address):
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    refused = ben.post(address, opened(ben, address) | {"subcategory": other.pk})
    assert list(errors_of(refused)) == ["subcategory"]


def test_a_level_of_responsibility_out_of_range_is_said(ben, skill):
    level = Level.objects.get(number=3)
    address = f"/admin/skills/level/{level.pk}/change/"
    refused = ben.post(address, opened(ben, address) | {"number": "8"})
    assert errors_of(refused) == {"number": ["Ensure this value is less than or equal to 7."]}


def test_that_another_edition_is_current_is_said_beside_the_field_by_its_name(ben, skill):
    other = make_edition(slug="8", is_current=False)
    address = f"/admin/skills/edition/{other.pk}/change/"
    refused = ben.post(address, opened(ben, address) | {"is_current": "on"})
    assert list(errors_of(refused)) == ["is_current"]
    assert "Edition 9 is the current edition" in errors_of(refused)["is_current"][0]


def test_a_skill_in_a_subcategory_of_another_edition_is_refused_when_it_is_added(everything, ben):
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    data = opened(ben, "/admin/skills/skill/add/") | {
        "name": "Forks",
        "code": "FORK",
        "position": 7,
        "edition": everything.pk,
        "subcategory": other.pk,
        "overall_description": "What forks are.",
    }
    refused = ben.post("/admin/skills/skill/add/", data)
    assert errors_of(refused) == {"subcategory": ["This subcategory belongs to another edition than the skill."]}


@pytest.mark.parametrize("number", ["9" * 5000, "٣" * 4400, "1" * 19, "x", "1/../2"])
def test_a_number_that_no_database_counts_up_to_is_no_fault(ben, address, number):
    assert ben.get(f"/admin/skills/skill/{number}/history/").status_code == 404
    assert ben.get(f"/admin/skills/skill/{number}/change/").status_code in (302, 404)
    data = opened(ben, address)
    assert ben.post(address, data | {"based_on": f"{number}-1"}).status_code == 409
    chosen = {"action": "export_as_csv", "_selected_action": [number]}
    assert ben.post("/admin/skills/skill/", chosen, follow=True).status_code == 200


def test_a_reason_with_a_null_character_is_cleaned_everywhere(ben, skill):
    ben.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes", "reason": f"a\0b\n{'c' * 300}"})
    reason = Skill.history.first().revision.reason
    assert reason.startswith("a b ccc")
    assert len(reason) == 200


def test_a_refused_form_names_at_its_top_what_is_wrong_and_leads_there(ben, address):
    page = page_in(ben.post(address, opened(ben, address) | {"code": "x", "level_5_description": " "}))
    summary = page.one(".//div[@class='refused']")
    assert [link.attrib["href"] for link in summary.iter("a")] == ["#id_code", "#id_level_5_description"]
    assert "Nothing is saved yet, and nothing that you wrote is lost." in words_of(summary)


def test_a_category_with_skills_says_what_to_do_before_it_can_be_deleted(ben, skill):
    page = page_in(ben.get(f"/admin/skills/category/{skill.subcategory.category_id}/delete/"))
    assert "cannot be deleted while it holds skills" in page.text(".//main")
    assert "/admin/skills/skill/" in list(page.links(".//main//p/a"))


def test_a_marker_without_a_description_is_not_dropped_unseen(ada, address):
    refused = ada.post(address, opened(ada, address) | {"level_3_change": "new"})
    assert errors_of(refused) == {
        "level_3_change": ["Level 3 is not defined. Write a description, or choose no marker."]
    }


def test_a_skill_that_stands_in_another_editions_subcategory_all_the_same_is_said_so(ada, address):
    """Raw SQL can do it, and an editor, who may not move the skill, must get a sentence."""
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    Skill.objects.update(subcategory=other)
    refused = ada.post(address, opened(ada, address) | {"name": "Mine"})
    assert errors_of(refused) == {"__all__": ["This subcategory belongs to another edition than the skill."]}

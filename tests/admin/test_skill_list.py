"""How editors find skills, and what they do to many at once."""

import csv
from io import StringIO

import pytest

from skills.models import Revision, Skill, SkillLevel, Subcategory
from skills.models.revision import one_revision
from tests.attacks import attacks
from tests.factories import code_for, make_edition, make_skill, make_skill_level, make_subcategory

from .steps import make_user, page_in, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/skills/skill/"


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def ben():
    return signed_in(make_user("Publishers", name="ben"))


def found(client, query: str) -> list[str]:
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200, (query, response.status_code)
    return sorted(skill.code for skill in response.context["cl"].result_list)


def states(client) -> dict[str, str]:
    """What the list says of each skill that is so here alone."""
    page = page_in(client.get(LIST))
    return dict(zip(page.texts(".//td[@class='field-code']"), page.texts(".//td[@class='field-state']"), strict=True))


def act(client, action, skills, query="", **answers):
    data = {"action": action, "_selected_action": [skill.pk for skill in skills], **answers}
    return client.post(f"{LIST}?{query}", data, follow=True)


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("KNIF", ["KNIF"]),
        ("knife", ["KNIF"]),
        ("blades of", ["KNIF"]),
        ("strop", ["KNIF"]),
        ("whetstone", ["FORK", "KNIF"]),
        ("whetstone KNIF", ["KNIF"]),
        ("nothing", []),
    ],
)
def test_skills_are_found_by_code_name_and_text_at_any_level(edition, ben, words, codes):
    knife = make_skill(edition=edition, code="KNIF", name="Knife care", overall_description="Of blades of steel.")
    knife.guidance_notes = "Strop it."
    knife.save()
    make_skill_level(skill=knife, number=2, description="Uses a whetstone.")
    make_skill_level(skill=knife, number=3, description="Makes a whetstone.")
    make_skill_level(skill=make_skill(edition=edition, code="FORK"), number=7, description="Sells a whetstone.")
    assert found(ben, f"q={words}") == codes


def test_a_code_in_capitals_finds_the_skill_that_has_it_and_not_those_with_its_letters(edition, ben):
    make_skill(edition=edition, code="STIN")
    make_skill(edition=edition, code="OTHR", overall_description="Resting.")
    assert found(ben, "q=STIN") == ["STIN"]
    assert found(ben, "q=stin") == ["OTHR", "STIN"]


def test_skills_are_filtered_by_edition_category_change_edit_and_level(edition, ben):
    eight = make_edition(slug="8", is_current=False)
    other = make_subcategory(edition=edition, category="Other")
    make_skill(edition=edition, code="AAAA", overall_description_change="new")
    make_skill(edition=edition, code="BBBB", subcategory=other, guidance_notes_change="modified", defined_at=(3,))
    make_skill_level(skill=make_skill(edition=edition, code="CCCC"), number=5, change="new")
    make_skill(edition=eight, code="DDDD", defined_at=(3, 5))
    assert found(ben, f"edition__id__exact={eight.pk}") == ["DDDD"]
    assert found(ben, "category=other") == ["BBBB"]
    assert found(ben, "category=category") == ["AAAA", "CCCC", "DDDD"]
    assert found(ben, "change=new") == ["AAAA", "CCCC"]
    assert found(ben, "change=modified") == ["BBBB"]
    assert found(ben, "level=3") == ["BBBB", "DDDD"]
    assert found(ben, f"level=3&edition__id__exact={edition.pk}") == ["BBBB"]


def test_skills_that_were_edited_here_are_told_from_those_that_were_not(edition, ben):
    for code in ("AAAA", "BBBB"):
        make_skill(edition=edition, code=code, defined_at=(1,))
    for skill in Skill.objects.all():
        skill.published_name, skill.published_overall_description = skill.name, skill.overall_description
        skill.save()
    for level in SkillLevel.objects.all():
        level.published_description = level.description
        level.save()
    assert found(ben, "edited=no") == ["AAAA", "BBBB"]
    SkillLevel.objects.filter(skill__code="BBBB").update(description="Ours.")
    assert (found(ben, "edited=yes"), found(ben, "edited=no")) == (["BBBB"], ["AAAA"])
    assert states(ben) == {"AAAA": "-", "BBBB": "edited"}


def test_withdrawn_skills_are_marked_in_the_list(edition, ben):
    make_skill(edition=edition, code="AAAA", published_name="Skill AAAA", published_overall_description="What AAAA is.")
    make_skill(edition=edition, code="BBBB", is_withdrawn=True, published_name="Skill BBBB")
    Skill.objects.filter(code="BBBB").update(published_overall_description="What BBBB is.")
    make_skill(edition=edition, code="CCCC", is_withdrawn=True, published_name="Theirs")
    assert states(ben) == {"AAAA": "-", "BBBB": "withdrawn", "CCCC": "withdrawn, edited"}


@pytest.mark.parametrize(
    "query", ["level=9", "level=x", "change=old", "edited=perhaps", "category=%00", "q=%00", "p=x"]
)
def test_a_filter_that_nobody_offers_is_passed_over(edition, ben, query):
    make_skill(edition=edition, code="AAAA")
    assert found(ben, query) == ["AAAA"]


def test_the_change_marker_of_chosen_parts_is_set_and_cleared(edition, ben):
    skills = [
        make_skill(edition=edition, code=code, guidance_notes="G", defined_at=(1, 2)) for code in ("AAAA", "BBBB")
    ]
    make_skill(edition=edition, code="CCCC", defined_at=(1,))
    asked = act(ben, "set_change_marker", skills)
    assert "AAAA" in asked.content.decode()
    answers = {"apply": "yes", "change": "new", "parts": ["guidance_notes", "levels"], "reason": "As published"}
    assert "Change marker set: 2 skills." in act(ben, "set_change_marker", skills, **answers).content.decode()
    assert list(Skill.objects.order_by("code").values_list("guidance_notes_change", flat=True)) == ["new", "new", ""]
    assert list(SkillLevel.objects.order_by("pk").values_list("change", flat=True)) == ["new"] * 4 + [""]
    assert set(Skill.objects.values_list("overall_description_change", flat=True)) == {""}
    made = Revision.objects.first()
    assert (made.made_by_name, made.reason) == ("Ben", "As published")
    assert SkillLevel.history.filter(revision=made).count() == 4
    cleared = act(ben, "set_change_marker", skills[:1], apply="yes", change="none", parts=["guidance_notes", "levels"])
    assert "Change marker cleared: 1 skill." in cleared.content.decode()
    assert list(Skill.objects.order_by("code").values_list("guidance_notes_change", flat=True)) == ["", "new", ""]


def test_a_marker_that_is_there_already_is_not_set_again(edition, ben):
    skill = make_skill(edition=edition, defined_at=(1,), overall_description_change="new")
    act(ben, "set_change_marker", [skill], apply="yes", change="new", parts=["overall_description"])
    assert Skill.history.count() == 1


def test_a_part_that_is_empty_gets_no_marker(edition, ben):
    skill = make_skill(edition=edition)
    act(ben, "set_change_marker", [skill], apply="yes", change="new", parts=["guidance_notes"])
    assert Skill.objects.get().guidance_notes_change == ""


@pytest.mark.parametrize(
    "answers",
    [
        {"change": "old", "parts": ["levels"]},
        {"change": "", "parts": ["levels"]},
        {"change": "new"},
        {"change": "new", "parts": ["x"]},
    ],
)
def test_an_answer_that_is_not_understood_is_asked_for_again(edition, ben, answers):
    skill = make_skill(edition=edition, defined_at=(1,))
    asked = act(ben, "set_change_marker", [skill], apply="yes", **answers)
    assert 'name="apply"' in asked.content.decode()
    assert SkillLevel.objects.get().change == ""


def test_all_that_a_filter_finds_is_acted_on_when_all_is_chosen(edition, ben):
    skills = [make_skill(edition=edition, code=code_for(number), defined_at=(3,)) for number in range(5)]
    make_skill(edition=edition, code="ZZZZ", defined_at=(4,))
    answers = {"select_across": "1", "apply": "yes", "change": "new", "parts": ["levels"]}
    act(ben, "set_change_marker", skills[:1], query="level=3", **answers)
    assert SkillLevel.objects.filter(change="new").count() == 5


def test_chosen_skills_are_deleted_for_a_reason_after_a_look_at_what_goes(edition, ben):
    skills = [make_skill(edition=edition, code=code, defined_at=(1, 2)) for code in ("AAAA", "BBBB")]
    make_skill(edition=edition, code="CCCC")
    asked = act(ben, "delete_selected", skills).content.decode()
    assert "can be brought back from there" in asked
    assert asked.count("Level 2") == 2
    act(ben, "delete_selected", skills, post="yes", reason="Twice")
    assert list(Skill.objects.values_list("code", flat=True)) == ["CCCC"]
    made = Revision.objects.first()
    assert (made.made_by_name, made.reason) == ("Ben", "Twice")
    assert SkillLevel.history.filter(revision=made).count() == 4


def test_skills_move_to_a_subcategory_of_their_edition(edition, ben):
    skills = [make_skill(edition=edition, code=code) for code in ("AAAA", "BBBB")]
    there = make_subcategory(edition=edition, category="Other", name="There")
    make_subcategory(edition=make_edition(slug="8", is_current=False), name="Elsewhere")
    asked = act(ben, "move", skills).content.decode()
    assert "Other › There" in asked
    assert "Elsewhere" not in asked
    assert "Moved to There: 2 skills." in act(ben, "move", skills, apply="yes", subcategory=there.pk).content.decode()
    assert set(Skill.objects.values_list("subcategory", flat=True)) == {there.pk}
    again = act(ben, "move", skills, apply="yes", subcategory=there.pk).content.decode()
    assert "Moved to There: 0 skills. 2 skills stood there already." in again
    assert "Moved" not in act(ben, "move", skills, apply="yes", subcategory="").content.decode()


def test_skills_of_two_editions_do_not_move_together(edition, ben):
    eight = make_edition(slug="8", is_current=False)
    skills = [make_skill(edition=edition), make_skill(edition=eight)]
    assert "Nothing was moved" in act(ben, "move", skills).content.decode()


def test_skills_do_not_move_to_another_edition(edition, ben):
    skill = make_skill(edition=edition)
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    act(ben, "move", [skill], apply="yes", subcategory=other.pk)
    assert Skill.objects.get().subcategory_id == skill.subcategory_id


def test_editors_do_not_move_skills(edition):
    ada = signed_in(make_user("Editors", name="ada"))
    skill = make_skill(edition=edition)
    there = make_subcategory(edition=edition, name="There")
    act(ada, "move", [skill], apply="yes", subcategory=there.pk)
    assert Skill.objects.get().subcategory_id == skill.subcategory_id
    assert Subcategory.objects.count() == 2


def test_the_selection_is_exported_as_csv(edition, ben):
    skill = make_skill(
        edition=edition, code="KNIF", name="Knife, fork", overall_description="One.\n\nTwo.", defined_at=(5,)
    )
    make_skill(edition=edition, code="OTHR")
    response = act(ben, "export_as_csv", [skill])
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="skills.csv"'
    head, row = csv.reader(StringIO(response.content.decode("utf-8-sig"), newline=""))
    exported = dict(zip(head, row, strict=True))
    assert (exported["Edition"], exported["Code"], exported["Skill"]) == ("Edition 9", "KNIF", "Knife, fork")
    assert (exported["Overall description"], exported["Level 5 description"]) == ("One.\n\nTwo.", "KNIF at 5.")
    assert exported["Level 4 description"] == ""


def test_no_cell_of_the_export_opens_a_formula(edition, ben):
    texts = [text for text in attacks() if text.strip() and "\0" not in text]
    texts += ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1", "＝1+1", '=HYPERLINK("http://evil.example")']
    with one_revision():
        for number, text in enumerate(texts):
            make_skill(
                edition=edition,
                code=code_for(number),
                name=text[:100].strip() or "x",
                overall_description=text,
                guidance_notes=text,
            )
    response = act(ben, "export_as_csv", Skill.objects.all())
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(texts) + 1
    for cell in (cell for row in rows for cell in row):
        assert not cell.strip(" \u00a0").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")), (
            cell
        )
    assert sorted(row[5].removeprefix("'") for row in rows[1:]) == sorted(text.removeprefix("'") for text in texts)


def test_a_hundred_skills_are_exported_in_a_number_of_queries_that_does_not_grow(
    edition, ben, django_assert_max_num_queries
):
    with one_revision():
        for number in range(100):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
    with django_assert_max_num_queries(17):
        act(ben, "export_as_csv", Skill.objects.all())


def test_withdrawn_skills_are_found_by_a_filter_and_their_form_says_so(edition, ben):
    withdrawn = make_skill(edition=edition, code="GONE", is_withdrawn=True)
    page = ben.get("/admin/skills/skill/", {"is_withdrawn__exact": "1"})
    assert list(page.context["cl"].queryset) == [withdrawn]
    form = page_in(ben.get(f"/admin/skills/skill/{withdrawn.pk}/change/"))
    assert "no longer has this skill" in form.text(".//p[@class='news']")

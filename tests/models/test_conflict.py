"""An open question: its three texts, and what a decision does to them."""

import pytest
from django.core.exceptions import ValidationError

from skills.models import Conflict, Skill, SkillLevel
from skills.models.revision import revision
from tests.factories import (
    make_attribute,
    make_conflict,
    make_edition,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def skill():
    texts = {
        "published_name": "Before",
        "name": "Ours",
        "published_guidance_notes": "Before.",
        "guidance_notes": "Ours.",
    }
    return make_skill(edition=make_edition(), code="KNIF", **texts)


def texts_of(conflict):
    return conflict.last_imported, conflict.newly_imported, conflict.ours


def decided(conflict, text):
    with revision(reason="Decided"):
        Conflict.objects.get(pk=conflict.pk).decide(text)
    assert not Conflict.objects.exists()


def level_texts(number=5):
    found = SkillLevel.objects.filter(number=number).first()
    return found and (found.description, found.published_description)


def kept(skill):
    return dict(skill.levels_taken_away.values_list("number", "published_description"))


@pytest.mark.parametrize("text", ["Theirs", "Ours", "A third"])
def test_any_decision_makes_the_newly_imported_text_the_publishers_last_word(skill, text):
    conflict = make_conflict(about=skill, part="name", newly_imported="Theirs")
    assert texts_of(conflict) == ("Before", "Theirs", "Ours")
    decided(conflict, text)
    skill.refresh_from_db()
    assert (skill.name, skill.published_name) == (text, "Theirs")


@pytest.mark.parametrize(("text", "marker"), [("Theirs.", ""), ("Ours.", "modified"), ("A third.", "modified")])
def test_taking_the_publishers_text_takes_the_marker_of_the_text_before_away(skill, text, marker):
    skill.guidance_notes_change = "modified"
    skill.save()
    decided(make_conflict(about=skill, part="guidance_notes"), text)
    assert Skill.objects.get().guidance_notes_change == marker


def test_taking_the_publishers_text_at_a_level_takes_its_marker_away(skill):
    make_skill_level(skill=skill, number=5, description="Ours.", published_description="Before.", change="new")
    decided(make_conflict(about=skill, part="description", number=5), "Theirs.")
    assert SkillLevel.objects.get().change == ""


def test_an_empty_text_of_the_publishers_may_be_taken_where_a_text_may_be_empty(skill):
    decided(make_conflict(about=skill, part="guidance_notes", newly_imported=""), "")
    skill.refresh_from_db()
    assert (skill.guidance_notes, skill.published_guidance_notes) == ("", "")


@pytest.mark.parametrize(
    ("three", "text", "then", "kept_then"),
    [
        (("Before.", "Theirs.", "Ours."), "Theirs.", ("Theirs.", "Theirs."), {}),
        (("Before.", "Theirs.", "Ours."), "A third.", ("A third.", "Theirs."), {}),
        (("Before.", "Theirs.", "Ours."), "", None, {5: "Theirs."}),
        # Taken away here, and changed by the publisher.
        (("Before.", "Theirs.", ""), "Theirs.", ("Theirs.", "Theirs."), {}),
        (("Before.", "Theirs.", ""), "A third.", ("A third.", "Theirs."), {}),
        (("Before.", "Theirs.", ""), "", None, {5: "Theirs."}),
        # Edited here, and withdrawn by the publisher.
        (("Before.", "", "Ours."), "", None, {}),
        (("Before.", "", "Ours."), "Ours.", ("Ours.", ""), {}),
        # Added on both sides.
        (("", "Theirs.", "Ours."), "Theirs.", ("Theirs.", "Theirs."), {}),
        (("", "Theirs.", "Ours."), "Ours.", ("Ours.", "Theirs."), {}),
    ],
)
def test_a_level_is_defined_or_not_as_decided(skill, three, text, then, kept_then):
    last, theirs, ours = three
    if ours:
        make_skill_level(skill=skill, number=5, description=ours, published_description=last)
    elif last:
        skill.levels_taken_away.create(number=5, published_description=last)
    conflict = make_conflict(about=skill, part="description", number=5, newly_imported=theirs)
    assert texts_of(conflict) == three
    decided(conflict, text)
    assert level_texts() == then
    assert kept(skill) == kept_then


def test_leaving_a_level_undefined_leaves_a_record_of_who_decided_it(skill):
    skill.levels_taken_away.create(number=5, published_description="Before.")
    before = Skill.history.count()
    decided(make_conflict(about=skill, part="description", number=5), "")
    assert Skill.history.count() == before + 1
    assert Skill.history.first().revision.reason == "Decided"


@pytest.mark.parametrize("choice", ["theirs", "ours"])
def test_a_place_is_decided_by_its_slugs(skill, choice):
    edition = skill.edition
    theirs, ours = make_subcategory(edition=edition, name="Theirs"), skill.subcategory
    skill.published_subcategory = make_subcategory(edition=edition, name="Before")
    skill.save()
    conflict = make_conflict(about=skill, part="subcategory", newly_imported="category/theirs")
    assert texts_of(conflict) == ("category/before", "category/theirs", "category/subcategory")
    decided(conflict, {"theirs": conflict.newly_imported, "ours": conflict.ours}[choice])
    skill.refresh_from_db()
    assert skill.subcategory == {"theirs": theirs, "ours": ours}[choice]
    assert skill.published_subcategory == theirs


def test_a_place_that_is_gone_cannot_be_taken_and_ours_can_be_kept(skill):
    conflict = make_conflict(about=skill, part="subcategory", newly_imported="category/gone")
    with pytest.raises(ValidationError, match="This subcategory is gone"):
        conflict.decide("category/gone")
    decided(conflict, conflict.ours)
    skill.refresh_from_db()
    assert skill.published_subcategory is None


def test_attributes_and_levels_of_responsibility_are_decided_alike(skill):
    attribute = make_attribute(edition=skill.edition)
    level = skill.edition.levels.get(number=3)
    decided(make_conflict(about=attribute, part="description", number=2), "Theirs.")
    decided(make_conflict(about=level, part="essence"), "A third.")
    found = attribute.attribute_levels.get(number=2)
    assert (found.description, found.published_description) == ("Theirs.", "Theirs.")
    level.refresh_from_db()
    assert (level.essence, level.published_essence) == ("A third.", "Theirs.")


@pytest.mark.parametrize(
    ("part", "number", "text"), [("name", 0, " "), ("name", 0, "x" * 101), ("description", 5, " ")]
)
def test_a_text_that_breaks_a_rule_changes_nothing(skill, part, number, text):
    skill.levels_taken_away.create(number=5, published_description="Before.")
    conflict = make_conflict(about=skill, part=part, number=number)
    before = Skill.history.count()
    with pytest.raises(ValidationError):
        conflict.decide(text)
    assert Conflict.objects.get() == conflict
    assert (kept(skill), level_texts(), Skill.history.count()) == ({5: "Before."}, None, before)
    assert Skill.objects.get().published_name == "Before"


def test_the_mark_is_another_when_any_of_the_three_texts_is(skill):
    conflict = make_conflict(about=skill, part="name", newly_imported="Theirs")
    marks = {conflict.mark}
    Conflict.objects.update(newly_imported="Newer")
    marks.add(Conflict.objects.get().mark)
    for field in ("name", "published_name"):
        Skill.objects.update(**{field: "Another"})
        marks.add(Conflict.objects.get().mark)
    assert len(marks) == 4
    assert Conflict.objects.get().mark in marks

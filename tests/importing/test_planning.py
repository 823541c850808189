"""What an import would do, told by what the publisher says and what the database holds. Nothing is imported here."""

from dataclasses import replace

import pytest

from skills import document
from skills.importing.merging import Outcome
from skills.importing.plan import About
from skills.importing.planning import plan_import
from skills.models import Level, Notice, Skill, SkillLevel, SkillLevelTakenAway
from tests.factories import (
    code_for,
    make_attribute,
    make_conflict,
    make_edition,
    make_import,
    make_skill,
    make_skill_level,
    make_subcategory,
)

from .steps import everything_written, said_attribute, said_edition, said_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def published_place(edition, name="Subcategory", *, position=1):
    """A subcategory as an import leaves it."""
    place = make_subcategory(edition=edition, name=name)
    for found, at in ((place.category, 1), (place, position)):
        found.published_name, found.position = found.name, at
        found.save()
    return place


def published_skill(edition, code="KNIF", *, levels=(5, 6), **fields):
    """A skill as an import of `said_skill(code)` leaves it, but for the fields given."""
    place = fields.pop("subcategory", None) or published_place(edition)
    texts = {
        "name": f"Skill {code}",
        "overall_description": f"What {code} is.",
        "guidance_notes": f"How {code} is done.",
    }
    published = {f"published_{name}": text for name, text in texts.items()}
    places = {"subcategory": place, "published_subcategory": place, "position": 1}
    skill = make_skill(edition=edition, code=code, **{**texts, **published, **places, **fields})
    for number in levels:
        make_skill_level(skill=skill, number=number, published_description=f"{code} at {number}.")
    return skill


def published_attribute(edition, code="AUTO", **fields):
    texts = {"published_name": f"Attribute {code}", "published_overall_description": f"What {code} is."}
    attribute = make_attribute(edition=edition, code=code, **{**texts, "position": 1, **fields})
    for level in attribute.attribute_levels.all():
        level.published_description = level.description
        level.save()
    return attribute


def planned(*skills, **fields):
    return plan_import(said_edition(*skills, **fields))


def outcomes(plan):
    """What becomes of each text that does not simply stay: by code, part and level."""
    return {
        (entry.key, merged.part, merged.number): merged.outcome for entry in plan.entries for merged in entry.merged
    }


def test_all_of_an_edition_that_is_not_there_is_new():
    levels = tuple(document.Level(number, f"Phrase {number}", "Essence.") for number in range(1, 8))
    plan = planned(said_skill(), said_skill("SOUP"), attributes=(said_attribute(),), levels=levels)
    assert plan.edition_pk is None
    assert [entry.key for entry in plan.new] == ["KNIF", "SOUP", "AUTO", *range(1, 8)]
    assert plan.places.new == ("Category", "Category › Subcategory")
    assert (plan.changed, plan.withdrawn, plan.kept, plan.unchanged) == ([], [], [], {})
    assert not plan.is_empty


def test_what_is_there_as_the_publisher_says_it_is_counted_alone(edition):
    published_skill(edition)
    published_attribute(edition)
    plan = planned(said_skill(), attributes=(said_attribute(),))
    assert plan.is_empty
    assert plan.entries == ()
    assert plan.unchanged == {"skill": 1, "attribute": 1}


def test_a_changed_text_is_named_with_what_it_was_and_will_be(edition):
    skill = published_skill(edition)
    plan = planned(said_skill(name="Newer", levels={5: "Newer at 5.", 6: "KNIF at 6."}))
    [entry] = plan.changed
    assert (entry.about, entry.pk, entry.title) == (About.SKILL, skill.pk, "KNIF Skill KNIF")
    assert [(merged.label, merged.ours, merged.theirs) for merged in entry.changed] == [
        ("Name", "Skill KNIF", "Newer"),
        ("Description at level 5", "KNIF at 5.", "Newer at 5."),
    ]
    assert plan.unchanged == {}


def test_levels_that_the_publisher_adds_and_drops_are_changes(edition):
    published_skill(edition)
    [entry] = planned(said_skill(levels={4: "KNIF at 4.", 5: "KNIF at 5."})).changed
    assert [(merged.number, merged.ours, merged.theirs) for merged in entry.changed] == [
        (4, "", "KNIF at 4."),
        (6, "KNIF at 6.", ""),
    ]


def test_a_text_that_was_edited_here_is_kept_and_alone_leaves_nothing_to_do(edition):
    published_skill(edition, guidance_notes="Ours.")
    plan = planned(said_skill())
    assert [(entry.key, [merged.label for merged in entry.kept]) for entry in plan.kept] == [
        ("KNIF", ["Guidance notes"])
    ]
    assert plan.is_empty


@pytest.mark.parametrize(
    ("theirs", "outcome"),
    [("Theirs.", Outcome.CONFLICT), ("Ours.", Outcome.AGREED), ("How KNIF is done.", Outcome.KEPT)],
)
def test_what_both_have_changed_is_a_question_unless_they_agree(edition, theirs, outcome):
    published_skill(edition, guidance_notes="Ours.")
    plan = planned(said_skill(guidance_notes=theirs))
    assert outcomes(plan) == {("KNIF", "guidance_notes", 0): outcome}
    assert plan.conflicts == (outcome is Outcome.CONFLICT)


@pytest.mark.parametrize(
    ("theirs", "outcome"),
    [
        ("Theirs.", Outcome.WAITING),
        ("Theirs later.", Outcome.CONFLICT),
        ("Ours.", Outcome.AGREED),
        ("How KNIF is done.", Outcome.SETTLED),
    ],
)
def test_a_question_that_is_open_waits_until_the_publisher_says_something_else(edition, theirs, outcome):
    skill = published_skill(edition, guidance_notes="Ours.")
    make_conflict(about=skill, part="guidance_notes", newly_imported="Theirs.")
    plan = planned(said_skill(guidance_notes=theirs))
    assert outcomes(plan) == {("KNIF", "guidance_notes", 0): outcome}
    assert plan.is_empty == (outcome is Outcome.WAITING)
    assert [entry.key for entry in plan.kept] == ["KNIF"]


def test_a_skill_that_is_gone_is_withdrawn_once(edition):
    published_skill(edition)
    published_skill(edition, "SOUP")
    assert [entry.key for entry in planned(said_skill()).withdrawn] == ["SOUP"]
    Skill.objects.filter(code="SOUP").update(is_withdrawn=True, published_is_withdrawn=True)
    assert planned(said_skill()).is_empty


def test_a_withdrawn_skill_that_is_back_is_a_change(edition):
    published_skill(edition, is_withdrawn=True, published_is_withdrawn=True)
    plan = planned(said_skill())
    assert [(entry.key, entry.withdraws) for entry in plan.changed] == [("KNIF", False)]
    assert plan.withdrawn == []


def test_a_withdrawal_that_was_undone_here_is_kept_so(edition):
    published_skill(edition)
    published_skill(edition, "SOUP", position=2, is_withdrawn=False, published_is_withdrawn=True)
    plan = planned(said_skill())
    assert [(entry.key, [merged.label for merged in entry.kept]) for entry in plan.kept] == [("SOUP", ["Withdrawal"])]
    assert plan.withdrawn == []
    assert plan.is_empty
    back = planned(said_skill(), said_skill("SOUP"))
    assert outcomes(back) == {("SOUP", "is_withdrawn", 0): Outcome.AGREED}


def test_a_skill_that_was_added_here_is_never_withdrawn(edition):
    published_skill(edition)
    make_skill(edition=edition, code="OURS")
    assert planned(said_skill()).is_empty


def test_a_skill_of_the_publishers_that_was_deleted_here_stays_deleted(edition):
    published_skill(edition)
    published_skill(edition, "SOUP").delete()
    plan = planned(said_skill(), said_skill("SOUP"))
    assert [(entry.key, entry.is_deleted_here) for entry in plan.kept] == [("SOUP", True)]
    assert plan.is_empty


def test_a_skill_whose_code_was_changed_here_is_the_same_skill(edition):
    skill = published_skill(edition)
    skill.code = "OURS"
    skill.save()
    plan = planned(said_skill())
    assert [(entry.pk, [merged.label for merged in entry.kept]) for entry in plan.kept] == [(skill.pk, ["Code"])]
    assert (plan.new, plan.withdrawn) == ([], [])


def test_two_skills_that_swapped_their_codes_here_are_known_by_the_codes_that_they_have(edition):
    knives, soup = published_skill(edition), published_skill(edition, "SOUP")
    for skill, code in ((soup, "TEMP"), (knives, "SOUP"), (soup, "KNIF")):
        skill.code = code
        skill.save()
    plan = planned(said_skill(), said_skill("SOUP"))
    assert (plan.new, plan.withdrawn) == ([], [])
    assert {(entry.key, entry.pk) for entry in plan.entries} == {("KNIF", soup.pk), ("SOUP", knives.pk)}


def test_a_level_that_was_added_here_stays_and_meets_the_publishers_as_a_question(edition):
    make_skill_level(skill=published_skill(edition), number=3)
    assert outcomes(planned(said_skill())) == {("KNIF", "description", 3): Outcome.KEPT}
    theirs = said_skill(levels={3: "Theirs.", 5: "KNIF at 5.", 6: "KNIF at 6."})
    assert outcomes(planned(theirs)) == {("KNIF", "description", 3): Outcome.CONFLICT}


@pytest.mark.parametrize(("theirs", "outcome"), [("KNIF at 5.", Outcome.KEPT), ("Newer.", Outcome.CONFLICT)])
def test_a_level_that_was_taken_away_here_stays_away(edition, theirs, outcome):
    skill = published_skill(edition, levels=(6,))
    SkillLevelTakenAway.objects.create(skill=skill, number=5, published_description="KNIF at 5.")
    plan = planned(said_skill(levels={5: theirs, 6: "KNIF at 6."}))
    assert outcomes(plan) == {("KNIF", "description", 5): outcome}


def test_a_skill_that_the_publisher_moves_goes_there_and_what_is_empty_then_goes(edition):
    published_skill(edition)
    published_skill(edition, "SOUP", subcategory=published_place(edition, "Kitchen", position=2), position=2)
    plan = planned(said_skill(), said_skill("SOUP", subcategory="larder"))
    [entry] = plan.changed
    assert [(merged.label, merged.ours, merged.theirs) for merged in entry.changed] == [
        ("Subcategory", "Category › Kitchen", "Category › Larder")
    ]
    assert plan.places.new == ("Category › Larder",)
    assert [gone.name for gone in plan.places.gone] == ["Category › Kitchen"]


def test_a_skill_that_was_moved_here_is_kept_where_it_is_and_asked_about_when_both_move_it(edition):
    kitchen = published_place(edition, "Kitchen", position=2)
    skill = published_skill(edition)
    skill.subcategory = kitchen
    skill.save()
    published_skill(edition, "SOUP", subcategory=kitchen, position=2)
    soup = said_skill("SOUP", subcategory="kitchen")
    assert outcomes(planned(said_skill(), soup)) == {("KNIF", "subcategory", 0): Outcome.KEPT}
    assert outcomes(planned(said_skill(subcategory="larder"), soup)) == {("KNIF", "subcategory", 0): Outcome.CONFLICT}


def test_an_attribute_of_another_kind_is_kept_as_it_is(edition):
    published_attribute(edition)
    plan = planned(attributes=(said_attribute(kind="behaviour"),))
    assert [merged.label for merged in plan.kept[0].kept] == ["Kind"]
    assert plan.is_empty


def test_a_level_of_responsibility_is_compared_by_its_number(edition):
    Level.objects.update(published_guiding_phrase="Phrase 3", published_essence="Essence of 3.")
    plan = planned(levels=(document.Level(3, "Newer", "Essence of 3."), document.Level(4, None, None)))
    assert [entry.title for entry in plan.changed] == ["Level 3 Phrase 3"]
    assert plan.unchanged == {"level": 1}


def test_a_level_of_responsibility_that_was_deleted_here_stays_deleted(edition):
    Level.objects.filter(number=3).update(published_guiding_phrase="Phrase 3")
    Level.objects.filter(number=3).delete()
    plan = planned(levels=(document.Level(3, "Phrase 3", "Essence."),))
    assert [(entry.key, entry.is_deleted_here) for entry in plan.kept] == [(3, True)]
    assert plan.is_empty


def test_another_order_is_counted_not_named(edition):
    published_skill(edition)
    published_skill(edition, "SOUP", position=2)
    plan = planned(said_skill("SOUP"), said_skill())
    assert {(move.about, move.position) for move in plan.moves} == {(About.SKILL, 1), (About.SKILL, 2)}
    assert plan.entries == ()
    assert plan.unchanged == {"skill": 2}
    assert not plan.is_empty


def add_notices(edition):
    Notice.objects.create(edition=edition, position=1, notice="Beta", published_notice="Beta")
    Notice.objects.create(edition=edition, position=2, notice="Ours")
    Notice.objects.create(edition=edition, position=3, notice="Edited", published_notice="Beta of July")


def test_the_first_import_of_skills_ends_the_development_and_the_publishers_notices_of_it():
    add_notices(make_edition(in_development=True))
    plan = planned(said_skill())
    assert (plan.notices, plan.ends_development) == (("Beta",), True)


@pytest.mark.parametrize(("skill_count", "ends"), [(0, True), (1, False)])
def test_an_import_of_attributes_alone_was_not_the_first_of_skills(skill_count, ends):
    edition = make_edition(in_development=True)
    add_notices(edition)
    make_import(edition=edition, attribute_count=1, skill_count=skill_count)
    plan = planned(said_skill())
    assert (bool(plan.notices), plan.ends_development) == (ends, ends)


def test_an_import_of_attributes_alone_ends_no_development():
    add_notices(make_edition(in_development=True))
    plan = planned(attributes=(said_attribute(),))
    assert (plan.notices, plan.ends_development) == ((), False)


def test_an_edition_becomes_current_when_asked_for_and_not_so_already():
    make_edition(slug="8")
    published_skill(make_edition(is_current=False))
    said = said_edition(said_skill())
    assert plan_import(said).is_empty
    assert plan_import(said, makes_current=True).makes_current
    assert not plan_import(replace(said, slug="8"), makes_current=True).makes_current


def test_the_mark_is_the_same_while_the_plan_is_and_another_when_anything_differs(edition):
    published_skill(edition)
    again = [planned(said_skill()).mark, planned(said_skill()).mark]
    others = [
        planned(said_skill(name="Newer")).mark,
        planned(said_skill(name="Newest")).mark,
        planned(said_skill(subcategory="kitchen")).mark,
        planned(said_skill(), said_skill("SOUP")).mark,
        planned(said_skill("SOUP")).mark,
        planned(said_skill(), attributes=(said_attribute(),)).mark,
    ]
    SkillLevel.objects.filter(number=5).update(description="Ours.")
    others.append(planned(said_skill()).mark)
    Notice.objects.create(edition=edition, position=1, notice="Beta", published_notice="Beta")
    others.append(planned(said_skill()).mark)
    assert again[0] == again[1]
    assert len({again[0], *others}) == 1 + len(others)


def test_planning_writes_nothing(edition):
    published_skill(edition)
    before = everything_written()
    assert not planned(said_skill(name="Newer"), said_skill("SOUP")).is_empty
    assert everything_written() == before


@pytest.mark.parametrize("count", [3, 40])
def test_planning_takes_the_same_queries_whatever_the_size(edition, count, django_assert_num_queries):
    codes = [code_for(number) for number in range(count)]
    place = published_place(edition)
    for position, code in enumerate(codes, 1):
        published_skill(edition, code, subcategory=place, position=position)
    said = said_edition(*map(said_skill, codes))
    with django_assert_num_queries(20):
        assert plan_import(said).is_empty

"""Importing into a database: what the publisher changed comes in, what somebody here changed stays."""

import pytest

from skills import document
from skills.importing.apply import ChangedMeanwhile, import_edition
from skills.importing.planning import plan_import
from skills.models import (
    Attribute,
    AttributeLevel,
    Category,
    Change,
    Conflict,
    Edition,
    ExplanatorySection,
    Import,
    Level,
    Notice,
    Revision,
    Skill,
    SkillLevel,
    SkillLevelTakenAway,
    Subcategory,
)
from skills.models.recorded import recorded_models
from skills.models.recorded_change import change_of
from skills.models.revision import revision
from skills.models.undoing import CannotUndo, undo
from tests.factories import make_edition, make_skill

from .steps import FILE, everything_written, imported, said_attribute, said_edition, said_skill

pytestmark = pytest.mark.django_db


def skill_of(code: str = "KNIF") -> Skill:
    return Skill.objects.get(code=code)


def descriptions(code: str = "KNIF") -> dict[int, str]:
    return dict(SkillLevel.objects.filter(skill__code=code).values_list("number", "description"))


def edit(found, **fields):
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()


def test_a_new_edition_is_made_with_all_that_the_files_say():
    imported(
        said_skill("KNIF"),
        said_skill("SOUP", subcategory="kitchen"),
        levels=(*(_level(number) for number in range(1, 8)),),
        attributes=(said_attribute("AUTO"), said_attribute("COLL", kind="behaviour", position=2)),
    )
    edition = Edition.objects.get()
    assert (edition.slug, edition.name, edition.is_current) == ("9", "SFIA 9", False)
    assert [str(subcategory) for subcategory in Subcategory.objects.all()] == ["Subcategory", "Kitchen"]
    assert [(skill.code, skill.position) for skill in Skill.objects.all()] == [("KNIF", 1), ("SOUP", 2)]
    assert descriptions("SOUP") == {5: "SOUP at 5.", 6: "SOUP at 6."}
    assert Attribute.objects.get(code="COLL").kind == "behaviour"
    assert AttributeLevel.objects.count() == 14
    assert [level.guiding_phrase for level in Level.objects.all()] == [f"Phrase {number}" for number in range(1, 8)]
    for model in recorded_models():
        assert not model.objects.edited_here().exists()


def _level(number, **fields):
    return document.Level(
        **{"number": number, "guiding_phrase": f"Phrase {number}", "essence": f"Essence {number}.", **fields}
    )


def test_importing_the_same_again_says_so_and_touches_no_row():
    said = said_skill(levels={3: "Three.", 4: "Four."}), said_skill("SOUP")
    levels, attributes = tuple(map(_level, range(1, 8))), (said_attribute(),)
    imported(*said, levels=levels, attributes=attributes)
    before = everything_written()
    again = imported(*said, levels=levels, attributes=attributes)
    assert again.is_empty
    assert everything_written() == before
    assert again.unchanged == {"skill": 2, "attribute": 1, "level": 7}
    assert again.entries == ()


@pytest.mark.parametrize("spaced", ["One.\n\nTwo.", "One.  Two.", " One. Two. ", "- One.\n- Two."])
def test_a_difference_of_white_space_or_list_marks_alone_is_no_change(spaced):
    imported(said_skill(overall_description="One. Two.", guidance_notes="One. Two.", levels={5: "One. Two."}))
    before = everything_written()
    assert imported(said_skill(overall_description=spaced, guidance_notes=spaced, levels={5: spaced})).is_empty
    assert everything_written() == before


def test_what_only_the_publisher_changed_is_taken_and_loses_its_marker():
    imported(said_skill(), said_skill("SOUP"))
    edit(skill_of(), overall_description_change=Change.UNCHANGED, guidance_notes_change=Change.UNCHANGED)
    SkillLevel.objects.update(change=Change.NEW)
    new = said_skill(name="Newer", guidance_notes="Newer notes.", levels={5: "Newer at 5.", 6: "KNIF at 6."})
    plan = imported(new, said_skill("SOUP"))
    skill = skill_of()
    assert (skill.name, skill.published_name) == ("Newer", "Newer")
    assert (skill.guidance_notes, skill.guidance_notes_change) == ("Newer notes.", "")
    assert (skill.overall_description, skill.overall_description_change) == ("What KNIF is.", "unchanged")
    assert descriptions() == {5: "Newer at 5.", 6: "KNIF at 6."}
    assert [level.change for level in skill.skill_levels.all()] == ["", "new"]
    [entry] = plan.changed
    assert {merged.label for merged in entry.changed} == {"Name", "Guidance notes", "Description at level 5"}
    assert plan.unchanged["skill"] == 1
    assert not Skill.objects.edited_here().exists()


def test_what_both_changed_stays_ours_and_waits_with_its_three_texts():
    imported(said_skill())
    edit(skill_of(), guidance_notes="Ours.")
    plan = imported(said_skill(guidance_notes="Theirs."))
    [conflict] = Conflict.objects.all()
    assert (conflict.last_imported, conflict.newly_imported, conflict.ours) == ("How KNIF is done.", "Theirs.", "Ours.")
    assert conflict.found_by == Import.objects.latest("pk")
    assert conflict.found_by.conflict_count == plan.conflicts == 1
    assert skill_of().guidance_notes == "Ours."


def test_an_open_conflict_keeps_its_texts_over_the_same_file():
    imported(said_skill())
    edit(skill_of(), guidance_notes="Ours.")
    imported(said_skill(guidance_notes="Theirs."))
    before = everything_written()
    again = imported(said_skill(guidance_notes="Theirs."))
    assert again.is_empty
    assert [entry.key for entry in again.kept] == ["KNIF"]
    assert everything_written() == before


def test_an_open_conflict_takes_in_what_the_publisher_says_later_and_goes_when_it_takes_that_back():
    imported(said_skill())
    edit(skill_of(), guidance_notes="Ours.")
    imported(said_skill(guidance_notes="Theirs."))
    imported(said_skill(guidance_notes="Theirs later."))
    [conflict] = Conflict.objects.all()
    assert (conflict.last_imported, conflict.newly_imported) == ("How KNIF is done.", "Theirs later.")
    assert list(Import.objects.values_list("conflict_count", flat=True)) == [1, 0, 0]
    imported(said_skill())
    assert not Conflict.objects.exists()
    assert skill_of().guidance_notes == "Ours."
    assert Skill.objects.edited_here().exists()


def test_a_change_that_both_made_is_no_conflict():
    imported(said_skill())
    edit(skill_of(), guidance_notes="The same.")
    imported(said_skill(guidance_notes="The same."))
    assert not Conflict.objects.exists()
    assert not Skill.objects.edited_here().exists()
    assert imported(said_skill(guidance_notes="The same.")).is_empty


@pytest.mark.parametrize("decision", ["theirs", "ours", "third"])
def test_deciding_moves_the_base_so_that_the_same_file_has_nothing_more_to_say(decision):
    imported(said_skill())
    edit(skill_of(), guidance_notes="Ours.")
    imported(said_skill(guidance_notes="Theirs."))
    text = {"theirs": "Theirs.", "ours": "Ours.", "third": "A third."}[decision]
    with revision(reason="Decided"):
        Conflict.objects.get().decide(text)
    assert (skill_of().guidance_notes, skill_of().published_guidance_notes) == (text, "Theirs.")
    assert imported(said_skill(guidance_notes="Theirs.")).is_empty


def test_a_level_that_was_taken_away_here_and_changed_by_the_publisher_is_asked():
    imported(said_skill())
    skill_of().skill_levels.get(number=5).delete()
    newer = said_skill(levels={5: "Newer at 5.", 6: "KNIF at 6."})
    imported(newer)
    [conflict] = Conflict.objects.all()
    assert (conflict.last_imported, conflict.newly_imported, conflict.ours) == ("KNIF at 5.", "Newer at 5.", "")
    with revision(reason="Decided"):
        conflict.decide("")
    assert descriptions() == {6: "KNIF at 6."}
    assert imported(newer).is_empty
    imported(said_skill(levels={5: "Newest at 5.", 6: "KNIF at 6."}))
    with revision(reason="Decided"):
        Conflict.objects.get().decide("Newest at 5.")
    assert descriptions() == {5: "Newest at 5.", 6: "KNIF at 6."}
    assert not Skill.objects.edited_here().exists()


def test_a_level_that_the_publisher_takes_away_goes_unless_it_was_edited_here():
    imported(said_skill(levels={4: "KNIF at 4.", 5: "KNIF at 5.", 6: "KNIF at 6."}))
    edit(skill_of().skill_levels.get(number=5), description="Ours at 5.")
    fewer = said_skill(levels={6: "KNIF at 6."})
    imported(fewer)
    assert descriptions() == {5: "Ours at 5.", 6: "KNIF at 6."}
    assert not SkillLevelTakenAway.objects.exists()
    [conflict] = Conflict.objects.all()
    assert (conflict.number, conflict.newly_imported) == (5, "")
    with revision(reason="Decided"):
        conflict.decide("")
    assert descriptions() == {6: "KNIF at 6."}
    assert imported(fewer).is_empty


def test_a_level_that_was_taken_away_here_stays_away_when_its_skill_was_deleted_and_came_back():
    imported(said_skill())
    skill_of().skill_levels.get(number=5).delete()
    skill_of().delete()
    undo_the_latest_deletion_of(Skill)
    assert imported(said_skill()).is_empty
    assert descriptions() == {6: "KNIF at 6."}


def test_a_level_that_came_back_here_after_the_publisher_had_dropped_it_is_ours():
    imported(said_skill())
    skill_of().skill_levels.get(number=5).delete()
    fewer = said_skill(levels={6: "KNIF at 6."})
    imported(fewer)
    undo_the_latest_deletion_of(SkillLevel)
    assert imported(fewer).is_empty
    assert descriptions() == {5: "KNIF at 5.", 6: "KNIF at 6."}


def test_a_level_of_bullets_alone_is_not_taken_for_one_that_is_not_defined():
    imported(said_skill())
    edit(skill_of().skill_levels.get(number=5), description="- ")
    imported(said_skill(levels={6: "KNIF at 6."}))
    assert descriptions()[5] == "- "


def test_a_skill_that_is_gone_from_the_files_is_kept_and_marked_withdrawn():
    imported(said_skill(), said_skill("SOUP"))
    plan = imported(said_skill())
    assert [entry.key for entry in plan.withdrawn] == ["SOUP"]
    assert skill_of("SOUP").is_withdrawn
    assert descriptions("SOUP")
    assert list(Skill.objects.listed().values_list("code", flat=True)) == ["KNIF"]
    assert imported(said_skill()).is_empty


def test_a_withdrawn_skill_that_comes_back_is_listed_again():
    imported(said_skill(), said_skill("SOUP"))
    imported(said_skill())
    plan = imported(said_skill(), said_skill("SOUP"))
    assert [entry.key for entry in plan.changed] == ["SOUP"]
    assert not skill_of("SOUP").is_withdrawn


def test_a_skill_that_was_added_here_is_not_withdrawn():
    imported(said_skill())
    make_skill(edition=Edition.objects.get(), code="OURS", subcategory=Subcategory.objects.get(), defined_at=(2,))
    assert imported(said_skill()).is_empty
    assert not skill_of("OURS").is_withdrawn


def test_a_skill_whose_code_was_changed_here_is_still_the_same_skill():
    imported(said_skill(), said_skill("SOUP"))
    edit(skill_of("SOUP"), code="SUPP")
    plan = imported(said_skill(), said_skill("SOUP", guidance_notes="Newer."))
    assert skill_of("SUPP").guidance_notes == "Newer."
    assert not skill_of("SUPP").is_withdrawn
    assert not plan.new
    assert not plan.withdrawn


def test_a_skill_that_the_publisher_moves_goes_there_and_an_empty_subcategory_goes():
    imported(said_skill(), said_skill("SOUP", category="cooking", subcategory="kitchen"))
    plan = imported(said_skill(), said_skill("SOUP", category="category", subcategory="larder"))
    assert [merged.label for merged in plan.changed[0].changed] == ["Subcategory"]
    assert skill_of("SOUP").subcategory.slug == "larder"
    assert skill_of("SOUP").published_subcategory == skill_of("SOUP").subcategory
    assert not Category.objects.filter(slug="cooking").exists()
    assert imported(said_skill(), said_skill("SOUP", category="category", subcategory="larder")).is_empty


def test_a_skill_that_both_moved_waits_for_a_decision_on_its_place():
    imported(said_skill(), said_skill("SOUP", subcategory="kitchen"))
    edit(skill_of(), subcategory=Subcategory.objects.get(slug="kitchen"))
    moved = said_skill(subcategory="larder"), said_skill("SOUP", subcategory="kitchen")
    imported(*moved)
    [conflict] = Conflict.objects.all()
    assert (conflict.last_imported, conflict.newly_imported, conflict.ours) == (
        "category/subcategory",
        "category/larder",
        "category/kitchen",
    )
    assert imported(*moved).is_empty
    with revision(reason="Decided"):
        conflict.decide("category/larder")
    assert skill_of().subcategory.slug == "larder"
    imported(*moved)
    assert imported(*moved).is_empty


def test_a_subcategory_in_which_a_withdrawn_skill_stands_stays():
    imported(said_skill(), said_skill("SOUP", subcategory="kitchen"))
    imported(said_skill())
    assert skill_of("SOUP").subcategory.slug == "kitchen"


def test_a_category_that_was_renamed_here_keeps_our_name_and_takes_new_skills():
    imported(said_skill())
    edit(Category.objects.get(), name="Ours", slug="ours")
    plan = imported(said_skill(), said_skill("SOUP"))
    assert Category.objects.get().name == "Ours"
    assert [entry.key for entry in plan.new] == ["SOUP"]
    assert imported(said_skill(), said_skill("SOUP")).is_empty


def test_a_subcategory_that_was_moved_here_to_another_category_stays_there():
    said = said_skill(), said_skill("SOUP", subcategory="kitchen"), said_skill("CAKE", category="cooking")
    imported(*said)
    edit(Subcategory.objects.get(slug="kitchen"), category=Category.objects.get(slug="cooking"))
    assert imported(*said).is_empty
    assert skill_of("SOUP").subcategory.category.slug == "cooking"


def test_two_subcategories_of_one_name_stay_apart_when_one_moves_in_beside_the_other():
    said = said_skill(), said_skill("SOUP", category="cooking", subcategory="kitchen")
    imported(*said)
    edit(Subcategory.objects.get(slug="kitchen"), category=Category.objects.get(slug="category"))
    more = (*said, said_skill("CAKE", subcategory="kitchen"))
    imported(*more)
    kitchen, other = skill_of("SOUP").subcategory, skill_of("CAKE").subcategory
    assert (kitchen.category, kitchen.name, kitchen.slug) == (other.category, "Kitchen", "kitchen")
    assert (other.name, other.slug) == ("Kitchen", "kitchen-2")
    assert imported(*more).is_empty


def test_a_slug_that_somebody_here_gave_to_another_category_stays_with_it():
    imported(said_skill())
    edit(Category.objects.get(), name="Ours", slug="cooking")
    more = said_skill("CAKE", category="cooking"), said_skill()
    imported(*more)
    assert skill_of().subcategory.category.name == "Ours"
    assert [(category.name, category.slug) for category in Category.objects.order_by("pk")] == [
        ("Ours", "cooking"),
        ("Cooking", "cooking-2"),
    ]
    assert imported(*more).is_empty


def test_a_question_about_a_place_follows_it_to_another_slug():
    imported(said_skill(), said_skill("SOUP", subcategory="kitchen"))
    edit(skill_of(), subcategory=Subcategory.objects.get(slug="kitchen"))
    moved = said_skill(subcategory="larder"), said_skill("SOUP", subcategory="kitchen")
    imported(*moved)
    edit(Subcategory.objects.get(slug="larder"), slug="pantry")
    edit(Category.objects.get(), slug="household")
    assert Conflict.objects.get().newly_imported == "household/pantry"
    assert imported(*moved).is_empty


def test_the_place_that_a_question_is_about_stays_when_its_skill_is_withdrawn():
    soup = said_skill("SOUP", subcategory="kitchen")
    imported(said_skill(), soup)
    edit(skill_of(), subcategory=Subcategory.objects.get(slug="kitchen"))
    imported(said_skill(subcategory="larder"), soup)
    imported(soup)
    assert skill_of().is_withdrawn
    with revision(reason="Decided"):
        Conflict.objects.get().decide("category/larder")
    assert skill_of().subcategory.slug == "larder"


def test_that_a_place_of_the_publishers_was_deleted_here_is_recorded():
    said = said_skill(), said_skill("SOUP", subcategory="kitchen")
    imported(*said)
    edit(skill_of(), subcategory=Subcategory.objects.get(slug="kitchen"))
    Subcategory.objects.get(slug="subcategory").delete()
    assert skill_of().published_subcategory is None
    assert Skill.history.filter(code="KNIF").latest("history_id").published_subcategory_id is None
    imported(*said)
    assert skill_of().subcategory.slug == "kitchen"
    assert Conflict.objects.get().newly_imported == "category/subcategory"


def test_a_skill_comes_back_though_the_publishers_place_for_it_is_gone():
    said = said_skill(), said_skill("SOUP", subcategory="kitchen")
    imported(*said)
    edit(skill_of(), subcategory=Subcategory.objects.get(slug="kitchen"))
    skill_of().delete()
    Subcategory.objects.get(slug="subcategory").delete()
    undo_the_latest_deletion_of(Skill)
    assert (skill_of().subcategory.slug, skill_of().published_subcategory) == ("kitchen", None)


def test_that_a_skill_cannot_go_back_to_a_place_that_the_import_emptied_is_said():
    imported(said_skill(), said_skill("SOUP", subcategory="kitchen"))
    imported(said_skill(), said_skill("SOUP"))
    moved = Skill.history.filter(code="SOUP").latest("history_id")
    with pytest.raises(CannotUndo, match="is not a valid choice"):
        undo(change_of(Skill, moved.history_id))


def undo_the_latest_deletion_of(model):
    with revision(reason="Undone"):
        undo(change_of(model, model.history.filter(history_type="-").latest("history_id").history_id))


def test_the_publishers_order_is_taken_and_counted_not_named():
    imported(said_skill(), said_skill("SOUP"))
    plan = imported(said_skill("SOUP"), said_skill())
    assert [skill.code for skill in Skill.objects.all()] == ["SOUP", "KNIF"]
    assert len(plan.moves) == 2
    assert plan.entries == ()
    assert plan.unchanged["skill"] == 2


def test_attributes_and_levels_are_merged_as_skills_are():
    levels = tuple(map(_level, range(1, 8)))
    imported(attributes=(said_attribute(),), levels=levels)
    attribute = Attribute.objects.get()
    edit(attribute, name="Ours")
    edit(attribute.attribute_levels.get(number=2), description="Ours at 2.")
    edit(Level.objects.get(number=3), essence="Our essence.")
    newer = said_attribute(name="Theirs", levels={n: f"Newer at {n}." for n in range(1, 8)})
    plan = imported(
        attributes=(newer,),
        levels=(*levels[:2], _level(3, essence="Their essence.", guiding_phrase="New"), *levels[3:]),
    )
    assert plan.conflicts == 3
    assert Attribute.objects.get().name == "Ours"
    assert AttributeLevel.objects.get(number=2).description == "Ours at 2."
    assert AttributeLevel.objects.get(number=1).description == "Newer at 1."
    level = Level.objects.get(number=3)
    assert (level.essence, level.guiding_phrase) == ("Our essence.", "New")
    assert {conflict.part for conflict in Conflict.objects.all()} == {"name", "description", "essence"}


def test_an_attribute_that_is_gone_is_withdrawn():
    imported(attributes=(said_attribute(), said_attribute("INFL", position=2)))
    plan = imported(attributes=(said_attribute(),))
    assert [entry.key for entry in plan.withdrawn] == ["INFL"]
    assert Attribute.objects.get(code="INFL").is_withdrawn


def test_what_the_files_do_not_speak_of_stays():
    imported(said_skill(), attributes=(said_attribute(),), levels=tuple(map(_level, range(1, 8))))
    before = everything_written()
    assert imported(attributes=(said_attribute(),)).is_empty
    assert imported(said_skill()).is_empty
    assert imported(levels=tuple(_level(number, guiding_phrase=None, essence=None) for number in range(1, 8))).is_empty
    assert everything_written() == before


def test_the_sample_becomes_the_published_edition():
    edition = make_edition(in_development=True, name="SFIA 9", published_name="SFIA 9")
    for position, notice in enumerate(("Beta in July", "Published in October"), 1):
        Notice.objects.create(edition=edition, position=position, notice=notice, published_notice=notice)
    Notice.objects.create(edition=edition, position=3, notice="Ours")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="How to read", explanation="So.")
    imported(said_skill())
    edition.refresh_from_db()
    assert (edition.is_current, edition.in_development) == (True, False)
    assert [notice.notice for notice in Notice.objects.all()] == ["Ours"]
    assert ExplanatorySection.objects.exists()


def test_a_later_import_leaves_a_notice_that_a_fixture_brought_and_a_state_that_somebody_chose():
    imported(said_skill())
    edition = Edition.objects.get()
    edit(edition, in_development=True)
    Notice.objects.create(edition=edition, position=1, notice="New", published_notice="New")
    imported(said_skill(name="Newer"))
    assert Notice.objects.exists()
    assert Edition.objects.get().in_development


def test_the_current_edition_changes_only_when_asked_to():
    make_edition(slug="8")
    imported(said_skill())
    assert Edition.objects.get(is_current=True).slug == "8"
    plan = import_edition(said_edition(said_skill()), [FILE], makes_current=True)
    assert not plan.is_empty
    assert Edition.objects.get(is_current=True).slug == "9"
    assert import_edition(said_edition(said_skill()), [FILE], makes_current=True).is_empty


def test_other_editions_are_left_alone():
    imported(said_skill(), said_skill("SOUP"), slug="8")
    imported(said_skill(name="Newer"))
    assert Skill.objects.filter(edition__slug="8", is_withdrawn=False).count() == 2
    assert Skill.objects.get(edition__slug="8", code="KNIF").name == "Skill KNIF"


def test_one_import_is_one_revision_with_the_name_of_its_file(django_user_model):
    ada = django_user_model.objects.create_user("ada", first_name="Ada")
    import_edition(said_edition(said_skill(), said_skill("SOUP")), [FILE], by=ada)
    [made] = Revision.objects.all()
    assert (made.who, made.reason) == ("Ada", "Imported skills-9.xlsx")
    fingerprint = Import.objects.get()
    assert (fingerprint.who, fingerprint.imported_by) == ("Ada", ada)
    assert (fingerprint.skill_count, fingerprint.skill_level_count) == (2, 4)
    assert [(file.name, file.sha256) for file in fingerprint.files.all()] == [("skills-9.xlsx", "0" * 64)]


def test_a_plan_that_somebody_saw_is_carried_out_only_while_it_is_still_the_same():
    imported(said_skill())
    newer = said_edition(said_skill(guidance_notes="Theirs."))
    seen = plan_import(newer)
    edit(skill_of(), guidance_notes="Ours.")
    before = everything_written()
    with pytest.raises(ChangedMeanwhile) as raised:
        import_edition(newer, [FILE], based_on=seen.mark)
    assert everything_written() == before
    assert raised.value.plan.conflicts == 1
    import_edition(newer, [FILE], based_on=raised.value.plan.mark)
    assert Conflict.objects.exists()


def test_each_change_of_an_import_can_be_undone_and_stays_undone():
    imported(said_skill())
    imported(said_skill(guidance_notes="Theirs."))
    edit(skill_of(), guidance_notes="How KNIF is done.")
    assert imported(said_skill(guidance_notes="Theirs.")).is_empty
    assert skill_of().guidance_notes == "How KNIF is done."


def test_a_skill_level_that_moves_with_its_skill_is_written_once():
    said = said_skill(), said_skill("SOUP")
    imported(*said)
    imported(said_skill("SOUP", name="Newer"), said_skill())
    latest = Revision.objects.latest("pk")
    assert Skill.history.filter(revision=latest, code="SOUP").count() == 1


def test_a_withdrawal_that_was_undone_here_stays_undone_until_the_skill_has_been_back():
    imported(said_skill(), said_skill("SOUP"))
    imported(said_skill())
    edit(skill_of("SOUP"), is_withdrawn=False)
    before = everything_written()
    assert imported(said_skill()).is_empty
    assert everything_written() == before
    imported(said_skill(), said_skill("SOUP"))
    assert not skill_of("SOUP").is_withdrawn
    imported(said_skill())
    assert skill_of("SOUP").is_withdrawn


def test_levels_that_were_added_and_taken_away_here_are_as_they_were_after_an_import():
    imported(said_skill())
    SkillLevel.objects.create(skill=skill_of(), number=3, description="Ours at 3.")
    skill_of().skill_levels.get(number=5).delete()
    imported(said_skill(guidance_notes="Newer."))
    assert descriptions() == {3: "Ours at 3.", 6: "KNIF at 6."}


def test_an_import_of_attributes_alone_leaves_the_sample_in_development_for_the_skills_to_end_it():
    make_edition(in_development=True, name="SFIA 9", published_name="SFIA 9")
    imported(attributes=(said_attribute(),))
    assert Edition.objects.get().in_development
    imported(said_skill())
    assert not Edition.objects.get().in_development


def test_a_subcategory_that_was_brought_back_is_not_deleted_again():
    imported(said_skill(), said_skill("SOUP", subcategory="kitchen"))
    moved = said_skill(), said_skill("SOUP")
    imported(*moved)
    deletion = Subcategory.history.filter(slug="kitchen", history_type="-").get()
    undo(change_of(Subcategory, deletion.history_id))
    assert imported(*moved).is_empty
    assert Subcategory.objects.filter(slug="kitchen").exists()


def test_a_count_of_questions_never_falls_below_none():
    imported(said_skill())
    edit(skill_of(), guidance_notes="Ours.")
    imported(said_skill(guidance_notes="Theirs."))
    Import.objects.update(conflict_count=0)
    imported(said_skill(guidance_notes="Theirs later."))
    assert sorted(Import.objects.values_list("conflict_count", flat=True)) == [0, 0, 1]

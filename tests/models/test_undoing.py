import pytest
from django.contrib.auth.models import User

from skills.models import Category, Edition, ExplanatorySection, Revision, Skill, SkillLevel, Subcategory
from skills.models.recorded_change import (
    change_of,
    changes_of,
    counts_of,
    everything,
    page_of,
    revisions_in,
)
from skills.models.revision import revision
from skills.models.undoing import CannotUndo, undo
from tests.factories import make_attribute, make_edition, make_skill, make_skill_level, make_subcategory

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    return make_skill(edition=make_edition(), code="KNIF", name="Knife sharpening", defined_at=(5, 6))


@pytest.fixture
def ada():
    return User.objects.create_user("ada", first_name="Ada")


def last_change(model):
    return change_of(model, model.history.first().history_id)


def test_a_change_says_which_field_became_what(skill):
    SkillLevel.objects.filter(number=5).update(description="Ours.", change="new")
    change = last_change(SkillLevel)
    assert (change.title, change.edition) == ("Knife sharpening (KNIF), level 5", "Edition 9")
    assert [(field.label, field.before, field.after) for field in change.fields] == [
        ("Description", "KNIF at 5.", "Ours."),
        ("Change", "", "new"),
    ]


def test_a_change_names_what_a_key_points_at_before_and_after(skill):
    skill.subcategory = make_subcategory(edition=skill.edition, name="Elsewhere")
    skill.save()
    [field] = last_change(Skill).fields
    assert (field.before, field.after) == ("Subcategory", "Elsewhere")


def test_a_skill_that_is_gone_is_still_named_in_the_history(skill):
    skill.delete()
    assert last_change(SkillLevel).title == "Knife sharpening (KNIF), level 5"


@pytest.mark.parametrize(
    ("model", "title"),
    [
        (Edition, "Edition “Edition 9”"),
        (Category, "Category “Category”"),
        (Subcategory, "Subcategory “Subcategory”"),
        (Skill, "Knife sharpening (KNIF)"),
        (ExplanatorySection, "Explanatory section “How to read this”"),
    ],
)
def test_everything_has_a_name_in_the_history(skill, model, title):
    ExplanatorySection.objects.create(edition=skill.edition, position=1, heading="How to read this", explanation="So.")
    assert last_change(model).title == title


def test_a_page_shows_the_changes_of_the_skill_and_its_levels_and_no_other(skill):
    other = make_skill(edition=skill.edition, code="OTHR")
    with revision() as both:
        Skill.objects.update(name="Both")
        skill.skill_levels.get(number=5).delete()
    other.save()
    made = revisions_in(page_of(skill))
    assert made[0] == both
    assert [change.title for change in changes_of(made, page_of(skill))[both.pk]] == [
        "Both (KNIF)",
        "Both (KNIF), level 5",
    ]
    assert counts_of([both], everything())[both.pk] == {(Skill, "~"): 2, (SkillLevel, "-"): 1}


def test_the_changes_of_many_revisions_take_a_number_of_queries_that_does_not_grow(
    skill, django_assert_max_num_queries
):
    make_attribute(edition=skill.edition)
    for number in range(20):
        skill.name = f"Name {number}"
        skill.save()
        make_skill_level(skill=make_skill(edition=skill.edition, code=f"AAA{chr(65 + number)}"), number=1)
    with django_assert_max_num_queries(31):
        changes_of(list(Revision.objects.all()), everything())


def test_undoing_a_change_puts_back_what_was_and_leaves_what_was_done_since(skill):
    skill.name, skill.guidance_notes = "Ours", "Guidance."
    skill.save()
    change = last_change(Skill)
    skill.overall_description = "Later."
    skill.save()
    undo(change)
    skill.refresh_from_db()
    assert (skill.name, skill.guidance_notes, skill.overall_description) == ("Knife sharpening", "", "Later.")


def test_undoing_is_a_change_that_can_be_undone(skill):
    skill.name = "Ours"
    skill.save()
    undo(last_change(Skill))
    undo(last_change(Skill))
    skill.refresh_from_db()
    assert skill.name == "Ours"


def test_a_deleted_level_comes_back_as_it_was_with_the_publishers_wording(skill):
    SkillLevel.objects.filter(number=5).update(published_description="Theirs.")
    skill.skill_levels.get(number=5).delete()
    undo(last_change(SkillLevel))
    level = skill.skill_levels.get(number=5)
    assert (level.description, level.published_description) == ("KNIF at 5.", "Theirs.")


def test_a_deleted_skill_comes_back_with_the_levels_that_went_with_it_and_no_others(skill):
    skill.skill_levels.get(number=6).delete()
    number = skill.pk
    with revision():
        make_skill(edition=skill.edition, code="OTHR", defined_at=(1,)).delete()
        skill.delete()
    undo(last_change(Skill))
    back = Skill.objects.get()
    assert (back.pk, back.name, back.defined_numbers) == (number, "Knife sharpening", [5])


def test_a_deleted_edition_comes_back_with_everything(skill):
    make_attribute(edition=skill.edition)
    with revision():
        skill.edition.delete()
    undo(last_change(Edition))
    assert Skill.objects.get().defined_numbers == [5, 6]
    edition = Edition.objects.get()
    assert (edition.levels.count(), edition.attributes.get().attribute_levels.count()) == (7, 7)


def test_undoing_what_somebody_added_takes_it_away(skill, ada):
    with revision(by=ada):
        make_skill_level(skill=skill, number=7)
    undo(last_change(SkillLevel))
    assert Skill.objects.get().defined_numbers == [5, 6]


def test_what_a_program_added_is_where_the_history_begins(skill):
    assert not last_change(Skill).can_be_undone
    with pytest.raises(CannotUndo, match="begins with this"):
        undo(last_change(Skill))


def test_what_was_deleted_since_must_come_back_first(skill):
    skill.name = "Ours"
    skill.save()
    change = last_change(Skill)
    skill.delete()
    with pytest.raises(CannotUndo, match="Bring it back first"):
        undo(change)


def test_what_is_there_again_does_not_come_back_twice(skill):
    skill.delete()
    change = last_change(Skill)
    undo(change)
    with pytest.raises(CannotUndo, match="is there already"):
        undo(change)


def test_a_code_that_another_skill_has_now_is_not_put_back(skill):
    skill.code = "NEWC"
    skill.save()
    change = last_change(Skill)
    make_skill(edition=skill.edition, code="KNIF")
    with pytest.raises(CannotUndo, match="would break a rule"):
        undo(change)
    skill.refresh_from_db()
    assert skill.code == "NEWC"


def test_a_category_that_holds_skills_again_is_not_taken_away(skill, ada):
    with revision(by=ada):
        subcategory = make_subcategory(edition=skill.edition, name="New")
    Skill.objects.update(subcategory=subcategory)
    with pytest.raises(CannotUndo, match="still holds something"):
        undo(last_change(Subcategory))


def test_a_skill_that_was_deleted_in_no_revision_of_somebodys_comes_back_with_its_levels_too(skill):
    skill.delete()
    undo(last_change(Skill))
    assert Skill.objects.get().defined_numbers == [5, 6]
    Skill.objects.all().delete()
    undo(last_change(Skill))
    assert Skill.objects.get().defined_numbers == [5, 6]


def test_a_level_does_not_come_back_to_a_skill_that_is_gone_or_where_another_is_defined(skill):
    skill.skill_levels.get(number=5).delete()
    change = last_change(SkillLevel)
    make_skill_level(skill=skill, number=5)
    with pytest.raises(CannotUndo, match=r"Level 5 of Knife sharpening \(KNIF\) is defined again"):
        undo(change)
    skill.delete()
    with pytest.raises(CannotUndo, match=r"The skill was deleted since. Bring it back first"):
        undo(change)


def test_a_change_that_is_undone_already_is_not_undone_again(skill):
    skill.name = "Ours"
    skill.save()
    change = last_change(Skill)
    undo(change)
    with pytest.raises(CannotUndo, match="is as it was before already"):
        undo(change)

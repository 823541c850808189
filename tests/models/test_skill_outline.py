import pytest
from django.db import connection

from skills.models import Skill, Subcategory
from skills.models.revision import one_revision
from tests.factories import code_for, make_edition, make_skill, make_skill_level, make_subcategory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def outline_of(edition):
    (outline,) = Skill.objects.in_edition(edition).outlines()
    return outline


def test_an_outline_says_what_lists_show(edition):
    subcategory = make_subcategory(edition=edition, category="One", name="Two")
    make_skill(edition=edition, name="A name", subcategory=subcategory, defined_at=(5, 3, 4))
    outline = outline_of(edition)
    assert (outline.code, outline.name, outline.overall_description) == ("ABCD", "A name", "What ABCD is.")
    assert outline.defined_numbers == (3, 4, 5)
    assert (outline.category.name, outline.subcategory) == ("One", subcategory)


def test_an_outline_gathers_the_change_markers_of_all_parts(edition):
    skill = make_skill(edition=edition, overall_description_change="unchanged")
    make_skill_level(skill=skill, number=2, change="new")
    make_skill_level(skill=skill, number=3)
    assert outline_of(edition).changes == {"unchanged", "new"}


def test_an_outline_of_a_skill_without_levels_and_markers_has_none(edition):
    make_skill(edition=edition)
    assert (outline_of(edition).defined_numbers, outline_of(edition).changes) == ((), frozenset())


def test_outlines_are_of_the_skills_that_were_asked_for_in_the_frameworks_order(edition):
    late, early = (make_subcategory(edition=edition, category=name, name="Sub") for name in ("One", "Two"))
    late.category.position, early.category.position = 2, 1
    late.category.save()
    early.category.save()
    make_skill(edition=edition, code="AFTR", subcategory=late, position=1)
    make_skill(edition=edition, code="FRST", subcategory=early, position=2)
    make_skill(edition=edition, code="GONE", subcategory=early, is_withdrawn=True)
    make_skill(edition=make_edition(slug="8", is_current=False), code="ELSE")
    outlines = Skill.objects.in_edition(edition).listed().outlines()
    assert [outline.code for outline in outlines] == ["FRST", "AFTR"]


def test_a_skill_that_is_moved_while_it_is_read_stands_in_one_place_or_the_other(edition):
    skill = make_skill(edition=edition, defined_at=(1,))
    moved = []

    def move(execute, *query):
        answer = execute(*query)
        if not moved:
            moved.append(skill)
            place = make_subcategory(edition=edition, name="elsewhere")
            Skill.objects.filter(pk=skill.pk).update(subcategory=place)
            Subcategory.objects.exclude(pk=place.pk).delete()
        return answer

    with connection.execute_wrapper(move):
        assert outline_of(edition).code == skill.code
    assert moved


def test_outlines_take_two_queries_however_many_they_are(edition, django_assert_num_queries):
    with one_revision():
        for number in range(20):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
    with django_assert_num_queries(2):
        assert len(Skill.objects.in_edition(edition).outlines()) == 20


@pytest.mark.parametrize(
    ("name", "initial"), [("Föhn", "F"), ("Öresund", "O"), ("ångström", "A"), ("3D printing", ""), ("’t", "")]
)
def test_the_initial_of_a_name_is_a_letter_without_accents(edition, name, initial):
    make_skill(edition=edition, name=name)
    assert outline_of(edition).initial == initial


def test_names_sort_without_accents_and_capitals_and_those_without_an_initial_last(edition):
    names = ["Zeal", "’t Hooft", "Öresund", "apple", "Ore", "3D", "Apples"]
    for number, name in enumerate(names):
        make_skill(edition=edition, code=code_for(number), name=name)
    outlines = sorted(Skill.objects.in_edition(edition).outlines(), key=lambda outline: outline.alphabetically)
    assert [outline.name for outline in outlines] == ["apple", "Apples", "Ore", "Öresund", "Zeal", "3D", "’t Hooft"]

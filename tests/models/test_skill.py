import pytest

from skills.models import Category, Level, Skill, Subcategory
from tests.factories import make_edition, make_skill, make_subcategory

pytestmark = pytest.mark.django_db


def runs(skill, edition):
    return [(run.is_defined, run.first, run.last) for run in skill.level_runs(Level.objects.one_to_seven(edition))]


@pytest.mark.parametrize(
    ("defined_at", "expected"),
    [
        ((5, 6, 7), [(False, 1, 4), (True, 5, 7)]),
        ((3, 4, 5), [(False, 1, 2), (True, 3, 5), (False, 6, 7)]),
        ((2, 4), [(False, 1, 1), (True, 2, 2), (False, 3, 3), (True, 4, 4), (False, 5, 7)]),
        ((1, 2, 3, 4, 5, 6, 7), [(True, 1, 7)]),
        ((), [(False, 1, 7)]),
    ],
)
def test_levels_come_in_runs_of_defined_and_undefined_neighbours(defined_at, expected):
    edition = make_edition()
    assert runs(make_skill(edition=edition, defined_at=defined_at), edition) == expected


def test_a_level_that_the_edition_does_not_describe_still_shows_the_skills_description():
    edition = make_edition()
    skill = make_skill(edition=edition, defined_at=(5,))
    Level.objects.filter(number=5).delete()
    described = [
        (str(level), skill_level.description)
        for run in skill.level_runs(Level.objects.one_to_seven(edition))
        for level, skill_level in run.levels
        if skill_level
    ]
    assert described == [("Level 5", "ABCD at 5.")]


@pytest.mark.parametrize(("number", "nearest"), [(1, 3), (4, 3), (5, 5), (7, 5)])
def test_the_nearest_defined_level_is_the_lower_of_two(number, nearest):
    skill = make_skill(edition=make_edition(), defined_at=(3, 5))
    assert skill.nearest_defined_number(number) == nearest


def test_a_skill_without_levels_has_no_nearest_one():
    assert make_skill(edition=make_edition()).nearest_defined_number(3) is None


def test_skills_come_in_the_frameworks_order():
    edition = make_edition()
    last, first = make_subcategory(edition=edition, name="Last"), make_subcategory(edition=edition, name="First")
    last.position, first.position = 2, 1
    last.save()
    first.save()
    make_skill(edition=edition, code="AAAA", subcategory=last, position=1)
    make_skill(edition=edition, code="BBBB", subcategory=first, position=3)
    make_skill(edition=edition, code="CCCC", subcategory=first, position=2)
    assert [skill.code for skill in Skill.objects.in_framework_order()] == ["CCCC", "BBBB", "AAAA"]


def test_categories_and_subcategories_that_share_a_position_stay_whole():
    edition = make_edition()
    for number, code in enumerate(("AAAA", "BBBB", "CCCC", "DDDD"), 1):
        subcategory = make_subcategory(edition=edition, category=f"Category{number % 2}", name=f"Sub{number % 2}")
        make_skill(edition=edition, code=code, subcategory=subcategory, position=number)
    Category.objects.update(position=1)
    Subcategory.objects.update(position=1)
    assert [skill.code for skill in Skill.objects.in_framework_order()] == ["AAAA", "CCCC", "BBBB", "DDDD"]


def test_counts_by_level_say_how_many_skills_are_defined_at_each():
    edition = make_edition()
    make_skill(edition=edition, code="AAAA", defined_at=(1, 2))
    make_skill(edition=edition, code="BBBB", defined_at=(2,))
    other = make_edition(slug="8", is_current=False)
    make_skill(edition=other, code="AAAA", defined_at=(2,))
    counts = Skill.objects.in_edition(edition).counts_by_level()
    assert (counts[1], counts[2], counts.get(3)) == (1, 2, None)


def test_an_address_to_link_to_is_floating_in_the_current_edition_and_pinned_in_others():
    nine, eight = make_edition(), make_edition(slug="8", is_current=False)
    assert make_skill(edition=nine, code="ITMG").get_absolute_url() == "/skills/ITMG/"
    assert make_skill(edition=eight, code="ITMG").get_absolute_url() == "/8/skills/ITMG/"

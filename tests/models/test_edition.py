import pytest

from skills.models import Edition, Level
from tests.factories import make_attribute, make_edition

pytestmark = pytest.mark.django_db


def test_an_address_without_an_edition_means_the_current_one():
    make_edition(slug="8", is_current=False)
    nine = make_edition(slug="9")
    assert Edition.objects.addressed_by(None) == nine


def test_no_current_edition_is_said_so():
    make_edition(slug="8", is_current=False)
    with pytest.raises(Edition.DoesNotExist):
        Edition.objects.addressed_by(None)


@pytest.mark.parametrize(
    ("slug", "address"), [(None, "/skills/ITMG/5/"), ("9", "/9/skills/ITMG/5/"), ("8", "/8/skills/ITMG/5/")]
)
def test_a_reader_stays_in_the_edition_that_their_address_names(slug, address):
    make_edition(slug="8", is_current=False)
    make_edition(slug="9")
    edition = Edition.objects.addressed_by(slug)
    assert edition.address_of("skill_level_detail", code="ITMG", number=5) == address


def test_an_edition_has_seven_levels_described_or_not():
    edition = make_edition()
    Level.objects.filter(number__gt=2).delete()
    levels = Level.objects.one_to_seven(edition)
    assert [str(level) for level in levels[:3]] == ["Level 1 · Phrase 1", "Level 2 · Phrase 2", "Level 3"]
    assert [level.number for level in levels] == [1, 2, 3, 4, 5, 6, 7]


def test_an_attributes_progression_has_a_gap_where_the_edition_says_nothing():
    edition = make_edition()
    attribute = make_attribute(edition=edition)
    attribute.attribute_levels.filter(number=4).delete()
    progression = attribute.progression(Level.objects.one_to_seven(edition))
    assert [step.level.number for step in progression if step.attribute_level is None] == [4]

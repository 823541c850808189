import pytest

from skills.models import Skill
from skills.templatetags.levels import chart_cells, mini_rail, skill_rows
from tests.factories import make_edition, make_skill, one_revision_each

HOSTILE = "<script>alert('1')</script> & \"more\""


@pytest.mark.parametrize(
    ("numbers", "rail"),
    [
        ([5, 6, 7], '<span data-at="567">Levels 5, 6 and 7</span>'),
        ((2, 3, 4, 5), '<span data-at="2345">Levels 2 to 5</span>'),
        ([4], '<span data-at="4">Level 4</span>'),
        ([], '<span data-at="">No level</span>'),
    ],
)
def test_a_rail_says_the_levels_in_numbers_and_in_words(numbers, rail):
    assert mini_rail(numbers) == rail


@pytest.fixture
@one_revision_each
def hostile(db):
    edition = make_edition()
    make_skill(edition=edition, name=HOSTILE, overall_description=HOSTILE, defined_at=(5,))
    return edition, Skill.objects.in_edition(edition).outlines()


def test_what_stands_in_a_row_is_escaped(hostile):
    edition, skills = hostile
    row = skill_rows(edition, skills, shows_definitions=True)
    assert row.count("&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt; &amp; &quot;more&quot;") == 2
    assert "<script" not in row


def test_a_row_leads_to_the_skill_or_to_its_level(hostile):
    edition, skills = hostile
    assert '<a href="/skills/ABCD/">' in skill_rows(edition, skills)
    assert '<a href="/skills/ABCD/5/">' in skill_rows(edition, skills, number=5)
    assert "<p>" not in skill_rows(edition, skills)


def test_what_stands_in_a_cell_is_escaped(hostile):
    edition, (skill,) = hostile
    cells = chart_cells(edition, skill)
    assert cells.count("<td></td>") == 6
    assert 'aria-label="&lt;script&gt;' in cells
    assert "<script" not in cells

from copy import deepcopy

import pytest

from skills.links.resolving import resolve
from skills.models import Edition, Skill
from tests.factories import (
    make_attribute,
    make_edition,
    make_retirement,
    make_skill,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
@one_revision_each
def two_editions(shared_db):
    """Edition 9, current, and 8: each code says what became of it."""
    nine, eight = make_edition(slug="9"), make_edition(slug="8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="SAME", defined_at=(3, 4))
        make_attribute(edition=edition, code="AUTO")
    make_skill(edition=eight, code="NAME", name="Old name", defined_at=(3,))
    make_skill(edition=nine, code="NAME", name="New name", defined_at=(3,))
    make_skill(edition=eight, code="WORD", defined_at=(3,), overall_description="Before.")
    make_skill(edition=nine, code="WORD", defined_at=(3,), overall_description="After.")
    make_skill(edition=eight, code="LEVL", defined_at=(3, 4))
    make_skill(edition=nine, code="LEVL", defined_at=(4, 5))
    make_skill(edition=eight, code="GONE", name="Long gone", defined_at=(3,))
    make_skill(edition=eight, code="WITH", defined_at=(3,))
    make_skill(edition=nine, code="WITH", defined_at=(3,), is_withdrawn=True)
    make_skill(edition=nine, code="NEWS", defined_at=(3,))
    return nine, eight


@pytest.fixture
def editions(two_editions):
    return deepcopy(two_editions)


@pytest.fixture
def no_edition(editions):
    Edition.objects.all().delete()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("SAME", "same"),
        ("SAME 3", "same"),
        ("SAME 1", "same"),
        ("NAME", "renamed"),
        ("NAME 3", "renamed"),
        ("WORD", "reworded"),
        ("WORD 3", "same"),
        ("LEVL", "reworded"),
        ("LEVL 3", "level gone"),
        ("LEVL 5", "level added"),
        ("GONE", "retired"),
        ("GONE 3", "retired"),
        ("WITH 3", "retired"),
        ("NEWS", "new"),
        ("NEWS 3", "new"),
        ("ZZZZ", "unknown"),
        ("old-name", "renamed"),
        ("Long gone", "retired"),
        ("/8/levels/5/", "same"),
        ("/8/attributes/AUTO/", "same"),
        ("AUTO", "same"),
        ("/8/categories/category/", "same"),
        ("/8/categories/other/", "unknown"),
        ("nothing that is here", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_became_of_it_between_two_editions(editions, text, status):
    nine, eight = editions
    [resolved] = resolve([text], before=eight, to=nine)
    assert resolved.status == status


def test_a_level_that_came_later_is_not_gone(editions):
    _, eight = editions
    [resolved] = resolve(["LEVL 5"], before=eight, to=eight)
    assert (resolved.status, resolved.is_undefined) == ("same", True)


def test_the_edition_that_the_question_names_is_where_it_comes_from(editions):
    [named, unnamed] = resolve(["/8/skills/NAME/", "/skills/NAME/"])
    assert (named.status, unnamed.status) == ("renamed", "same")


def test_addresses_are_floating_and_pinned(editions):
    nine, eight = editions
    [skill, level, attribute, place] = resolve(["itmg", "/en/lor/8/5", "AUTO", "/9/categories/category"])
    assert skill.floating is None
    assert (level.floating, level.pinned_to(nine)) == ("/levels/5/", "/9/levels/5/")
    assert attribute.pinned_to(eight) == "/8/attributes/AUTO/"
    assert place.floating == "/categories/category/"


def test_a_name_that_somebody_changed_here_is_still_known(editions):
    Skill.objects.filter(code="SAME", edition__slug="9").update(name="Ours now")
    [before, after] = resolve(["skill-same", "ours-now"])
    assert (before.code, after.code) == ("SAME", "SAME")


def test_a_name_that_two_skills_have_is_that_of_the_edition_that_is_named(editions):
    nine, _ = editions
    make_skill(edition=nine, code="ABCD", name="Old name")
    [in_eight, in_nine] = resolve(["/en/sfia-8/skills/old-name", "/en/sfia-9/skills/old-name"])
    assert (in_eight.code, in_nine.code) == ("NAME", "ABCD")
    make_skill(edition=nine, code="ABCE", name="Old name", subcategory=make_subcategory(edition=nine, name="Other"))
    [resolved] = resolve(["old-name"])
    assert resolved.status == "unknown"


@pytest.mark.parametrize(
    ("lines", "successors"),
    [
        ("", []),
        ("SAME: does it", [("SAME", None, "does it")]),
        ("SAME 3: a\nNAME: b", [("SAME", 3, "a"), ("NAME", None, "b")]),
    ],
)
def test_what_took_its_place_is_said_with_its_reason(editions, lines, successors):
    make_retirement(code="BUAN", name="Business analysis", successors=lines)
    for text in ("BUAN", "business-analysis"):
        [resolved] = resolve([text])
        assert (resolved.status, resolved.code, resolved.floating) == ("retired", "BUAN", "/skills/BUAN/")
        assert [(one.code, one.number, one.reason) for one in resolved.successors] == successors


def test_what_took_the_place_of_a_level_is_said(editions):
    make_retirement(code="SAME", number=6, successors="NAME 3: does it")
    [resolved] = resolve(["SAME 6"])
    assert (resolved.status, resolved.floating) == ("level gone", "/skills/SAME/6/")
    assert [one.code for one in resolved.successors] == ["NAME"]


def test_without_a_current_edition_everything_is_unknown(no_edition):
    make_skill(edition=make_edition(is_current=False), code="SAME")
    [resolved] = resolve(["SAME"])
    assert resolved.status == "unknown"


def test_a_thousand_questions_take_the_same_queries(editions, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        resolve(["SAME", "old-name", "AUTO", "/levels/5/", "/categories/x", "/categories/category/y"] * 160)

"""What the database refuses, whoever writes: the named constraints."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from skills.models import (
    Attribute,
    AttributeLevel,
    Category,
    Edition,
    ExplanatorySection,
    Level,
    Notice,
    SearchDocument,
    SearchKey,
    Skill,
    SkillLevel,
    Subcategory,
)
from tests.factories import (
    make_attribute,
    make_edition,
    make_retirement,
    make_search_term,
    make_skill,
    make_skill_level,
    make_subcategory,
)

pytestmark = pytest.mark.django_db


def refused(constraint: str):
    """What the database says when it refuses: a constraint's name, or the columns of a unique one on SQLite."""
    return pytest.raises(DatabaseError, match=constraint)


@pytest.mark.parametrize("code", ["", "ABC", "ABCDE", "abcd", "AB1D", "AB D", "ABCÄ", "ABC\n", " ABC"])
def test_a_code_is_four_capitals(code):
    edition = make_edition()
    skill, attribute = make_skill(edition=edition), make_attribute(edition=edition)
    with refused("skill_code_is_four_capitals|value too long"), transaction.atomic():
        Skill.objects.filter(pk=skill.pk).update(code=code)
    with refused("attribute_code_is_four_capitals|value too long"), transaction.atomic():
        Attribute.objects.filter(pk=attribute.pk).update(code=code)


def test_a_code_is_unique_in_its_edition():
    edition = make_edition()
    make_skill(edition=edition, code="ABCD")
    with pytest.raises(IntegrityError, match=r"skill_code_unique|skills_skill\.code"), transaction.atomic():
        make_skill(edition=edition, code="ABCD")
    assert make_skill(edition=make_edition(slug="8", is_current=False), code="ABCD").pk


@pytest.mark.parametrize("number", [0, 8, 32767])
@pytest.mark.parametrize("model", [Level, SkillLevel, AttributeLevel])
def test_a_level_number_is_1_to_7(model, number):
    edition = make_edition()
    make_skill(edition=edition, defined_at=(1,))
    make_attribute(edition=edition)
    with refused("number_1_to_7"), transaction.atomic():
        model.objects.filter(number=1).update(number=number)


@pytest.mark.parametrize(
    "model", [Attribute, AttributeLevel, Category, ExplanatorySection, Level, Notice, Skill, SkillLevel, Subcategory]
)
def test_nothing_stands_twice_under_its_natural_key(model):
    edition = make_edition()
    make_skill(edition=edition, defined_at=(1,))
    make_attribute(edition=edition)
    Notice.objects.create(edition=edition, position=1, notice="A notice.")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="So.")
    again = model.objects.first()
    again.pk = None
    with pytest.raises(IntegrityError, match=r"_unique|UNIQUE"):
        again.save(force_insert=True)


def test_a_skill_has_one_description_at_a_level():
    skill = make_skill(edition=make_edition(), defined_at=(3,))
    with pytest.raises(IntegrityError, match=r"skill_level_number_unique|skills_skilllevel\.number"):
        make_skill_level(skill=skill, number=3)


@pytest.mark.parametrize("blank", ["", " ", "\n", " \t\r\n\u00a0 "])
@pytest.mark.parametrize(
    ("model", "field"),
    [
        (SkillLevel, "description"),
        (AttributeLevel, "description"),
        (Skill, "name"),
        (Skill, "overall_description"),
        (Attribute, "name"),
        (Category, "name"),
        (Subcategory, "name"),
        (Edition, "name"),
        (Edition, "attribution"),
    ],
)
def test_a_text_that_must_be_there_is_not_blank(model, field, blank):
    edition = make_edition()
    make_skill(edition=edition, defined_at=(1,))
    make_attribute(edition=edition)
    with refused(f"{field}_not_blank"), transaction.atomic():
        model.objects.update(**{field: blank})


def test_notices_and_explanatory_sections_are_not_blank():
    edition = make_edition()
    with refused("notice_notice_not_blank"), transaction.atomic():
        Notice.objects.create(edition=edition, position=1, notice=" ")
    with refused("explanatory_section_explanation_not_blank"), transaction.atomic():
        ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="\n")


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (SkillLevel, "description"),
        (AttributeLevel, "description"),
        (Skill, "overall_description"),
        (Skill, "guidance_notes"),
        (Attribute, "overall_description"),
        (Attribute, "guidance_notes"),
    ],
)
def test_a_text_is_no_longer_than_what_is_shown_as_markdown(model, field, settings):
    edition = make_edition()
    make_skill(edition=edition, defined_at=(1,))
    make_attribute(edition=edition)
    model.objects.update(**{field: "é" * settings.LONGEST_TEXT})
    with refused(f"{field}_within_longest"), transaction.atomic():
        model.objects.update(**{field: "é" * (settings.LONGEST_TEXT + 1)})


def test_a_change_marker_is_one_of_the_publishers():
    make_skill(edition=make_edition(), defined_at=(1,))
    for model, field in (
        (Skill, "overall_description_change"),
        (Skill, "guidance_notes_change"),
        (SkillLevel, "change"),
    ):
        for known in ("", "unchanged", "modified", "new"):
            model.objects.update(**{field: known})
        with refused(f"{field}_known"), transaction.atomic():
            model.objects.update(**{field: "newer"})


def test_an_attribute_is_of_a_known_kind():
    make_attribute(edition=make_edition())
    with refused("attribute_kind_known"), transaction.atomic():
        Attribute.objects.update(kind="trait")


def test_one_edition_at_most_is_current():
    make_edition(slug="9")
    with pytest.raises(IntegrityError, match=r"edition_one_current|skills_edition\.is_current"), transaction.atomic():
        make_edition(slug="8")
    make_edition(slug="8", is_current=False)
    make_edition(slug="7", is_current=False)


@pytest.mark.parametrize("slug", ["", "a9", "-9", "9 fr", "9/fr", "9-FR", "9é", "9\n"])
def test_an_editions_slug_begins_with_a_digit_and_suits_an_address(slug):
    with refused("edition_slug_"):
        make_edition(slug=slug)


@pytest.mark.parametrize("slug", ["9", "9-fr", "2026"])
def test_a_slug_that_begins_with_a_digit_is_accepted(slug):
    assert make_edition(slug=slug).pk


@pytest.mark.parametrize("slug", ["", "Delivery", "delivery and operation", "d/o"])
def test_the_slug_of_a_category_suits_an_address(slug):
    make_subcategory(edition=make_edition())
    with refused("category_slug_is_slug"), transaction.atomic():
        Category.objects.update(slug=slug)
    with refused("subcategory_slug_is_slug"), transaction.atomic():
        Subcategory.objects.update(slug=slug)


def test_a_subcategory_with_skills_cannot_be_deleted_but_an_edition_can():
    edition = make_edition()
    skill = make_skill(edition=edition, defined_at=(1,))
    with pytest.raises(IntegrityError):
        skill.subcategory.delete()
    edition.delete()
    assert not Skill.objects.exists()


def test_a_skill_stands_in_a_subcategory_of_its_own_edition():
    nine, eight = make_edition(), make_edition(slug="8", is_current=False)
    skill = make_skill(edition=nine)
    skill.subcategory = make_subcategory(edition=eight)
    with pytest.raises(ValidationError, match="another edition"):
        skill.full_clean()


def test_a_broken_rule_is_said_in_words_before_it_is_written():
    edition = make_edition()
    skill = make_skill(edition=edition)
    skill.code = "ab"
    with pytest.raises(ValidationError, match="four capital letters"):
        skill.full_clean()
    with pytest.raises(ValidationError, match="Another edition is current"):
        Edition(slug="8", name="Edition 8", is_current=True).full_clean()
    with pytest.raises(ValidationError, match="Blank: description"):
        SkillLevel(skill=skill, number=1, description="\u00a0").full_clean()


@pytest.mark.parametrize("codes", ["PROg", "PROG,SWDN", "PROG5"])
def test_a_search_term_stands_for_codes(codes):
    with refused("search_term_codes_are_codes"), transaction.atomic():
        make_search_term(words="coding", codes=codes)


@pytest.mark.parametrize(("words", "codes"), [(" ", "PROG"), ("coding", "")])
def test_a_search_term_has_words_and_codes(words, codes):
    with refused("not_blank"), transaction.atomic():
        make_search_term(words=words, codes=codes)


def test_a_search_term_stands_once_whatever_its_capitals():
    make_search_term(words="Coding", codes="PROG")
    with refused("search_term_words_unique"), transaction.atomic():
        make_search_term(words="coding", codes="SWDN")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"code": "GONE"}, "retirement_code_unique|skills_retirement.code"),
        ({"code": "GONE", "number": 3}, "retirement_level_unique|skills_retirement.code"),
        ({"code": "gone"}, "retirement_code_is_four_capitals"),
        ({"code": "ABCD", "number": 8}, "retirement_number_1_to_7"),
        ({"code": "ABCD", "name": " "}, "retirement_name_not_blank"),
        ({"code": "ABCD", "last_edition": ""}, "retirement_last_edition_not_blank"),
    ],
)
def test_a_retirement_stands_once_and_says_what_it_was(fields, constraint):
    make_retirement(code="GONE")
    make_retirement(code="GONE", number=3)
    with refused(constraint), transaction.atomic():
        make_retirement(**fields)


@pytest.mark.parametrize("model", [SearchDocument, SearchKey])
def test_what_search_looks_through_belongs_to_one_thing(model):
    skill = make_skill(edition=make_edition())
    fields = {"edition": skill.edition, "code": "ABCD"} if model is SearchDocument else {"key": "coding"}
    with refused("has_one_owner"), transaction.atomic():
        model.objects.create(**fields)

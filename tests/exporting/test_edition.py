import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skills import document
from skills.exporting.edition import at_one_moment, describe, describe_published
from skills.models import Edition
from skills.models.revision import one_revision
from tests.factories import code_for, make_attribute, make_edition, make_skill, make_subcategory

from .steps import FIRST, SECOND, STRANGE, levels_of, make_edited_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    """An edited one, beside another that is none of its business."""
    make_edited_edition("8")
    Edition.objects.update(is_current=False)
    return make_edited_edition("9")


def by_code(found):
    return {said.code: said for said in found}


def test_what_stands_here_is_described_with_our_words(edition):
    said = describe(edition)
    assert (said.slug, said.name, said.tagline, said.attribution) == ("9", "Our edition", STRANGE, "Ours.")
    assert (said.is_current, said.in_development) == (True, True)
    assert [notice.notice for notice in said.notices] == ["Ours", "Notice 2", "Added here"]
    assert [section.heading for section in said.explanatory_sections] == ["Heading", "Ours", "Added"]
    assert said.levels[1] == document.Level(2, "", STRANGE)
    assert [category.name for category in said.categories] == ["Our category", "Added"]
    knife = by_code(said.skills)["KNIF"]
    assert (knife.overall_description, knife.guidance_notes, knife.subcategory) == (STRANGE, "", "here")
    assert (knife.overall_description_change, knife.guidance_notes_change) == ("unchanged", "modified")
    assert levels_of(knife) == {2: "KNIF at 2.", 6: STRANGE, 7: "KNIF at 7."}
    assert [level.change for level in knife.skill_levels] == ["modified", "new", ""]
    assert by_code(said.skills)["SPON"].is_withdrawn
    assert sorted(levels_of(by_code(said.attributes)["AUTO"])) == [1, 2, 3, 5, 6, 7]


def test_the_publishers_last_words_are_described_without_ours(edition):
    said = describe_published(edition)
    assert (said.name, said.tagline) == ("Edition 9", "Theirs.")
    assert said.attribution.startswith("This site contains information from the Skills Framework")
    assert [notice.notice for notice in said.notices] == ["Notice 1", "Notice 2"]
    assert [section.heading for section in said.explanatory_sections] == ["Heading", "Heading"]
    assert said.levels[1] == document.Level(2, "Phrase 2", "Essence of 2.")
    assert [category.name for category in said.categories] == ["Category"]
    assert [place.name for place in said.categories[0].subcategories] == ["First", "Second"]
    knife = by_code(said.skills)["KNIF"]
    assert (knife.overall_description, knife.guidance_notes) == ("What KNIF is.", "How.")
    assert (knife.category, knife.subcategory) == ("category", "first")
    assert levels_of(knife) == {5: "KNIF at 5.", 6: "KNIF at 6.", 7: "KNIF at 7."}
    assert (by_code(said.skills)["FORK"].name, by_code(said.skills)["FORK"].subcategory) == ("Skill FORK", "")
    assert sorted(levels_of(by_code(said.attributes)["AUTO"])) == [1, 2, 3, 4, 5, 6, 7]


def test_what_was_added_here_the_publisher_does_not_have(edition):
    assert {"ADDE"} == by_code(describe(edition).skills).keys() - by_code(describe_published(edition).skills).keys()
    assert list(by_code(describe_published(edition).attributes)) == ["AUTO", "INFL"]


def test_what_has_no_text_of_the_publishers_but_one_is_the_publishers(edition):
    attribute = make_attribute(edition=edition, code="HALF", published_guidance_notes="Theirs.")
    attribute.attribute_levels.all().delete()
    half = by_code(describe_published(edition).attributes)["HALF"]
    assert (half.name, half.guidance_notes, half.attribute_levels) == ("", "Theirs.", ())


def test_everything_stands_in_the_publishers_order_and_by_code_where_that_does_not_say():
    edition = make_edition()
    place = make_subcategory(edition=edition)
    for code, position in (("LAST", 3), ("TWOB", 2), ("TWOA", 2), ("ZERO", 1)):
        make_skill(edition=edition, code=code, position=position, subcategory=place, defined_at=(5, 2))
        make_attribute(edition=edition, code=code, position=position)
    said = describe(edition)
    assert [skill.code for skill in said.skills] == ["ZERO", "TWOA", "TWOB", "LAST"]
    assert [attribute.code for attribute in said.attributes] == ["ZERO", "TWOA", "TWOB", "LAST"]
    assert list(levels_of(said.skills[0])) == [2, 5]


def test_imports_are_told_with_their_files_and_without_an_account(edition):
    first, second = describe(edition).imports
    assert (first.imported_at, first.imported_by_name, first.skill_count) == (FIRST.isoformat(), "Añn Editor", 4)
    assert [file.name for file in first.files] == ["b.csv", "a.csv"]
    assert (second.imported_at, second.attribute_count, second.conflict_count) == (SECOND.isoformat(), 2, 5)


def test_open_questions_are_told_skill_by_skill_then_of_attributes_and_levels(edition):
    found = describe(edition).conflicts
    assert [(conflict.about, conflict.key, conflict.part, conflict.number) for conflict in found] == [
        ("skill", "KNIF", "description", 5),
        ("skill", "KNIF", "subcategory", 0),
        ("attribute", "AUTO", "description", 3),
        ("attribute", "AUTO", "name", 0),
        ("level", 2, "essence", 0),
    ]
    assert (found[0].newly_imported, found[0].found_by) == (STRANGE, SECOND.isoformat())


@pytest.mark.parametrize("described", [describe, describe_published])
def test_twenty_more_skills_cost_no_further_query(edition, described):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            described(edition)
        return len(captured)

    before = queries()
    assert before <= 14
    with one_revision():
        for number in range(20):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
            make_attribute(edition=edition, code=code_for(number))
            make_subcategory(edition=edition, category=f"c{number}", name=f"s{number}")
            edition.imports.create().files.create(name="a.csv")
    assert queries() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_read_at_one_moment_is_read_in_one_transaction():
    isolation = "SHOW transaction_isolation" if connection.vendor == "postgresql" else "SELECT 'repeatable read'"
    with at_one_moment(), connection.cursor() as cursor:
        assert connection.in_atomic_block
        assert cursor.execute(isolation).fetchone() == ("repeatable read",)

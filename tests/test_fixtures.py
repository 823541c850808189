"""The shipped fixtures: the sample page word for word, and an invented edition that has something of everything."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from skills.models import AttributeLevel, Change, Edition, Retirement, Skill, SkillLevel
from skills.models.revision import one_revision
from skills.search.answer import answer
from skills.search.words import folded, key
from tests.factories import make_edition, make_skill

FIXTURES = sorted(Path(settings.BASE_DIR, "fixtures").glob("*.json"))
DATA = Path(__file__).parent / "data"
SAMPLE_PAGE = DATA / "itmg-page.txt"

# What stands on the sample page beside its content: headings of the publisher's page and controls.
FURNITURE = {
    "Technology service management ITMG",
    "(unchanged)",
    "(modified)",
    "SFIA 9 is in development",
    "Guidance notes",
    "Levels",
    "Defined at these levels: 5 6 7",
    "Show/hide extra descriptions and levels.",
    *(f"Level {number}" for number in (1, 2, 3, 4)),
    *(f"Technology service management: Level {number}" for number in (5, 6, 7)),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def loaded(shared_db):
    """All of them. The sample is current: it is loaded before the other edition."""
    sample_first = sorted((path.stem for path in FIXTURES), key=lambda stem: (stem != "sfia-9-sample", stem))
    call_command("loaddata", *sample_first, verbosity=0)


@pytest.fixture
def sample(loaded):
    return Edition.objects.get(slug="9")


@pytest.fixture
def invented(loaded):
    return Edition.objects.get(slug="1")


def lines_of_the_sample_page():
    """Its content, line by line, without bullets and without the labels that the page repeats."""
    for line in SAMPLE_PAGE.read_text(encoding="utf-8").splitlines():
        words = line.strip().removeprefix("•").strip()
        if words and words not in FURNITURE:
            yield words


def texts_of(edition):
    """Every text of an edition, line by line, without the marks of Markdown lists; levels in the page's own form."""
    skill = edition.skills.get()
    texts = [edition.tagline, skill.overall_description, skill.guidance_notes]
    texts += edition.notices.values_list("notice", flat=True)
    texts += skill.skill_levels.values_list("description", flat=True)
    for section in edition.explanatory_sections.all():
        texts += [section.heading, section.explanation]
    for level in edition.levels.all():
        texts.append(f"Level {level.number} - {level.guiding_phrase}: Essence of the level: {level.essence}")
    return [line.removeprefix("- ") for text in texts for line in text.split("\n") if line]


def test_the_sample_holds_the_words_of_the_page_and_no_others(sample):
    assert Counter(texts_of(sample)) == Counter(lines_of_the_sample_page())


def test_the_sample_is_current_and_in_development(sample):
    assert (sample.name, sample.is_current, sample.in_development) == ("SFIA 9", True, True)


def test_itmg_has_the_pages_change_markers_and_place(sample):
    skill = sample.skills.get(code="ITMG")
    assert (skill.overall_description_change, skill.guidance_notes_change) == ("unchanged", "modified")
    assert dict(skill.skill_levels.values_list("number", "change")) == {5: "unchanged", 6: "modified", 7: "unchanged"}
    assert (skill.name, skill.subcategory.name, skill.subcategory.category.name) == (
        "Technology service management",
        "Technology management",
        "Delivery and operation",
    )


def test_the_invented_edition_has_something_of_everything(invented):
    skills = Skill.objects.in_edition(invented).with_levels()
    ranges = [tuple(skill.defined_numbers) for skill in skills]
    assert len(ranges) == 24
    assert {(1, 2, 3, 4, 5, 6, 7), (3, 4, 5), (5, 6, 7), (1, 2, 3), (7,)} <= set(ranges)
    assert any(numbers[-1] - numbers[0] >= len(numbers) for numbers in ranges), "one has a gap"
    assert AttributeLevel.objects.filter(attribute__edition=invented).count() == 16 * 7
    levels = SkillLevel.objects.filter(skill__edition=invented)
    assert set(levels.values_list("change", flat=True)) == {"", *Change.values}


def test_the_invented_edition_is_clearly_not_the_publishers(invented):
    assert "SFIA" not in Path(settings.BASE_DIR, "fixtures", "invented.json").read_text(encoding="utf-8")
    assert "invented" in invented.attribution


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_a_fixture_names_objects_by_natural_keys_alone(path):
    records = json.loads(path.read_text(encoding="utf-8"))
    assert records
    assert not [record for record in records if "pk" in record]


def test_the_objects_of_the_fixtures_pass_the_models_own_validation(loaded):
    # The database holds the constraints itself, and has taken them.
    for model in {record["model"] for path in FIXTURES for record in json.loads(path.read_text(encoding="utf-8"))}:
        for found in apps.get_model(model).objects.all():
            found.full_clean(validate_unique=False, validate_constraints=False)


def terms():
    fixture = json.loads(Path(settings.BASE_DIR, "fixtures", "search-terms.json").read_text(encoding="utf-8"))
    return [record["fields"] for record in fixture]


def test_every_search_term_stands_for_skills_of_sfia_9():
    codes = set((DATA / "sfia-9-codes.txt").read_text().split())
    assert len(codes) == 147
    assert {code for term in terms() for code in term["codes"].split()} <= codes


def test_each_skill_that_took_the_place_of_a_retired_one_is_of_sfia_9(loaded):
    codes = set((DATA / "sfia-9-codes.txt").read_text().split())
    retired = {found.code: [one.code for one in found.successor_list()] for found in Retirement.objects.all()}
    assert set(retired) == {"BUAN", "CORE", "INAN", "NTPL"}
    assert all(successors and set(successors) <= codes for successors in retired.values())
    assert not set(retired) & codes


def test_there_are_many_search_terms_each_once_and_in_order():
    words = [term["words"] for term in terms()]
    assert len(words) >= 250
    assert words == sorted(words)
    keys = Counter(key(folded(word)) for word in words)
    assert [word for word, count in keys.items() if count > 1 or not word] == []


ASKED = {
    "coding": "PROG",
    "scrum": "DEMG",
    "ux": "HCEV",
    "itil": "ITMG",
    "sysadmin": "SYSP",
    "kubernetes": "ITOP",
    "helpdesk": "USUP",
    "product owner": "PROD",
    "business analyst": "BUSA",
    "sre": "ITOP",
    "phishing": "SCAD",
    "gdpr": "PEDP",
}


def test_what_people_ask_for_is_there(loaded):
    edition = make_edition(slug="2", is_current=False)
    with one_revision():
        for code in set(ASKED.values()):
            make_skill(edition=edition, code=code, name="Xx", overall_description="So.")
    for words, code in ASKED.items():
        best = answer(edition, words).found[0]
        assert (words, best.document.code, best.terms) == (words, code, (words,))

import json

import pytest

from skills.importing.fixtures import BrokenFixture, Outcome, load_fixtures
from skills.models import Category, Edition, LoadedFixture, Skill
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

EDITION = {"model": "skills.edition", "fields": {"slug": "3", "name": "Third"}}
CATEGORY = {"model": "skills.category", "fields": {"edition": ["3"], "name": "One", "slug": "one", "position": 1}}


@pytest.fixture
def fixtures(tmp_path, settings):
    """Write the fixture `<subject>.json` with these records, or with this text."""
    settings.FIXTURE_DIRS = [tmp_path]

    def write(subject, content):
        path = tmp_path / f"{subject}.json"
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path

    return write


def test_a_subject_is_loaded_once_and_what_was_edited_since_stays(fixtures):
    fixtures("third", [EDITION, CATEGORY])
    assert load_fixtures(["third"]) == {"third": Outcome.LOADED}
    Category.objects.update(name="Ours")
    assert load_fixtures(["third"]) == {"third": Outcome.LOADED_BEFORE}
    assert Category.objects.get().name == "Ours"


def test_what_was_deleted_since_does_not_come_back(fixtures):
    fixtures("third", [EDITION, CATEGORY])
    load_fixtures(["third"])
    Edition.objects.all().delete()
    load_fixtures(["third"])
    assert not Edition.objects.exists()


def test_a_subject_that_somebody_loaded_by_hand_is_left_as_it_is(fixtures):
    make_edition(slug="3", name="Ours")
    fixtures("third", [EDITION, CATEGORY])
    assert load_fixtures(["third"]) == {"third": Outcome.FOUND_IN_DATABASE}
    assert Edition.objects.get(slug="3").name == "Ours"
    assert not Category.objects.exists()


def test_a_single_object_that_is_there_already_is_left_and_the_rest_is_loaded(fixtures):
    fixtures("third", [EDITION, CATEGORY])
    load_fixtures(["third"])
    Category.objects.update(name="Ours")
    second = {"model": "skills.category", "fields": CATEGORY["fields"] | {"slug": "two", "name": "Two"}}
    fixtures("categories", [second, CATEGORY])
    assert load_fixtures(["categories"]) == {"categories": Outcome.LOADED}
    assert sorted(Category.objects.values_list("name", flat=True)) == ["Ours", "Two"]


def test_an_edition_that_is_current_already_stays_so(fixtures):
    make_edition(slug="9")
    fixtures("third", [EDITION | {"fields": EDITION["fields"] | {"is_current": True}}, CATEGORY])
    assert load_fixtures(["third"]) == {"third": Outcome.LOADED}
    assert Edition.objects.get(is_current=True).slug == "9"


def changed(record, **fields):
    return record | {"fields": record["fields"] | fields}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[{", r"third\.json, line 1: not JSON"),
        ("{}", r"third\.json: a list of objects was expected"),
        ("[1]", r"third\.json: a list of objects was expected"),
        ([EDITION, {"model": "skills.talent", "fields": {}}], r"object 2 \(skills\.talent.*Invalid model"),
        ([EDITION, {"model": "skills.category"}], r"object 2 \(skills\.category\).*was expected"),
        ([EDITION, {"fields": {}}], r"object 2.*was expected"),
        ([EDITION, changed(CATEGORY, colour="red")], r'object 2 \(skills\.category .*"one".*colour'),
        ([CATEGORY], r"object 1 .*Edition matching query does not exist"),
        ([EDITION, changed(CATEGORY, position="first")], r"object 2 .*first"),
        ([EDITION, changed(CATEGORY, position=-1)], r"object 2 .*position: .*greater than or equal to 0"),
        ([EDITION, changed(CATEGORY, name=" ")], r"object 2 .*Blank: name"),
        ([EDITION, changed(CATEGORY, slug="A B")], r"object 2 .*small letters, digits and hyphens"),
        ([EDITION, changed(CATEGORY, position=99999)], r"object 2 .*position: .*less than or equal to 32767"),
        ([EDITION, changed(CATEGORY, name=["a"])], r"object 2 .*name: a text was expected"),
        ([EDITION, changed(CATEGORY, name=None)], r"object 2 .*name: a text was expected"),
        ([EDITION, changed(CATEGORY, name="a\0b")], r"object 2 .*null character"),
        ([EDITION, CATEGORY, CATEGORY], r"object 3 .*twice"),
        ([changed(EDITION, slug="third")], r"object 1 .*begins with a digit"),
    ],
)
def test_a_broken_fixture_is_refused_with_file_object_and_reason_and_nothing_is_loaded(fixtures, content, reason):
    fixtures("whole", [changed(EDITION, slug="2")])
    path = fixtures("third", content)
    with pytest.raises(BrokenFixture, match=reason) as refusal:
        load_fixtures(["whole", "third"])
    assert str(refusal.value).startswith(str(path))
    assert not Edition.objects.exists()
    assert not LoadedFixture.objects.exists()


def test_a_fixture_that_is_not_there_or_not_text_is_said_so(fixtures, tmp_path):
    with pytest.raises(BrokenFixture, match=r"no fixture fourth\.json"):
        load_fixtures(["fourth"])
    (tmp_path / "fourth.json").write_bytes(b'["\xff"]')
    with pytest.raises(BrokenFixture, match="cannot be read"):
        load_fixtures(["fourth"])


def test_the_shipped_subjects_load_with_all_their_objects(settings):
    load_fixtures(["sfia-9-sample", "invented"])
    assert Skill.objects.count() == 25

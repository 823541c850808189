"""A fixture that is loaded gives back the database that it was made of."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from skills.importing.fixtures import Outcome, load_fixtures
from skills.models import Edition, LoadedFixture, Skill
from tests.factories import make_edition, make_skill

from .steps import STRANGE, exported, make_edited_edition, make_published_edition, rows, take_as_published

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["loaddata", "load_fixtures"])
def load_into_an_empty_database(request, settings, tmp_path):
    def load(text):
        Edition.objects.all().delete()
        LoadedFixture.objects.all().delete()
        assert not any(rows().values())
        path = written(text, tmp_path)
        if request.param == "loaddata":
            call_command("loaddata", str(path), verbosity=0)
        else:
            settings.FIXTURE_DIRS = [tmp_path]
            assert load_fixtures([path.stem]) == {path.stem: Outcome.LOADED}

    return load


def written(text, directory):
    path = directory / "exported.json"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def records(text, model):
    return [record["fields"] for record in json.loads(text) if record["model"] == f"skills.{model}"]


def test_an_edition_with_every_kind_of_edit_comes_back_as_it_was(load_into_an_empty_database):
    text = exported(make_edited_edition())
    before = rows()
    assert all(before.values()), "there is something of every model"
    load_into_an_empty_database(text)
    assert rows() == before
    assert exported(Edition.objects.get()) == text


@pytest.fixture
def shipped_again(load_into_an_empty_database):
    """What a shipped fixture is written as, after it has come back as it was."""

    def shipped_again(subject):
        call_command("loaddata", subject, verbosity=0)
        before, text = rows(), exported(Edition.objects.get())
        load_into_an_empty_database(text)
        assert rows() == before
        assert exported(Edition.objects.get()) == text
        return text

    return shipped_again


@pytest.mark.parametrize("load_into_an_empty_database", ["loaddata"], indirect=True)
def test_the_sample_comes_back_as_it_was(shipped_again):
    assert "Technology service management" in shipped_again("sfia-9-sample")


@pytest.mark.parametrize("load_into_an_empty_database", ["load_fixtures"], indirect=True)
def test_the_invented_edition_comes_back_and_is_written_as_it_is_shipped_but_for_empty_change_markers(shipped_again):
    shipped = json.loads(Path(settings.BASE_DIR, "fixtures", "invented.json").read_text(encoding="utf-8"))
    for record in shipped:
        for name in [name for name, value in record["fields"].items() if name.endswith("change") and not value]:
            del record["fields"][name]
    assert shipped_again("invented") == json.dumps(shipped, indent=2, ensure_ascii=False) + "\n"


def test_what_is_loaded_counts_as_edited_where_it_did_before(load_into_an_empty_database):
    edition = make_edited_edition()
    before = set(Skill.objects.edited_here().values_list("code", flat=True))
    assert before == {"KNIF", "BOWL", "BOTH", "ADDE"}
    load_into_an_empty_database(exported(edition))
    assert set(Skill.objects.edited_here().values_list("code", flat=True)) == before


def test_an_edition_is_written_without_the_others():
    text = exported(make_published_edition("9"))
    Edition.objects.update(is_current=False)
    make_edited_edition("8")
    assert exported(Edition.objects.get(slug="9")) == text.replace('"is_current": true', '"is_current": false')


def test_the_order_of_writing_leaves_no_trace():
    edition = make_edition()
    for code in ("AAAA", "BBBB"):
        make_skill(edition=edition, code=code, position=1, defined_at=(1,))
    text = exported(edition)
    Skill.objects.get(code="AAAA").delete()
    make_skill(edition=edition, code="AAAA", position=1, defined_at=(1,))
    assert exported(edition) == text


def test_of_the_publishers_words_those_are_written_that_differ_from_ours():
    edition = make_published_edition()
    assert "published" not in exported(edition)
    Skill.objects.filter(code="KNIF").update(guidance_notes="")
    [knife] = [fields for fields in records(exported(edition), "skill") if fields["code"] == "KNIF"]
    assert {name: value for name, value in knife.items() if name.startswith("published")} == {
        "published_guidance_notes": "How."
    }


def test_what_was_added_here_is_written_as_not_the_publishers():
    edition = make_edition()
    take_as_published()
    make_skill(edition=edition, defined_at=(3,))
    text = exported(edition)
    [skill], [level] = records(text, "skill"), records(text, "skilllevel")
    published = ("published_name", "published_subcategory", "published_overall_description")
    assert [skill[name] for name in published] == ["", None, ""]
    assert level["published_description"] == ""


def test_markers_are_written_only_where_they_are_set():
    edition = make_published_edition()
    text = exported(edition)
    assert "change" not in text
    assert "withdrawn" not in text
    Skill.objects.filter(code="KNIF").update(is_withdrawn=True, guidance_notes_change="new")
    [knife] = [fields for fields in records(exported(edition), "skill") if fields["code"] == "KNIF"]
    assert (knife["is_withdrawn"], knife["guidance_notes_change"]) == (True, "new")
    assert "overall_description_change" not in knife


def test_it_is_plain_json_in_utf_8_by_natural_keys_that_ends_its_last_line():
    text = exported(make_edited_edition())
    assert "𝔖𝔣𝔦𝔞" in text
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"
    assert [set(record) for record in json.loads(text)] == [{"model", "fields"}] * len(json.loads(text))
    assert json.loads(text)[0]["fields"]["tagline"] == STRANGE


def test_who_imported_is_written_by_name_alone(django_user_model):
    edition = make_edition()
    edition.imports.create(imported_by=django_user_model.objects.create(username="ann"), imported_by_name="Ann")
    [made] = records(exported(edition), "import")
    assert made["imported_by_name"] == "Ann"
    assert "imported_by" not in made


def test_a_dump_brings_back_too_which_place_the_publisher_has_no_more_and_what_was_imported(tmp_path):
    make_edited_edition().imports.create().files.create(name="a.csv")
    before, dump = rows(), tmp_path / "dump.json"
    models = [f"skills.{model}" for model in before]
    call_command("dumpdata", *models, natural_foreign=True, natural_primary=True, output=str(dump), verbosity=0)
    Edition.objects.all().delete()
    call_command("loaddata", str(dump), verbosity=0)
    assert rows() == before

"""The index is right after every way of writing, in every process."""

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import connection, transaction

from skills.importing.fixtures import load_fixtures
from skills.models import (
    Attribute,
    Edition,
    SearchDocument,
    SearchIndex,
    SearchKey,
    SearchTerm,
    Skill,
    SkillLevel,
)
from skills.models.recorded_change import DELETED, change_of
from skills.models.revision import revision
from skills.models.search_index import PARTS
from skills.models.undoing import undo
from skills.search import index
from skills.search.answer import answer
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_search_term,
    make_skill,
    make_skill_level,
    make_subcategory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(edition):
    """The codes that answer a question, from A to Z: how well they do is not what is tested here."""
    return lambda text: sorted(one.document.code for one in answer(edition, text).found)


@pytest.fixture
def skill(edition):
    return make_skill(edition=edition, code="AAAA", name="Moulding", defined_at=(3,))


def whole_index():
    documents = SearchDocument.objects.order_by("edition", "code", "skill")
    keys = SearchKey.objects.order_by("key", "skill", "term")
    return (
        list(documents.values_list("edition", "skill", "attribute", "code", *PARTS)),
        list(keys.values_list("key", "skill", "term")),
    )


def built_anew():
    SearchIndex.objects.all().delete()
    assert index.bring_up_to_date()
    return whole_index()


def test_a_saved_text_is_found_and_what_it_was_no_more(ask, skill):
    skill.overall_description = "Casting."
    skill.save()
    assert ask("casting") == ["AAAA"]
    skill.overall_description = "Baking."
    skill.save()
    assert (ask("casting"), ask("baking")) == ([], ["AAAA"])


def test_so_is_a_level_that_is_added_changed_and_deleted(ask, skill):
    level = make_skill_level(skill=skill, number=5, description="Casting.")
    assert ask("casting") == ["AAAA"]
    level.description = "Baking."
    level.save()
    assert (ask("casting"), ask("baking")) == ([], ["AAAA"])
    level.delete()
    assert ask("baking") == []


def test_so_is_an_attribute(edition, ask):
    attribute = make_attribute(edition=edition, code="AUTO", name="Autonomy")
    assert ask("autonomy") == ["AUTO"]
    attribute.attribute_levels.filter(number=4).update(description="Baking.")
    assert ask("baking") == ["AUTO"]
    attribute.delete()
    assert ask("autonomy") == []


def test_what_is_written_of_many_at_once_is_found(edition, ask, skill):
    place = make_subcategory(edition=edition)
    made = [
        Skill(edition=edition, subcategory=place, code=code, name="Casting", position=1, overall_description="So.")
        for code in ("BBBB", "CCCC")
    ]
    Skill.objects.bulk_create(made)
    assert ask("casting") == ["BBBB", "CCCC"]
    Skill.objects.filter(code="BBBB").update(name="Baking")
    SkillLevel.objects.update(description="Baking.")
    assert ask("baking") == ["AAAA", "BBBB"]
    made[1].name = "Baking"
    Skill.objects.bulk_update(made[1:], ["name"])
    assert ask("baking") == ["AAAA", "BBBB", "CCCC"]
    Skill.objects.filter(code__in=["AAAA", "CCCC"]).delete()
    assert ask("baking") == ["BBBB"]


def test_a_withdrawn_skill_goes_and_comes_back(ask, skill):
    Skill.objects.update(is_withdrawn=True)
    assert ask("moulding") == []
    Skill.objects.update(is_withdrawn=False)
    assert ask("moulding") == ["AAAA"]


def test_an_edition_takes_its_documents_with_it(edition, skill):
    make_attribute(edition=edition)
    edition.delete()
    assert whole_index() == ([], [])


def test_what_is_undone_is_found_as_it_was(ask, skill):
    skill.delete()
    assert ask("moulding") == []
    record = Skill.history.filter(history_type=DELETED).get()
    undo(change_of(Skill, record.history_id))
    assert ask("moulding") == ["AAAA"]


def test_a_rollback_leaves_no_trace(ask, skill):
    before = whole_index()
    with transaction.atomic():
        skill.overall_description = "Casting."
        skill.save()
        make_skill(edition=skill.edition, code="BBBB", name="Casting")
        make_search_term(words="kelp", codes="AAAA")
        assert ask("casting") == ["AAAA", "BBBB"]
        transaction.set_rollback(True)
    assert ask("casting") == ask("kelp") == []
    assert whole_index() == before


def test_one_revision_of_several_writes_is_taken_in_at_its_end(ask, skill):
    with revision(reason="Two at once"):
        skill.name = "Casting"
        skill.save()
        make_skill_level(skill=skill, number=5, description="Baking.")
        assert ask("baking") == []
    assert ask("casting baking") == ["AAAA"]


def test_a_search_term_is_known_at_once_and_forgotten(ask, skill):
    term = make_search_term(words="kelp", codes="AAAA")
    assert ask("kelp") == ["AAAA"]
    term.words = "weed"
    term.save()
    assert (ask("kelp"), ask("weed")) == ([], ["AAAA"])
    SearchTerm.objects.all().delete()
    assert ask("weed") == []


@pytest.mark.parametrize(
    "load", [lambda name: call_command("loaddata", name, verbosity=0), lambda name: load_fixtures([name])]
)
def test_a_loaded_fixture_is_found(load):
    load("invented")
    edition = Edition.objects.get(slug="1")
    assert answer(edition, "herding clouds").found[0].document.code == "CLHD"
    assert SearchDocument.objects.count() == Skill.objects.count() + Attribute.objects.count()


def test_a_dump_holds_no_index_and_makes_one_where_it_is_loaded(edition, ask, skill, tmp_path):
    make_search_term(words="kelp", codes="AAAA")
    before, dump = whole_index(), tmp_path / "dump.json"
    call_command("dumpdata", "skills", output=str(dump), verbosity=0)
    assert not [
        found
        for found in json.loads(dump.read_text())
        if found["model"] in ("skills.searchdocument", "skills.searchkey")
    ]
    Skill.objects.all().delete()
    SearchTerm.objects.all().delete()
    call_command("loaddata", str(dump), verbosity=0)
    assert [[row[3:] for row in before[0]], [row[0] for row in before[1]]] == [
        [row[3:] for row in whole_index()[0]],
        [row[0] for row in whole_index()[1]],
    ]


def test_following_comes_to_the_same_as_building_anew(edition, skill):
    older = make_edition(slug="8", is_current=False)
    for number in range(4):
        make_skill(edition=older, code=code_for(number), name=f"Older {number}", defined_at=(1, 7))
        make_skill(edition=edition, code=code_for(number + 1), name=f"Newer {number}", guidance_notes="- *So*\n- `on`")
    make_attribute(edition=edition)
    make_search_term(words="kelp weed", codes="AAAA")
    skill.name, skill.code = "Casting", "ZZZZ"
    skill.save()
    Skill.objects.filter(code=code_for(2)).update(name="Renamed")
    Skill.objects.filter(code=code_for(3), edition=older).delete()
    Skill.objects.filter(code=code_for(4)).update(is_withdrawn=True)
    followed = whole_index()
    assert followed == built_anew()
    assert not index.bring_up_to_date()


def test_an_index_of_another_form_is_built_anew(ask, skill, monkeypatch):
    SearchDocument.objects.update(name="")
    assert ask("moulding") == []
    monkeypatch.setattr(index, "FORM", index.FORM + 1)
    assert index.bring_up_to_date()
    assert ask("moulding") == ["AAAA"]


def test_other_names_follow_the_editions(edition, skill):
    older = make_edition(slug="8", is_current=False)
    there = make_skill(edition=older, code="AAAA", name="Casting")
    assert answer(edition, "casting").goes_to.code == "AAAA"
    there.delete()
    assert answer(edition, "casting").goes_to is None


@pytest.fixture
def in_two_editions(transactional_db):
    """One skill in two editions, where two can write at once."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time.")
    return [make_skill(edition=make_edition(slug=slug, is_current=slug == "9"), code="AAAA") for slug in ("8", "9")]


def one_waits_for_another() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def at_once(*writers):
    """Run each in a thread and on a connection of its own."""

    def run(write):
        try:
            write()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(writers)) as pool:
        for done in [pool.submit(run, write) for write in writers]:
            done.result()


def test_two_revisions_at_once_do_not_undo_each_others_names(in_two_editions):
    older, newer = in_two_editions
    is_written = Event()

    def first():
        with transaction.atomic():
            older.name = "Casting"
            older.save()
            is_written.set()
            limit = time.monotonic() + 5
            while not one_waits_for_another() and time.monotonic() < limit:
                time.sleep(0.01)

    def second():
        is_written.wait(5)
        newer.name = "Baking"
        newer.save()

    at_once(first, second)
    followed = whole_index()
    assert followed == built_anew()
    assert SearchDocument.objects.get(skill=newer).other_names.startswith("cast ")


def test_two_bulk_writes_of_one_code_at_once_do_not_wait_for_each_other_for_ever(in_two_editions):
    both_have_written = Barrier(2)

    def write(skill, name):
        with revision():
            Skill.objects.filter(pk=skill.pk).update(name=name)
            both_have_written.wait(5)

    at_once(*(lambda skill=skill: write(skill, f"Name {skill.pk}") for skill in in_two_editions))
    followed = whole_index()
    assert followed == built_anew()


@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_finds_nothing_and_what_is_written_then_is_found():
    make_skill(edition=make_edition(), code="AAAA", name="Moulding")
    call_command("flush", interactive=False, verbosity=0)
    edition = make_edition()
    assert answer(edition, "moulding").found == []
    make_skill(edition=edition, code="BBBB", name="Moulding")
    assert [one.document.code for one in answer(edition, "moulding").found] == ["BBBB"]


def test_the_full_text_index_agrees_with_its_documents_and_leaves_nothing_for_later(skill):
    make_skill_level(skill=skill, number=5)
    skill.name = "Casting"
    skill.save()
    # PostgreSQL computes its index from the rows themselves, but could put off taking them in.
    check = {
        "sqlite": "INSERT INTO skills_searchdocument_text(skills_searchdocument_text) VALUES ('integrity-check')",
        "postgresql": "SELECT gin_clean_pending_list('skills_searchdocument_vector')"
        " + gin_clean_pending_list('skills_searchdocument_names_vector')",
    }
    with connection.cursor() as cursor:
        cursor.execute(check[connection.vendor])
        assert connection.vendor == "sqlite" or cursor.fetchone() == (0,)


MIGRATED_BY_ITSELF = """
from django.core.management import call_command
from skills.models import SearchDocument, SearchIndex, Skill
call_command("migrate", "skills", "0003", verbosity=0)
call_command("migrate", verbosity=0)
print(SearchDocument.objects.count() == Skill.objects.count() + 16 > 16, SearchIndex.objects.count())
"""


@pytest.mark.own_database
def test_a_database_that_was_there_before_is_searched_after_migrating(prepared_demo, tmp_path):
    """In a process of its own, on SQLite: the tables go and come back."""
    shutil.copy(prepared_demo / "db.sqlite3", tmp_path)
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sfia_site.settings",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", MIGRATED_BY_ITSELF],
        cwd=site.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("True 1", 0), done.stderr

import re
from threading import Thread

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import call_command
from django.db import connection, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skills.models import Edition, Import, Level, Notice, PendingImport, SearchTerm, Skill, SkillLevel
from skills.models.revision import revision
from skills.page_memory.layer import PUBLIC, Public
from skills.page_memory.revision import RevisionReader, content_revision, follow_content, followed_tables, gather
from tests.admin.steps import make_user
from tests.factories import make_edition, make_skill
from tests.test_addresses import PUBLISHED, PUBLISHED_IN_THE_DEMO

pytestmark = pytest.mark.django_db

# That a code was changed is read of the history, which grows only with what it is the history of.
ALSO_READ = {"skills_historicalskill"}


def number() -> int:
    found = content_revision(connection)
    assert found is not None
    return found


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def in_bulk(description: str) -> None:
    levels = list(SkillLevel.objects.all())
    for level in levels:
        level.description = description
    SkillLevel._base_manager.bulk_update(levels, ["description"])


CHANGES = {
    "a save": lambda: Skill.objects.get().save(),
    "an update": lambda: Skill.objects.update(name="Another"),
    "an update without a record": lambda: Skill._base_manager.update(name="Another"),
    "what is created in bulk": lambda: SearchTerm.objects.bulk_create([SearchTerm(words="fog", codes="ITMG")]),
    "what is updated in bulk": lambda: in_bulk("Other words."),
    "a deletion": lambda: SkillLevel.objects.all().delete(),
    "a notice": lambda: Notice.objects.create(edition=Edition.objects.get(), notice="Read this.", position=1),
    "a loaded fixture": lambda: call_command("loaddata", "invented", verbosity=0),
    "an update in SQL": lambda: run("UPDATE skills_level SET essence = 'Other.' WHERE number = 1"),
    "a deletion in SQL": lambda: run("DELETE FROM skills_skilllevel"),
    "what SQL inserts": lambda: run(
        "INSERT INTO skills_skilllevel (skill_id, number, description, published_description, change) "
        "SELECT id, 6, 'Ensures.', '', '' FROM skills_skill"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_every_way_to_change_what_pages_show_raises_the_revision(change):
    make_skill(edition=make_edition(), code="ITMG", defined_at=(5,))
    before = number()
    change()
    assert number() > before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot truncate.")
def test_truncating_a_table_raises_the_revision():
    before = number()
    run("TRUNCATE skills_searchterm CASCADE")
    assert number() > before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no users.")
def test_who_may_write_a_text_and_no_more_raises_it_too():
    make_edition()
    before = number()
    run("CREATE ROLE writer")
    run("GRANT SELECT, UPDATE ON skills_level TO writer")
    run("SET LOCAL ROLE writer")
    run("UPDATE skills_level SET essence = 'Other.'")
    run("RESET ROLE")
    assert number() > before


def test_a_number_that_was_lost_begins_anew():
    run("DELETE FROM skills_contentrevision")
    assert content_revision(connection) is None
    assert follow_content(connection)
    assert number() > 0


def test_what_no_page_shows_does_not_raise_it():
    user = make_user("Editors")
    before = number()
    PendingImport.objects.create(made_by=user)
    user.save()
    with revision(reason="Nothing at all"):
        pass
    assert number() == before


def test_a_rollback_takes_it_back():
    make_edition()
    before = number()
    with transaction.atomic():
        Level.objects.update(essence="Other.")
        assert number() > before
        transaction.set_rollback(True)
    assert number() == before


def test_all_that_pages_read_that_are_kept_raises_it():
    call_command("loaddata", "sfia-9-sample", "retirements", "invented", verbosity=0)
    client, read = Client(), set()
    for address in [*PUBLISHED, *PUBLISHED_IN_THE_DEMO]:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.wsgi_request.META.get(PUBLIC) is Public.TO_BE_KEPT:
            read |= {table for query in queries for table in re.findall(r'(?:FROM|JOIN) "?(\w+)', query["sql"])}
    assert read - ALSO_READ <= set(followed_tables())
    assert {"skills_skill", "skills_level", "skills_notice", "skills_retirement", "skills_import"} <= read


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL changes a table without making it anew.")
@pytest.mark.django_db(transaction=True)
def test_triggers_that_went_with_a_table_are_missed_and_made_again():
    before = number()
    name = Import._meta.get_field("imported_by_name")
    longer = models.CharField(max_length=311)
    longer.set_attributes_from_name("imported_by_name")
    with connection.schema_editor() as editor:
        editor.alter_field(Import, name, longer)
        editor.alter_field(Import, longer, name)
    assert content_revision(connection) is None
    [warning] = run_checks(tags=[Tags.database], databases=["default"])
    assert warning.id == "skills.W002"
    call_command("migrate", verbosity=0)
    assert number() > before
    assert not run_checks(tags=[Tags.database], databases=["default"])


def test_a_trigger_that_is_missing_is_made_again():
    before = number()
    run(
        {
            "sqlite": "DROP TRIGGER skills_level_updated_advances_content",
            "postgresql": "DROP TRIGGER skills_level_changed_advances_content ON skills_level",
        }[connection.vendor]
    )
    assert content_revision(connection) is None
    assert follow_content(connection)
    assert number() > before
    assert not follow_content(connection)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="There is one row anyway.")
def test_what_is_gathered_in_one_row_is_the_same_revision():
    make_edition()
    before = number()
    gather(connection)
    assert number() == before
    Level.objects.update(essence="Other.")
    assert number() > before


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one transaction at a time write.")
@pytest.mark.django_db(transaction=True)
def test_transactions_do_not_wait_for_each_other_and_each_raises_it_when_it_ends():
    make_edition()
    before = number()
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("UPDATE skills_level SET essence = 'Other.' WHERE number = 1")
        run("SET lock_timeout = '2s'")
        run("UPDATE skills_level SET essence = 'Other.' WHERE number = 2")
        between = number()
        other.commit()
        assert before < between < number()
    finally:
        other.close()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="Only there transactions have numbers.")
def test_a_transaction_whose_number_was_there_before_the_database_moved_raises_it_too():
    make_edition()
    run("DELETE FROM skills_contentrevision WHERE id <> 0")
    run("INSERT INTO skills_contentrevision VALUES (pg_current_xact_id()::text::bigint, 1)")
    before = number()
    Level.objects.update(essence="Other.")
    assert number() > before


@pytest.mark.django_db(transaction=True)
def test_the_reader_reads_by_a_connection_of_its_own():
    results = []

    def in_a_thread() -> None:
        read = RevisionReader()
        results.append(read())
        read.close()
        # Django leaves a database in memory open, of which Python complains from 3.13 on, in whatever test comes next.
        BaseDatabaseWrapper.close(read._connection)

    with transaction.atomic():
        before = number()
        thread = Thread(target=in_a_thread)
        thread.start()
        thread.join()
    assert results == [before]

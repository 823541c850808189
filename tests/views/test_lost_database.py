"""What is said where the database cannot be used, whoever asks and whatever they send."""

import sqlite3
from contextlib import closing, contextmanager

import pytest
from django.db import OperationalError, close_old_connections, connection, transaction
from django.test import Client

from skills.models import Edition, Skill
from skills.page_memory.layer import DATABASE_HANGS
from tests.admin.steps import make_user, opened, page_in
from tests.factories import make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def edition():
    edition = make_edition()
    make_skill(edition=edition, code="ITMG", defined_at=(5,))
    return edition


def as_seen(**options):
    """A reader who sees the page that a fault leads to."""
    return Client(raise_request_exception=False, **options)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@contextmanager
def lost_database():
    """One that refuses each question, as PostgreSQL does when it ends a connection and SQLite when its file is gone."""

    def refuse(*question):
        cause = sqlite3.OperationalError("unable to open database file")
        cause.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise OperationalError("it is gone\nfor good") from cause

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize("address", ["/skills/ITMG/", "/favicon.ico", "/skills/ITMG/8/", "/ITMG", "/search/?q=x"])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="There the connection says whether the database is lost.")
def test_while_the_database_is_lost_every_address_says_so_and_the_log_once(edition, address, caplog):
    with lost_database():
        responses = [as_seen().get(address) for _ in range(2)]
    for response in responses:
        assert response.status_code == 503
        assert "This page cannot be shown just now" in response.content.decode()
        assert (response.headers["Retry-After"], response.headers["Cache-Control"]) == ("30", "no-store")
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert [record.getMessage() for record in caplog.records] in (["The database cannot be used: it is gone"], [])


def test_who_would_wait_for_a_database_that_hangs_is_told_at_once(edition, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = as_seen().get("/skills/ITMG/", **{DATABASE_HANGS: True})
    assert response.status_code == 503


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses in other words: see below.")
def test_an_editor_whose_change_cannot_be_written_is_told_and_loses_no_words(edition):
    editor = as_seen(enforce_csrf_checks=True)
    editor.force_login(make_user("Editors"))
    skill = Skill.objects.get(code="ITMG")
    address = f"/admin/skills/skill/{skill.pk}/change/"
    form = opened(editor, address) | {"csrfmiddlewaretoken": editor.cookies["csrftoken"].value}
    run("PRAGMA query_only = 1")
    try:
        response = editor.post(address, {**form, "overall_description": "Other words."})
    finally:
        run("PRAGMA query_only = 0")
    assert response.status_code == 503
    page = page_in(response)
    assert "This was probably not saved" in page.text(".//main")
    assert Skill.objects.get(code="ITMG").overall_description == skill.overall_description
    kept = {field.attrib["name"]: field.attrib["value"] for field in page.all(".//form/input")}
    assert editor.post(address, kept).status_code == 302
    assert Skill.objects.get(code="ITMG").overall_description == "Other words."


def test_no_password_and_no_new_token_is_kept_where_the_database_hangs():
    response = as_seen().post(
        "/admin/login/", {"username": "an editor", "password": "a long password"}, **{DATABASE_HANGS: True}
    )
    assert response.status_code == 503
    assert "a long password" not in response.content.decode()
    assert "csrfmiddlewaretoken" not in response.content.decode()


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"a=1&" * 2_000, b"--x\r\nContent-Disposition: form-data"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_whatever_is_sent_to_a_database_that_hangs_gets_an_answer(body, kind):
    response = as_seen().post("/links/check/", body, content_type=kind, **{DATABASE_HANGS: True})
    assert response.status_code == 503


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could end a connection.")
@pytest.mark.django_db(transaction=True)
def test_a_reader_whose_connection_is_gone_is_told_and_the_next_one_is_not(edition):
    with closing(connection.copy()) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    assert as_seen().get("/skills/ITMG/").status_code == 503
    # As Django does between two requests, but for those of tests.
    close_old_connections()
    assert as_seen().get("/skills/ITMG/").status_code == 200


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is read-only in another way.")
@pytest.mark.django_db(transaction=True)
def test_where_the_server_lets_nothing_be_written_that_is_said(edition):
    run("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
    try:
        response = as_seen().post("/admin/login/", {"username": "an editor", "password": "a long password"})
    finally:
        run("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE")
    assert response.status_code == 503


@pytest.mark.parametrize("statement", ["SELECT * FROM no_such_table", "SELECT no_such_column"])
def test_what_is_wrong_with_a_question_is_a_fault_of_ours(edition, monkeypatch, statement):
    monkeypatch.setattr(Edition.objects, "addressed_by", lambda slug: run(statement), raising=False)
    with transaction.atomic():
        assert as_seen().get("/skills/ITMG/").status_code == 500
        transaction.set_rollback(True)

"""The real server with several processes, each with a memory of its own, on both databases."""

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from tests.browser.server import Site, served
from tests.postgresql import private_server

PROCESSES = 2
# Each of the processes has answered one of so many with near certainty, for each connection goes to any of them.
MANY = 40
LONGEST_WAIT = 60  # seconds
PAGE, OTHER_PAGE = "/skills/ITMG/", "/9/skills/ITMG/6/"
OLD, NEW = "Technology service management", "Management of the pond"

TAKE_IT_BACK = {
    True: "DELETE FROM skills_contentrevision WHERE id = pg_current_xact_id()::text::bigint",
    False: "UPDATE skills_contentrevision SET number = number - 1",
}


@pytest.fixture(scope="module")
def on_sqlite(prepared, tmp_path_factory) -> Iterator[Site]:
    with served(prepared, tmp_path_factory.mktemp("on-sqlite"), WORKERS=str(PROCESSES)) as site:
        yield site


@pytest.fixture(scope="module")
def on_postgresql(prepared, prepared_on_postgresql, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("on-postgresql")
    with (
        private_server(prepared_on_postgresql) as address,
        served(prepared, folder, WORKERS=str(PROCESSES), DATABASE_URL=address) as site,
    ):
        yield site


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request) -> Site:
    return request.getfixturevalue(f"on_{request.param}")


def ask(site: Site, path: str = PAGE, *, method: str = "GET", body: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", site.port, timeout=LONGEST_WAIT)
    try:
        connection.request(method, path, body, {"Connection": "close"})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


def ask_all(site: Site, path: str = PAGE) -> list[tuple[int, str]]:
    """What all processes answer."""
    with ThreadPoolExecutor(8) as readers:
        return list(readers.map(lambda _: ask(site, path), range(MANY)))


def until_all(site: Site, words: str, path: str = PAGE) -> None:
    latest = time.monotonic() + LONGEST_WAIT
    while not all(status == 200 and words in page for status, page in ask_all(site, path)):
        assert time.monotonic() < latest, f"no {words}"


def remembered_by_all(site: Site) -> None:
    """When the first second is over, each process knows the revision, and keeps what it is asked for."""
    until_all(site, "ITMG")
    time.sleep(1.2)
    ask_all(site)


@contextmanager
def database_of(site: Site) -> Iterator[sqlite3.Connection | psycopg.Connection]:
    """As any program writes that knows nothing of the site; what is not committed is rolled back."""
    address = site.environment.get("DATABASE_URL")
    connection = psycopg.connect(address) if address else sqlite3.connect(site.data / "db.sqlite3")
    with closing(connection):
        yield connection


def revision(site: Site) -> int:
    with database_of(site) as database:
        [number] = database.execute("SELECT SUM(number) FROM skills_contentrevision").fetchone()
    return int(number)


@contextmanager
def stopped(processes: list[int]) -> Iterator[None]:
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


def server_processes(site: Site) -> list[int]:
    """PostgreSQL's, the one that accepts connections first."""
    folder = Path(dj_database_url.parse(site.environment["DATABASE_URL"])["HOST"])
    first = int((folder / "postmaster.pid").read_text().split()[0])
    parents = {
        int(path.parent.name): int(path.read_text().rpartition(")")[2].split()[1])
        for path in Path("/proc").glob("[0-9]*/stat")
    }
    return [first, *(process for process, parent in parents.items() if parent == first)]


def test_every_process_shows_a_page_as_it_was_until_it_hears_of_a_change_and_none_goes_back(site):
    remembered_by_all(site)
    with database_of(site) as database:
        database.execute(f"UPDATE skills_skill SET name = '{NEW}'")
        # As if nobody had raised the revision: what is shown then can only come from memory.
        database.execute(TAKE_IT_BACK["DATABASE_URL" in site.environment])
        database.commit()
    assert all(OLD in page for _, page in ask_all(site))
    with database_of(site) as database:
        database.execute(f"UPDATE skills_skill SET name = '{NEW}'")
        database.commit()
    until_all(site, NEW)
    assert all(NEW in page for _, page in ask_all(site) + ask_all(site))
    with database_of(site) as database:
        database.execute(f"UPDATE skills_skill SET name = '{OLD}'")
        database.commit()
    until_all(site, OLD)


def test_what_is_rolled_back_raises_no_revision_and_is_shown_by_nobody(site):
    remembered_by_all(site)
    before = revision(site)
    with database_of(site) as database:
        database.execute("UPDATE skills_skill SET name = 'Rolled back'")
        database.rollback()
    assert revision(site) == before
    assert not any("Rolled back" in page for _, page in ask_all(site))


def test_pages_outlive_a_database_that_is_gone(on_sqlite):
    remembered_by_all(on_sqlite)
    database = on_sqlite.data / "db.sqlite3"
    away = database.rename(database.with_name("away"))
    database.mkdir()
    try:
        assert {status for status, _ in ask_all(on_sqlite)} == {200}
        status, page = ask(on_sqlite, OTHER_PAGE)
        assert (status, "This page cannot be shown just now" in page) == (503, True)
        status, page = ask(on_sqlite, "/links/check/", method="POST")
        assert (status, "This was probably not saved" in page) == (503, True)
    finally:
        database.rmdir()
        away.rename(database)
    until_all(on_sqlite, "ITMG", OTHER_PAGE)


def test_a_database_that_hangs_hangs_nobody(on_postgresql):
    remembered_by_all(on_postgresql)
    with stopped(server_processes(on_postgresql)), ThreadPoolExecutor(MANY) as stuck:
        waiting = [stuck.submit(ask, on_postgresql, OTHER_PAGE) for _ in range(MANY)]
        assert {status for status, _ in ask_all(on_postgresql)} == {200}
        latest = time.monotonic() + LONGEST_WAIT
        while not (told := [one.result() for one in waiting if one.done()]):
            assert time.monotonic() < latest
            time.sleep(0.1)
        assert all(status == 503 and "cannot be shown just now" in page for status, page in told)
        assert {status for status, _ in ask_all(on_postgresql)} == {200}
        for process in server_processes(on_postgresql):
            os.kill(process, signal.SIGCONT)
    until_all(on_postgresql, "ITMG", OTHER_PAGE)

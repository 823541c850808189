import logging
from threading import Event
from time import sleep

import pytest
from django.db import InterfaceError, OperationalError

from skills.page_memory.watch import ContentWatch

from .steps import LONGEST_WAIT, until


@pytest.fixture(autouse=True)
def _all_is_logged(monkeypatch):
    """Not once a minute, as settings say: tests do not take turns."""
    monkeypatch.setattr(logging.getLogger("skills.page_memory.watch"), "filters", [])


@pytest.fixture
def watching():
    """A watch over what `read` reads, which has begun: `watching(read)`."""
    watches = []

    def watching(read, **options):
        watch = ContentWatch(lambda: read, **{"every": 0.01, "patience": 0.3, **options})
        watches.append(watch)
        watch.begin()
        return watch

    yield watching
    for watch in watches:
        watch.close()


def test_another_number_is_another_revision_and_the_same_stays_the_same(watching):
    numbers = [1]
    watch = watching(lambda: numbers[-1])
    until(lambda: watch.revision)
    first = watch.revision
    sleep(0.1)
    assert watch.revision is first
    numbers.append(2)
    until(lambda: watch.revision != first)


def test_another_day_is_another_revision(settings, watching):
    settings.TIME_ZONE = "Etc/GMT+12"
    watch = watching(lambda: 1)
    until(lambda: watch.revision)
    first = watch.revision
    # There it is always a later day.
    settings.TIME_ZONE = "Etc/GMT-14"
    until(lambda: watch.revision != first)


def test_the_same_number_after_a_silence_is_another_revision(watching):
    """The database may be another one."""
    faults = [None]

    def read():
        if faults[-1]:
            raise faults[-1]
        return 1

    watch = watching(read)
    until(lambda: watch.revision)
    first = watch.revision
    faults.append(OperationalError("gone"))
    until(lambda: watch.is_silent)
    assert watch.revision is first
    faults.append(None)
    until(lambda: watch.revision != first)
    assert not watch.is_silent


@pytest.mark.parametrize("error", [OperationalError("refused"), InterfaceError("closed")])
def test_a_database_that_refuses_is_silent_and_does_not_hang(watching, error):
    def read():
        raise error

    watch = watching(read)
    until(lambda: watch.is_silent)
    assert not watch.hangs


def test_a_fault_that_is_not_the_databases_makes_the_revision_unknown(watching, caplog):
    faults = []

    def read():
        if faults:
            raise faults[0]
        return 1

    watch = watching(read)
    until(lambda: watch.revision)
    faults.append(ValueError("a mistake of ours"))
    until(lambda: watch.revision is None)
    assert not watch.is_silent
    faults.clear()
    until(lambda: watch.revision)
    assert "cannot be read, so no page is kept" in caplog.text


def test_an_unknown_revision_is_none_and_is_logged(watching, caplog):
    with caplog.at_level(logging.WARNING):
        watch = watching(lambda: None)
        until(lambda: "does not say when a page has changed" in caplog.text)
    assert watch.revision is None


def test_a_question_that_is_never_answered_is_asked_again_over_another_connection():
    is_over = Event()
    readers = []

    def make_reader():
        readers.append(len(readers))
        return (lambda: is_over.wait(LONGEST_WAIT) and 1) if len(readers) == 1 else (lambda: 2)

    watch = ContentWatch(make_reader, every=0.01, longest_question=0.2, patience=LONGEST_WAIT)
    watch.begin()
    until(lambda: watch.revision)
    first = watch.revision
    assert first[0] == 2
    # What was given up has nothing to say when it comes back.
    is_over.set()
    sleep(0.1)
    assert (watch.revision, len(readers)) == (first, 2)
    watch.close()


def test_a_database_that_says_nothing_hangs_until_it_speaks(watching):
    is_over = Event()

    def read():
        is_over.wait(LONGEST_WAIT)
        return 1

    watch = watching(read, longest_question=0.1)
    assert not watch.hangs
    until(lambda: watch.hangs)
    is_over.set()
    until(lambda: watch.revision)
    assert not watch.hangs


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_thread_that_dies_is_replaced(watching):
    deaths = [SystemExit]

    def read():
        if deaths:
            raise deaths.pop()
        return 1

    watch = watching(read)
    until(lambda: watch.revision)


def test_where_no_thread_runs_nothing_is_kept_and_nobody_is_told_that_the_database_hangs():
    watch = ContentWatch(lambda: lambda: 1, patience=0)
    assert watch.revision is None
    assert not watch.hangs


def test_the_log_names_a_database_that_is_silent(watching, caplog):
    def read():
        raise OperationalError("no route to host\nIs the server running?")

    with caplog.at_level(logging.WARNING):
        watching(read)
        until(lambda: "Pages in memory are shown for 600." in caplog.text)
    assert "is not to be had: no route to host" in caplog.text
    assert "Is the server running" not in caplog.text

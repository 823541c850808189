"""The layer by itself, round a small application that stands in for Django's."""

import io
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Semaphore
from time import sleep
from wsgiref.util import FileWrapper

import brotli
import pytest
from django.db import OperationalError

from skills.page_memory.layer import DATABASE_HANGS, MOST_IN_DJANGO, PageMemory, Public
from skills.page_memory.watch import ContentWatch

from .steps import LONGEST_WAIT, WORDS, Quiet, Site, ask, environment_for, remembering, until


def test_a_page_is_made_once_and_given_to_all_alike():
    site = Site(headers=[("Vary", "Cookie"), ("Cache-Control", "no-cache")])
    memory = remembering(site)
    first = ask(memory)
    assert ask(memory) == first
    assert site.times_asked == 1
    assert first.body == WORDS
    assert first.headers == {
        "Content-Type": "text/html",
        "Cache-Control": "no-cache",
        "Vary": "Cookie, Accept-Encoding",
        "Content-Length": str(len(WORDS)),
        "ETag": first.headers["ETag"],
    }


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/skills/PROG/"},
        {"query": "levels=all"},
        {"host": "skills.example"},
        {"host": "localhost:8000"},
        {"scheme": "https"},
        {"accept_encoding": "gzip"},
        {"accept_encoding": "br"},
    ],
)
def test_what_an_answer_depends_on_is_kept_apart(other):
    site = Site()
    memory = remembering(site)
    ask(memory)
    ask(memory, **other)
    ask(memory, **other)
    assert site.times_asked == 2


@pytest.mark.parametrize(("trusted", "times"), [(True, 3), (False, 1)])
def test_what_a_proxy_says_counts_where_it_is_believed(settings, trusted, times):
    settings.TRUSTED_PROXY = trusted
    site = Site()
    memory = remembering(site)
    ask(memory)
    ask(memory, x_forwarded_proto="https")
    ask(memory, x_forwarded_host="skills.example")
    assert site.times_asked == times


@pytest.mark.parametrize(
    "asked",
    [
        {"cookie": "sessionid=abc"},
        {"cookie": "theme=dark; sessionid=abc"},
        {"authorization": "Basic YTpi"},
        {"method": "POST"},
        {"method": "OPTIONS"},
        {"host": None},
    ],
)
def test_who_may_be_somebody_and_who_writes_goes_to_django(asked):
    site = Site()
    memory = remembering(site)
    ask(memory)
    for _ in range(2):
        assert "ETag" not in ask(memory, **asked).headers
    assert site.times_asked == 3


@pytest.mark.parametrize("cookies", ["theme=dark", "othersessionid=1", "note=sessionid", "csrftoken=1", ";;=,"])
def test_a_cookie_of_somebody_elses_changes_nothing(cookies):
    site = Site()
    memory = remembering(site)
    ask(memory)
    ask(memory, cookie=cookies)
    assert site.times_asked == 1


def test_what_no_view_has_called_public_passes_through_as_it_is():
    body = FileWrapper(io.BytesIO(b"a file"))

    def site(environment, start_response):
        start_response("200 OK", [("Content-Type", "text/css")])
        return body

    environment = environment_for(accept_encoding="br")
    assert remembering(site)(environment, lambda status, headers: None) is body


@pytest.mark.parametrize(
    "site",
    [
        Site(status="404 Not Found"),
        Site(status="302 Found"),
        Site(status="500 Internal Server Error"),
        Site(headers=[("Set-Cookie", "csrftoken=1")]),
        Site(headers=[("set-cookie", "csrftoken=1")]),
        Site(headers=[("Cache-Control", "no-cache, private")]),
        Site(headers=[("Cache-Control", "no-store")]),
        Site(headers=[("Cache-Control", 'private="x"')]),
        Site(headers=[("Vary", "Cookie, Accept-Language")]),
        Site(headers=[("Vary", "*")]),
        Site(headers=[("Content-Encoding", "gzip")]),
    ],
)
def test_what_is_not_for_all_is_neither_kept_nor_touched_though_a_view_calls_it_public(site):
    memory = remembering(site)
    for _ in range(2):
        answer = ask(memory, accept_encoding="br")
        assert answer.body == WORDS
        assert "ETag" not in answer.headers
    assert answer.headers["Content-Length"] == "1"
    site.times_asked = 0
    ask(memory)
    assert site.times_asked == 1


def test_one_of_any_number_of_answers_is_compressed_and_not_kept():
    site = Site(public=Public.NOT_TO_BE_KEPT)
    memory = remembering(site)
    first = ask(memory, "/search/", query="q=x", accept_encoding="br")
    assert brotli.decompress(first.body) == WORDS
    assert ask(memory, "/search/", query="q=x", accept_encoding="br") == first
    assert site.times_asked == 2
    known = first.headers["ETag"]
    assert ask(memory, "/search/", query="q=x", accept_encoding="br", if_none_match=known).status == "304 Not Modified"


def test_a_head_has_the_headers_of_a_get_and_is_not_kept():
    site = Site()
    memory = remembering(site)
    head = ask(memory, method="HEAD")
    page = ask(memory)
    assert site.times_asked == 2
    assert ask(memory, method="HEAD") == head
    assert (head.status, head.headers, head.body) == (page.status, page.headers, b"")
    assert site.times_asked == 2


def test_another_revision_forgets_all_pages():
    site, watch = Site(), Quiet()
    memory = remembering(site, watch)
    ask(memory)
    ask(memory)
    assert site.times_asked == 1
    watch.revision = 2
    ask(memory)
    assert site.times_asked == 2


def test_a_page_is_not_kept_under_a_revision_that_came_while_it_was_made():
    class Changing(Site):
        def __call__(self, environment, start_response):
            watch.revision = 2
            return super().__call__(environment, start_response)

    site, watch = Changing(), Quiet()
    memory = remembering(site, watch)
    ask(memory)
    ask(memory)
    assert site.times_asked == 2


def test_nothing_is_kept_while_the_revision_is_unknown():
    site = Site()
    memory = remembering(site, Quiet(None))
    ask(memory)
    ask(memory)
    assert site.times_asked == 2


class Database:
    """What a watch asks, and what can be put out of order."""

    def __init__(self):
        self.fault = None

    def __call__(self):
        if self.fault:
            raise self.fault
        return 1


@pytest.fixture
def database():
    return Database()


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def memory(database, site):
    """That of a site whose database is found silent in no time, with a page in it."""
    watch = ContentWatch(lambda: database, every=0.01, patience=0.2)
    memory = PageMemory(site, watch)
    until(lambda: asked_again(memory, site) == 0)
    yield memory
    watch.close()


def asked_again(memory, site):
    before = site.times_asked
    ask(memory)
    return site.times_asked - before


def test_pages_outlive_the_database(database, site, memory):
    kept = ask(memory)
    database.fault = OperationalError("no route to host")
    site.status, site.public = "503 Service Unavailable", None
    sleep(0.5)
    before = site.times_asked
    assert all(ask(memory) == kept for _ in range(20))
    # One reader found out whether the database answers Django.
    assert site.times_asked - before <= 1
    assert ask(memory, "/another/").status == "503 Service Unavailable"


def test_after_some_time_without_the_database_pages_are_not_shown_any_more(settings, database, site, memory):
    settings.PAGE_MEMORY_WITHOUT_DATABASE = 0.4
    database.fault = OperationalError("no route to host")
    site.status, site.public = "503 Service Unavailable", None
    until(lambda: ask(memory).status == "503 Service Unavailable")
    assert ask(memory).status == "503 Service Unavailable"


def test_where_django_reaches_the_database_and_the_watch_does_not_no_page_is_kept(database, site, memory):
    database.fault = OperationalError("too many clients")
    site.body = b"Changed." * 100
    until(lambda: ask(memory).body == site.body)
    assert asked_again(memory, site) == 1
    database.fault = None
    until(lambda: asked_again(memory, site) == 0)


def test_a_database_that_fails_at_once_keeps_nobody_from_asking_it(database, site, memory):
    database.fault = OperationalError("too many clients")
    sleep(0.5)
    ask(memory, method="POST")
    assert DATABASE_HANGS not in site.environment


def test_a_database_that_hangs_hangs_nobody():
    """Those who asked it before that was known wait; what is in memory is shown, and others are told."""
    inside, is_over, does_not_answer = Semaphore(0), Event(), Event()

    class Hanging(Site):
        def __call__(self, environment, start_response):
            if DATABASE_HANGS in environment:
                start_response("503 Service Unavailable", [])
                return []
            if environment["PATH_INFO"] == "/hangs/":
                inside.release()
                is_over.wait(LONGEST_WAIT)
            return super().__call__(environment, start_response)

    def read():
        if does_not_answer.is_set():
            is_over.wait(LONGEST_WAIT)
        return 1

    site = Hanging()
    watch = ContentWatch(lambda: read, every=0.05, longest_question=0.5, patience=1)
    memory = PageMemory(site, watch)
    until(lambda: asked_again(memory, site) == 0)
    with ThreadPoolExecutor(MOST_IN_DJANGO) as stuck:
        waiting = [stuck.submit(ask, memory, "/hangs/") for _ in range(MOST_IN_DJANGO)]
        assert all(inside.acquire(timeout=LONGEST_WAIT) for _ in waiting)
        does_not_answer.set()
        assert asked_again(memory, site) == 0
        assert ask(memory, "/hangs/").status == "503 Service Unavailable"
        assert asked_again(memory, site) == 0
        assert not any(one.done() for one in waiting)
        is_over.set()
    watch.close()

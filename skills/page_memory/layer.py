"""Finished pages, kept in memory and answered before Django is entered.

`PageMemory` stands round the WSGI application. A view says of its answer that it is public, with a `Public` in the
environment of the request. What Django answers then is compressed once, gets an ETag and, if it may be kept, is given
to everybody who asks for the same without being signed in, for as long as the content stays as it is.

Each process has a memory of its own. A page belongs to the revision of the content that was known before Django made
it: when the watch hears of another, all pages are forgotten.
"""

from collections.abc import Callable, Iterable
from enum import Enum
from threading import BoundedSemaphore
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import parse_cookie

from .page import Environment, Headers, Page, StartResponse, encoding_for, may_be_given_to_all
from .shelf import Key, Shelf, Shelves
from .watch import EVERY, ContentWatch

Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

PUBLIC = "skills.public"
"""Where in the environment of a request a view puts a `Public`."""
DATABASE_HANGS = "skills.database_hangs"
"""What is true in the environment of a request that must not wait for the database."""
# A server with one thread more has one left for what is in memory when all of these wait for the database.
MOST_IN_DJANGO = 3  # requests


class Public(Enum):
    """What a view says of an answer that anybody may see."""

    TO_BE_KEPT = "There is a bounded number of such addresses."
    NOT_TO_BE_KEPT = "Anybody can make up more such addresses."


class PageMemory:
    """A WSGI application that answers from memory what it can, and has another one, `django`, answer the rest."""

    def __init__(self, django: Application, watch: ContentWatch) -> None:
        self._django = django
        self._watch = watch
        self._shelves = Shelves(None)
        self._named_hosts = _named_hosts()
        self._places = BoundedSemaphore(MOST_IN_DJANGO)
        self._tried_at = float("-inf")

    def __call__(self, environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        watch = self._watch
        if not watch.has_begun:
            # Only now, for a process that serves forks no more.
            watch.begin()
        if not _is_anonymous_reader(environment):
            return self._enter_django(environment, start_response)
        revision, shelves = watch.revision, self._shelves
        if shelves.revision is not revision:
            shelves = self._shelves = Shelves(revision)
        scheme, host = _scheme_and_host(environment)
        query = environment.get("QUERY_STRING", "")
        key = (scheme, host, environment["PATH_INFO"], query, encoding_for(environment))
        shelf = shelves.pages if not query and host in self._named_hosts else shelves.variants
        page = shelf.get(key)
        if page is None or (watch.is_silent and not self._is_still_shown()):
            return self._from_django(environment, start_response, key, shelf, page)
        page.is_asked_for = True
        return page.answer(environment, start_response)

    def _is_still_shown(self) -> bool:
        """Whether a page is shown that may not be right any more, since the database does not answer the watch.

        One reader a second finds out whether it answers Django.
        """
        self._watch.begin()
        if self._watch.silence > settings.PAGE_MEMORY_WITHOUT_DATABASE:
            return False
        if self._watch.hangs or monotonic() - self._tried_at < EVERY:
            return True
        self._tried_at = monotonic()
        return False

    def _from_django(
        self, environment: Environment, start_response: StartResponse, key: Key, shelf: Shelf, page: Page | None
    ) -> Iterable[bytes]:
        """The shelf was chosen before Django reads anything: if the content has changed meanwhile, it is forgotten.

        The page is what is shown if Django fails while the database is silent.
        """
        answers: list[tuple[str, Headers]] = []

        def begin(status: str, headers: Headers, error: object = None) -> None:
            answers.append((status, headers))

        parts = self._enter_django(environment, begin)
        [(status, headers)] = answers
        public = environment.get(PUBLIC)
        if page and status.startswith("5") and self._watch.silence <= settings.PAGE_MEMORY_WITHOUT_DATABASE:
            _joined(parts)
            return page.answer(environment, start_response)
        if public is None or not may_be_given_to_all(status, headers):
            start_response(status, headers)
            return parts
        page = Page(status, headers, _joined(parts), key[-1])
        if self._watch.is_silent:
            self._watch.forget()
        elif public is Public.TO_BE_KEPT and environment["REQUEST_METHOD"] == "GET":
            shelf.put(key, page)
        return page.answer(environment, start_response)

    def _enter_django(self, environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        while not self._watch.hangs:
            if self._places.acquire(timeout=EVERY):
                try:
                    return self._django(environment, start_response)
                finally:
                    self._places.release()
        self._watch.begin()
        environment[DATABASE_HANGS] = True
        return self._django(environment, start_response)


def _is_anonymous_reader(environment: Environment) -> bool:
    return (
        environment["REQUEST_METHOD"] in ("GET", "HEAD")
        and "HTTP_AUTHORIZATION" not in environment
        and "HTTP_HOST" in environment
        and not ("HTTP_COOKIE" in environment and _has_session(environment["HTTP_COOKIE"]))
    )


def _has_session(cookies: str) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in cookies and name in parse_cookie(cookies)


def _scheme_and_host(environment: Environment) -> tuple[str, str]:
    """As Django takes them from a request; only a host that it has accepted has any pages."""
    scheme, host = environment["wsgi.url_scheme"], environment["HTTP_HOST"]
    if settings.TRUSTED_PROXY:
        host = environment.get("HTTP_X_FORWARDED_HOST", host)
        if "HTTP_X_FORWARDED_PROTO" in environment:
            proto = environment["HTTP_X_FORWARDED_PROTO"].partition(",")[0].strip()
            scheme = "https" if proto == "https" else "http"
    return scheme, host


def _named_hosts() -> set[str]:
    """Those that the settings name in full, as browsers send them. Django also accepts other ports and spellings."""
    named = {host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))}
    return named | {f"{host}:{settings.PORT}" for host in named} | {urlsplit(settings.SITE_URL).netloc}


def _joined(parts: Iterable[bytes]) -> bytes:
    try:
        return b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()

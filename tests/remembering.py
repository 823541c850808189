"""A test client that reads through `skills.page_memory`.

Each page that may be kept is asked for twice, and memory has to answer what Django answered, header by header.
"""

from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.client import ClientHandler

from skills.page_memory.layer import PUBLIC, PageMemory, Public
from skills.page_memory.revision import content_revision

from .page_memory.steps import Quiet

CHANGED_IN_TESTS = ("SITE_URL", "SITE_NAME", "RETIRED_STATUS", "TRUSTED_PROXY", "ALLOWED_HOSTS")
WRITTEN_BY_THE_MEMORY = {"etag", "vary", "content-length"}


class RememberingClient(Client):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.handler = RememberingHandler(enforce_csrf_checks=options.get("enforce_csrf_checks", False))


class RememberingHandler(ClientHandler):
    """Django's handler for tests, with a memory round it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.watch = Quiet()
        self.memory = PageMemory(self.as_application, self.watch)
        self.made: list[HttpResponse] = []

    def __call__(self, environment: dict[str, Any]) -> HttpResponse:
        self.watch.look((revision_in_this_transaction(), *(getattr(settings, name) for name in CHANGED_IN_TESTS)))
        self.made.clear()
        # As every browser does, and Django's client does not.
        environment.setdefault("HTTP_HOST", environment["SERVER_NAME"])
        first = self.through_memory(environment)
        if not self.made:
            # Somebody has asked before, and nothing has been changed since.
            self.as_application(environment, lambda *started: None)
            assert_same(self.made[0], first)
        elif environment.get(PUBLIC) is Public.TO_BE_KEPT and environment["REQUEST_METHOD"] == "GET":
            assert_same(self.made[0], first)
            assert self.through_memory(environment) == first
            assert len(self.made) == 1, "was to be kept and is not"
        return self.made[0]

    def as_application(self, environment: dict[str, Any], start_response: Any) -> list[bytes]:
        response = super().__call__(environment)
        self.made.append(response)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return [b"".join(response)]

    def through_memory(self, environment: dict[str, Any]) -> tuple[str, dict[str, str], bytes]:
        started: list[tuple[str, dict[str, str]]] = []

        def begin(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
            started.append((status, dict(headers)))

        body = b"".join(self.memory(environment, begin))
        [(status, headers)] = started
        return status, headers, body


def assert_same(made: HttpResponse, answered: tuple[str, dict[str, str], bytes]) -> None:
    status, headers, body = answered
    assert status.startswith(str(made.status_code))
    assert body == made.content
    assert headers["Content-Length"] == str(len(body))
    assert headers["Vary"] == ", ".join(filter(None, [made.headers.get("Vary"), "Accept-Encoding"]))
    assert without(headers) == without(dict(made.items()))


def without(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in WRITTEN_BY_THE_MEMORY}


def revision_in_this_transaction() -> int | None:
    """Without being counted among the queries of a page."""
    counts, connection.force_debug_cursor = connection.force_debug_cursor, False
    try:
        return content_revision(connection)
    finally:
        connection.force_debug_cursor = counts

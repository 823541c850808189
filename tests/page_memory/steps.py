"""A site in front of which the memory stands, and how it is asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import Any

from skills.page_memory.layer import PUBLIC, PageMemory, Public
from skills.page_memory.watch import ContentWatch

WORDS = b"words " * 200
LONGEST_WAIT = 20  # seconds


@dataclass
class Answer:
    status: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Site:
    """What answers all addresses alike, and counts how often it was asked."""

    public: Public | None = Public.TO_BE_KEPT
    status: str = "200 OK"
    body: bytes = WORDS
    headers: tuple[tuple[str, str], ...] = ()
    times_asked: int = 0
    environment: dict[str, Any] = field(default_factory=dict)

    def __call__(self, environment: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        self.times_asked += 1
        self.environment = environment
        if self.public:
            environment[PUBLIC] = self.public
        start_response(self.status, [("Content-Type", "text/html"), ("Content-Length", "1"), *self.headers])
        return [self.body[:10], self.body[10:]]


class Quiet(ContentWatch):
    """A watch that asks nobody: a test says what the revision is."""

    def __init__(self, revision: object = 1) -> None:
        super().__init__(lambda: lambda: None, patience=float("inf"))
        self.revision = revision

    def begin(self) -> None:
        self.has_begun = True

    def look(self, revision: object) -> None:
        if revision != self.revision:
            self.revision = revision


def remembering(site: Callable[..., Any], watch: ContentWatch | None = None) -> PageMemory:
    return PageMemory(site, watch or Quiet())


def environment_for(
    path: str = "/skills/ITMG/",
    *,
    method: str = "GET",
    query: str = "",
    host: str | None = "localhost",
    scheme: str = "http",
    **headers: str,
) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "wsgi.url_scheme": scheme,
        **({"HTTP_HOST": host} if host else {}),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }


def ask(memory: PageMemory, path: str = "/skills/ITMG/", **asked: Any) -> Answer:
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def begin(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
        started.append((status, headers))

    parts = memory(environment_for(path, **asked), begin)
    [(status, listed)] = started
    assert len(dict(listed)) == len(listed)
    return Answer(status, dict(listed), b"".join(parts))


def until(condition: Callable[[], object]) -> None:
    latest = monotonic() + LONGEST_WAIT
    while not condition():
        assert monotonic() < latest
        sleep(0.01)

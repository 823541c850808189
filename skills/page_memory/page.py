"""A finished answer: its bytes as a browser takes them, and whether the browser has them already."""

import gzip
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import brotli  # type: ignore[import-untyped]
from django.utils.http import parse_etags

Environment = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], object]

BROTLI_QUALITY, GZIP_LEVEL = 5, 6
SHORTEST_TO_COMPRESS = 500  # bytes
# What browsers send is far shorter; what is longer costs memory and time.
LONGEST_ACCEPT_ENCODING, LONGEST_IF_NONE_MATCH = 200, 1_000  # characters
# What a page takes in memory beside its bytes: its headers and its place among the others.
OVERHEAD = 2_000  # bytes
OK, GONE = "200 OK", "410 Gone"
MAY_VARY_ON = {"accept-encoding", "cookie"}
WRITTEN_HERE = {"content-length", "vary"}
IN_A_304 = {"cache-control", "content-security-policy", "etag", "vary"}


class Page:
    """An answer, compressed once, with an ETag of its very bytes."""

    __slots__ = ("_body", "_etag", "_headers", "_headers_of_304", "_status", "is_asked_for", "size")

    def __init__(self, status: str, headers: Headers, body: bytes, encoding: str) -> None:
        if len(body) < SHORTEST_TO_COMPRESS:
            encoding = ""
        self._status = status
        self._body = _compressed(body, encoding)
        self._etag = f'"{blake2b(status.encode() + self._body, digest_size=12).hexdigest()}"'
        self._headers = [
            *((name, value) for name, value in headers if name.lower() not in WRITTEN_HERE),
            ("Vary", ", ".join(dict.fromkeys([*_values(headers, "vary"), "Accept-Encoding"]))),
            *([("Content-Encoding", encoding)] if encoding else []),
            ("Content-Length", str(len(self._body))),
            ("ETag", self._etag),
        ]
        self._headers_of_304 = [(name, value) for name, value in self._headers if name.lower() in IN_A_304]
        self.size = len(self._body) + OVERHEAD
        self.is_asked_for = False

    def answer(self, environment: Environment, start_response: StartResponse) -> Iterable[bytes]:
        known = environment.get("HTTP_IF_NONE_MATCH")
        if known and self._status == OK and (known == self._etag or _matches(known, self._etag)):
            start_response("304 Not Modified", list(self._headers_of_304))
            return []
        start_response(self._status, list(self._headers))
        return [] if environment["REQUEST_METHOD"] == "HEAD" else [self._body]


def encoding_for(environment: Environment) -> str:
    """The best that we have of what a browser accepts: "br", "gzip", or "" for the bytes as they are."""
    accepted = environment.get("HTTP_ACCEPT_ENCODING", "")
    return best_encoding(accepted) if 0 < len(accepted) <= LONGEST_ACCEPT_ENCODING else ""


@lru_cache
def best_encoding(accepted: str) -> str:
    is_accepted = {}
    for coding in accepted.lower().split(","):
        name, _, parameter = coding.partition(";")
        is_accepted[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", parameter.strip())
    return next((name for name in ("br", "gzip") if is_accepted.get(name, is_accepted.get("*", False))), "")


def may_be_given_to_all(status: str, headers: Headers) -> bool:
    """What a view has called public is looked at again: a cookie may have been put on it on its way."""
    directives = _values(headers, "cache-control")
    return (
        status in (OK, GONE)
        and not any(name.lower() in ("set-cookie", "content-encoding") for name, _ in headers)
        and not any(directive.startswith(("private", "no-store")) for directive in directives)
        and all(name.lower() in MAY_VARY_ON for name in _values(headers, "vary"))
    )


def _compressed(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=BROTLI_QUALITY))
    if encoding == "gzip":
        return gzip.compress(body, GZIP_LEVEL, mtime=0)
    return body


def _matches(if_none_match: str, etag: str) -> bool:
    """As a cache compares them: a proxy that compresses anew makes them weak."""
    if len(if_none_match) > LONGEST_IF_NONE_MATCH:
        return False
    return any(known in ("*", etag) for known in (each.removeprefix("W/") for each in parse_etags(if_none_match)))


def _values(headers: Headers, wanted: str) -> Sequence[str]:
    """The parts of a header that lists something."""
    return [part.strip() for name, value in headers if name.lower() == wanted for part in value.split(",")]

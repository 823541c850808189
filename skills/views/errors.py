import logging
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from http import HTTPStatus
from typing import Any

from django.core.exceptions import DisallowedHost, SuspiciousOperation
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import ResolverMatch
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from skills.middleware import DatabaseHangs
from skills.models import Attribute, Edition, Skill, Subcategory
from skills.posted import kept

from .edition import NotInEdition

WORD_LIKE_A_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,5}(?![A-Za-z])")
MOST_WORDS = 5
MOST_SUGGESTIONS = 5
# Two codes with two letters in common, in the same order, are this near.
NEAR_ENOUGH = 0.5
OUT_OF_REACH_ON_SQLITE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY),
}
READ_ONLY_ON_POSTGRESQL = "25006"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Suggestion:
    """What somebody may have meant; a category has neither code nor description."""

    address: str
    name: str
    code: str = ""
    overall_description: str = ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says nothing of the request: it cannot be trusted to be readable."""
    context = {"is_unknown_host": isinstance(exception, DisallowedHost)}
    return render(None, "400.html", context, status=400)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    edition = exception.edition if isinstance(exception, NotInEdition) else _current_edition()
    context = {
        "edition": edition,
        "successors": _successors(edition, request.resolver_match) if edition and request.resolver_match else [],
        "suggestions": _suggestions(edition, request) if edition else [],
        "editions": [] if edition else Edition.objects.all(),
    }
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Called while what went wrong is handled: a database that is lost is nobody's mistake, and comes back."""
    error = sys.exception()
    return _unreachable(request, error) if error and _is_of_a_lost_database(error) else defaults.server_error(request)


def _is_of_a_lost_database(error: BaseException) -> bool:
    """Whether it has to do with the database as a whole, and not with what was asked of it."""
    cause = error.__cause__
    if isinstance(error, DatabaseHangs) or getattr(cause, "sqlstate", None) == READ_ONLY_ON_POSTGRESQL:
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    if connection.vendor == "sqlite":
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF in OUT_OF_REACH_ON_SQLITE
    return connection.connection is None or not connection.is_usable()


def _unreachable(request: HttpRequest, error: BaseException) -> HttpResponse:
    logger.error("The database cannot be used: %s", str(error).partition("\n")[0] or "it does not say a word")
    is_reading = request.method in ("GET", "HEAD")
    context = {"is_reading": is_reading} if is_reading else _sent(request)
    response = render(None, "503.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response.headers["Retry-After"], response.headers["Cache-Control"] = "30", "no-store"
    # Otherwise Django would write a line for each request.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        # Only the token that was sent: a form that another site has forged stays one.
        return {**kept(request), "token": request.POST.get("csrfmiddlewaretoken", "")}
    except (SuspiciousOperation, UnreadablePostError, MultiPartParserError):
        return {}


def _current_edition() -> Edition | None:
    try:
        return Edition.objects.addressed_by(None)
    except Edition.DoesNotExist:
        return None


def _successors(edition: Edition, match: ResolverMatch) -> list[tuple[str, Skill]]:
    """The skills that had the code in the address before it was changed, each with its address."""
    if not match.view_name.startswith("skill_") or "code" not in match.kwargs:
        return []
    parts = {name: value for name, value in match.kwargs.items() if name != "edition_slug"}
    return [
        (edition.address_of(match.view_name, **{**parts, "code": skill.code}), skill)
        for skill in Skill.objects.in_edition(edition).formerly(parts["code"])
    ]


def _suggestions(edition: Edition, request: HttpRequest) -> list[Suggestion]:
    """What stands nearest to the address, nearest first: categories where it is of one, else skills and attributes."""
    parts = request.resolver_match.kwargs if request.resolver_match else {}
    slugs = [parts[part] for part in ("category", "subcategory") if part in parts]
    if slugs:
        return _nearest(_places(edition), slugs)
    codes = [word.upper() for word in WORD_LIKE_A_CODE.findall(request.path_info)[-MOST_WORDS:]]
    return _nearest(_coded(edition), codes) if codes else []


def _nearest(candidates: Iterable[tuple[str, Suggestion]], words: Sequence[str]) -> list[Suggestion]:
    """Those whose code or slug is near to one of the words."""
    ranked = sorted(
        ((_nearness(key, words), key, suggestion) for key, suggestion in candidates),
        key=lambda candidate: (-candidate[0], candidate[1]),
    )
    return [suggestion for nearness, _, suggestion in ranked[:MOST_SUGGESTIONS] if nearness >= NEAR_ENOUGH]


def _nearness(key: str, words: Sequence[str]) -> float:
    return max(SequenceMatcher(None, key, word).ratio() for word in words)


def _coded(edition: Edition) -> Iterator[tuple[str, Suggestion]]:
    shown = ("code", "name", "overall_description")
    for page, objects in (("skill_detail", Skill.objects), ("attribute_detail", Attribute.objects)):
        for code, name, description in objects.in_edition(edition).listed().values_list(*shown):
            yield code, Suggestion(edition.address_of(page, code=code), name, code, description)


def _places(edition: Edition) -> Iterator[tuple[str, Suggestion]]:
    seen = set()
    for place in Subcategory.objects.in_edition(edition).listed().distinct():
        category = place.category
        if category.slug not in seen:
            yield (
                category.slug,
                Suggestion(edition.address_of("category_detail", category=category.slug), category.name),
            )
            seen.add(category.slug)
        address = edition.address_of("subcategory_detail", category=category.slug, subcategory=place.slug)
        yield place.slug, Suggestion(address, place.name)

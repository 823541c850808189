import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch
from django.views.decorators.csrf import requires_csrf_token

from skills.models import Attribute, Edition, Skill

from .edition import NotInEdition

WORD_LIKE_A_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3,5}(?![A-Za-z])")
MOST_WORDS = 5
MOST_SUGGESTIONS = 5
# Two codes with two letters in common, in the same order, are this near.
NEAR_ENOUGH = 0.5


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
        "suggestions": _suggestions(edition, request.path_info) if edition else [],
        "editions": [] if edition else Edition.objects.all(),
    }
    return render(request, "404.html", context, status=404)


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


def _suggestions(edition: Edition, path: str) -> list[tuple[str, Skill | Attribute]]:
    """The skills and attributes whose codes are nearest to a word in the address, nearest first, each with its own."""
    words = [word.upper() for word in WORD_LIKE_A_CODE.findall(path)[-MOST_WORDS:]]
    if not words:
        return []
    shown = ("code", "name", "overall_description")
    candidates: list[tuple[str, Skill | Attribute]] = [
        *(("skill_detail", skill) for skill in Skill.objects.in_edition(edition).listed().only(*shown)),
        *(("attribute_detail", attribute) for attribute in Attribute.objects.in_edition(edition).listed().only(*shown)),
    ]
    ranked = sorted(((_nearness(found.code, words), page, found) for page, found in candidates), key=_nearest_first)
    return [
        (edition.address_of(page, code=found.code), found)
        for nearness, page, found in ranked[:MOST_SUGGESTIONS]
        if nearness >= NEAR_ENOUGH
    ]


def _nearness(code: str, words: Sequence[str]) -> float:
    return max(SequenceMatcher(None, code, word).ratio() for word in words)


def _nearest_first(candidate: tuple[float, str, Skill | Attribute]) -> tuple[float, str]:
    nearness, _, found = candidate
    return -nearness, found.code

from collections import Counter
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from skills.document import slug_of
from skills.links.checking import Found, check
from skills.links.resolving import LEVEL_ADDED, LEVEL_GONE, NEW, RENAMED, RETIRED, REWORDED, SAME, UNKNOWN
from skills.models import Edition, Skill

from .edition import of_an_edition
from .site import site_of

LONGEST = 1_048_576  # bytes
MOST_SHOWN = 500
IN_WORDS = {
    SAME: "As it was",
    REWORDED: "The text has changed",
    RENAMED: "Has another name now",
    NEW: "New",
    LEVEL_ADDED: "The level is new",
    RETIRED: "Retired",
    LEVEL_GONE: "The level is gone",
    UNKNOWN: "Not known here",
}


# Nothing is written: what is pasted is answered and forgotten.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_edition
def links_check(request: HttpRequest, edition: Edition) -> HttpResponse:
    context: dict[str, Any] = {"edition": edition}
    if request.method != "POST":
        return render(request, "skills/links_check.html", context)
    try:
        text = request.POST.get("text", "")
    except RequestDataTooBig:
        text = None
    if text is None or len(text.encode(errors="replace")) > LONGEST:
        return render(request, "skills/links_check.html", context | {"is_too_long": True}, status=413)
    site = site_of(request)
    checked = check(text, site=site, hosts={urlsplit(site).netloc.lower(), request.get_host().lower()}, to=edition)
    context |= {
        "text": text,
        "is_blank": not text.strip(),
        "rows": _rows(edition, sorted(checked.found, key=lambda one: not one.needs_a_person)[:MOST_SHOWN]),
        "more": max(0, len(checked.found) - MOST_SHOWN),
        "counts": _counts(checked.found),
        "corrected": checked.corrected,
        "is_changed": checked.corrected != text,
    }
    return render(request, "skills/links_check.html", context)


def _counts(found: Sequence[Found]) -> list[tuple[str, int]]:
    return Counter(_in_words(one) for one in found).most_common()


def _in_words(found: Found) -> str:
    resolved, meant = found.resolved, found.resolved.meant
    if resolved.is_undefined and resolved.status != LEVEL_GONE:
        return "Not defined at this level"
    if meant and meant.kind == "named" and resolved.name and slug_of(resolved.name) != meant.slug:
        return IN_WORDS[RENAMED]
    return IN_WORDS[resolved.status]


def _rows(edition: Edition, found: Sequence[Found]) -> list[dict[str, object]]:
    """What is shown of each."""
    codes = {successor.code for one in found for successor in one.resolved.successors}
    there = Skill.objects.in_edition(edition).listed().in_bulk_by_code(codes)
    return [
        {
            "found": one,
            "became": _in_words(one),
            "successors": [(successor, there.get(successor.code)) for successor in one.resolved.successors],
        }
        for one in found
    ]

"""Addresses that are not ours, or not any more: short ones, the publisher's, and names. Each leads to one of ours."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from skills.links.resolving import resolve_meant
from skills.links.shapes import meant_by_path
from skills.models import Edition

from .asked import ASKED_EDITION


@csrf_exempt
def elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """What nothing else answers. Only to be read, like all that it leads to."""
    leads_to = _destination(request) if request.method in ("GET", "HEAD") else None
    if leads_to is None:
        raise Http404(f"nothing at {address}")
    return HttpResponseRedirect(leads_to)


# A slash at the end that makes one of our own addresses comes first (see `OneAddressMiddleware`).
elsewhere.is_last_resort = True  # type: ignore[attr-defined]


def without_edition(request: HttpRequest, page: str, parts: Mapping[str, Any]) -> str | None:
    """Where one of our pages stands in the current edition, for somebody whose address names an edition that is not
    here; None where nothing is known of what the page is about."""
    meant = meant_by_path(request.path_info)
    if meant and meant.kind != "named" and _destination(request) is None:
        return None
    slug = request.resolver_match.kwargs["edition_slug"] if request.resolver_match else ""
    return _with_query(reverse(page, kwargs=dict(parts)), request, {ASKED_EDITION: slug})


def _destination(request: HttpRequest) -> str | None:
    """Where an address of another shape leads: pinned where it names an edition that is here, else floating.

    Of an edition that is not here the page says so. None where the address means nothing that is known.
    """
    meant = meant_by_path(request.path_info)
    if meant is None:
        return None
    asked = Edition.objects.filter(slug=meant.edition).first() if meant.edition else None
    [resolved] = resolve_meant([(request.path_info, meant)], to=asked)
    address = resolved.pinned_to(asked) if asked else resolved.floating
    not_here = {ASKED_EDITION: meant.edition} if meant.edition and not asked else {}
    return _with_query(address, request, not_here) if address else None


def _with_query(address: str, request: HttpRequest, more: dict[str, str]) -> str:
    """What a page shows stands in its query: it goes with the reader."""
    path, _, own = address.partition("?")
    query = "&".join(filter(None, [own, request.META.get("QUERY_STRING", ""), urlencode(more)]))
    return f"{path}?{query}" if query else path

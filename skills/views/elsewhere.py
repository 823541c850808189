"""Addresses that are not ours, or not any more: short ones, the publisher's, and names. Each leads to one of ours."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from skills.links.resolving import resolve_meant
from skills.links.shapes import meant_by_path
from skills.models import Edition

from .asked import ASKED_EDITION


@csrf_exempt
def elsewhere(request: HttpRequest, address: str) -> HttpResponse:
    """What nothing else answers. Only to be read, like all that it leads to."""
    leads_to = destination(address) if request.method in ("GET", "HEAD") else None
    if leads_to is None:
        raise Http404(f"nothing at {address}")
    return HttpResponseRedirect(leads_to)


# A slash at the end that makes one of our own addresses comes first (see `OneAddressMiddleware`).
elsewhere.is_last_resort = True  # type: ignore[attr-defined]


def destination(path: str) -> str | None:
    """Where a path of another shape leads: pinned where it names an edition that is here, else floating.

    Of an edition that is not here the page says so. None where the path means nothing that is known.
    """
    meant = meant_by_path(path)
    if meant is None:
        return None
    asked = Edition.objects.filter(slug=meant.edition).first() if meant.edition else None
    [resolved] = resolve_meant([(path, meant)], to=asked)
    if asked:
        return resolved.pinned_to(asked)
    address = resolved.floating
    if address and meant.edition:
        address += ("&" if "?" in address else "?") + urlencode({ASKED_EDITION: meant.edition})
    return address

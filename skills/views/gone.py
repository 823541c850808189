from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from skills.links.gone import gone_from
from skills.models import Edition


def gone(request: HttpRequest, edition: Edition, code: str, number: int | None = None) -> HttpResponse:
    """The page of a skill that an edition does not have any more. Raises `Http404` where nothing is known of it."""
    found = gone_from(edition, code)
    if found is None:
        raise Http404(f"no skill {code}")
    context = {"edition": edition, "gone": found, "number": number}
    return render(request, "skills/gone.html", context, status=settings.RETIRED_STATUS)

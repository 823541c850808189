from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from skills.links.gone import Gone, gone_from
from skills.models import Edition, Skill


def gone(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """The page of a skill that an edition does not have. Raises `Http404`: see `known_as_gone`."""
    found = known_as_gone(edition, code)
    return render(request, "skills/gone.html", {"edition": edition, "gone": found}, status=status_of(found))


def known_as_gone(edition: Edition, code: str) -> Gone:
    """The same as `known_of`. Raises `Http404` where that is nothing."""
    found = known_of(edition, code)
    if found is None:
        raise Http404(f"no skill {code}")
    return found


def known_of(edition: Edition, code: str) -> Gone | None:
    """What is known of a skill that an edition does not have. None where that is nothing, or where somebody here has
    changed its code: the page that says so knows the new one."""
    return None if Skill.objects.in_edition(edition).formerly(code) else gone_from(edition, code)


def status_of(found: Gone | None) -> int:
    """What a page answers for what is gone; as usual for what is not, and for what came only later."""
    return settings.RETIRED_STATUS if found and not found.is_in_current else HTTPStatus.OK

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from skills.links.resolving import Resolved
from skills.links.resolving import resolve as resolve_all
from skills.models import Edition

MOST_QUESTIONS = 500
TOO_MANY = f"At most {MOST_QUESTIONS} questions at once."


@csrf_exempt
@require_safe
def resolve(request: HttpRequest) -> JsonResponse:
    """What pasted things are: codes, addresses, names. `q` may be given often; `from` and `to` are editions' slugs."""
    try:
        questions = request.GET.getlist("q")
    except SuspiciousOperation:
        return _refused(TOO_MANY)
    if len(questions) > MOST_QUESTIONS:
        return _refused(TOO_MANY)
    if not questions:
        return _refused("Ask with q, for instance ?q=ITMG.")
    editions = {edition.slug: edition for edition in Edition.objects.all()}
    between = {name: request.GET.get(name, "") for name in ("from", "to")}
    for name, slug in between.items():
        if slug and slug not in editions:
            return _refused(f"The edition that “{name}” names is not on this site.")
    current = next((edition for edition in editions.values() if edition.is_current), None)
    to = editions.get(between["to"], current)
    resolved = resolve_all(questions, before=editions.get(between["from"]), to=to)
    return JsonResponse({"results": [_as_json(one, to) for one in resolved]})


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=400)


def _as_json(resolved: Resolved, to: Edition | None) -> dict[str, Any]:
    return {
        "q": resolved.text,
        "status": resolved.status,
        "code": resolved.code,
        "level": resolved.number,
        "floating": resolved.floating,
        "pinned": resolved.pinned_to(to) if to else None,
        "successors": [{"code": one.code, "level": one.number, "reason": one.reason} for one in resolved.successors],
    }

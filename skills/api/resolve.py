from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from skills.links.resolving import Resolved
from skills.links.resolving import resolve as resolve_all
from skills.models import Edition

MOST_QUESTIONS = 500


@csrf_exempt
@require_safe
def resolve(request: HttpRequest) -> JsonResponse:
    """What pasted things are: codes, addresses, names. `q` may be given often; `from` and `to` are editions' slugs."""
    try:
        questions = request.GET.getlist("q")
    except SuspiciousOperation:
        questions = [""] * (MOST_QUESTIONS + 1)
    if len(questions) > MOST_QUESTIONS:
        return _refused(f"At most {MOST_QUESTIONS} questions at once.")
    if not questions:
        return _refused("Ask with q, for instance ?q=ITMG.")
    between = {name: request.GET[name] for name in ("from", "to") if request.GET.get(name)}
    editions = {edition.slug: edition for edition in Edition.objects.filter(slug__in=between.values())}
    for name, slug in between.items():
        if slug not in editions:
            return _refused(f"The edition that “{name}” names is not on this site.")
    to = editions.get(between.get("to", "")) or Edition.objects.filter(is_current=True).first()
    resolved = resolve_all(questions, before=editions.get(between.get("from", "")), to=to)
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

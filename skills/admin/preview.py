from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBadRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from skills import prose

from .texts import normalized


@require_POST
def preview(request: HttpRequest, site: AdminSite) -> HttpResponseBase:
    """A text as the site would show it: `{"html": …}` for `text`, which stands under a heading of the rank `under`.

    For those who may change anything here. Nothing is kept. A text over the cap, or another rank, is a 400.
    """
    if not request.user.has_module_perms("skills"):
        raise PermissionDenied
    text, under = normalized(request.POST.get("text")), request.POST.get("under", "")
    if under not in map(str, settings.PROSE_PROFILES):
        return HttpResponseBadRequest("There is no heading of this rank.", content_type="text/plain")
    if len(text) > settings.LONGEST_TEXT:
        return HttpResponseBadRequest("The text is too long to be shown.", content_type="text/plain")
    return JsonResponse({"html": prose.render(text, under=int(under))})

"""What is said of a page to those who may keep it: browsers, proxies, and `skills.page_memory`."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from skills.page_memory.layer import PUBLIC, Public

QUERY = "skills.query"
"""Where in the environment of a request the query is that its page itself writes for what it shows."""


def shows(request: HttpRequest, query: str) -> None:
    """Say that the page shows what this query asks for ("?level=5"): under it, and under none, it may be kept."""
    request.META[QUERY] = query.removeprefix("?")


def made_public(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, with word of who may see and keep it.

    Whoever keeps it has to ask again each time, for an edit shows at once.
    """
    if settings.SESSION_COOKIE_NAME in request.COOKIES:
        patch_cache_control(response, private=True, no_cache=True)
        return response
    patch_cache_control(response, no_cache=True)
    if request.method in ("GET", "HEAD") and response.status_code in (HTTPStatus.OK, HTTPStatus.GONE):
        is_known = request.META.get("QUERY_STRING", "") in ("", request.META.get(QUERY, ""))
        request.META[PUBLIC] = Public.TO_BE_KEPT if is_known else Public.NOT_TO_BE_KEPT
    return response

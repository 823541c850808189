"""What stands round every page: the security headers, the one spelling of each address, no wait for the database."""

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.common import CommonMiddleware
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils.http import escape_leading_slashes

from .page_memory.layer import DATABASE_HANGS

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ContentSecurityPolicyMiddleware:
    """Sets the header from `SECURE_CSP` as Django 6's middleware of this name does, for which it stands in.

    With DEBUG on, a 404 or 500 goes without: Django's debug pages have inline styles and scripts.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = content_security_policy(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        shows_debug_page = settings.DEBUG and response.status_code in (
            HTTPStatus.NOT_FOUND,
            HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        if not shows_debug_page:
            response.headers.setdefault("Content-Security-Policy", self.policy)
        return response


class PermissionsPolicyMiddleware:
    """Sets the header from `PERMISSIONS_POLICY`: each feature with those that may use it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policy = ", ".join(f"{feature}=({' '.join(who)})" for feature, who in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.policy)
        return response


class DatabaseHangs(OperationalError):
    """The database says nothing, so that asking it would be waiting for it."""


class DatabaseMiddleware:
    """Asks nothing of a database that is known to hang. Raises `DatabaseHangs`."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get(DATABASE_HANGS):
            raise DatabaseHangs
        return self.get_response(request)


class OneAddressMiddleware(CommonMiddleware):
    """Leads every other spelling of an address, such as `/skills/itmg`, to the one that `reverse` writes.

    The converters say what the right spelling of a part is. One redirect does it all: case and slash.
    """

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not request.resolver_match or not kwargs:
            return None
        if is_last_resort(request.resolver_match) and self.should_redirect_with_slash(request):
            return self.response_redirect_class(self.get_full_path_with_slash(request))
        address = _right_spelling(request.resolver_match)
        if address is None or address == request.path:
            return None
        return HttpResponsePermanentRedirect(_with_query(address, request))

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        """A slash that makes one of our addresses comes before what answers all that nothing else does."""
        if not request.path_info.endswith("/") and _last_resort(request.path_info):
            return not _last_resort(f"{request.path_info}/")
        return super().should_redirect_with_slash(request)

    def get_full_path_with_slash(self, request: HttpRequest) -> str:
        try:
            address = _right_spelling(resolve(f"{request.path_info}/"))
        except Resolver404:
            address = None
        if address is None:
            return super().get_full_path_with_slash(request)
        return _with_query(address, request)


def content_security_policy(directives: Mapping[str, Sequence[str] | str | bool | None]) -> str:
    """A policy from what Django 6 allows in `SECURE_CSP`, but for nonces: None or False leave a directive out, True
    gives it no value."""
    return "; ".join(
        f"{directive} {_value_of(sources)}".rstrip() for directive, sources in directives.items() if sources
    )


def _value_of(sources: Sequence[str] | str | bool) -> str:
    if isinstance(sources, bool):
        return ""
    return sources if isinstance(sources, str) else " ".join(sources)


def is_last_resort(match: ResolverMatch) -> bool:
    return getattr(match.func, "is_last_resort", False)


def _last_resort(path: str) -> bool:
    try:
        return is_last_resort(resolve(path))
    except Resolver404:
        return False


def _right_spelling(match: ResolverMatch) -> str | None:
    """The address of one of our own pages; Django's admin spells its own."""
    if match.app_names or is_last_resort(match):
        return None
    return reverse(match.view_name, kwargs=match.kwargs)


def _with_query(address: str, request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return escape_leading_slashes(f"{address}?{query}" if query else address)

"""Signing in: whose failures count together, and that what an editor wrote outlasts their session."""

import math
from collections.abc import Mapping
from datetime import timedelta
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.middleware.csrf import REASON_NO_CSRF_COOKIE
from django.shortcuts import render
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache

from skills.posted import SIGN_IN_PREFIX, kept


class SignInForm(AdminAuthenticationForm):
    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": "The username or the password is wrong, or this account may not edit. Capitals count in both.",
    }

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        # Django tells browsers of the limit and does not check it. A name beyond it is nobody's, and would not fit into
        # the record of a failure on PostgreSQL.
        longest = self.username_field.max_length
        if longest and len(name) > longest:
            raise super().get_invalid_login_error()
        return name

    def get_invalid_login_error(self) -> ValidationError:
        if not getattr(self.request, "axes_locked_out", False):
            return super().get_invalid_login_error()
        minutes = max(1, math.ceil(_time_to_wait(self.request) / timedelta(minutes=1)))
        time = "a minute" if minutes == 1 else f"{minutes} minutes"
        return ValidationError(f"Signing in failed too often. Wait {time}, then try again.", code="locked_out")


def client_address(request: HttpRequest) -> str | None:
    """The address that failures are counted for.

    Behind a trusted proxy it is the last in `X-Forwarded-For`, which the proxy put there. Those before it are whatever
    the client sent.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.TRUSTED_PROXY else ""
    return _address_in(forwarded.rpartition(",")[2]) or _address_in(request.META.get("REMOTE_ADDR", ""))


def locked_out(request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None) -> HttpResponse:
    """The page with the form, which says how long to wait, as django-axes answers with it."""
    response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    response.headers["Retry-After"] = str(math.ceil(_time_to_wait(request).total_seconds()))
    return response


def take_credentials(request: HttpRequest) -> dict[str, str]:
    """The fields of the sign-in form among those that were posted, which only those of the other form are left of."""
    names = [name for name in request.POST if name.startswith(f"{SIGN_IN_PREFIX}-")]
    if not names:
        return {}
    posted = request.POST.copy()
    credentials = {name: str(posted.pop(name)[-1]) for name in names}
    request.POST = posted  # type: ignore[assignment]
    return credentials


def sign_in_again(request: HttpRequest, credentials: Mapping[str, str]) -> HttpResponse | None:
    """Signs in, so that the request can go on as if it had come from whoever signed in; else a page that keeps what
    was posted until it does."""
    form = SignInForm(request, data=credentials or None, prefix=SIGN_IN_PREFIX)
    # django-axes records the address, and what was posted, beside a failure.
    if "\0" in request.path_info:
        raise Http404("PostgreSQL stores no such address.")
    words, request.POST = request.POST, QueryDict()
    is_right = form.is_valid()
    request.POST = words
    if not is_right:
        # Not 200: nothing was saved, and a script or a browser's password manager goes by the status.
        return ask_to_sign_in(request, form, status=HTTPStatus.UNAUTHORIZED)
    login(request, form.get_user())
    return None


@never_cache
def ask_to_sign_in(request: HttpRequest, form: SignInForm | None = None, *, status: int) -> HttpResponse:
    """A page that keeps what was posted, and sends it again to the same address with a name and a password."""
    context = {"form": form or SignInForm(request, prefix=SIGN_IN_PREFIX), **kept(request)}
    response = render(request, "admin/sign_in_again.html", context, status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        # HTTP wants a challenge with this status. Browsers show the page where they do not know the scheme.
        response.headers["WWW-Authenticate"] = "Form"
    return response


@never_cache
def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form that Django's protection against forged ones refused.

    Whoever signs in gets a new token, which forms in other tabs do not have, and whoever clears their cookies has none:
    what was written is offered to be sent again, with a new one. That page would turn another site's forged form into a
    valid one at a click, so it is only for a form that the browser says came from this very site (`Origin`, which
    scripts cannot set, or `Referer`) and that lacks nothing but the right token; every other one is refused as ever.
    """
    match = request.resolver_match
    is_ours = match is not None and match.app_name == "admin" and _comes_from_this_site(request)
    if match is None or not is_ours or not reason.startswith(("CSRF token from POST", REASON_NO_CSRF_COOKIE)):
        return csrf_failure(request, reason)
    if match.url_name == "login":
        # There are no words to keep, and perhaps nobody to sign in any more.
        return HttpResponseRedirect(request.get_full_path())
    return render(request, "admin/send_again.html", kept(request), status=HTTPStatus.FORBIDDEN)


def _address_in(text: str) -> str | None:
    """The address in a form that every database takes: without a port, brackets or zone; None if it is not one."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return str((isinstance(address, IPv6Address) and address.ipv4_mapped) or address)


def _time_to_wait(request: Any) -> timedelta:
    """For how much longer the name and the address of this attempt are locked out, as django-axes has found them."""
    attempts = AccessAttempt.objects.filter(
        username=request.axes_credentials["username"], ip_address=request.axes_ip_address
    )
    last = attempts.aggregate(last=Max("attempt_time"))["last"] or request.axes_attempt_time
    return last + settings.AXES_COOLOFF_TIME - request.axes_attempt_time


def _comes_from_this_site(request: HttpRequest) -> bool:
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    origins = [f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS]
    return any(source == origin or source.startswith(f"{origin}/") for origin in origins)

"""Addresses in templates: `Edition` knows them, these tags spell them."""

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.urls import resolve
from django.utils.html import format_html
from django.utils.safestring import SafeString

from skills.models import Edition

ALSO_BELOW = {"skill_list": ("category_detail", "subcategory_detail")}

register = template.Library()


@register.simple_tag
def address(edition: Edition, page: str, **parts: str | int) -> str:
    """The address of a page for a reader who is in this edition: `{% address edition "skill_detail" code="ITMG" %}`."""
    return edition.address_of(page, **parts)


@register.simple_tag
def lasting_path(edition: Edition, page: str, **parts: str | int) -> str:
    """The address to link to, without scheme and host."""
    return edition.lasting_address_of(page, **parts)


@register.simple_tag(takes_context=True)
def lasting_address(context: RequestContext, edition: Edition, page: str, **parts: str | int) -> str:
    """The whole address to link to, with scheme and host."""
    return _absolute(context, edition.lasting_address_of(page, **parts))


@register.simple_tag(takes_context=True)
def canonical_address(context: RequestContext, edition: Edition) -> str:
    """The whole address to link to for the page that is shown, without its query."""
    match = context.request.resolver_match or resolve(context.request.path_info)
    parts = {name: value for name, value in match.kwargs.items() if name != "edition_slug"}
    return _absolute(context, edition.lasting_address_of(match.view_name, **parts))


@register.simple_tag(takes_context=True)
def nav_link(context: RequestContext, edition: Edition, page: str, words: str) -> SafeString:
    """A link of the main navigation, marked where the reader is on that page or on one below it."""
    match = context.request.resolver_match
    here = match.view_name if match else ""
    current = ' aria-current="page"' if here == page else ' aria-current="true"' if _is_below(here, page) else ""
    return format_html('<a href="{}"{}>{}</a>', edition.address_of(page), SafeString(current), words)


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


def _is_below(here: str, page: str) -> bool:
    """`skill_detail` and `skill_level_detail` are below `skill_list`, and so are the pages of categories."""
    return page.endswith("_list") and (here.startswith(page.removesuffix("list")) or here in ALSO_BELOW.get(page, ()))


def _absolute(context: RequestContext, path: str) -> str:
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else context.request.build_absolute_uri(path)

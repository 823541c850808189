"""What `manage.py check` refuses or warns about, beyond Django's own checks."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error, Tags, register

# django-markdownify passes over a setting that it does not know, and strips what is not in its list of tags.
KNOWN_SETTINGS = {
    *("WHITELIST_TAGS", "WHITELIST_ATTRS", "WHITELIST_STYLES", "WHITELIST_PROTOCOLS", "STRIP", "BLEACH"),
    *("MARKDOWN_EXTENSIONS", "MARKDOWN_EXTENSION_CONFIGS", "LINKIFY_TEXT"),
}
NEEDED_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a"}
UNSAFE_TAGS = {
    *("base", "button", "embed", "form", "iframe", "input", "link", "math", "meta", "noscript", "object", "script"),
    *("select", "style", "svg", "template", "textarea", "title"),
}
SAFE_PROTOCOLS = {"http", "https", "mailto"}


@register(Tags.security)
def check_markdown(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Each profile that `skills.prose` names is there and is safe: django-markdownify itself says nothing."""
    profiles = getattr(settings, "MARKDOWNIFY", {})
    return [
        Error(message, hint="See MARKDOWNIFY and PROSE_PROFILES in sfia_site/settings.py.", id=f"skills.{identifier}")
        for name in settings.PROSE_PROFILES.values()
        for identifier, message in _faults(name, profiles.get(name))
    ]


def _faults(name: str, profile: dict[str, Any] | None) -> Iterator[tuple[str, str]]:
    if profile is None:
        yield "E001", f'MARKDOWNIFY has no profile "{name}", so paragraphs, headings and tables would be stripped.'
        return
    unknown = sorted(profile.keys() - KNOWN_SETTINGS)
    if unknown:
        yield "E002", f'MARKDOWNIFY["{name}"] has settings that do nothing: {", ".join(unknown)}.'
    tags = set(profile.get("WHITELIST_TAGS", ()))
    if not tags >= NEEDED_TAGS:
        missing = ", ".join(sorted(NEEDED_TAGS - tags))
        yield "E003", f'MARKDOWNIFY["{name}"] does not allow {missing}, which descriptions need.'
    if profile.get("BLEACH", True) is not True:
        yield "E004", f'MARKDOWNIFY["{name}"] has BLEACH off, which lets scripts through.'
    if tags & UNSAFE_TAGS:
        yield "E005", f'MARKDOWNIFY["{name}"] allows {", ".join(sorted(tags & UNSAFE_TAGS))}, which is not safe.'
    allowed = profile.get("WHITELIST_ATTRS")
    if not isinstance(allowed, dict):
        yield "E009", f'MARKDOWNIFY["{name}"] does not say in WHITELIST_ATTRS which tag may have which attributes.'
        return
    attributes = {attribute for names in allowed.values() for attribute in names}
    unsafe = sorted(attribute for attribute in attributes if attribute.startswith("on") or attribute == "style")
    if unsafe:
        yield "E008", f'MARKDOWNIFY["{name}"] allows the attributes {", ".join(unsafe)}, which is not safe.'
    if not set(profile.get("WHITELIST_PROTOCOLS", ("any",))) <= SAFE_PROTOCOLS:
        yield "E006", f'MARKDOWNIFY["{name}"] allows links other than {", ".join(sorted(SAFE_PROTOCOLS))}.'
    if profile.get("LINKIFY_TEXT", {}).get("PARSE_URLS", True):
        yield "E007", f'MARKDOWNIFY["{name}"] has LINKIFY_TEXT on, which makes a link of "ASP.NET".'


@register
def check_site_name(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    if "sfia" not in settings.SITE_NAME.lower():
        return []
    return [
        checks.Warning(
            f'SITE_NAME is "{settings.SITE_NAME}", but SFIA\'s licence does not allow "SFIA" in the name of a site.',
            hint="Choose another name. Each page says which edition it shows all the same.",
            id="skills.W001",
        )
    ]

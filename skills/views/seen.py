"""Beside which other editions a page is seen: what the current one has in its place, and where the others have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from skills.links.resolving import LEVEL_GONE, RENAMED, RETIRED, REWORDED, SAME, resolve_meant
from skills.links.shapes import Meant
from skills.models import Attribute, Category, Edition, Subcategory

from .asked import ASKED_EDITION, NUMBER

KINDS = {
    "skill_detail": "skill",
    "skill_level_detail": "skill",
    "attribute_detail": "attribute",
    "level_detail": "level",
}
BECAME = {
    SAME: "this text is the same there",
    REWORDED: "this text has changed",
    RENAMED: "this has another name there",
    RETIRED: "it does not have this",
    LEVEL_GONE: "it does not have this level",
}
# What need not be in every edition at the same address.
FOUND_BY: dict[str, tuple[type[Model], str, str]] = {
    "attribute_detail": (Attribute, "code", "edition_id"),
    "attribute_copy": (Attribute, "code", "edition_id"),
    "category_detail": (Category, "slug", "edition_id"),
    "subcategory_detail": (Subcategory, "slug", "category__edition_id"),
}


@dataclass(frozen=True)
class SeenBeside:
    """What a page says of editions other than its own."""

    current: Edition | None
    """The current one, where the page shows another."""
    became: str
    """What that has in place of the page, as half a sentence; "" where it is not compared."""
    address: str
    """Where it has the page."""
    elsewhere: list[tuple[Edition, str]]
    """The other editions, each with the address of the page there."""
    is_asked_for_another: bool
    asked: str
    """The number of the edition that was asked for and is not here; "" where it is none."""


def seen_beside(request: HttpRequest, edition: Edition, page: str, parts: Mapping[str, Any]) -> SeenBeside:
    current = next((other for other in edition.others if other.is_current), None)
    having = _having(edition, page, parts)
    elsewhere = [
        (other, _address_in(other, page, parts, is_there=having is None or other.pk in having))
        for other in edition.others
    ]
    asked = request.GET.get(ASKED_EDITION, "")
    return SeenBeside(
        current,
        _became(edition, current, page, parts) if current else "",
        next((address for other, address in elsewhere if other is current), ""),
        elsewhere,
        bool(asked) and all(asked != other.slug for other in (edition, *edition.others)),
        asked if NUMBER.fullmatch(asked) else "",
    )


def _became(edition: Edition, current: Edition, page: str, parts: Mapping[str, Any]) -> str:
    if page not in KINDS:
        return ""
    meant = Meant(KINDS[page], code=parts.get("code", ""), number=parts.get("number"))
    [resolved] = resolve_meant([("", meant)], before=edition, to=current)
    return BECAME.get(resolved.status, "")


def _having(edition: Edition, page: str, parts: Mapping[str, Any]) -> set[int] | None:
    """The keys of the editions that have what the page is about; None where all have such a page."""
    if page not in FOUND_BY or not edition.others:
        return None
    model, field, owner = FOUND_BY[page]
    value = parts["code"] if field == "code" else parts.get("subcategory", parts.get("category"))
    found = model._default_manager.filter(**{field: value})
    if page == "subcategory_detail":
        found = found.filter(category__slug=parts["category"])
    return set(found.values_list(owner, flat=True))


def _address_in(edition: Edition, page: str, parts: Mapping[str, Any], *, is_there: bool) -> str:
    if is_there:
        return edition.lasting_address_of(page, **parts)
    return edition.lasting_address_of("attribute_list" if page.startswith("attribute_") else "skill_list")

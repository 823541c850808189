"""The links to skills, and the bare codes, in a page of a wiki: what each is now, and the page put right."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.urls import Resolver404, resolve

from skills.models import Attribute, Edition, Retirement, Skill

from .resolving import LEVEL_GONE, RETIRED, UNKNOWN, Resolved, resolve_meant
from .shapes import Meant, meant_by_path

PUBLISHERS_HOST = "sfia-online.org"
# An address ends where HTML, Markdown, MediaWiki and Confluence end it. Ours hold none of these.
IN_ADDRESS = r"[^\s<>\"'`|()\[\]{}\\^]"
ADDRESS = rf"(?P<address>https?://{IN_ADDRESS}+|(?<![a-z0-9.@-])(?:[a-z]{{1,9}}\.)?{re.escape(PUBLISHERS_HOST)}/{IN_ADDRESS}+)"
INTERWIKI = r"(?P<before>\[\[\s*sfia:)(?P<interwiki>[^\]|\n]{1,200})"
BARE_CODE = r"(?<![A-Za-z0-9_/.-])(?P<code>[A-Z]{4})(?:[ /-]?(?:level )?(?P<number>[1-7]))?(?![A-Za-z0-9_])"
LINK_OR_CODE = re.compile(f"{ADDRESS}|{INTERWIKI}|{BARE_CODE}")
AT_ITS_END = ".,;:!?*_"


@dataclass(frozen=True)
class Found:
    """A link, or a bare code, that stands in a text, perhaps more than once."""

    text: str
    is_link: bool
    resolved: Resolved
    becomes: str
    """What stands in its place in the corrected text; the same where nothing has to change."""
    count: int

    @property
    def needs_a_person(self) -> bool:
        """Whether no program can say what should stand there."""
        return self.resolved.status in (UNKNOWN, RETIRED, LEVEL_GONE)


@dataclass(frozen=True)
class Checked:
    found: Sequence[Found]
    corrected: str


@dataclass(frozen=True)
class Place:
    """Where something stands in a text."""

    start: int
    end: int
    text: str
    kind: str
    """"address", "interwiki" or "code"."""
    meant: Meant


def check(text: str, *, site: str, hosts: Collection[str], to: Edition) -> Checked:
    """What the links and codes in a text are in an edition.

    `site` is where this site stands, scheme and host; `hosts` are all names that it has. A link to the publisher's site
    becomes one to this site, and so does one that names an edition which is not here. A pinned link that works stays
    pinned.
    """
    places = list(_places(text, hosts))
    counts = Counter((place.kind, place.text, place.meant) for place in places)
    resolved = resolve_meant([(words, meant) for _, words, meant in counts], to=to)
    here = _Here(site, hosts, set(Edition.objects.values_list("slug", flat=True)))
    found = {
        key: Found(key[1], key[0] != "code", one, here.what_stands_for(key[0], one), count)
        for (key, count), one in zip(counts.items(), resolved, strict=True)
    }
    corrected, at = [], 0
    for place in places:
        corrected += [text[at : place.start], found[place.kind, place.text, place.meant].becomes]
        at = place.end
    return Checked(list(found.values()), "".join([*corrected, text[at:]]))


def _places(text: str, hosts: Collection[str]) -> Iterator[Place]:
    known = _known_codes()
    for found in LINK_OR_CODE.finditer(text):
        if found["address"]:
            words = found["address"].rstrip(AT_ITS_END)
            meant = _meant_by_address(words, hosts)
            if meant:
                yield Place(found.start(), found.start() + len(words), words, "address", meant)
        elif found["interwiki"]:
            meant = meant_by_path(found["interwiki"].strip())
            if meant:
                yield Place(*found.span("interwiki"), found["interwiki"], "interwiki", meant)
        elif found["code"] in known:
            number = int(found["number"]) if found["number"] else None
            yield Place(*found.span(), found[0], "code", Meant("either", code=found["code"], number=number))


def _known_codes() -> set[str]:
    models: list[Any] = [Skill, Attribute, Retirement]
    return {code for model in models for code in model.objects.values_list("code", flat=True)}


def _split(address: str) -> SplitResult:
    return urlsplit(address if "://" in address else f"https://{address}")


def _is_host(parts: SplitResult, hosts: Collection[str]) -> bool:
    return bool({parts.netloc.lower(), parts.hostname} & set(hosts))


def _meant_by_address(address: str, hosts: Collection[str]) -> Meant | None:
    """What an address here, or on the publisher's site, means; None for another, and for our pages of other kinds."""
    try:
        parts = _split(address)
    except ValueError:
        return None
    is_published = f".{parts.hostname}".endswith(f".{PUBLISHERS_HOST}")
    if not is_published and not _is_host(parts, hosts):
        return None
    path = unquote(parts.path)
    meant = meant_by_path(path)
    return None if meant and meant.kind == "named" and not is_published and _is_page(path) else meant


def _is_page(path: str) -> bool:
    for spelling in (path, f"{path}/"):
        with suppress(Resolver404):
            if not getattr(resolve(spelling).func, "is_last_resort", False):
                return True
    return False


@dataclass(frozen=True)
class _Here:
    """This site: what is right to link to."""

    site: str
    hosts: Collection[str]
    slugs: Collection[str]

    def what_stands_for(self, kind: str, resolved: Resolved) -> str:
        """The address, or what stands in it, that leads to where this one does and lasts."""
        meant, words = resolved.meant, resolved.text
        if kind == "code" or not resolved.floating or not meant:
            return words
        lasts = meant.kind != "named" and meant.edition in ("", *self.slugs)
        if kind == "interwiki":
            return words if lasts else "/".join(str(part) for part in (resolved.code, resolved.number) if part)
        parts = _split(words)
        if lasts and _is_host(parts, self.hosts):
            return words
        return self.site + resolved.floating

"""The links to skills, and the bare codes, in a page of a wiki: what each is now, and the page put right."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.urls import Resolver404, resolve

from skills.middleware import is_last_resort
from skills.models import Attribute, Edition, Retirement, Skill

from .resolving import LEVEL_GONE, RETIRED, UNKNOWN, Resolved, resolve_meant
from .shapes import Meant, meant_by_path

PUBLISHERS_HOST = "sfia-online.org"
# An address ends where the markup of a page ends it, and where a sentence does: ours hold none of these.
IN_ADDRESS = r"[^\s<>\"'`|()\[\]{}\\^,“”„‘’«»–—…\u200b]"
PUBLISHERS_SITE = rf"(?:(?:www|rdf)\.)?{re.escape(PUBLISHERS_HOST)}/"
# People leave the scheme out, but then a word must begin here: what follows another host is a part of its address.
ADDRESS = (
    rf"(?P<address>(?i:https?)://{IN_ADDRESS}+|(?<![A-Za-z0-9:/])//{PUBLISHERS_SITE}{IN_ADDRESS}+"
    rf"|(?<![^\s\"'\[|>“‘«(])(?<!\S\(){PUBLISHERS_SITE}{IN_ADDRESS}+)"
)
INTERWIKI = r"(?P<before>\[\[\s*:?sfia:)(?P<interwiki>[^\]|\n]{1,200})"
LEVEL = r"(?:[ /_-]|, | \()?(?:[Ll]evel |L)?(?P<number>[1-7])(?!\.[0-9])"
BARE_CODE = rf"(?<![A-Za-z0-9_/.-])(?P<code>[A-Z]{{4}})(?:{LEVEL})?(?![A-Za-z0-9_])"
LINK_OR_CODE = re.compile(f"{ADDRESS}|{INTERWIKI}|{BARE_CODE}")
AT_ITS_END = ".,;:!?*_"
# The place of a level in the page of a skill.
A_LEVEL = re.compile("level-[1-7]")


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
        return self.resolved.status in (UNKNOWN, RETIRED, LEVEL_GONE) or self.resolved.is_undefined


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
    meant: Meant | None


def check(text: str, *, site: str, hosts: Collection[str], to: Edition) -> Checked:
    """What the links and codes in a text are in an edition.

    `site` is where this site stands, scheme and host; `hosts` are all names that it has. A link to the publisher's site
    becomes one to this site, and so does one that names an edition which is not here. A pinned link that works stays
    pinned.
    """
    places = list(_places(text, hosts))
    counts = Counter((place.kind, place.text, place.meant) for place in places)
    resolved = resolve_meant([(words, meant) for _, words, meant in counts], to=to)
    here = _Here(site, hosts, {edition.slug: edition for edition in Edition.objects.all()})
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
            if _is_about_a_skill(words, hosts):
                meant = meant_by_path(unquote(_split(words).path))
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
    return urlsplit(address if "//" in address else f"//{address}")


def _is_host(parts: SplitResult, hosts: Collection[str]) -> bool:
    return bool({parts.netloc.lower(), parts.hostname} & set(hosts))


def _is_about_a_skill(address: str, hosts: Collection[str]) -> bool:
    """Whether an address of the publisher's site means something here, or one of this site none of its other pages."""
    try:
        parts = _split(address)
    except ValueError:
        return False
    path = unquote(parts.path)
    if f".{parts.hostname}".endswith(f".{PUBLISHERS_HOST}"):
        return meant_by_path(path) is not None
    meant = meant_by_path(path)
    return _is_host(parts, hosts) and (bool(meant and meant.kind != "named") or not _is_page(path))


def _is_page(path: str) -> bool:
    for spelling in (path, f"{path}/"):
        with suppress(Resolver404):
            if not is_last_resort(resolve(spelling)):
                return True
    return False


@dataclass(frozen=True)
class _Here:
    """This site: what is right to link to."""

    site: str
    hosts: Collection[str]
    editions: Mapping[str, Edition]

    def what_stands_for(self, kind: str, resolved: Resolved) -> str:
        """The address, or what stands in it, that leads to where this one does and lasts."""
        meant, words = resolved.meant, resolved.text
        if kind == "code" or not resolved.floating or not meant:
            return words
        lasts = meant.kind != "named" and (not meant.edition or meant.edition in self.editions)
        if kind == "interwiki":
            return words if lasts else "/".join(str(part) for part in (resolved.code, resolved.number) if part)
        parts = _split(words)
        is_here = _is_host(parts, self.hosts)
        if lasts and is_here:
            return words
        edition = self.editions.get(meant.edition)
        # The publisher's addresses always name an edition: that it is meant to stay, only where it is not current.
        stays_pinned = edition and (is_here or not edition.is_current)
        address = resolved.pinned_to(edition) if edition and stays_pinned else resolved.floating
        return f"{self.site}{address}" + (f"#{parts.fragment}" if A_LEVEL.fullmatch(parts.fragment) else "")

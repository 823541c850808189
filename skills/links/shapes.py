"""What an address, a code or a name that somebody holds says that it means. Nothing is looked up here.

Three hands have written the addresses that stand in documents: this site, the publisher's site and its RDF identifiers.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import filterfalse
from urllib.parse import unquote, urlsplit

from skills.document import slug_of

LONGEST = 400  # characters; an address of any of these shapes is shorter

EDITION = r"(?P<edition>[0-9][a-z0-9-]*)"
CODE = r"(?P<code>[a-z]{4})"
NUMBER = r"(?P<number>[1-7])"
SLUG = r"(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)"
# The language comes first on the publisher's site, and may be missing.
LANGUAGE = r"(?:[a-z]{2}(?:-[a-z]{2,4})?/)?"
PUBLISHED = rf"{LANGUAGE}(?:framework/|legacy-sfia/)?sfia-{EDITION}"
OWN = rf"(?:{EDITION}/)?"
SHAPES = [
    (kind, re.compile(shape))
    for kind, shape in [
        ("skill", rf"{OWN}skills/{CODE}(?:/{NUMBER})?(?:/compare|/copy)?"),
        ("skill", rf"{LANGUAGE}skillcode/{OWN}{CODE}(?:/{NUMBER})?"),
        ("skill", rf"{OWN}skilllevels/{CODE}_{NUMBER}"),
        ("attribute", rf"{OWN}attributes/{CODE}(?:/copy)?"),
        ("either", rf"{LANGUAGE}shortcode/{OWN}{CODE}(?:/{NUMBER})?"),
        ("level", rf"{OWN}levels/{NUMBER}(?:/copy)?"),
        ("level", rf"{OWN}lor/{NUMBER}"),
        ("level", rf"{LANGUAGE}lor/{OWN}{NUMBER}"),
        ("level", rf"{PUBLISHED}/responsibilities/level-{NUMBER}"),
        ("named", rf"{PUBLISHED}/skills/{SLUG}"),
        ("list", rf"{PUBLISHED}/all-skills-a-z"),
        ("category", rf"{OWN}categories/{SLUG}(?:/(?P<subcategory>[a-z0-9-]+))?"),
        ("either", rf"{OWN}{CODE}[/_-]?{NUMBER}?"),
        ("named", rf"{OWN}{SLUG}"),
    ]
]
# "ITMG", "itmg5", "ITMG 5", "ITMG level 5"
WRITTEN = re.compile(rf"{CODE}(?:[\s:/_-]*(?:(?:level|l)\s*)?{NUMBER})?", re.IGNORECASE)


@dataclass(frozen=True)
class Meant:
    """What is meant: a thing of a kind, in the edition of this slug; "" where none is named."""

    kind: str
    """"skill", "attribute", "either" of these by its code, "level" of responsibility, "named" skill by the slug of its
    name, "category", or "list" of all skills."""
    edition: str = ""
    code: str = ""
    number: int | None = None
    slug: str = ""
    subcategory: str = ""


def meant_by_path(path: str) -> Meant | None:
    """What the path of an address means, with or without slashes at its ends; None where it has no known shape."""
    # A name's slug has no accents.
    letters = unicodedata.normalize("NFKD", path[:LONGEST])
    plain = "".join(filterfalse(unicodedata.combining, letters)).strip("/").removesuffix(".md").lower()
    for kind, shape in SHAPES:
        found = shape.fullmatch(plain)
        if found:
            parts = {name: value for name, value in found.groupdict().items() if value}
            return Meant(
                kind,
                parts.get("edition", ""),
                parts.get("code", "").upper(),
                int(parts["number"]) if "number" in parts else None,
                parts.get("slug", ""),
                parts.get("subcategory", ""),
            )
    return None


def meant_by(text: str) -> Meant | None:
    """What a pasted thing means: a whole address of any host, the path of one, a code with a level, or a name."""
    text = " ".join(text[: 2 * LONGEST].split())
    written = WRITTEN.fullmatch(text)
    if written:
        return Meant(
            "either", code=written["code"].upper(), number=int(written["number"]) if written["number"] else None
        )
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    if parts.scheme.lower() in ("http", "https") or text.startswith("/"):
        return meant_by_path(unquote(parts.path))
    slug = slug_of(text)
    return (meant_by_path(text) if "/" in text else None) or (Meant("named", slug=slug) if slug else None)

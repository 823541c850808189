"""An edition of a framework as plain data: what importing reads, what planning compares, what exporting writes.

Texts are Markdown where they are on the site. Everything stands in the publisher's order; a position counts from 1.
"""

import re
import unicodedata
from dataclasses import dataclass

NOT_IN_A_SLUG = re.compile("[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Notice:
    position: int
    notice: str


@dataclass(frozen=True, slots=True)
class ExplanatorySection:
    position: int
    heading: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of responsibility. None where the source does not say: SFIA 8's workbook has neither."""

    number: int
    guiding_phrase: str | None = None
    essence: str | None = None


@dataclass(frozen=True, slots=True)
class AttributeLevel:
    number: int
    description: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A generic attribute; its kind is "attribute" or "behaviour". A part is None where the source does not say."""

    code: str
    name: str
    kind: str
    position: int
    overall_description: str | None = None
    guidance_notes: str | None = None
    is_withdrawn: bool = False
    attribute_levels: tuple[AttributeLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class Subcategory:
    slug: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Category:
    slug: str
    name: str
    position: int
    subcategories: tuple[Subcategory, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillLevel:
    number: int
    description: str
    change: str = ""


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill; category and subcategory are slugs, a change is a marker of `skills.models.Change` or ""."""

    code: str
    name: str
    position: int
    category: str
    subcategory: str
    overall_description: str
    guidance_notes: str = ""
    overall_description_change: str = ""
    guidance_notes_change: str = ""
    is_withdrawn: bool = False
    skill_levels: tuple[SkillLevel, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedFile:
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Import:
    """The fingerprint of an import into the edition; the time in ISO 8601, with its zone."""

    imported_at: str
    imported_by_name: str
    skill_count: int
    skill_level_count: int
    attribute_count: int
    level_count: int
    conflict_count: int
    files: tuple[ImportedFile, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A text that waits on the review list: see `skills.models.Conflict`.

    `about` is "skill", "attribute" or "level", `key` its code or number, `found_by` the time of an import.
    """

    about: str
    key: str | int
    part: str
    number: int
    newly_imported: str
    found_by: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole edition. What is None the source does not speak of; what is empty it says is not there."""

    slug: str
    name: str = ""
    tagline: str = ""
    attribution: str = ""
    is_current: bool = False
    in_development: bool = False
    notices: tuple[Notice, ...] = ()
    levels: tuple[Level, ...] | None = None
    attributes: tuple[Attribute, ...] | None = None
    categories: tuple[Category, ...] | None = None
    skills: tuple[Skill, ...] | None = None
    explanatory_sections: tuple[ExplanatorySection, ...] = ()
    imports: tuple[Import, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def slug_of(name: str) -> str:
    """A name as the publisher writes it in addresses: small letters and digits, everything else single hyphens."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return NOT_IN_A_SLUG.sub("-", letters.lower()).strip("-")

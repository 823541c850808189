"""What became of what people have links to, between two editions; the one place that knows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.urls import reverse

from skills.document import slug_of
from skills.models import Attribute, Category, Edition, Level, Retirement, Skill, Subcategory
from skills.models.retirement import Successor

from .shapes import Meant, meant_by

UNKNOWN, RETIRED, LEVEL_GONE, LEVEL_ADDED = "unknown", "retired", "level gone", "level added"
NEW, RENAMED, REWORDED, SAME = "new", "renamed", "reworded", "same"

MOST_CODES_ASKED = 500

T = TypeVar("T")


@dataclass(frozen=True)
class Resolved:
    """What a pasted thing is, between two editions."""

    text: str
    meant: Meant | None
    status: str
    page: str = ""
    """The view that shows it; "" where nothing does."""
    code: str | None = None
    name: str = ""
    """As it is called now, or was last; "" where it has no name."""
    number: int | None = None
    slugs: tuple[str, ...] = ()
    """Of a category, and a subcategory."""
    is_undefined: bool = False
    """Whether it is a skill at a level at which it is not defined."""
    successors: Sequence[Successor] = ()

    @property
    def parts(self) -> dict[str, str | int]:
        """What stands in the address of the page."""
        found: dict[str, Any] = dict(zip(("category", "subcategory"), self.slugs, strict=False))
        found |= {"code": self.code} if self.code else {}
        return found | ({"number": self.number} if self.number and self.page.endswith("level_detail") else {})

    @property
    def floating(self) -> str | None:
        return self._query(reverse(self.page, kwargs=self.parts)) if self.page else None

    def pinned_to(self, edition: Edition) -> str | None:
        kwargs = {"edition_slug": edition.slug, **self.parts}
        return self._query(reverse(self.page, kwargs=kwargs)) if self.page else None

    def _query(self, address: str) -> str:
        return f"{address}?sort=name" if self.meant and self.meant.kind == "list" else address


class Framework:
    """The editions that are here, as far as some questions are about them. Reads everything that it needs at once."""

    def __init__(self, questions: Iterable[Meant | None]) -> None:
        self._questions = [meant for meant in questions if meant]
        self.editions = {edition.slug: edition for edition in Edition.objects.all()}

    @cached_property
    def current(self) -> Edition | None:
        return next((edition for edition in self.editions.values() if edition.is_current), None)

    @cached_property
    def skills(self) -> dict[tuple[int, str], Skill]:
        """By edition and code, withdrawn ones too, the latest first."""
        found = self._about(Skill.objects.latest_first().prefetch_related("skill_levels"))
        return {(skill.edition_id, skill.code): skill for skill in found}

    @cached_property
    def attributes(self) -> dict[tuple[int, str], Attribute]:
        found = self._about(Attribute.objects.prefetch_related("attribute_levels"))
        return {(attribute.edition_id, attribute.code): attribute for attribute in found}

    @cached_property
    def retirements(self) -> dict[tuple[str, int | None], Retirement]:
        return {(found.code, found.number): found for found in self._about(Retirement.objects.all())}

    @cached_property
    def places(self) -> set[tuple[int, tuple[str, ...]]]:
        """Categories by edition and slug, subcategories by edition and both slugs."""
        rows: list[tuple[Any, ...]] = list(Category.objects.order_by().values_list("edition_id", "slug"))
        rows += Subcategory.objects.order_by().values_list("category__edition_id", "category__slug", "slug")
        return {(edition, tuple(slugs)) for edition, *slugs in rows}

    def _about(self, found: QuerySet[Any]) -> QuerySet[Any]:
        """Of very many codes a database does not take a list; there are not so many skills."""
        return found.filter(code__in=self._codes) if len(self._codes) <= MOST_CODES_ASKED else found

    @cached_property
    def levels(self) -> dict[tuple[int, int], Level]:
        return {(level.edition_id, level.number): level for level in Level.objects.all()}

    def code_named(self, meant: Meant, to: Edition) -> str:
        """The code of the one skill with a name of this slug: in the edition that is named, in `to`, or anywhere."""
        found = self._names.get(meant.slug, set())
        asked = self.editions.get(meant.edition)
        for edition in (asked, to):
            codes = {code for code, key in found if edition and key == edition.pk}
            if len(codes) == 1:
                return codes.pop()
        codes = {code for code, _ in found}
        return codes.pop() if len(codes) == 1 else ""

    def knows_skill(self, code: str) -> bool:
        return (code, None) in self.retirements or any(code == other for _, other in self.skills)

    def last_name_of(self, code: str) -> str:
        """What a retirement calls a skill, or the latest edition that has it."""
        retirement = self.retirements.get((code, None))
        names = (skill.name for (_, other), skill in self.skills.items() if other == code)
        return retirement.name if retirement else next(names, "")

    def was_defined(self, code: str, number: int) -> bool:
        """Whether a retirement, or an edition that is not current, says that the skill was once defined there."""
        current = self.current.pk if self.current else None
        return (code, number) in self.retirements or any(
            skill.at_level(number)
            for (edition, other), skill in self.skills.items()
            if other == code and edition != current
        )

    @cached_property
    def _names(self) -> dict[str, set[tuple[str, int]]]:
        """The codes of the skills that have, or had, a name of each slug, with the edition in which they have it."""
        wanted = {meant.slug for meant in self._questions if meant.kind == "named"}
        names: dict[str, set[tuple[str, int]]] = {}
        if not wanted:
            return names
        for row in _all_names():
            for name in row[2:]:
                if (slug := slug_of(name)) in wanted:
                    names.setdefault(slug, set()).add((row[0], row[1]))
        return names

    @cached_property
    def _codes(self) -> set[str]:
        codes = {meant.code for meant in self._questions if meant.code}
        return codes | {code for found in self._names.values() for code, _ in found}


def _all_names() -> Iterator[tuple[Any, ...]]:
    """Each code, the key of an edition, and names there: as it is, of the publisher, and as it was."""
    yield from Skill.objects.order_by().values_list("code", "edition_id", "name", "published_name")
    # A name that somebody has changed: of no edition any more.
    for code, name in Skill.history.order_by().values_list("code", "name").distinct():
        yield code, 0, name
    for code, name in Retirement.objects.filter(number__isnull=True).values_list("code", "name"):
        yield code, 0, name


def resolve(texts: Sequence[str], *, before: Edition | None = None, to: Edition | None = None) -> list[Resolved]:
    """What each of these is, from the edition `before` (that which it names, else the current one) to another (else the
    current one). Without an edition all are unknown."""
    return resolve_meant([(text, meant_by(text)) for text in texts], before=before, to=to)


def resolve_meant(
    asked: Sequence[tuple[str, Meant | None]], *, before: Edition | None = None, to: Edition | None = None
) -> list[Resolved]:
    framework = Framework(meant for _, meant in asked)
    target = to or framework.current
    return [
        Question(framework, text, meant, before or framework.editions.get(meant.edition) or target, target).resolved()
        if meant and target
        else Resolved(text, meant, UNKNOWN)
        for text, meant in asked
    ]


@dataclass(frozen=True)
class Question:
    """What one of the pasted things became, from the edition `before` to another."""

    framework: Framework
    text: str
    meant: Meant
    before: Edition
    to: Edition

    def resolved(self) -> Resolved:
        kinds = {"list": self._list, "level": self._level, "category": self._category}
        return kinds.get(self.meant.kind, self._coded)()

    def _is(self, status: str, page: str = "", **parts: Any) -> Resolved:
        return Resolved(self.text, self.meant, status, page, **parts)

    def _then_and_now(self, found: Mapping[tuple[int, Any], T], key: str | int) -> tuple[T | None, T | None]:
        return found.get((self.before.pk, key)), found.get((self.to.pk, key))

    def _list(self) -> Resolved:
        return self._is(SAME, "skill_list")

    def _level(self) -> Resolved:
        number = self.meant.number
        then, now = ((level.guiding_phrase, level.essence) if level else ("", "") for level in self._levels())
        status = SAME if then == now else REWORDED if then[0] == now[0] else RENAMED
        return self._is(status, "level_detail", number=number)

    def _levels(self) -> tuple[Level | None, Level | None]:
        return self._then_and_now(self.framework.levels, self.meant.number or 0)

    def _category(self) -> Resolved:
        """Names and places of categories do not last: one that is not in the edition is unknown."""
        slugs = tuple(filter(None, (self.meant.slug, self.meant.subcategory)))
        page = "subcategory_detail" if self.meant.subcategory else "category_detail"
        is_there = (self.to.pk, slugs) in self.framework.places
        return self._is(SAME, page, slugs=slugs) if is_there else self._is(UNKNOWN)

    def _coded(self) -> Resolved:
        named = self.meant.kind == "named"
        code = self.framework.code_named(self.meant, self.to) if named else self.meant.code
        if code and self.meant.kind != "attribute" and self.framework.knows_skill(code):
            return self._skill(code)
        return self._attribute(code) if code and not named and self.meant.kind != "skill" else self._is(UNKNOWN)

    def _attribute(self, code: str) -> Resolved:
        then, now = self._then_and_now(self.framework.attributes, code)
        found = now or then
        if found is None:
            return self._is(UNKNOWN)
        # An attribute that an edition does not have has no page there.
        page = "attribute_detail" if now else ""
        return self._is(_status(then, now), page, code=code, name=found.name)

    def _skill(self, code: str) -> Resolved:
        number = self.meant.number
        then, now = self._then_and_now(self.framework.skills, code)
        status = _status(then, now, number)
        if number and now and status != RETIRED and not now.at_level(number):
            was_there = (then and then.at_level(number)) or self.framework.was_defined(code, number)
            status = LEVEL_GONE if was_there else status
        elif number and then and status not in (RETIRED, NEW) and not then.at_level(number):
            status = LEVEL_ADDED
        retirement = self.framework.retirements.get((code, number if status == LEVEL_GONE else None))
        return self._is(
            status,
            "skill_level_detail" if number else "skill_detail",
            code=code,
            name=now.name if now else self.framework.last_name_of(code),
            number=number,
            is_undefined=bool(number and now and not now.at_level(number)),
            successors=retirement.successor_list() if retirement and status in (RETIRED, LEVEL_GONE) else [],
        )


def _status(then: Skill | Attribute | None, now: Skill | Attribute | None, number: int | None = None) -> str:
    if now is None or now.is_withdrawn:
        return RETIRED
    if then is None or then.is_withdrawn:
        return NEW
    if then.name != now.name:
        return RENAMED
    return SAME if _texts_of(then, number) == _texts_of(now, number) else REWORDED


def _texts_of(found: Skill | Attribute, number: int | None) -> Any:
    """What is read at the address: of one level its description, else everything."""
    parts = found.skill_levels if isinstance(found, Skill) else found.attribute_levels
    levels = {part.number: part.description for part in parts.all()}
    return levels.get(number) if number else (found.overall_description, found.guidance_notes, levels)

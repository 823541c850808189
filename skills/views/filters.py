"""How readers narrow a list of skills: by category, subcategory, level and change marker. The address holds it all."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from skills.models import Change, SkillOutline
from skills.models.level import NUMBERS

from . import asked

Chosen = Mapping[str, str]
"""The value of each parameter that narrows or sorts."""


@dataclass(frozen=True)
class Facet:
    """A parameter by which skills are narrowed: how messages name it, its heading, and the values of a skill."""

    parameter: str
    what: str
    heading: str
    values_of: Callable[[SkillOutline], Iterable[str]]


FACETS = (
    Facet("level", "level", "Defined at level", lambda skill: map(str, skill.defined_numbers)),
    Facet("category", "category", "Category", lambda skill: [skill.category.slug]),
    Facet("subcategory", "subcategory", "Subcategory", lambda skill: [skill.subcategory.slug]),
    Facet("change", "change marker", "With a part that is", lambda skill: skill.changes),
)
BY_NAME = "name"
# In the order in which they stand in an address.
PARAMETERS = ("category", "subcategory", "level", "change", "sort")


@dataclass(frozen=True)
class Option:
    """A value that can be chosen, with what would be shown then; a chosen one leads to the page without it."""

    value: str
    label: str
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Choice:
    """A facet with its options."""

    parameter: str
    heading: str
    options: Sequence[Option]


class Filters:
    """The skills that an address asks for, and the addresses of what else could be asked for."""

    def __init__(self, request: HttpRequest, skills: Sequence[SkillOutline]) -> None:
        self._path = request.path
        self._skills = skills
        self._labels = _labels(skills)
        self.passed_over: list[str] = []
        self._chosen = self._read(request)
        self.shown = self._matching(self._chosen)
        if self.is_by_name:
            self.shown.sort(key=lambda skill: skill.alphabetically)

    def _read(self, request: HttpRequest) -> Chosen:
        known = {**self._labels, "sort": {BY_NAME: "A to Z"}}
        names = {facet.parameter: facet.what for facet in FACETS} | {"sort": "order"}
        chosen = {}
        for parameter in PARAMETERS:
            value = request.GET.get(parameter, "").strip()
            # Somebody who writes "05" means 5.
            value = (value.lstrip("0") or "0") if value.isdecimal() and value.isascii() else value
            if value in known[parameter]:
                chosen[parameter] = value
            elif value:
                self.passed_over += asked.passed_over(names[parameter], [value])
        return chosen

    @property
    def total(self) -> int:
        return len(self._skills)

    @property
    def is_by_name(self) -> bool:
        return self._chosen.get("sort") == BY_NAME

    @property
    def is_narrowed(self) -> bool:
        return any(facet.parameter in self._chosen for facet in FACETS)

    @property
    def query(self) -> str:
        """What stands behind the address of a page to ask there for the same: "?level=5", or nothing."""
        return _query(self._chosen)

    @property
    def address_of_all(self) -> str:
        return self._address({parameter: value for parameter, value in self._chosen.items() if parameter == "sort"})

    @property
    def choices(self) -> list[Choice]:
        """The facets that offer something, each option with the count of what the others leave of it."""
        return [choice for choice in map(self._choice, FACETS) if choice.options]

    @property
    def orders(self) -> list[Option]:
        by_category = _without(self._chosen, "sort")
        return [
            Option("", "By category", len(self.shown), self._address(by_category), not self.is_by_name),
            Option(
                BY_NAME, "A to Z", len(self.shown), self._address({**by_category, "sort": BY_NAME}), self.is_by_name
            ),
        ]

    @property
    def loosened(self) -> list[Option]:
        """What there would be without one of the filters, where there would be something."""
        options = []
        for facet in FACETS:
            if facet.parameter in self._chosen:
                others = _without(self._chosen, facet.parameter)
                value = self._chosen[facet.parameter]
                label = f"level {value}" if facet.parameter == "level" else self._labels[facet.parameter][value]
                options.append(Option(value, label, len(self._matching(others)), self._address(others)))
        return [option for option in options if option.count]

    def _choice(self, facet: Facet) -> Choice:
        others = _without(self._chosen, facet.parameter)
        counts = Counter(value for skill in self._matching(others) for value in facet.values_of(skill))
        chosen = self._chosen.get(facet.parameter)
        options = [
            Option(value, label, counts[value], self._address({**others, facet.parameter: value}))
            if value != chosen
            else Option(value, label, counts[value], self._address(others), is_chosen=True)
            for value, label in self._offered(facet)
        ]
        return Choice(facet.parameter, facet.heading, options)

    def _offered(self, facet: Facet) -> Iterable[tuple[str, str]]:
        """Subcategories are offered within the chosen category: of a whole framework they are too many."""
        labels = self._labels[facet.parameter]
        if facet.parameter == "subcategory":
            category, chosen = self._chosen.get("category"), self._chosen.get("subcategory")
            inside = {skill.subcategory.slug for skill in self._skills if skill.category.slug == category} | {chosen}
            return [(slug, name) for slug, name in labels.items() if slug in inside]
        if facet.parameter == "change":
            marked = {change for skill in self._skills for change in skill.changes} | {self._chosen.get("change")}
            return [(change, label) for change, label in labels.items() if change in marked]
        return labels.items()

    def _matching(self, chosen: Chosen) -> list[SkillOutline]:
        asked = [(facet.values_of, chosen[facet.parameter]) for facet in FACETS if facet.parameter in chosen]
        return [skill for skill in self._skills if all(value in values_of(skill) for values_of, value in asked)]

    def _address(self, chosen: Chosen) -> str:
        return f"{self._path}{_query(chosen)}"


def _labels(skills: Sequence[SkillOutline]) -> Mapping[str, Mapping[str, str]]:
    """What can be asked for, by parameter: each value with its label, in the order of the framework."""
    return {
        "category": {skill.category.slug: skill.category.name for skill in skills},
        "subcategory": {skill.subcategory.slug: skill.subcategory.name for skill in skills},
        "level": {str(number): str(number) for number in NUMBERS},
        "change": {str(change): str(change) for change in Change},
    }


def _without(chosen: Chosen, parameter: str) -> dict[str, str]:
    """A subcategory stands in its category, and goes with it."""
    gone = {parameter, "subcategory"} if parameter == "category" else {parameter}
    return {other: value for other, value in chosen.items() if other not in gone}


def _query(chosen: Chosen) -> str:
    pairs = [(parameter, chosen[parameter]) for parameter in PARAMETERS if parameter in chosen]
    return f"?{urlencode(pairs)}" if pairs else ""

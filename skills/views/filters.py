"""How readers narrow a list of skills, or what a search found: by category, subcategory, level and change marker.

The address holds it all.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from skills.models import Change, SkillOutline, Subcategory
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
    Facet("change", "change marker", "Change", lambda skill: skill.changes),
)
BY_NAME = "name"
WHAT = {facet.parameter: facet.what for facet in FACETS} | {"sort": "order"}
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

    @property
    def is_of_levels(self) -> bool:
        return self.parameter == "level"


class Filters:
    """The skills that an address asks for, and the addresses of what else could be asked for.

    The skills stand in the order that `order` names, unless they are asked for by name. What else the address asks for,
    `kept`, stays in all of these.
    """

    def __init__(
        self,
        request: HttpRequest,
        skills: Sequence[SkillOutline],
        subcategories: Iterable[Subcategory],
        *,
        order: str = "By category",
        kept: Chosen | None = None,
    ) -> None:
        self._path = request.path
        self._skills = skills
        self._order = order
        self._kept = kept or {}
        self._labels = _labels(subcategories, category="".join(asked.values(request, "category")[:1]).lower())
        self.passed_over: list[str] = []
        """What the address asks for and does not get."""
        self._chosen = self._read(request)
        self.shown = self._matching(self._chosen)
        if self.is_by_name:
            self.shown.sort(key=lambda skill: skill.alphabetically)

    def _read(self, request: HttpRequest) -> Chosen:
        chosen = {}
        for parameter in PARAMETERS:
            values = [_spelled(parameter, value) for value in asked.values(request, parameter)]
            known = [value for value in values if value in self._labels[parameter]]
            self.passed_over += asked.passed_over(WHAT[parameter], [value for value in values if value not in known])
            self.passed_over += asked.only_first(WHAT[parameter], len(known))
            if known:
                chosen[parameter] = known[0]
        return chosen

    @property
    def total(self) -> int:
        return len(self._skills)

    @property
    def is_by_name(self) -> bool:
        return self._chosen.get("sort") == BY_NAME

    @property
    def in_words(self) -> str:
        """What narrows the skills: "level 5, Delivery and operation"; nothing where they are all."""
        return ", ".join(self._label(facet.parameter) for facet in FACETS if facet.parameter in self._chosen)

    @property
    def query(self) -> str:
        """What stands behind the address of a page to ask there for the same: "?level=5", or nothing."""
        return self._query(self._chosen)

    @property
    def level(self) -> int | None:
        """The number of the level at which all shown skills are defined, if one was asked for."""
        return int(self._chosen["level"]) if "level" in self._chosen else None

    @property
    def address_of_all(self) -> str:
        return self._address({parameter: value for parameter, value in self._chosen.items() if parameter == "sort"})

    @property
    def choices(self) -> list[Choice]:
        """The facets that offer something, each option with the count of what the others leave of it."""
        return [choice for choice in map(self._choice, FACETS) if choice.options]

    @property
    def orders(self) -> list[Option]:
        orders = {"": _without(self._chosen, "sort"), BY_NAME: {**self._chosen, "sort": BY_NAME}}
        return [
            Option(value, label, len(self.shown), self._address(orders[value]), self.is_by_name == bool(value))
            for value, label in {"": self._order, **self._labels["sort"]}.items()
        ]

    @property
    def loosened(self) -> list[Option]:
        """What there would be without one of the filters, where there would be something."""
        options = []
        for parameter in (facet.parameter for facet in FACETS if facet.parameter in self._chosen):
            others = _without(self._chosen, parameter)
            count = len(self._matching(others))
            gone = ", ".join(self._label(other) for other in PARAMETERS if other in self._chosen.keys() - others.keys())
            options.append(Option(self._chosen[parameter], gone, count, self._address(others)))
        return [option for option in options if option.count]

    def _label(self, parameter: str) -> str:
        label = self._labels[parameter][self._chosen[parameter]]
        return f"level {label}" if parameter == "level" else label

    def _choice(self, facet: Facet) -> Choice:
        others = _without(self._chosen, facet.parameter)
        counts = Counter(value for skill in self._matching(others) for value in facet.values_of(skill))
        chosen = self._chosen.get(facet.parameter)
        options = []
        for value, label in self._offered(facet):
            address = self._address(others if value == chosen else {**others, facet.parameter: value})
            options.append(Option(value, label, counts[value], address, is_chosen=value == chosen))
        return Choice(facet.parameter, facet.heading, options)

    def _offered(self, facet: Facet) -> list[tuple[str, str]]:
        """Every level; of the rest what skills have, and what is chosen.

        Subcategories are those of the chosen category, for of a whole framework they are too many.
        """
        category, skills = self._chosen.get("category"), self._skills
        if facet.parameter == "subcategory":
            skills = [skill for skill in skills if skill.category.slug == category]
        offered = {value for skill in skills for value in facet.values_of(skill)} | {self._chosen.get(facet.parameter)}
        return [
            (value, label)
            for value, label in self._labels[facet.parameter].items()
            if value in offered or facet.parameter == "level"
        ]

    def _matching(self, chosen: Chosen) -> list[SkillOutline]:
        narrowing = [(facet.values_of, chosen[facet.parameter]) for facet in FACETS if facet.parameter in chosen]
        return [skill for skill in self._skills if all(value in values_of(skill) for values_of, value in narrowing)]

    def _address(self, chosen: Chosen) -> str:
        return f"{self._path}{self._query(chosen)}"

    def _query(self, chosen: Chosen) -> str:
        in_order = {parameter: chosen[parameter] for parameter in PARAMETERS if parameter in chosen}
        return asked.query({**self._kept, **in_order})


def _labels(subcategories: Iterable[Subcategory], *, category: str) -> Mapping[str, Mapping[str, str]]:
    """What can be asked for, by parameter: each value with its label, in the order of the framework.

    Two categories may have a subcategory of the same slug: those of this category come first.
    """
    places = list(subcategories)
    names = {place.slug: place.name for place in places if place.category.slug == category}
    return {
        "category": {place.category.slug: place.category.name for place in places},
        "subcategory": names | {place.slug: place.name for place in places if place.slug not in names},
        "level": {str(number): str(number) for number in NUMBERS},
        "change": {str(change): str(change) for change in Change},
        "sort": {BY_NAME: "A to Z"},
    }


def _spelled(parameter: str, value: str) -> str:
    """As it is spelled right: somebody who writes "Boats" or "05" means "boats" or 5."""
    return asked.without_zeros(value) if parameter == "level" else value.lower()


def _without(chosen: Chosen, parameter: str) -> dict[str, str]:
    """A subcategory stands in its category, and goes with it."""
    gone = {parameter, "subcategory"} if parameter == "category" else {parameter}
    return {other: value for other, value in chosen.items() if other not in gone}

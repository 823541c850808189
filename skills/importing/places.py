"""What an import does to categories and subcategories. They have no code: each is known by the publisher's name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skills import document
from skills.models import Category, Edition, Subcategory

from .merging import Outcome, merge, same_line

Path = tuple[str, str]
"""The slugs of category and subcategory, as the document has them."""


@dataclass(frozen=True)
class Renamed:
    """A category or subcategory whose own name or place in the order the import changes."""

    model: type[Category | Subcategory]
    pk: int
    name: str
    published_name: str
    position: int
    is_ours: bool
    """Whether both have named it anew: our name stays."""


@dataclass(frozen=True)
class Gone:
    """A category or subcategory that the publisher has no more and that no skill stands in."""

    model: type[Category | Subcategory]
    pk: int
    name: str


@dataclass(frozen=True)
class Places:
    """Where skills stand, in the document and in the database."""

    stored: Mapping[Path, int]
    """The keys of the subcategories that are there already."""
    stored_categories: Mapping[str, int]
    names: Mapping[Path, str]
    """Each place in words: "Category › Subcategory"."""
    names_by_key: Mapping[int, str]
    keys_by_slugs: Mapping[str, int]
    """By the slugs as the database has them: "category/subcategory"."""
    new: tuple[str, ...] = ()
    """The names of what is new: "Category", "Category › Subcategory"."""
    renamed: tuple[Renamed, ...] = ()
    kept_names: tuple[str, ...] = ()
    """What is named otherwise here, and by the publisher now."""
    gone: tuple[Gone, ...] = ()

    @property
    def writes(self) -> bool:
        return bool(self.new or self.renamed or self.gone)


def plan_places(edition: Edition | None, categories: Sequence[document.Category] | None) -> Places:
    """Compare the document's categories with those of the edition, which may not exist yet."""
    found = list(_categories_of(edition)) if edition else []
    stored: dict[Path, int] = {}
    stored_categories: dict[str, int] = {}
    names, new, renamed = {}, [], []
    matches, insides = _matches(categories or (), found), _insides(found)
    for category in categories or ():
        match = matches.get(category.slug)
        if match:
            stored_categories[category.slug] = match.pk
            renamed += _renamed(category, match)
        else:
            new.append(category.name)
        places = _matches(category.subcategories, insides[match.pk] if match else [])
        for subcategory in category.subcategories:
            path = category.slug, subcategory.slug
            names[path] = f"{match.name if match else category.name} › {subcategory.name}"
            place = places.get(subcategory.slug)
            if place:
                stored[path] = place.pk
                renamed += _renamed(subcategory, place)
            else:
                new.append(names[path])
    subcategories = [(category, subcategory) for category in found for subcategory in category.subcategories.all()]
    return Places(
        stored=stored,
        stored_categories=stored_categories,
        names=names,
        names_by_key={place.pk: f"{category.name} › {place.name}" for category, place in subcategories},
        keys_by_slugs={f"{category.slug}/{place.slug}": place.pk for category, place in subcategories},
        new=tuple(new),
        renamed=tuple(renamed),
        kept_names=tuple(
            f"{one.name} (the publisher calls it {one.published_name} now)" for one in renamed if one.is_ours
        ),
    )


def emptied(edition: Edition, places: Places, used: set[int]) -> tuple[Gone, ...]:
    """What the publisher had and has no more, once skills stand only in the subcategories `used`.

    What somebody here added, renamed or brought back stays.
    """
    back = _brought_back(edition)

    def is_ours(place: Any) -> bool:
        return place.name != place.published_name or (type(place), place.pk) in back

    kept, kept_categories = used | set(places.stored.values()), set(places.stored_categories.values())
    gone: list[Gone] = []
    for category in _categories_of(edition):
        inside = list(category.subcategories.all())
        going = [place for place in inside if place.pk not in kept and not is_ours(place)]
        gone += [Gone(Subcategory, place.pk, places.names_by_key[place.pk]) for place in going]
        if len(going) == len(inside) and category.pk not in kept_categories and not is_ours(category):
            gone.append(Gone(Category, category.pk, category.name))
    return tuple(gone)


def _brought_back(edition: Edition) -> set[tuple[type, int]]:
    """Those that were deleted once."""
    deleted = {
        Category: Category.history.filter(edition_id=edition.pk, history_type="-"),
        Subcategory: Subcategory.history.filter(category__edition=edition, history_type="-"),
    }
    return {(model, pk) for model, records in deleted.items() for pk in records.values_list("id", flat=True)}


def _categories_of(edition: Edition) -> Any:
    return Category.objects.in_edition(edition).prefetch_related("subcategories")


def _insides(found: Iterable[Any]) -> Mapping[int, list[Any]]:
    """The subcategories of each category as the publisher has them: no import moves one, but somebody here may have."""
    places = {place.pk: place for category in found for place in category.subcategories.all()}
    records = Subcategory.history.filter(id__in=places).exclude(published_name="").order_by("-history_id")
    first = dict(records.values_list("id", "category_id"))
    here = {category.pk for category in found}
    insides: defaultdict[int, list[Any]] = defaultdict(list)
    for place in places.values():
        home = first.get(place.pk, place.category_id)
        insides[home if home in here else place.category_id].append(place)
    return insides


def _matches(
    wanted: Sequence[document.Category] | Sequence[document.Subcategory], found: Iterable[Any]
) -> dict[str, Any]:
    """By slug of the document: first by the publisher's name, for somebody here may have changed the slug, or given it
    to another; then by the slug."""
    left = list(found)
    matches: dict[str, Any] = {}
    for is_it in (
        lambda one, other: same_line(other.published_name, one.name),
        lambda one, other: other.slug == one.slug,
    ):
        for one in wanted:
            match = next((other for other in left if one.slug not in matches and is_it(one, other)), None)
            if match:
                matches[one.slug] = match
                left.remove(match)
    return matches


def _renamed(wanted: document.Category | document.Subcategory, stored: Any) -> list[Renamed]:
    """Nothing, or one. A name that was changed here stays: there is no third text to be decided for a heading."""
    outcome = merge(stored.published_name, wanted.name, stored.name, None, same_line)
    name = wanted.name if outcome is Outcome.UPDATED else stored.name
    published = stored.published_name if outcome in (Outcome.SAME, Outcome.KEPT) else wanted.name
    if (name, published, wanted.position) == (stored.name, stored.published_name, stored.position):
        return []
    return [Renamed(type(stored), stored.pk, name, published, wanted.position, outcome is Outcome.CONFLICT)]

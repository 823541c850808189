"""What waits for a decision after an import: for whom, in which order, and how much of it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from skills.models import Conflict, Import
from skills.models.conflict import OWNERS

PARTS = list(Conflict.Part)
KEYS = {"skill": "code", "attribute": "code", "level": "number"}
EDITION = ("edition__name", "edition__slug", "edition__is_current")
NAMES = {
    "skill": ("code", "name", *EDITION),
    "attribute": ("code", "name", *EDITION),
    "level": ("number", "guiding_phrase", *EDITION),
}


@dataclass(frozen=True)
class Waiting:
    """A skill, an attribute or a level, and its open questions as one reads them."""

    about: str
    owner: Any
    conflicts: list[Conflict]

    @property
    def place(self) -> tuple[Any, ...]:
        """What comes first: the current edition, then skills by code, attributes and levels."""
        edition = self.owner.edition
        key = getattr(self.owner, KEYS[self.about])
        return (not edition.is_current, edition.name, edition.pk, OWNERS.index(self.about), key, self.owner.pk)

    @property
    def address(self) -> str:
        return address_of(self.about, self.owner.pk)


@dataclass(frozen=True)
class Progress:
    """How many texts of the imports that left anything open are decided. `for_others` are open too, but this user may
    not decide about them."""

    decided: int
    total: int
    for_others: int


def address_of(about: str, number: int) -> str:
    return reverse("admin:review_one", args=[about, number])


def kinds_of(user: Any) -> list[str]:
    """What this user may change, and so decide about."""
    return [about for about in OWNERS if user.has_perm(f"skills.change_{about}")]


def decidable(user: Any) -> QuerySet[Conflict]:
    """The open questions that this user may decide: places are for those who may add skills, as in the forms."""
    kinds = kinds_of(user)
    if not kinds:
        return Conflict.objects.none()
    mine = Q()
    for about in kinds:
        mine |= Q((f"{about}__isnull", False))
    found = Conflict.objects.filter(mine)
    return found if user.has_perm("skills.add_skill") else found.exclude(part=Conflict.Part.SUBCATEGORY)


def waiting_for(user: Any) -> list[Waiting]:
    """All that waits for this user, in order, without the texts."""
    names = ("part", "number", *(f"{about}__{name}" for about in OWNERS for name in NAMES[about]))
    found = decidable(user).select_related(*(f"{about}__edition" for about in OWNERS)).only(*names)
    together: dict[tuple[str, int], list[Conflict]] = {}
    for conflict in found:
        together.setdefault((about_of(conflict), conflict.owner.pk), []).append(conflict)
    waiting = [
        Waiting(about, conflicts[0].owner, sorted(conflicts, key=order_of))
        for (about, _), conflicts in together.items()
    ]
    return sorted(waiting, key=lambda one: one.place)


def about_of(conflict: Conflict) -> str:
    return next(about for about in OWNERS if getattr(conflict, f"{about}_id"))


def order_of(conflict: Conflict) -> tuple[int, int]:
    """The order in which one reads the texts of a page."""
    return PARTS.index(Conflict.Part(conflict.part)), conflict.number


def progress_of(user: Any) -> Progress:
    imports = Import.objects.order_by().annotate(open=Count("conflicts")).filter(open__gt=0)
    counts = list(imports.values_list("conflict_count", "open"))
    still_open = sum(count for _, count in counts)
    # An import may have put fewer texts on the list than are open, where its fingerprint was loaded from a fixture.
    total = sum(max(count) for count in counts)
    return Progress(total - still_open, total, still_open - decidable(user).count())

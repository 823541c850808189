"""What an import writes beside skills and attributes themselves: their levels, and what goes on the review list."""

from collections import Counter
from typing import Any

from django.db.models import F
from django.db.models.functions import Greatest

from skills.models import Attribute, AttributeLevel, Conflict, Import, Level, Skill, SkillLevel

from .merging import Merged, Outcome
from .plan import About
from .planning import BATCH

MODELS: dict[About, Any] = {About.LEVEL: Level, About.ATTRIBUTE: Attribute, About.SKILL: Skill}
LEVEL_MODELS: dict[About, Any] = {About.ATTRIBUTE: AttributeLevel, About.SKILL: SkillLevel}


class Levels:
    """The descriptions at levels that a batch of entries adds, changes and takes away."""

    def __init__(self, about: About) -> None:
        self.about = about
        self.model: Any = LEVEL_MODELS.get(about)
        self.added: list[Any] = []
        self.changed: list[Any] = []
        self.deleted: list[Any] = []
        self.forgotten: list[Any] = []

    def take(self, owner: Any, merged: Merged) -> None:
        if not merged.moves_the_base:
            return
        level = next((one for one in getattr(owner, model_part(self.about)).all() if one.number == merged.number), None)
        if merged.outcome is Outcome.UPDATED and level is None:
            texts = published(description=merged.theirs)
            self.added.append(self.model(**{self.about.value: owner}, number=merged.number, **texts))
        elif level is None:
            self.forgotten += [kept for kept in owner.levels_taken_away.all() if kept.number == merged.number]
        elif merged.outcome is Outcome.UPDATED and not merged.theirs:
            # It is the publisher who takes it away: nothing is kept of it.
            level.published_description = ""
            self.deleted.append(level)
        else:
            level.published_description = merged.theirs
            if merged.outcome is Outcome.UPDATED:
                level.description = merged.theirs
                if self.about is About.SKILL:
                    level.change = ""
            self.changed.append(level)

    def write(self) -> None:
        if self.added:
            self.model.objects.bulk_create(self.added)
        if self.changed:
            fields = ["description", "published_description", *(["change"] if self.about is About.SKILL else [])]
            self.model.objects.bulk_update(self.changed, fields, batch_size=BATCH)
        for gone in (*self.deleted, *self.forgotten):
            gone.delete()


class Conflicts:
    """The questions that a batch of entries opens and closes."""

    def __init__(self, about: About, fingerprint: Import) -> None:
        self.about = about
        self.fingerprint = fingerprint
        self.opened: list[Conflict] = []
        self.answered: list[tuple[int, str, int]] = []
        self.key = (about.value, "part", "number")

    def take(self, owner: Any, merged: Merged, theirs: str) -> None:
        if not merged.writes:
            return
        self.answered.append((owner.pk, merged.part, merged.number))
        if merged.outcome is Outcome.CONFLICT:
            self.opened.append(
                Conflict(
                    **{self.about.value: owner},
                    part=merged.part,
                    number=merged.number,
                    newly_imported=theirs,
                    found_by=self.fingerprint,
                )
            )

    def write(self) -> None:
        """One that is asked anew takes the place of the one before."""
        owners = {pk for pk, _, _ in self.answered}
        old = Conflict.objects.filter(**{f"{self.about.value}__in": owners})
        answered = set(self.answered)
        closed = [
            (pk, found_by)
            for pk, found_by, *key in old.values_list("pk", "found_by", *self.key)
            if tuple(key) in answered
        ]
        Conflict.objects.filter(pk__in=[pk for pk, _ in closed]).delete()
        Conflict.objects.bulk_create(self.opened)
        # Nobody has decided these: the import that asked them first has asked so many fewer.
        for found_by, count in Counter(found_by for _, found_by in closed).items():
            Import.objects.filter(pk=found_by).update(conflict_count=Greatest(F("conflict_count") - count, 0))


def model_part(about: About) -> str:
    """The related name of the levels of a skill or an attribute."""
    return str(MODELS[about].part_names[0])


def published(**texts: str) -> dict[str, str]:
    """Fields for texts that are the publisher's."""
    return {name: text for part, text in texts.items() for name, text in ((part, text), (f"published_{part}", text))}

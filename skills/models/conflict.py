"""A text that both the publisher and somebody here changed since the last import, until somebody decides."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import pre_save
from django.dispatch import receiver

from .attribute import Attribute
from .category import Category, Subcategory
from .imported import Import
from .level import HIGHEST, Level
from .recorded import RecordedModel
from .skill import Skill

NO_LEVEL = 0
OWNERS = ("skill", "attribute", "level")


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def get_by_natural_key(self, *key: Any) -> "Conflict":
        skill, attribute, level, part, number = key
        return self.get(
            **_named("skill", skill),
            **_named("attribute", attribute),
            **_named("level", level),
            part=part,
            number=number,
        )


def _named(owner: str, key: Any) -> dict[str, Any]:
    if key is None:
        return {owner: None}
    names = ("edition__slug", "number" if owner == "level" else "code")
    return {f"{owner}__{name}": value for name, value in zip(names, key, strict=True)}


class Conflict(models.Model):
    """An open question: the last imported text, the newly imported one, and ours, which stays until it is answered.

    The last imported text is the `published_…` of what it is about, and ours is the text itself: only the newly
    imported one is kept here. Of a place, it is the slugs "category/subcategory"; "" is a level that is not defined.
    """

    class Part(models.TextChoices):
        NAME = "name", "Name"
        SUBCATEGORY = "subcategory", "Subcategory"
        OVERALL_DESCRIPTION = "overall_description", "Overall description"
        GUIDANCE_NOTES = "guidance_notes", "Guidance notes"
        DESCRIPTION = "description", "Description"
        GUIDING_PHRASE = "guiding_phrase", "Guiding phrase"
        ESSENCE = "essence", "Essence"

    skill = models.ForeignKey(Skill, models.CASCADE, null=True, blank=True, related_name="conflicts")
    attribute = models.ForeignKey(Attribute, models.CASCADE, null=True, blank=True, related_name="conflicts")
    level = models.ForeignKey(Level, models.CASCADE, null=True, blank=True, related_name="conflicts")
    part = models.CharField(max_length=20, choices=Part)
    number = models.PositiveSmallIntegerField(default=NO_LEVEL, help_text="The level of a description; 0 for the rest.")
    newly_imported = models.TextField(blank=True)
    found_by = models.ForeignKey(Import, models.CASCADE, related_name="conflicts")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=[owner, "part", "number"], name=f"conflict_{owner}_part_unique")
            for owner in OWNERS
        ] + [
            models.CheckConstraint(
                condition=Q(skill__isnull=False, attribute__isnull=True, level__isnull=True)
                | Q(skill__isnull=True, attribute__isnull=False, level__isnull=True)
                | Q(skill__isnull=True, attribute__isnull=True, level__isnull=False),
                name="conflict_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(part="description", number__gte=1, number__lte=HIGHEST)
                | (~Q(part="description") & Q(number=NO_LEVEL)),
                name="conflict_number_is_of_a_description",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.label}"

    def natural_key(self) -> tuple[Any, ...]:
        keys = (getattr(self, owner) for owner in OWNERS)
        return (*(key.natural_key() if key else None for key in keys), self.part, self.number)

    natural_key.dependencies = ["skills.skill", "skills.attribute", "skills.level", "skills.import"]  # type: ignore[attr-defined]

    @property
    def owner(self) -> Any:
        """The skill, the attribute or the level that it is about."""
        return self.skill or self.attribute or self.level

    @property
    def label(self) -> str:
        return f"Description at level {self.number}" if self.number else str(self.get_part_display())

    @property
    def is_place(self) -> bool:
        return self.part == self.Part.SUBCATEGORY

    @property
    def is_of_a_level(self) -> bool:
        return self.number != NO_LEVEL

    @property
    def last_imported(self) -> str:
        """What the publisher said before; "" where nothing."""
        if self.is_of_a_level:
            found = self._level() or self._at_our_level(self.owner.levels_taken_away)
            return found.published_description if found else ""
        published = getattr(self.owner, f"published_{self.part}")
        return path_of(published) if self.is_place else published

    @property
    def ours(self) -> str:
        if self.is_of_a_level:
            level = self._level()
            return level.description if level else ""
        text = getattr(self.owner, self.part)
        return path_of(text) if self.is_place else text

    @property
    def mark(self) -> str:
        """The same while the three texts are: a decision holds for what was seen."""
        texts = json.dumps([self.last_imported, self.newly_imported, self.ours])
        return hashlib.sha256(texts.encode()).hexdigest()

    def decide(self, text: str) -> None:
        """Make `text` ours, and what was newly imported the publisher's last word. The question is closed.

        To be called in a `revision()`. Raises `ValidationError`, with nothing changed, where a rule of the text's own
        forbids it: a name that is blank, a subcategory that is gone.
        """
        with transaction.atomic():
            if self.is_place:
                self._decide_place(text)
            elif self.is_of_a_level:
                self._decide_level(text)
            else:
                self._write(self.owner, self.part, text)
            self.delete()

    def _decide_place(self, path: str) -> None:
        chosen, theirs = (subcategory_at(self.owner.edition_id, found) for found in (path, self.newly_imported))
        if chosen is None:
            raise ValidationError("This subcategory is gone. Keep ours, or move the skill by hand.")
        left = {self.owner.subcategory_id, self.owner.published_subcategory_id} - {None}
        self.owner.subcategory, self.owner.published_subcategory = chosen, theirs
        self.owner.full_clean()
        self.owner.save()
        for place in Subcategory.objects.filter(pk__in=left).select_related("category"):
            _delete_if_it_is_empty(place)

    def _decide_level(self, text: str) -> None:
        level = self._level()
        if text:
            relation = self.owner._meta.get_field(self.owner.part_names[0])
            level = level or relation.related_model(**{relation.field.name: self.owner, "number": self.number})
            # What was kept of a level that was taken away would speak against the newly imported text.
            self.owner.levels_taken_away.filter(number=self.number).delete()
            self._write(level, "description", text)
        elif level:
            level.published_description = self.newly_imported
            level.delete()
        else:
            self._leave_undefined()

    def _leave_undefined(self) -> None:
        if self.newly_imported:
            text_of_theirs = {"published_description": self.newly_imported}
            self.owner.levels_taken_away.update_or_create(number=self.number, defaults=text_of_theirs)
        else:
            self.owner.levels_taken_away.filter(number=self.number).delete()
        # What is kept of a level is no text, and has no history: who decided it is told by the owner's.
        self.owner.save()

    def _write(self, found: RecordedModel, field: str, text: str) -> None:
        marker = "change" if self.is_of_a_level else f"{field}_change"
        if text == self.newly_imported and hasattr(found, marker):
            # The publisher marked the text before this one.
            setattr(found, marker, "")
        setattr(found, field, text)
        setattr(found, f"published_{field}", self.newly_imported)
        found.full_clean()
        found.save()

    def _level(self) -> Any:
        return self._at_our_level(getattr(self.owner, self.owner.part_names[0]))

    def _at_our_level(self, levels: Any) -> Any:
        return next((level for level in levels.all() if level.number == self.number), None)


def _delete_if_it_is_empty(place: Subcategory) -> None:
    """What the next import would do with a place of the publisher's in which nothing stands any more."""
    standing = Skill.objects.filter(Q(subcategory=place) | Q(published_subcategory=place))
    if standing.exists() or place.name != place.published_name:
        return
    category = place.category
    place.delete()
    if category.name == category.published_name and not category.subcategories.exists():
        category.delete()


def path_of(subcategory: Subcategory | None) -> str:
    """The slugs of a place: "delivery/testing"; "" for none."""
    return f"{subcategory.category.slug}/{subcategory.slug}" if subcategory else ""


def subcategory_at(edition_id: int, path: str) -> Subcategory | None:
    category, _, slug = path.partition("/")
    found = Subcategory.objects.filter(category__edition=edition_id, category__slug=category, slug=slug)
    return found.select_related("category").first()


@receiver(pre_save, sender=Category)
@receiver(pre_save, sender=Subcategory)
def follow_to_a_new_path(instance: Category | Subcategory, **kwargs: Any) -> None:
    """A place is asked about by its slugs: where they change, the question is about the same place still."""
    of = {"category" if isinstance(instance, Category) else "pk": instance.pk}
    for place in Subcategory.objects.filter(**of).select_related("category") if instance.pk else ():
        before = path_of(place)
        after = path_of(instance) if isinstance(instance, Subcategory) else f"{instance.slug}/{place.slug}"
        if after != before:
            asked = Conflict.objects.filter(part=Conflict.Part.SUBCATEGORY, newly_imported=before)
            asked.filter(skill__edition=place.category.edition_id).update(newly_imported=after)

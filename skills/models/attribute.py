from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import models

from .code import CodeField, code_is_four_capitals
from .constraints import not_blank, within_longest
from .edition import Edition
from .level import Level, LevelNumberField, number_is_a_level
from .position import PositionField
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet


class AttributeQuerySet(RecordedQuerySet["Attribute"]):
    def get_by_natural_key(self, edition_slug: str, code: str) -> "Attribute":
        return self.get(edition__slug=edition_slug, code=code)

    def in_edition(self, edition: Edition) -> "AttributeQuerySet":
        """All of an edition, those that were withdrawn from it too: their pages still answer."""
        return self.filter(edition=edition)

    def listed(self) -> "AttributeQuerySet":
        """Those that stand in lists: not those that were withdrawn."""
        return self.filter(is_withdrawn=False)

    def by_kind(self) -> "AttributeQuerySet":
        return self.order_by("kind", "position", "code")


class Attribute(RecordedModel):
    """A generic attribute: what is asked of everybody at a level, whatever the skill."""

    class Kind(models.TextChoices):
        ATTRIBUTE = "attribute", "Attributes"
        BEHAVIOUR = "behaviour", "Business skills and behavioural factors"

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="attributes")
    code = CodeField()
    name = models.CharField(max_length=100)
    published_name = PublishedTextField("name")
    kind = models.CharField(max_length=9, choices=Kind)
    position = PositionField(help_text="The publisher's order.")
    overall_description = models.TextField(max_length=settings.LONGEST_TEXT, blank=True, help_text="Markdown.")
    published_overall_description = PublishedTextField("overall_description")
    guidance_notes = models.TextField(max_length=settings.LONGEST_TEXT, blank=True, help_text="Markdown.")
    published_guidance_notes = PublishedTextField("guidance_notes")
    is_withdrawn = models.BooleanField(
        "withdrawn", default=False, help_text="No longer in the publisher's edition. Kept out of lists; its page stays."
    )
    published_is_withdrawn = models.BooleanField(default=False, editable=False)

    objects = AttributeQuerySet.as_manager()
    part_names = ("attribute_levels",)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="attribute_code_unique"),
            code_is_four_capitals("attribute"),
            not_blank("attribute", "name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["attribute", "behaviour"]), name="attribute_kind_known"
            ),
            within_longest("attribute", "overall_description"),
            within_longest("attribute", "guidance_notes"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def natural_key(self) -> tuple[str, str]:
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return self.edition.lasting_address_of("attribute_detail", code=self.code)

    def progression(self, levels: Iterable[Level]) -> list["AttributeStep"]:
        """What the attribute asks at each of these levels, which rise."""
        described = {attribute_level.number: attribute_level for attribute_level in self.attribute_levels.all()}
        steps: list[AttributeStep] = []
        for level in levels:
            below = next((step.attribute_level for step in reversed(steps) if step.attribute_level), None)
            steps.append(AttributeStep(level, described.get(level.number), below))
        return steps


@dataclass(frozen=True)
class AttributeStep:
    """What a generic attribute asks at a level, and at the nearest level below of which it says something."""

    level: Level
    attribute_level: "AttributeLevel | None"
    below: "AttributeLevel | None"


class AttributeLevelQuerySet(RecordedQuerySet["AttributeLevel"]):
    def get_by_natural_key(self, edition_slug: str, code: str, number: int) -> "AttributeLevel":
        return self.get(attribute__edition__slug=edition_slug, attribute__code=code, number=number)

    def at_level(self, edition: Edition, number: int) -> "AttributeLevelQuerySet":
        """All listed attributes of an edition at one level, by kind, in the publisher's order."""
        return (
            self.filter(attribute__edition=edition, attribute__is_withdrawn=False, number=number)
            .select_related("attribute")
            .order_by("attribute__kind", "attribute__position", "attribute__code")
        )


class AttributeLevel(RecordedModel):
    """What a generic attribute asks at one level."""

    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="attribute_levels")
    number = LevelNumberField()
    description = models.TextField(max_length=settings.LONGEST_TEXT, help_text="Markdown.")
    published_description = PublishedTextField("description")

    objects = AttributeLevelQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["attribute", "number"], name="attribute_level_number_unique"),
            number_is_a_level("attribute_level"),
            not_blank("attribute_level", "description"),
            within_longest("attribute_level", "description"),
        ]

    def __str__(self) -> str:
        return f"Level {self.number}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.attribute.natural_key(), self.number)

    natural_key.dependencies = ["skills.attribute"]  # type: ignore[attr-defined]

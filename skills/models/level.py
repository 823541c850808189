from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.text import get_text_list

from .edition import Edition
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet

LOWEST, HIGHEST = 1, 7
NUMBERS = range(LOWEST, HIGHEST + 1)


def in_words(numbers: Sequence[int]) -> str:
    """Numbers of levels, rising, as one reads them: "5", "5, 6 and 7", "2 to 5", "2, 3, 5 and 6"."""
    is_run = len(numbers) > 3 and numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{numbers[0]} to {numbers[-1]}" if is_run else get_text_list([str(number) for number in numbers], "and")


class LevelNumberField(models.PositiveSmallIntegerField):
    """The number of a level of responsibility, 1 to 7."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"validators": [MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)], **options})


def number_is_a_level(model: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(number__gte=LOWEST, number__lte=HIGHEST),
        name=f"{model}_number_1_to_7",
        violation_error_message="A level's number is 1 to 7.",
    )


class LevelQuerySet(RecordedQuerySet["Level"]):
    def get_by_natural_key(self, edition_slug: str, number: int) -> "Level":
        return self.get(edition__slug=edition_slug, number=number)

    def one_to_seven(self, edition: Edition) -> list["Level"]:
        """All seven levels of an edition, rising; one that it does not describe is blank and not in the database."""
        described = {level.number: level for level in self.filter(edition=edition)}
        return [described.get(number) or Level(edition=edition, number=number) for number in NUMBERS]


class Level(RecordedModel):
    """A level of responsibility: what all skills have in common at it, said in a guiding phrase and an essence."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="levels")
    number = LevelNumberField()
    guiding_phrase = models.CharField(max_length=100, blank=True)
    published_guiding_phrase = PublishedTextField("guiding_phrase")
    essence = models.TextField(max_length=2000, blank=True)
    published_essence = PublishedTextField("essence")

    objects = LevelQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="level_number_unique"),
            number_is_a_level("level"),
        ]

    def __str__(self) -> str:
        return f"Level {self.number} · {self.guiding_phrase}" if self.guiding_phrase else f"Level {self.number}"

    def natural_key(self) -> tuple[str, int]:
        return (*self.edition.natural_key(), self.number)

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return self.edition.lasting_address_of("level_detail", number=self.number)

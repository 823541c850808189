import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from .code import CodeField, code_is_four_capitals
from .constraints import not_blank
from .level import HIGHEST, LOWEST, LevelNumberField
from .recorded import RecordedModel, RecordedQuerySet

# "BUSA: looks into a business situation", "BUSA 5: …"
LINE = re.compile(r"([A-Z]{4})(?: ([1-7]))?: *(\S.*)")
LINES = 'One skill a line: its code, its level where it matters, a colon and the reason, as in "BUSA 5: looks into …".'


@dataclass(frozen=True)
class Successor:
    """A skill, perhaps at a level, that took the place of what was retired."""

    code: str
    number: int | None
    reason: str


def successors_in(lines: str) -> list[Successor]:
    """What lines of this form say; others are passed over."""
    found = (LINE.fullmatch(line.strip()) for line in lines.splitlines())
    return [
        Successor(line[1], int(line[2]) if line[2] else None, line[3].strip()) for line in found if line is not None
    ]


def are_successors(lines: str) -> None:
    """Raises `ValidationError`, which names the first line that is none."""
    for line in lines.splitlines():
        if line.strip() and not LINE.fullmatch(line.strip()):
            raise ValidationError(f"This line is not understood: “{line.strip()[:60]}”. {LINES}")


class RetirementQuerySet(RecordedQuerySet["Retirement"]):
    def get_by_natural_key(self, code: str, number: int | None) -> "Retirement":
        return self.get(code=code, number=number)


class Retirement(RecordedModel):
    """A skill, or a level of one, that the publisher's framework once had and that still stands in documents.

    What took its place is the judgement of whoever edits this site: the publisher says nothing about it.
    """

    code = CodeField()
    number = LevelNumberField(
        verbose_name="level",
        null=True,
        blank=True,
        help_text="Only where the skill stays and this level of it is gone.",
    )
    name = models.CharField(max_length=100, help_text="As the skill was called.")
    last_edition = models.CharField(max_length=60, help_text="The last that had it, as “SFIA 7”.")
    successors = models.TextField(max_length=4000, blank=True, help_text=LINES, validators=[are_successors])

    objects = RetirementQuerySet.as_manager()

    class Meta:
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"],
                name="retirement_level_unique",
                violation_error_message="There is an entry for this level of the skill already.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(number__isnull=True),
                name="retirement_code_unique",
                violation_error_message="There is an entry for this code already.",
            ),
            code_is_four_capitals("retirement"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=LOWEST, number__lte=HIGHEST),
                name="retirement_number_1_to_7",
                violation_error_message="A level's number is 1 to 7.",
            ),
            not_blank("retirement", "name"),
            not_blank("retirement", "last_edition"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})" + (f" at level {self.number}" if self.number else "")

    def natural_key(self) -> tuple[str, int | None]:
        return (self.code, self.number)

    def get_absolute_url(self) -> str:
        if self.number is None:
            return reverse("skill_detail", kwargs={"code": self.code})
        return reverse("skill_level_detail", kwargs={"code": self.code, "number": self.number})

    def successor_list(self) -> list[Successor]:
        return successors_in(self.successors)

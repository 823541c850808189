from django.conf import settings
from django.db import models

from .constraints import not_blank, within_longest
from .edition import Edition
from .position import PositionField
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet


class ExplanatorySectionQuerySet(RecordedQuerySet["ExplanatorySection"]):
    def get_by_natural_key(self, edition_slug: str, position: int) -> "ExplanatorySection":
        return self.get(edition__slug=edition_slug, position=position)


class ExplanatorySection(RecordedModel):
    """What an edition says about all its skills alike, such as how to read the levels; shown, folded, on each skill."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="explanatory_sections")
    position = PositionField()
    heading = models.CharField(max_length=200)
    published_heading = PublishedTextField("heading")
    explanation = models.TextField(max_length=settings.LONGEST_TEXT, help_text="Markdown.")
    published_explanation = PublishedTextField("explanation")

    objects = ExplanatorySectionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="explanatory_section_position_unique"),
            not_blank("explanatory_section", "heading"),
            not_blank("explanatory_section", "explanation"),
            within_longest("explanatory_section", "explanation"),
        ]

    def __str__(self) -> str:
        return self.heading

    def natural_key(self) -> tuple[str, int]:
        return (*self.edition.natural_key(), self.position)

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]

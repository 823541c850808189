from django.db import models

from .constraints import not_blank
from .edition import Edition
from .position import PositionField
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet


class NoticeQuerySet(RecordedQuerySet["Notice"]):
    def get_by_natural_key(self, edition_slug: str, position: int) -> "Notice":
        return self.get(edition__slug=edition_slug, position=position)


class Notice(RecordedModel):
    """What the publisher announces about an edition, one line; shown on each of its pages."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="notices")
    position = PositionField()
    notice = models.CharField(max_length=200)
    published_notice = PublishedTextField("notice")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="notice_position_unique"),
            not_blank("notice", "notice"),
        ]

    def __str__(self) -> str:
        return self.notice

    def natural_key(self) -> tuple[str, int]:
        return (*self.edition.natural_key(), self.position)

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]

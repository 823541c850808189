from django.db import models
from django.db.models import Q


class Change(models.TextChoices):
    """How the publisher marks a part of a skill against the edition before. A part may have no marker."""

    UNCHANGED = "unchanged"
    MODIFIED = "modified"
    NEW = "new"


class ChangeField(models.CharField):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_length": 9, "choices": Change, "blank": True, "default": "", **options})  # type: ignore[arg-type]


def change_is_known(model: str, field: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q((f"{field}__in", ["", "unchanged", "modified", "new"])), name=f"{model}_{field}_known"
    )

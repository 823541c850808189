from typing import Any

from django.core.validators import MaxValueValidator
from django.db.models import PositiveSmallIntegerField

HIGHEST = 32_767


class PositionField(PositiveSmallIntegerField):
    """A place in the publisher's order, rising. PostgreSQL holds no higher one; SQLite would."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"validators": [MaxValueValidator(HIGHEST)], **options})

from collections.abc import Sequence
from typing import Any

from django.core.management.commands import loaddata

from skills.models.recorded import record_what_is_unrecorded


class Command(loaddata.Command):
    """Django's own command. What it loads goes past the history, which therefore begins, or goes on, at its end."""

    def loaddata(self, fixture_labels: Sequence[str]) -> Any:
        super().loaddata(fixture_labels)
        record_what_is_unrecorded(reason=f"Loaded from {', '.join(fixture_labels)}")

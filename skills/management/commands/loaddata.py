from collections.abc import Sequence
from typing import Any

from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializedObject

from skills.importing.fixtures import leave_the_current_edition
from skills.models.recorded import record_what_is_unrecorded


class Command(loaddata.Command):
    """Django's own command. What it loads goes past the history, which therefore begins, or goes on, at its end."""

    def loaddata(self, fixture_labels: Sequence[str]) -> Any:
        super().loaddata(fixture_labels)
        record_what_is_unrecorded(reason=f"Loaded from {', '.join(fixture_labels)}")

    def save_obj(self, obj: DeserializedObject) -> bool:
        if leave_the_current_edition(obj.object) and self.verbosity:
            self.stdout.write(f"{obj.object} is not made the current edition: another one is.")
        return super().save_obj(obj)

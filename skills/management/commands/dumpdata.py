from typing import Any

from django.core.management.commands import dumpdata

from skills.models import SearchDocument, SearchIndex, SearchKey


class Command(dumpdata.Command):
    """Django's own command, without what search looks through: that is made again of what is loaded."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        derived = [model._meta.label for model in (SearchDocument, SearchKey, SearchIndex)]
        super().handle(*app_labels, **{**options, "exclude": [*options["exclude"], *derived]})

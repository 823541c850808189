import os
import sys
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from skills.exporting.edition import at_one_moment, describe, describe_published
from skills.exporting.fixture import as_fixture
from skills.models import Edition


class Command(BaseCommand):
    help = "Writes an edition, with all that was edited in it, as a fixture on standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", metavar="EDITION", help='as in addresses: "9"')

    def handle(self, *, edition: str, **options: Any) -> None:
        try:
            with at_one_moment():
                found = edition_at(edition)
                ours, published = describe(found), describe_published(found)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}") from error
        try:
            self.write(as_fixture(ours, published))
        except OSError as error:
            # Python would try once more, and complain, at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            if isinstance(error, BrokenPipeError):
                sys.exit(1)  # Whoever reads has seen enough.
            raise CommandError(f"The fixture cannot be written: {error.strerror}.") from error

    def write(self, pieces: Iterable[str]) -> None:
        if hasattr(self.stdout, "reconfigure"):
            # The bytes are the same whatever the language of the terminal.
            self.stdout.reconfigure(encoding="utf-8", newline="\n")
        for piece in pieces:
            self.stdout.write(piece, ending="")
        self.stdout.flush()


def edition_at(slug: str) -> Edition:
    found = Edition.objects.filter(slug=slug).first()
    if found is None:
        slugs = Edition.objects.order_by("slug").values_list("slug", flat=True)
        raise CommandError(
            f"There is no edition {slug} here. "
            + (f"These are here: {', '.join(slugs)}." if slugs else "There is none at all.")
        )
    return found

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from skills.importing.apply import import_edition
from skills.importing.files import read
from skills.importing.in_words import in_words
from skills.importing.plan import Plan
from skills.importing.planning import plan_import
from skills.importing.reading import Reading, read_edition
from skills.importing.sheet import File, UnreadableFile
from skills.models import Edition

NOTHING_IMPORTED = "Nothing was imported; the database is as it was."


class Command(BaseCommand):
    help = "Imports the publisher's workbook, or its sheets saved as CSV. What was edited here stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .xlsx file, or one CSV a sheet")
        parser.add_argument("--edition", default="", help='which edition it is, as in "8", where the files do not say')
        parser.add_argument("--current", action="store_true", help="make it the current edition")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")

    def handle(self, *, files: list[Path], edition: str, current: bool, dry_run: bool, **options: Any) -> None:
        read_files = [self.read(path) for path in files]
        reading = read_edition(read_files, edition_slug=edition)
        for warning in reading.warnings:
            self.stderr.write(f"Warning: {warning}")
        if reading.edition is None:
            raise CommandError(in_words_of_problems(reading))
        try:
            if dry_run:
                plan = plan_import(reading.edition, makes_current=current)
            else:
                plan = import_edition(reading.edition, read_files, makes_current=current, progress=self.show_progress)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}\n{NOTHING_IMPORTED}") from error
        self.say(plan, is_dry_run=dry_run)

    def read(self, path: Path) -> File:
        try:
            with path.open("rb") as content:
                return read(path.name, content)
        except UnreadableFile as error:
            raise CommandError(f"{error}\n{NOTHING_IMPORTED}") from error
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.\n{NOTHING_IMPORTED}") from error

    def show_progress(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} written", ending="")

    def say(self, plan: Plan, *, is_dry_run: bool) -> None:
        if self.stderr.isatty() and not is_dry_run and not plan.is_empty:
            self.stderr.write("")
        for line in in_words(plan):
            self.stdout.write(line)
        name = plan.edition.name
        if plan.is_empty:
            self.stdout.write(f"{name}: nothing to change")
        elif is_dry_run:
            self.stdout.write(f"{name}: this is what an import would do. Nothing was written.")
        else:
            self.stdout.write(f"{name}: imported.")
            if plan.conflicts:
                texts = "1 text waits" if plan.conflicts == 1 else f"{plan.conflicts} texts wait"
                self.stdout.write(f"{texts} on the review list in the administration.")
            if not Edition.objects.filter(is_current=True).exists():
                self.stdout.write("No edition is current yet. The same command with --current makes this one so.")


def in_words_of_problems(reading: Reading) -> str:
    hint = ["Say so: --edition 8"] if reading.asks_for_edition else []
    return "\n".join([*map(str, reading.problems), *hint, NOTHING_IMPORTED])

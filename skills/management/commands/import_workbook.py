import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from skills.importing.apply import import_edition
from skills.importing.files import read
from skills.importing.in_words import in_words
from skills.importing.plan import Plan
from skills.importing.planning import plan_import
from skills.importing.reading import Reading, read_edition
from skills.importing.sheet import File, UnreadableFile
from skills.models import Edition, Import

CARRIAGE_RETURN = "\r"
NOTHING_IMPORTED = "Nothing was imported; the database is as it was."


class Command(BaseCommand):
    help = "Imports the publisher's workbook, or its sheets saved as CSV. What was edited here stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="an .xlsx file, or one CSV a sheet")
        parser.add_argument("--edition", default="", help='which edition it is, as in "8", where the files do not say')
        parser.add_argument("--current", action="store_true", help="make it the current edition")
        parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")

    def handle(self, *, files: list[Path], edition: str, current: bool, dry_run: bool, **options: Any) -> None:
        if hasattr(self.stdout, "reconfigure"):
            self.stdout.reconfigure(errors="backslashreplace")
        read_files = self.read_all(files)
        reading = read_edition(read_files, edition_slug=edition.strip().lower())
        for warning in reading.warnings:
            self.stderr.write(f"Warning: {warning}")
        if reading.edition is None:
            raise CommandError(in_words_of_problems(reading))
        refuse_what_is_not_prepared()
        try:
            self.show("Comparing …")
            if dry_run:
                plan = plan_import(reading.edition, makes_current=current)
            else:
                plan = import_edition(reading.edition, read_files, makes_current=current, progress=self.show_written)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}\n{NOTHING_IMPORTED}") from error
        finally:
            self.show("")
        try:
            self.say(plan, is_dry_run=dry_run)
            self.stdout.flush()
        except OSError:
            # The import is done, whoever reads or not. Python would try once more, and complain, at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def read_all(self, paths: Sequence[Path]) -> list[File]:
        """Raises `CommandError` with what is wrong with each that cannot be read."""
        files, problems = [], []
        for path in paths:
            self.show(f"Reading {path.name} …")
            try:
                with path.open("rb") as content:
                    files.append(read(path.name, content))
            except UnreadableFile as error:
                problems.append(str(error))
            except OSError as error:
                problems.append(f"{path} cannot be read: {error.strerror}.")
        self.show("")
        if problems:
            raise CommandError("\n".join([*problems, NOTHING_IMPORTED]))
        return files

    def show(self, step: str) -> None:
        """What is being done now, on a terminal; the next step takes its place."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{step:<60}{'' if step else CARRIAGE_RETURN}", ending="")
            self.stderr.flush()

    def show_written(self, done: int) -> None:
        self.show(f"{done} skills, attributes and levels written …")

    def say(self, plan: Plan, *, is_dry_run: bool) -> None:
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


def refuse_what_is_not_prepared() -> None:
    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise CommandError(f"The database does not answer: {error}\n{NOTHING_IMPORTED}") from error
    if Import._meta.db_table not in tables:
        raise CommandError(
            f"The database is not prepared, or not this site's. Run: manage.py prepare\n{NOTHING_IMPORTED}"
        )


def in_words_of_problems(reading: Reading) -> str:
    hint = ["Say so: --edition 8"] if reading.asks_for_edition else []
    return "\n".join([*map(str, reading.problems), *hint, NOTHING_IMPORTED])

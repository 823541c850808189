import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from skills.importing.fixtures import BrokenFixture, Outcome, load_fixtures
from skills.models import Edition
from skills.models.recorded import record_what_is_unrecorded
from skills.models.revision import revision
from skills.page_memory.revision import follow_content, gather
from skills.search import index

SUBJECTS = ["sfia-9-sample", "search-terms", "retirements"]
INVENTED_SUBJECT, INVENTED_EDITION = "invented", "1"


class Command(BaseCommand):
    help = "Brings the database, the fixtures and the static files up to date. Does nothing twice and says what it did."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="load the invented edition too, as the current one")

    def handle(self, *, demo: bool, **options: Any) -> None:
        try:
            self.migrate()
            if follow_content(connection):
                self.stdout.write("Page memory: the triggers that say when a page has changed were made.")
            gather(connection)
            if index.bring_up_to_date():
                self.stdout.write("Search: the index was built.")
            self.load_fixtures(demo=demo)
        except DatabaseError as error:
            raise CommandError(f"The database does not answer as it should: {error}") from error
        try:
            self.collect_static_files()
        except OSError as error:
            raise CommandError(f"The static files cannot be collected: {error}") from error

    def migrate(self) -> None:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", verbosity=0, interactive=False)
            # The history of a database that is older than its tables begins here.
            record_what_is_unrecorded(reason="Found in the database")
        self.stdout.write(f"Database: {len(plan)} migrations applied." if plan else "Database: up to date.")

    def load_fixtures(self, *, demo: bool) -> None:
        subjects = [*SUBJECTS, INVENTED_SUBJECT] if demo else SUBJECTS
        try:
            with transaction.atomic():
                outcomes = load_fixtures(subjects)
                if outcomes.get(INVENTED_SUBJECT) is Outcome.LOADED:
                    with revision(reason="Made current for the demo"):
                        Edition.objects.get(slug=INVENTED_EDITION).make_current()
        except BrokenFixture as error:
            raise CommandError(f"{error}\nNo fixture was loaded; the database is as it was.") from error
        for subject, outcome in outcomes.items():
            self.stdout.write(f"Fixture {subject}: {outcome.value}.")

    def collect_static_files(self) -> None:
        """Collecting and compressing takes seconds, so it is done only when a file has changed since."""
        mark = Path(settings.STATIC_ROOT) / ".collected"
        state = static_files_state()
        if mark.is_file() and mark.read_text() == state:
            self.stdout.write("Static files: up to date.")
            return
        # Without `clear` a file stays that is older than its copy, as the files of an unpacked release are.
        call_command("collectstatic", clear=True, verbosity=0, interactive=False)
        mark.write_text(state)
        self.stdout.write("Static files: collected and compressed.")


def static_files_state() -> str:
    """A fingerprint of names, sizes and times of all files that would be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()

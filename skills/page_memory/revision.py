"""The content's revision: a number that rises with each change of what pages show, however the change is made.

Triggers of the database raise it, in the transaction of the change: bulk writes and raw SQL do not get past it, and a
rollback takes it back. Django remakes a table to change it on SQLite, and its triggers are gone then: so they are made
after each migration where one is missing, and as long as one is missing the revision is unknown.

The number is the sum of a table. On SQLite, where one transaction writes at a time, that has one row; on PostgreSQL
each transaction has a row of its own, so that none waits for another.
"""

from collections.abc import Sequence
from pathlib import Path
from time import time
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, Error, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate
from django.dispatch import receiver

# What no public page shows, or shows only as it follows from the rest in the same transaction.
NOT_CONTENT = {
    *("revision", "loadedfixture", "pendingimport", "pendingfile", "conflict"),
    *("searchdocument", "searchkey", "searchindex"),
}
# Any number that nothing else of this application locks by.
LOCK = 783_420_117
LONGEST_WAIT = 2  # seconds, for a connection or an answer

EVENTS = {"inserted": "INSERT", "updated": "UPDATE", "deleted": "DELETE"}
TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%advances_content'",
    "postgresql": """
        SELECT tgname FROM pg_trigger
        JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE tgname LIKE '%advances_content' AND tgenabled IN ('O', 'A') AND nspname = current_schema()
    """,
}
ADVANCE = {
    "sqlite": "UPDATE skills_contentrevision SET number = number + 1 WHERE id = 0",
    # There may be a row of this number, from before the database was moved to another server.
    "postgresql": """
        INSERT INTO skills_contentrevision (id, number) VALUES (pg_current_xact_id()::text::bigint, 1)
        ON CONFLICT (id) DO UPDATE SET number = skills_contentrevision.number + 1
    """,
}
# With the rights of its owner: who may write a text need not be allowed to write here.
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION skills_advance_content() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path FROM CURRENT AS $$ BEGIN {ADVANCE["postgresql"]}; RETURN NULL; END $$
"""


def followed_tables() -> list[str]:
    """The tables whose changes raise the revision: all of this application's but histories and `NOT_CONTENT`."""
    return sorted(
        model._meta.db_table
        for model in apps.get_app_config("skills").get_models(include_auto_created=True)
        if model._meta.model_name not in NOT_CONTENT and not hasattr(model, "history_object")
    )


def content_revision(connection: BaseDatabaseWrapper) -> int | None:
    """The revision of what is committed, for a connection outside of a transaction; None while a trigger is missing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(SUM(number) AS bigint) FROM skills_contentrevision")
        [number] = cursor.fetchone()
        cursor.execute(TRIGGERS[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
    needed = {_trigger(table, done) for table in followed_tables() for done in _kinds(connection)}
    return number if needed <= there else None


class RevisionReader:
    """Asks for the revision by a connection of its own that does not wait long; all in one thread.

    Raises what Django raises where the database does not answer.
    """

    def __init__(self) -> None:
        self._connection = _impatient(connections[DEFAULT_DB_ALIAS])
        self._file: int | None = None

    def __call__(self) -> int | None:
        if self._connection.vendor == "sqlite":
            self._close_another_file()
        try:
            return content_revision(self._connection)
        except Error:
            self.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def _close_another_file(self) -> None:
        """Where another database was put in the place of this one, it would go on reading the old one."""
        path = Path(self._connection.settings_dict["NAME"])
        file = path.stat().st_ino if path.is_file() else None
        if file != self._file:
            self._file = file
            self.close()


def _impatient(connection: BaseDatabaseWrapper) -> BaseDatabaseWrapper:
    own = connection.copy()
    options = own.settings_dict["OPTIONS"]
    if own.vendor == "sqlite":
        options["timeout"] = LONGEST_WAIT
    else:
        options["connect_timeout"] = LONGEST_WAIT
        options["options"] = f"{options.get('options', '')} -c statement_timeout={LONGEST_WAIT * 1000}"
    return own


def follow_content(connection: BaseDatabaseWrapper) -> bool:
    """Make the triggers that are missing, and say whether one was: then something may have changed unseen."""
    if content_revision(connection) is not None:
        return False
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            cursor.execute(FUNCTION)
        cursor.execute(TRIGGERS[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}
        # A database that is migrated to some step has not all tables yet.
        for table in set(followed_tables()) & set(connection.introspection.table_names(cursor)):
            for done, making in _kinds(connection).items():
                if _trigger(table, done) not in there:
                    cursor.execute(making.format(name=_trigger(table, done), table=table))
        # A number of its own to begin with, so that no two databases are alike: one may be put in the place of another.
        beginning = "INSERT INTO skills_contentrevision (id, number) VALUES (0, %s) ON CONFLICT (id) DO NOTHING"
        cursor.execute(beginning, [int(time() * 1000)])
        cursor.execute(ADVANCE[connection.vendor])
    return True


def _trigger(table: str, done: str) -> str:
    return f"{table}_{done}_advances_content"


def _kinds(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The triggers of a table, by what is done to it, each with the statement that makes it."""
    if connection.vendor == "postgresql":
        return {
            "changed": "CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION skills_advance_content()"
        }
    return {
        done: f"CREATE TRIGGER {{name}} AFTER {event} ON {{table}} BEGIN {ADVANCE['sqlite']}; END"
        for done, event in EVENTS.items()
    }


def gather(connection: BaseDatabaseWrapper) -> None:
    """Put into one row what has gathered in many: the sum is the same, and is quicker to make."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("""
                WITH gone AS (DELETE FROM skills_contentrevision WHERE id <> 0 RETURNING number)
                UPDATE skills_contentrevision
                SET number = number + COALESCE((SELECT SUM(number) FROM gone), 0) WHERE id = 0
            """)


@receiver(post_migrate)
def follow_after_migrating(sender: AppConfig, using: str, **kwargs: Any) -> None:
    if sender.name == "skills" and _is_migrated(connections[using]):
        follow_content(connections[using])


@checks.register(checks.Tags.database)
def check_triggers(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[checks.CheckMessage]:
    return [
        checks.Warning(
            "The database lacks some of the triggers that say when a page has changed, so no page is kept in memory.",
            hint="manage.py prepare makes them.",
            id="skills.W002",
        )
        for alias in databases or ()
        if _is_migrated(connections[alias]) and content_revision(connections[alias]) is None
    ]


def _is_migrated(connection: BaseDatabaseWrapper) -> bool:
    return "skills_contentrevision" in connection.introspection.table_names()

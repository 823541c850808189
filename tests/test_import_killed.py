"""The command that imports is killed at many a moment: the database is as it was, or as planned."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from time import monotonic, sleep

from tests import workbooks
from tests.workbooks import full_size

from .browser.server import PROJECT

MOMENTS = [0, 0.1, 0.2, 0.4]  # seconds after it begins to write
TABLES = (
    "skill",
    "skilllevel",
    "attribute",
    "attributelevel",
    "category",
    "import",
    "historicalskilllevel",
    "revision",
)


def environment(folder):
    return {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "sfia_site.settings", "DATA_DIR": str(folder)}


def started(folder, *words):
    return subprocess.Popen(
        [sys.executable, "manage.py", *map(str, words)],
        cwd=PROJECT,
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def counts_in(folder):
    with closing(sqlite3.connect(folder / "db.sqlite3")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {table: connection.execute(f"SELECT count(*) FROM skills_{table}").fetchone()[0] for table in TABLES}


def is_written_to(folder):
    """Whether somebody has a transaction open that writes."""
    with closing(sqlite3.connect(folder / "db.sqlite3", timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
        connection.execute("ROLLBACK")
        return False


def test_an_import_that_is_killed_leaves_the_database_as_it_was_or_as_planned(prepared, tmp_path):
    workbook = workbooks.write_sfia_9(tmp_path / "sfia-9.xlsx", full_size("9"))
    before = counts_in(prepared)
    whole = shutil.copytree(prepared, tmp_path / "whole")
    assert started(whole, "import_workbook", workbook).wait(timeout=120) == 0
    planned = counts_in(whole)
    assert planned["skill"] == before["skill"] + 147
    killed = 0
    for moment in MOMENTS:
        folder = shutil.copytree(prepared, tmp_path / f"after-{moment}")
        process = started(folder, "import_workbook", workbook)
        deadline = monotonic() + 60
        while process.poll() is None and not is_written_to(folder) and monotonic() < deadline:
            sleep(0.005)
        sleep(moment)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        assert counts_in(folder) in (before, planned)
    assert killed

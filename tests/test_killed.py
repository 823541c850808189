"""The server is killed while skills are saved: each is as it was before or as it is after, with its history."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from threading import Event

import pytest

from .browser.server import PROJECT, free_port, wait_until_it_answers
from .visitor import Visitor

ROUNDS, SAVES_IN_A_ROUND = 3, 8
# Each writes skills of its own, as many as the server has threads.
WRITERS, SKILLS_OF_EACH = 4, 5


@pytest.fixture
def environment(prepared_demo, tmp_path):
    shutil.copytree(prepared_demo, tmp_path / "data")
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "sfia_site.settings",
        "DATA_DIR": str(tmp_path / "data"),
        "PORT": str(free_port()),
    }


def started(environment, output):
    with output.open("wb") as file:
        server = subprocess.Popen(
            [sys.executable, "manage.py", "serve"],
            cwd=PROJECT,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    wait_until_it_answers(server, int(environment["PORT"]), output)
    return server


def save_until_it_is_killed(visitor, writer, saved, enough):
    """Write one mark into all texts of a skill at once, of one after another, until the server is gone."""
    try:
        while True:
            skill = 2 + writer * SKILLS_OF_EACH + len(saved) % SKILLS_OF_EACH
            address = f"/admin/skills/skill/{skill}/change/"
            form = visitor.opened(address)
            mark = os.urandom(9).hex()
            written = {name: mark for name in form if form[name] and name.endswith(("description", "guidance_notes"))}
            assert visitor.post(address, form | written)[0] == 302
            saved.append(mark)
            if len(saved) >= SAVES_IN_A_ROUND:
                enough.set()
    except (OSError, HTTPException):
        return


def texts_and_history(database):
    """Each skill's texts with its levels', and the same as the last records hold them."""
    with closing(sqlite3.connect(database)) as connection:
        now = connection.execute(
            "SELECT 's', id, id, overall_description, guidance_notes FROM skills_skill"
            " UNION ALL SELECT 'l', id, skill_id, description, '' FROM skills_skilllevel"
        ).fetchall()
        recorded = connection.execute(
            "SELECT 's', id, id, overall_description, guidance_notes FROM skills_historicalskill WHERE history_id IN"
            " (SELECT max(history_id) FROM skills_historicalskill GROUP BY id)"
            " UNION ALL SELECT 'l', id, skill_id, description, '' FROM skills_historicalskilllevel WHERE history_id IN"
            " (SELECT max(history_id) FROM skills_historicalskilllevel GROUP BY id)"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    return now, recorded


def marks_of_skills(rows):
    """The different texts of each skill that has been written to: one, unless a save was cut in two."""
    marks: dict[int, set[str]] = {}
    for _, _, skill, *texts in rows:
        marks.setdefault(skill, set()).update(text for text in texts if text)
    return [found for found in marks.values() if any(re.fullmatch("[0-9a-f]{18}", text) for text in found)]


def test_a_server_that_is_killed_during_saves_leaves_each_skill_whole_and_its_history_in_step(environment, tmp_path):
    visitor = Visitor(f"http://127.0.0.1:{environment['PORT']}")
    for number in range(ROUNDS):
        server, saved, enough = started(environment, tmp_path / "output.txt"), [], Event()
        if not number:
            # A session outlives the server.
            visitor.sign_in()
        with ThreadPoolExecutor(WRITERS) as pool:
            writers = [
                pool.submit(save_until_it_is_killed, visitor, writer, saved, enough) for writer in range(WRITERS)
            ]
            assert enough.wait(timeout=120)
            os.killpg(server.pid, signal.SIGKILL)
        for writer in writers:
            writer.result()
        server.wait()
        now, recorded = texts_and_history(tmp_path / "data" / "db.sqlite3")
        assert sorted(now) == sorted(recorded)
        written = marks_of_skills(now)
        assert written
        assert all(len(marks) == 1 for marks in written)

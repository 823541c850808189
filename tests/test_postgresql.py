import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from django.conf import settings

from . import postgresql
from .postgresql import missing, private_server

LONGEST_END = 30  # seconds
HOLDER = """
from tests.postgresql import private_server

with private_server() as address:
    print(address, flush=True)
    input()
"""
SUITE = """
import os
import pytest
from django.db import connection

@pytest.mark.django_db
def test_the_database_is_postgresql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()")
        assert cursor.fetchone()[0].startswith("PostgreSQL")

def test_that_has_a_fixture_for_the_database(admin_user):
    assert admin_user.pk

def test_that_touches_no_database():
    assert False

@pytest.mark.django_db
@pytest.mark.own_database
def test_that_starts_a_process():
    assert False
"""


@pytest.fixture(scope="module", autouse=True)
def _binaries():
    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def answer(address: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.execute("select 1").fetchone()[0]


def folder_of(address: str) -> Path:
    return Path(dj_database_url.parse(address)["HOST"]).parent


def test_a_server_answers_and_is_gone_afterwards():
    with private_server() as address:
        assert answer(address) == 1
    with pytest.raises(psycopg.OperationalError):
        answer(address)
    assert not folder_of(address).exists()


def test_two_servers_stand_side_by_side():
    with private_server() as one, private_server() as other:
        with psycopg.connect(one, autocommit=True) as connection:
            connection.execute("create database here")
        assert answer(f"{one.removesuffix('/postgres')}/here") == 1
        with pytest.raises(psycopg.OperationalError, match='database "here" does not exist'):
            answer(f"{other.removesuffix('/postgres')}/here")


def test_a_server_is_gone_after_a_test_that_failed():
    with pytest.raises(ZeroDivisionError), private_server() as address:
        assert answer(address) / 0
    assert not folder_of(address).exists()


def test_a_server_that_does_not_start_says_why(tmp_path, monkeypatch):
    initdb = tmp_path / "initdb"
    initdb.write_text("#!/bin/sh\necho No room.\nexit 1\n")
    initdb.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with (
        pytest.raises(pytest.fail.Exception, match=r"PostgreSQL did not start\.\n.*(No room|initdb)"),
        private_server(),
    ):
        pass


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_is_gone_when_whoever_started_it_was_stopped(end):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # As a terminal does on Ctrl+C, the signal reaches all processes of the group.
        start_new_session=True,
    )
    with holder:
        address = holder.stdout.readline().strip()
        assert answer(address) == 1
        os.killpg(holder.pid, end)
    latest = time.monotonic() + LONGEST_END
    while folder_of(address).exists() and time.monotonic() < latest:
        time.sleep(0.05)
    assert not folder_of(address).exists()
    with pytest.raises(psycopg.OperationalError):
        answer(address)


def test_the_run_on_a_server_asks_it_and_leaves_out_what_does_not(tmp_path):
    (tmp_path / "test_suite.py").write_text(SUITE)
    configuration = ["--config-file", "pyproject.toml", "--no-migrations", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [sys.executable, "-m", "tests.postgresql", "-v", *configuration, str(tmp_path)],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout
    assert "database: PostgreSQL" in run.stdout
    assert "2 passed" in run.stdout
    assert "touches_no" not in run.stdout
    assert "process" not in run.stdout


@pytest.mark.parametrize(("is_ci", "status"), [("true", 1), ("", 0)])
def test_without_postgresql_the_run_on_it_is_an_error_for_ci_alone(tmp_path, monkeypatch, capsys, is_ci, status):
    monkeypatch.setattr(postgresql, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CI", is_ci)
    assert postgresql.main([]) == status
    said = capsys.readouterr().out
    assert said.startswith("PostgreSQL is missing: ")
    assert ("the tests do not run on it" in said) is (status == 0)


def test_a_run_that_has_lost_its_database_is_refused():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.postgresql", "--collect-only", "-q", "tests/models/test_role.py"],
        cwd=settings.BASE_DIR,
        env={name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "DATABASE_URL has been lost" in run.stderr

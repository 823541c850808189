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

from .postgresql import missing, private_server

LONGEST_END = 30  # seconds
HOLDER = """
from tests.postgresql import private_server

with private_server() as address:
    print(address, flush=True)
    input()
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

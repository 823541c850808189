"""The commands of the Makefile, as a person types them."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from .browser.server import INHERITED, answers, free_port, wait_until_it_answers

ROOT = Path(settings.BASE_DIR)


def environment(**variables: object) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return inherited | {name: str(value) for name, value in variables.items()}


def make(*words: str, **variables: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", *words],
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@contextmanager
def made(output: Path, *words: str, **variables: object):
    """A server that make has started, with what it prints in a file; yields the process of make."""
    with output.open("wb") as file:
        process = subprocess.Popen(
            ["make", *words],
            cwd=ROOT,
            env=environment(**variables),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(process, variables["PORT"], output)
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


@pytest.fixture
def data(prepared, tmp_path):
    """The DATA_DIR of a site that has been served before."""
    return shutil.copytree(prepared, tmp_path / "data")


def test_make_run_serves_says_what_it_did_and_prints_the_address_last(tmp_path, prepared):
    output, port = tmp_path / "output.txt", free_port()
    # All but the static files, which take longest and are the same.
    shutil.copytree(prepared / "static", tmp_path / "data" / "static")
    with made(output, "run", PORT=port, DATA_DIR=tmp_path / "data", HOST="localhost"):
        said = output.read_text().splitlines()
    assert "Fixture sfia-9-sample: loaded." in said
    assert said[-1] == f"Serving http://localhost:{port}/ (Ctrl+C stops it)"
    with made(output, "run", PORT=port, DATA_DIR=tmp_path / "data"):
        said = output.read_text().splitlines()
    assert said == [
        "Database: up to date.",
        "Fixture sfia-9-sample: loaded before, left as it is.",
        "Fixture search-terms: loaded before, left as it is.",
        "Fixture retirements: loaded before, left as it is.",
        "Static files: up to date.",
        f"Serving http://127.0.0.1:{port}/ (Ctrl+C stops it)",
    ]


def test_a_site_that_is_open_to_others_prints_an_address_that_it_answers_to(tmp_path, data):
    output, port = tmp_path / "output.txt", free_port()
    words = {"PORT": port, "DATA_DIR": data, "HOST": "0.0.0.0", "ALLOWED_HOSTS": "*,.lan,127.0.0.1"}
    with made(output, "run", **words):
        assert output.read_text().splitlines()[-1] == f"Serving http://127.0.0.1:{port}/ (Ctrl+C stops it)"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
def test_a_killed_server_leaves_its_port_free_for_the_next(tmp_path, data):
    output, port = tmp_path / "output.txt", free_port()
    command = [sys.executable, "manage.py", "serve"]
    variables = environment(PORT=port, DATA_DIR=data, DJANGO_SETTINGS_MODULE="sfia_site.settings")
    with output.open("wb") as file:
        server = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=file, stderr=subprocess.STDOUT)
    wait_until_it_answers(server, port, output)
    server.kill()
    server.wait()
    for _ in range(100):
        if not answers(port):
            break
    with made(output, "run", PORT=port, DATA_DIR=data):
        assert answers(port)


def test_a_server_that_is_told_to_stop_with_its_worker_stops_every_time(tmp_path, data):
    """As Ctrl+C and systemd tell it. It did not, one time in four."""
    for _ in range(3):
        with made(tmp_path / "output.txt", "run", PORT=free_port(), DATA_DIR=data):
            pass


def test_make_admin_creates_an_administrator_from_djangos_variables(data):
    variables = {
        "DATA_DIR": data,
        "DJANGO_SUPERUSER_USERNAME": "ada",
        "DJANGO_SUPERUSER_PASSWORD": "a $(long) $password",
    }
    assert "Superuser created successfully." in make("admin", **variables).stdout
    with closing(sqlite3.connect(data / "db.sqlite3")) as database:
        query = "SELECT is_superuser, password FROM auth_user WHERE username = 'ada'"
        [(is_superuser, encoded)] = database.execute(query).fetchall()
    assert is_superuser
    assert PBKDF2PasswordHasher().verify("a $(long) $password", encoded)


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (None, "Python is missing. On Debian: apt install python3"),
        ('case "$2" in *version_info*) exit 1;; esac; echo Python 3.9.2', "Python 3.11 or newer is needed"),
        (
            'case "$2" in *ensurepip*) exit 1;; esac',
            "Python's venv module is missing. On Debian: apt install python3-venv",
        ),
    ],
)
def test_what_is_missing_is_named_with_debians_package(tmp_path, script, sentence):
    python = tmp_path / "python"
    if script:
        python.write_text(f"#!/bin/sh\n{script}\n")
        python.chmod(0o755)
    result = make("run", f"PYTHON={python}", f"ENV={tmp_path / 'environment'}")
    assert result.returncode != 0
    assert sentence in result.stdout


@pytest.mark.parametrize(
    ("address", "lock"),
    [("", "run"), ("postgres://ada:$(x@db/site", "postgres"), ("pgsql://db/site", "postgres"), ("sqlite:///x", "run")],
)
def test_the_packages_for_postgresql_are_installed_where_it_is_used(tmp_path, address, lock):
    result = make("--dry-run", "run", f"ENV={tmp_path / 'environment'}", DATABASE_URL=address)
    assert f"-r requirements/{lock}.txt" in result.stdout

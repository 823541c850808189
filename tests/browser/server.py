"""The real server, started as `make run` and `make demo` do, on data of its own."""

import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# A name that the server answers to over plain http, as inside a company: browsers do not trust it as they do localhost.
PLAIN_HTTP_HOST = "skills.test"
UNKNOWN_HOST = "elsewhere.test"
# All else stays out: DATABASE_URL, SITE_URL and DJANGO_SETTINGS_MODULE would change what is tested.
INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TMPDIR")
LONGEST_START = 120  # seconds


@dataclass(frozen=True)
class Site:
    port: int
    environment: dict[str, str]

    @property
    def data(self) -> Path:
        return Path(self.environment["DATA_DIR"])

    def at(self, path: str, *, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def manage(self, *arguments: str) -> None:
        manage(self.environment, *arguments)


def environment_on(data: Path, **variables: str) -> dict[str, str]:
    """The environment of a process of the site that keeps its data there."""
    inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
    return {**inherited, "DJANGO_SETTINGS_MODULE": "sfia_site.settings", "DATA_DIR": str(data), **variables}


def manage(environment: dict[str, str], *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(prepared: Path, directory: Path, *options: str, **variables: str) -> Iterator[Site]:
    """A site with a copy of what is prepared in `directory`, with these variables, while the context lasts."""
    port = free_port()
    data = shutil.copytree(prepared, directory / "data")
    environment = environment_on(
        data, HOST="127.0.0.1", PORT=str(port), ALLOWED_HOSTS=f"127.0.0.1 {PLAIN_HTTP_HOST}", **variables
    )
    output = directory / "output.txt"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", *options],
            cwd=PROJECT,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_answers(process, port, output)
        yield Site(port, environment)
        if process.poll() is not None:
            pytest.fail(f"The server stopped by itself ({process.returncode}).\n{words_in(output)}", pytrace=False)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until_it_answers(process: subprocess.Popen[bytes], port: int, output: Path) -> None:
    latest = time.monotonic() + LONGEST_START
    while process.poll() is None and time.monotonic() < latest:
        if answers(port):
            return
        try:
            process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
    pytest.fail(f"The server did not start ({process.poll()}).\n{words_in(output)}", pytrace=False)


def words_in(output: Path) -> str:
    return output.read_text(encoding="utf-8", errors="replace")


def answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def free_port() -> int:
    """Below those that the system hands out, which a browser's own connections could take before the server does."""
    while True:
        port = random.randrange(10_000, 30_000)
        try:
            socket.create_server(("127.0.0.1", port)).close()
        except OSError:
            continue
        return port

"""A PostgreSQL server of the tests' own, made with the machine's binaries and gone without a trace.

`python -m tests.postgresql` runs pytest on such a server, with the arguments that it is given. What has nothing to do
with the database of the settings would only be the same thing again and is left out: see `uses_the_database`.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from tempfile import mkdtemp
from typing import Any
from urllib.parse import quote

import dj_database_url
import pytest
from django.conf import settings

DEBIAN = Path("/usr/lib/postgresql")
# Only for those who may enter its folder, hence no port and no password; and quick, since nothing in it is to be kept.
OPTIONS = (
    "-p 5432 -c listen_addresses= -c unix_socket_directories=. "
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off "
    "-c jit=off -c autovacuum=off -c wal_level=minimal -c max_wal_senders=0"
)
# The shell sees the end of its input when whoever started it is gone, even killed, and then cleans up after them.
SCRIPT = """
{
    { test -d data ||
        "$1/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync; } &&
    "$1/pg_ctl" --pgdata=data --log=log --options="$3" --wait start
} >output 2>&1 && echo ready || echo failed
read -r _
"$1/pg_ctl" --pgdata=data --mode=immediate --wait stop >/dev/null 2>&1
rm -rf "$2"
"""


def missing() -> str:
    """Why there can be no server here, in a sentence; "" where there can be one."""
    if binaries():
        return ""
    return f"PostgreSQL is missing: initdb is not on PATH and not in {DEBIAN}/*/bin. On Debian: apt install postgresql"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl; where Debian has several versions, of the newest."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


@contextmanager
def private_server(copy_of: Path | None = None, **chosen: str) -> Iterator[str]:
    """The DATABASE_URL of a new server with these settings, for as long as the context lasts.

    Its database is empty, or one that `keep_data` has kept.
    """
    folder = mkdtemp(prefix="skill-reference-postgresql-")
    if copy_of:
        shutil.copytree(copy_of, Path(folder, "data"))
        Path(folder, "data").chmod(0o700)
    options = " ".join([OPTIONS, *(f"-c {name}={value}" for name, value in chosen.items())])
    process = subprocess.Popen(
        ["sh", "-c", SCRIPT, "sh", str(binaries()), folder, options],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # Ctrl+C is for us: the shell still has to clean up.
        start_new_session=True,
        **owner_of(folder),
    )
    with process:
        if process.stdout.readline() != b"ready\n":
            pytest.fail(f"PostgreSQL did not start.\n{words_in(folder)}", pytrace=False)
        yield f"postgres://postgres@{quote(f'{folder}/data', safe='')}:5432/postgres"


def keep_data(address: str, folder: Path) -> None:
    """Stop the server at an address and copy what it holds into a new folder, for servers that begin with it."""
    data = Path(dj_database_url.parse(address)["HOST"])
    stop = [str(binaries() / "pg_ctl"), f"--pgdata={data}", "--mode=fast", "--wait", "stop"]
    subprocess.run(stop, cwd=data.parent, check=True, stdout=subprocess.DEVNULL, **owner_of(str(data.parent)))
    shutil.copytree(data, folder)


def owner_of(folder: str) -> dict[str, Any]:
    """As whom the server runs, as arguments of `Popen`: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = getpwnam("nobody")
    for path in (folder, *Path(folder).rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def words_in(folder: str) -> str:
    files = (Path(folder, name) for name in ("output", "log"))
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.exists())


# The run on such a server: this module is a plugin of pytest's then, in each of its processes.


def main(arguments: list[str]) -> int:
    """The exit status of pytest, run on a server of its own. Where there can be none, that is an error for CI alone."""
    if reason := missing():
        is_needed = os.environ.get("CI") == "true"
        print(reason if is_needed else f"{reason}. So the tests do not run on it.")
        return int(is_needed)
    with private_server() as address:
        os.environ["DATABASE_URL"] = address
        # The run on SQLite has it on, as a new installation has both.
        os.environ.setdefault("PAGE_MEMORY", "off")
        return int(pytest.main(["-p", "tests.postgresql", *arguments]))


def pytest_report_header() -> str:
    return "database: PostgreSQL, for the tests that use the database of the settings"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        raise pytest.UsageError("DATABASE_URL has been lost: these tests would not run on PostgreSQL.")
    left_out = [item for item in items if not uses_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = filter(uses_the_database, items)


def uses_the_database(item: pytest.Item) -> bool:
    """Whether a test asks the database of the settings.

    pytest-django keeps those from it that have neither its mark nor its fixture. They are functions, files and words;
    or they start processes, browser tests among them, and give each a database of its own, whatever DATABASE_URL says.
    Where a test of the latter kind stands in a module that is marked, it has the mark `own_database`.
    """
    if item.get_closest_marker("own_database"):
        return False
    return bool(item.get_closest_marker("django_db")) or "db" in item.fixturenames


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A PostgreSQL server of the tests' own, made with the machine's binaries and gone without a trace."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwnam
from tempfile import mkdtemp
from urllib.parse import quote

import pytest

DEBIAN = Path("/usr/lib/postgresql")
# Only for those who may enter its folder, hence no port and no password; and quick, since nothing in it is to be kept.
OPTIONS = "-p 5432 -c listen_addresses= -c unix_socket_directories=. -c fsync=off -c full_page_writes=off"
# The shell sees the end of its input when whoever started it is gone, even killed, and then cleans up after them.
SCRIPT = f"""
{{
    "$1/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync &&
    "$1/pg_ctl" --pgdata=data --log=log --options='{OPTIONS} -c synchronous_commit=off' --wait start
}} >output 2>&1 && echo ready || echo failed
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
def private_server() -> Iterator[str]:
    """The DATABASE_URL of a new, empty server, for as long as the context lasts."""
    folder = mkdtemp(prefix="skill-reference-postgresql-")
    process = subprocess.Popen(
        ["sh", "-c", SCRIPT, "sh", str(binaries()), folder],
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


def owner_of(folder: str) -> dict[str, object]:
    """As whom the server runs, as arguments of `Popen`: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    nobody = getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def words_in(folder: str) -> str:
    files = (Path(folder, name) for name in ("output", "log"))
    return "\n".join(file.read_text(encoding="utf-8", errors="replace") for file in files if file.exists())

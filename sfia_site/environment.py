"""Reading settings from the environment.

A value that is not understood raises `ImproperlyConfigured` with a sentence that names the variable, what stands in
it and what was expected. A variable that is set to nothing counts as not set.
"""

import os
import re
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from dj_database_url import DBConfig
from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql", "pgsql")
FLAGS = {"on": True, "true": True, "yes": True, "1": True, "off": False, "false": False, "no": False, "0": False}
ONE_HOST = r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]"
HOST_PATTERN = re.compile(rf"\*|\.?{ONE_HOST}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    value = text(name, "on" if default else "off").lower()
    if value not in FLAGS:
        raise _misunderstood(name, value, '"on" or "off"')
    return FLAGS[value]


def one_of(name: str, default: str, *others: str) -> str:
    value = text(name, default)
    if value not in (default, *others):
        raise _misunderstood(name, value, " or ".join((default, *others)))
    return value


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    value = text(name, str(default))
    # Python itself refuses to read a number of thousands of digits, with an error of its own.
    if not (re.fullmatch(r"[0-9]{1,9}", value) and least <= int(value) <= most):
        raise _misunderstood(name, value, f"a whole number from {least} to {most}")
    return int(value)


def hosts(name: str, default: list[str]) -> list[str]:
    """Host names in the form of Django's ALLOWED_HOSTS, separated by commas or spaces."""
    given = text(name, "").replace(",", " ").split()
    for host in given:
        if not HOST_PATTERN.fullmatch(host):
            raise _misunderstood(name, host, 'a host name such as "skills.example.org", without scheme and port,')
    return given or default


def origin(name: str) -> str:
    """The scheme and host of a site, without a slash at the end; "" where it is not set."""
    value = text(name, "").rstrip("/")
    expected = 'a scheme and a host such as "https://skills.example.org"'
    try:
        parts = urlsplit(value)
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError as error:
        raise _misunderstood(name, value, expected) from error
    if value and not (
        parts.scheme in ("http", "https")
        and re.fullmatch(ONE_HOST, host_of(value))
        and port_is_a_number
        and "@" not in value
        and value == f"{parts.scheme}://{parts.netloc}"
    ):
        raise _misunderstood(name, value, expected)
    return value


def host_of(site: str) -> str:
    """The host of an origin as Django compares it: without a port, an IPv6 address in brackets."""
    host = urlsplit(site).hostname or ""
    return f"[{host}]" if ":" in host else host


def directory(name: str, default: Path) -> Path:
    """A folder, made if need be, for its owner alone. A relative one is taken from the folder of `default`."""
    path = default.parent / text(name, str(default))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name} is {path}, which cannot be made: {error.strerror}.") from error
    return path


def database(name: str, *, sqlite: Path) -> DBConfig:
    """The database at an address such as `postgres://user:password@host/name`; without one, the file `sqlite`."""
    value = text(name, "")
    if not value:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(sqlite)}
    try:
        scheme = urlsplit(value).scheme
        if scheme not in DATABASE_SCHEMES:
            raise ValueError("neither SQLite nor PostgreSQL")
        # A connection that is kept would go on reading a file in whose place another one was put.
        is_a_file = scheme.startswith("sqlite")
        return dj_database_url.parse(value, conn_max_age=0 if is_a_file else 60, conn_health_checks=not is_a_file)
    except ValueError as error:
        # The address may hold a password, so it is not repeated.
        raise ImproperlyConfigured(
            f"{name} is not an address of a database such as postgres://user:password@host/name."
        ) from error


def secret(name: str, *, kept_in: Path) -> str:
    """The secret of this name, or else one that is made once and kept in a file which only its owner can read."""
    given = text(name, "")
    if given:
        return given
    try:
        if not kept_in.exists():
            _keep_secret(secrets.token_urlsafe(64), kept_in)
        kept = kept_in.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name} is not set, and {kept_in} cannot be read or made: {error}.") from error
    if not kept:
        raise ImproperlyConfigured(f"{name} is not set, and {kept_in} is empty. Delete it, and a new one is made.")
    return kept


def _keep_secret(value: str, path: Path) -> None:
    """Write a file whole or not at all; where another process was faster, its file stays."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(value)
    with suppress(FileExistsError):
        os.link(unfinished, path)
    unfinished.unlink()


def _misunderstood(name: str, value: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f'{name} is "{value}", but {expected} was expected.')

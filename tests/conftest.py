import fcntl
import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from _pytest import runner
from django.db import transaction
from django.test import Client

from .browser.server import environment_on, manage
from .pages import Page, parsed
from .postgresql import keep_data, missing, private_server
from .remembering import RememberingClient
from .stack import in_one_piece

# What `make run` does first, on data of the site's own; and somebody who administers it.
PREPARE = """
from django.contrib.auth.models import User
from django.core.management import call_command
from tests.admin.steps import make_session
from tests.visitor import NAME, PASSWORD, SESSION
call_command("prepare")
make_session(User.objects.create_superuser(NAME, "administrator@localhost", PASSWORD), key=SESSION)
"""


def pytest_collection_finish():
    """What has been imported and collected stays: there is no garbage in it to look for, again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    return in_one_piece(lambda: runner.pytest_runtest_protocol(item, nextitem))


@pytest.fixture(scope="session")
def made_once(tmp_path_factory, worker_id):
    """What makes a folder that all processes of a run share, since making it takes longer than most tests."""

    def made_once(name: str, make: Callable[[Path], object]) -> Path:
        folder = tmp_path_factory.getbasetemp() / name
        if worker_id != "master":
            folder = folder.parents[1] / name
        with folder.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                unfinished = folder.with_suffix(".unfinished")
                make(unfinished)
                unfinished.rename(folder)
        return folder

    return made_once


@pytest.fixture(scope="session")
def prepared(made_once) -> Path:
    """The DATA_DIR of a site that `make run` has prepared from nothing, to be copied and never changed.

    It has an administrator, whom `visitor` names.
    """
    return made_once("prepared", lambda folder: manage(environment_on(folder), "shell", "--command", PREPARE))


@pytest.fixture(scope="session")
def prepared_on_postgresql(made_once, prepared) -> Path:
    """The data of a server that holds what the database of `prepared` does, for `private_server` to begin with."""

    def make(folder: Path) -> None:
        with private_server() as address, TemporaryDirectory() as data:
            # The static files, which are the same, take longest.
            shutil.copytree(prepared, data, dirs_exist_ok=True)
            manage(environment_on(Path(data), DATABASE_URL=address), "shell", "--command", PREPARE)
            keep_data(address, folder)

    if reason := missing():
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return made_once("prepared-on-postgresql", make)


@pytest.fixture(scope="session")
def prepared_demo(made_once, prepared) -> Path:
    """The same that `make demo` has prepared."""

    def make(folder: Path) -> None:
        shutil.copytree(prepared, folder)
        manage(environment_on(folder), "prepare", "--demo")

    return made_once("prepared-demo", make)


@pytest.fixture(scope="module")
def shared_db(django_db_setup, django_db_blocker):
    """A transaction round the tests of a module, for what its fixtures make once and each test finds as it was made.

    Each test still undoes its own changes in the database. Its copy of an object is to be a copy: see `copy.deepcopy`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def client(settings) -> Client:
    """Where pages come from memory, a reader for whom they do; PAGE_MEMORY says so, as for the site."""
    return RememberingClient() if settings.PAGE_MEMORY else Client()


@pytest.fixture
def get(client: Client):
    """Fetch an address as a reader and parse the page strictly: `get("/skills/ITMG/")` is a `Page`."""

    def fetch(address: str, *, status: int = 200, **options) -> Page:
        response = client.get(address, **options)
        assert response.status_code == status, (address, response.status_code)
        return Page(response, parsed(response.content.decode()))

    return fetch

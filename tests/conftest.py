import fcntl
from pathlib import Path

import html5lib
import pytest
from django.test import Client

from .browser.server import prepare
from .pages import Page


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, worker_id) -> Path:
    """The DATA_DIR of a site that `make run` has prepared from nothing, to be copied and never changed.

    That takes longer than most tests, so all processes of a run share it.
    """
    folder = tmp_path_factory.getbasetemp() / "prepared"
    if worker_id != "master":
        folder = folder.parents[1] / folder.name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(".unfinished")
            prepare(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture
def get(client: Client):
    """Fetch an address as a reader and parse the page strictly: `get("/skills/ITMG/")` is a `Page`."""

    def fetch(address: str, *, status: int = 200, **options) -> Page:
        response = client.get(address, **options)
        assert response.status_code == status, (address, response.status_code)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return Page(response, parser.parse(response.content.decode()))

    return fetch

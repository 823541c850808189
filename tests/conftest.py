import html5lib
import pytest
from django.test import Client

from .pages import Page


@pytest.fixture
def get(client: Client):
    """Fetch an address as a reader and parse the page strictly: `get("/skills/ITMG/")` is a `Page`."""

    def fetch(address: str, *, status: int = 200, **options) -> Page:
        response = client.get(address, **options)
        assert response.status_code == status, (address, response.status_code)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        return Page(response, parser.parse(response.content.decode()))

    return fetch

"""The real server, spoken to without a browser: what no browser would send, and the headers of static files."""

import re
import socket
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse

import pytest

from .browser.server import served


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    with served(prepared, tmp_path_factory.mktemp("server")) as site:
        yield site


def answer_to(site, request: bytes) -> bytes:
    """The first line of the answer to these very bytes."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=20) as connection:
        connection.sendall(request)
        return connection.makefile("rb").readline()


def fetch(site, address: str) -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=20)) as connection:
        connection.request("GET", address)
        response = connection.getresponse()
        return response, response.read()


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /skills/ITMG/ HTTP/1.1", 200),
        (b"HEAD /skills/ITMG/ HTTP/1.1", 200),
        (b"GET /skills/ITMG/?levels=\xff\xfe HTTP/1.1", 400),
        (b"GET /skills/ITMG/?%00=%00&levels=%ED%A0%80 HTTP/1.1", 200),
        (b"GET /skills/ITMG/?" + b"x" * 60_000 + b" HTTP/1.1", 200),
        (b"GET /skills/ITMG/?" + b"x=1&" * 2_000 + b" HTTP/1.1", 400),
        (b"GET /skills/%ED%A0%80/ HTTP/1.1", 404),
        (b"GET /skills/%00/ HTTP/1.1", 404),
        (b"GET /static/%00.css HTTP/1.1", 404),
        (b"GET /static/../db.sqlite3 HTTP/1.1", 404),
        (b"GET /static/%2e%2e/secret_key HTTP/1.1", 404),
        (b"GET //evil.example/skills/ITMG HTTP/1.1", 404),
        (b"POST /skills/ITMG/ HTTP/1.1", 405),
        (b"BREW /skills/ITMG/ HTTP/1.1", 405),
    ],
)
def test_what_no_browser_would_send_gets_an_answer_that_is_no_fault_of_ours(site, line, status):
    first = answer_to(site, line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
    assert int(first.split()[1]) == status


@pytest.mark.parametrize("host", [b"evil.example", b"", b"127.0.0.1:x", b"a b", b"\xff"])
def test_a_host_that_is_not_ours_is_refused(site, host):
    first = answer_to(site, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nConnection: close\r\n\r\n")
    assert int(first.split()[1]) == 400


def test_static_files_carry_the_policy_and_stay_in_caches_for_good(site):
    _, page = fetch(site, "/skills/ITMG/")
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode())
    assert len(files) == 5
    for file in files:
        response, _ = fetch(site, file)
        assert response.status == 200
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Access-Control-Allow-Origin"] is None

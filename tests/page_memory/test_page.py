import gzip

import brotli
import pytest

from skills.page_memory.page import (
    LONGEST_ACCEPT_ENCODING,
    LONGEST_IF_NONE_MATCH,
    SHORTEST_TO_COMPRESS,
    best_encoding,
)

from .steps import WORDS, Site, ask, remembering


def test_each_encoding_has_bytes_and_an_etag_of_its_own():
    memory = remembering(Site())
    plain, packed, smallest = (ask(memory, accept_encoding=encoding) for encoding in ("", "gzip", "gzip, br"))
    assert (plain.body, "Content-Encoding" in plain.headers) == (WORDS, False)
    assert (gzip.decompress(packed.body), packed.headers["Content-Encoding"]) == (WORDS, "gzip")
    assert (brotli.decompress(smallest.body), smallest.headers["Content-Encoding"]) == (WORDS, "br")
    assert len({answer.headers["ETag"] for answer in (plain, packed, smallest)}) == 3
    for answer in (plain, packed, smallest):
        assert answer.headers["Content-Length"] == str(len(answer.body))
        assert answer.headers["ETag"].startswith('"')


def test_the_same_bytes_have_the_same_etag_in_every_process():
    etags = {ask(remembering(Site()), accept_encoding="gzip").headers["ETag"] for _ in range(2)}
    assert len(etags) == 1


def test_a_short_answer_stays_as_it_is():
    answer = ask(remembering(Site(body=b"x" * (SHORTEST_TO_COMPRESS - 1))), accept_encoding="br")
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.000, *", "gzip"),
        ("br;q=0.001", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("identity", ""),
        ("", ""),
        ("brotli, x-gzip", ""),
        (",;,q=;;", ""),
    ],
)
def test_thebest_encoding_is_one_that_is_accepted(accepted, best):
    assert best_encoding(accepted) == best


@pytest.mark.parametrize("known", ["{}", "W/{}", '"x", {}', 'W/"x",W/{}', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_has_a_page_already_is_told_that_it_is_still_right(known, method):
    memory = remembering(Site(headers=[("Vary", "Cookie"), ("Cache-Control", "no-cache"), ("X-Frame-Options", "DENY")]))
    etag = ask(memory).headers["ETag"]
    answer = ask(memory, method=method, if_none_match=known.format(etag))
    assert (answer.status, answer.body) == ("304 Not Modified", b"")
    assert answer.headers == {"ETag": etag, "Vary": "Cookie, Accept-Encoding", "Cache-Control": "no-cache"}


@pytest.mark.parametrize("known", ['"x"', "", "x", '"', 'W/"', "\x00"])
def test_who_has_another_page_gets_this_one(known):
    memory = remembering(Site())
    ask(memory)
    assert ask(memory, if_none_match=known).status == "200 OK"


def test_what_is_gone_is_kept_and_is_never_still_right():
    site = Site(status="410 Gone")
    memory = remembering(site)
    etag = ask(memory).headers["ETag"]
    answer = ask(memory, if_none_match=etag)
    assert (answer.status, answer.body, site.times_asked) == ("410 Gone", WORDS, 1)


def test_what_no_browser_would_send_costs_nothing():
    memory = remembering(Site())
    etag = ask(memory).headers["ETag"]
    assert "Content-Encoding" not in ask(memory, accept_encoding="br" + " " * LONGEST_ACCEPT_ENCODING).headers
    assert ask(memory, if_none_match=f"{etag}," + "x" * LONGEST_IF_NONE_MATCH).status == "200 OK"
    assert best_encoding.cache_info().maxsize == 128


def test_another_status_has_another_etag():
    there, gone = (ask(remembering(Site(status=status))) for status in ("200 OK", "410 Gone"))
    assert there.headers["ETag"] != gone.headers["ETag"]

from concurrent.futures import ThreadPoolExecutor

import pytest

from skills.page_memory.layer import PUBLIC, Public
from skills.page_memory.page import OVERHEAD

from .steps import WORDS, Quiet, Site, ask, remembering


def test_pages_have_so_many_bytes_and_those_that_are_read_stay(settings):
    settings.PAGE_MEMORY_BYTES = 40 * (OVERHEAD + len(WORDS))
    site = Site()
    memory = remembering(site)
    ask(memory, "/read/")
    for number in range(100):
        ask(memory, f"/{number}/")
        ask(memory, "/read/")
    assert site.times_asked == 101
    ask(memory, "/0/")
    ask(memory, "/99/")
    assert site.times_asked == 102


def test_a_page_that_is_larger_than_all_room_is_not_kept(settings):
    settings.PAGE_MEMORY_BYTES = 4 * OVERHEAD
    site = Site(body=b"x" * 4 * OVERHEAD)
    memory = remembering(site)
    ask(memory)
    ask(memory)
    assert site.times_asked == 2


def test_queries_do_not_push_out_pages(settings):
    settings.PAGE_MEMORY_BYTES = 40 * (OVERHEAD + len(WORDS))
    site = Site()
    memory = remembering(site)
    ask(memory, "/skills/ITMG/")
    for number in range(200):
        ask(memory, "/skills/compare/", query=f"skills={number}")
    site.times_asked = 0
    ask(memory, "/skills/ITMG/")
    assert site.times_asked == 0


@pytest.mark.parametrize("made_up", ["{}.localhost", "localhost:{}", "LOCALHOST:{}"])
def test_made_up_hosts_do_not_push_out_pages(settings, made_up):
    """Neither those that came before nor those that come after."""
    settings.PAGE_MEMORY_BYTES = 40 * (OVERHEAD + len(WORDS))
    site = Site()
    memory = remembering(site)
    for number in range(200):
        ask(memory, host=made_up.format(number))
    ask(memory)
    for number in range(200):
        ask(memory, host=made_up.format(number))
    site.times_asked = 0
    ask(memory)
    assert site.times_asked == 0


@pytest.mark.parametrize("host", ["skills.example.org", "localhost:8000", "localhost", "skills.example.org:8443"])
def test_hosts_that_the_settings_name_have_all_room(settings, host):
    settings.ALLOWED_HOSTS, settings.PORT = ["localhost", ".example.net", "skills.example.org"], 8000
    settings.SITE_URL = "https://skills.example.org:8443"
    settings.PAGE_MEMORY_BYTES = 8 * (OVERHEAD + len(WORDS))
    site = Site()
    memory = remembering(site)
    for number in range(5):
        ask(memory, f"/{number}/", host=host)
    site.times_asked = 0
    ask(memory, "/0/", host=host)
    assert site.times_asked == 0


def test_many_at_once_get_the_right_pages(settings):
    settings.PAGE_MEMORY_BYTES = 30 * OVERHEAD

    def site(environment, start_response):
        environment[PUBLIC] = Public.TO_BE_KEPT
        start_response("200 OK", [])
        return [environment["PATH_INFO"].encode()]

    watch = Quiet()
    memory = remembering(site, watch)

    def read(number):
        path = f"/{number * 7 % 40}/"
        if number % 50 == 0:
            watch.revision = number
        return ask(memory, path).body == path.encode()

    with ThreadPoolExecutor(8) as readers:
        assert all(readers.map(read, range(2_000)))

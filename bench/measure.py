"""What a page costs: queries, bytes, milliseconds."""

import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from time import perf_counter

import brotli  # type: ignore[import-untyped]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skills import prose
from skills.models import Attribute, Category, Edition, Skill, Subcategory

RUNS = 25
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


@dataclass(frozen=True)
class Page:
    """A page as it is fetched once: its address, its queries and its HTML."""

    address: str
    queries: int
    html: bytes

    @property
    def brotli(self) -> int:
        return len(brotli.compress(self.html, quality=5))

    @property
    def gzip(self) -> int:
        return len(gzip.compress(self.html, compresslevel=6))


def seconds(work: Callable[[], object]) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


def fetch(client: Client, address: str) -> Page:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return Page(address, len(queries), response.content)


def addresses(edition: Edition) -> Iterator[tuple[str, str]]:
    """Every page of an edition: the name of its view and its address."""
    for view in ("edition_detail", "about", "skill_list", "chart", "level_list", "attribute_list"):
        yield view, edition.lasting_address_of(view)
    for category in Category.objects.in_edition(edition):
        yield "category_detail", edition.lasting_address_of("category_detail", category=category.slug)
    for subcategory in Subcategory.objects.in_edition(edition):
        slugs = {"category": subcategory.category.slug, "subcategory": subcategory.slug}
        yield "subcategory_detail", edition.lasting_address_of("subcategory_detail", **slugs)
    for number in range(1, 8):
        yield "level_detail", edition.lasting_address_of("level_detail", number=number)
    for attribute in Attribute.objects.in_edition(edition):
        yield "attribute_detail", edition.lasting_address_of("attribute_detail", code=attribute.code)
    for skill in Skill.objects.in_edition(edition):
        yield "skill_detail", edition.lasting_address_of("skill_detail", code=skill.code)
        yield "skill_level_compare", edition.lasting_address_of("skill_level_compare", code=skill.code)
        yield "skill_compare", f"{edition.lasting_address_of('skill_compare')}?skills={skill.code}"
        for number in range(1, 8):
            yield (
                "skill_level_detail",
                edition.lasting_address_of("skill_level_detail", code=skill.code, number=number),
            )


def loaded_with(client: Client, page: Page) -> dict[str, tuple[int, int]]:
    """What a page makes a browser load, by address: bytes as it is and as it is served to a browser of today."""
    return {
        address: (_bytes_served(client, address, ""), _bytes_served(client, address, "br, gzip"))
        for address in LOADED.findall(page.html.decode())
    }


def _bytes_served(client: Client, address: str, encodings: str) -> int:
    response = client.get(address, headers={"Accept-Encoding": encodings})
    return sum(len(part) for part in response)


def milliseconds_cold_and_warm(client: Client, address: str) -> tuple[float, float]:
    """Medians for a page of which no text, and of which each text, is remembered as HTML."""
    client.get(address)
    cold = []
    for _ in range(RUNS):
        prose.as_html.cache_clear()
        cold.append(seconds(lambda: client.get(address)))
    warm = [seconds(lambda: client.get(address)) for _ in range(RUNS)]
    return median(cold) * 1000, median(warm) * 1000

"""What a page costs: queries, bytes, milliseconds."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from statistics import median
from time import perf_counter
from typing import Any

import brotli  # type: ignore[import-untyped]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skills import prose
from skills.models import Attribute, Category, Edition, Skill, Subcategory

RUNS = 25


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
    for view, parts in _pages(edition):
        yield view, edition.lasting_address_of(view, **parts)
    for skill in Skill.objects.in_edition(edition):
        yield "skill_compare", f"{edition.lasting_address_of('skill_compare')}?skills={skill.code}"


def _pages(edition: Edition) -> Iterator[tuple[str, dict[str, Any]]]:
    for view in ("edition_detail", "about", "skill_list", "chart", "level_list", "attribute_list"):
        yield view, {}
    for category in Category.objects.in_edition(edition):
        yield "category_detail", {"category": category.slug}
    for subcategory in Subcategory.objects.in_edition(edition):
        yield "subcategory_detail", {"category": subcategory.category.slug, "subcategory": subcategory.slug}
    levels = [{"number": number} for number in range(1, 8)]
    yield from product(("level_detail", "level_plain", "level_copy"), levels)
    attributes = [{"code": attribute.code} for attribute in Attribute.objects.in_edition(edition)]
    yield from product(("attribute_detail", "attribute_plain", "attribute_copy"), attributes)
    skills = [{"code": skill.code} for skill in Skill.objects.in_edition(edition)]
    yield from product(("skill_detail", "skill_level_compare", "skill_plain", "skill_copy"), skills)
    skill_levels = [skill | level for skill in skills for level in levels]
    yield from product(("skill_level_detail", "skill_level_plain", "skill_level_copy"), skill_levels)


def milliseconds_cold_and_warm(client: Client, address: str) -> tuple[float, float]:
    """Medians for a page of which no text, and of which each text, is remembered as HTML."""
    client.get(address)
    cold = []
    for _ in range(RUNS):
        prose.as_html.cache_clear()
        cold.append(seconds(lambda: client.get(address)))
    warm = [seconds(lambda: client.get(address)) for _ in range(RUNS)]
    return median(cold) * 1000, median(warm) * 1000

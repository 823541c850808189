"""How good search is, on questions with the skills that should come first, and how fast, on both databases.

    bench/search --names FILE

`FILE` lists the skills of an edition as tab-separated columns: code, name, category, subcategory and levels ("4-7").
"""

import argparse
import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, cycle, islice
from pathlib import Path
from random import Random
from shutil import rmtree
from statistics import median, quantiles
from time import perf_counter

import fresh_site
import generated
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.text import slugify

from skills.importing.fixtures import load_fixtures
from skills.models import Category, Edition, Level, SearchTerm, Skill, SkillLevel, Subcategory
from skills.search.answer import answer
from skills.search.excerpt import excerpts
from tests.postgresql import missing, private_server

TERMS = "search-terms"
QUESTIONS = Path(__file__).with_name("questions.tsv")
FIRST = 5
# As many descriptions as SFIA 9 has, of skills and their levels with guidance, and a hundred thousand of them.
SIZES = (147, 15_150)
QUESTIONS_FOR_SPEED = 600
# A vocabulary like that of a language: a few words in nearly every text, most in hardly any.
VOCABULARY, SYLLABLES = (
    20_000,
    ["ba", "de", "fo", "gu", "ki", "la", "me", "no", "pu", "ra", "se", "ti", "vo", "wa", "ze"],
)
EXCERPTS = 20
# PostgreSQL's manual advises a quarter of the memory, where the server has a gigabyte or more.
SHARED_BUFFERS = "512MB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=Path, help="the list of skills to ask the questions of")
    parser.add_argument("--misses", action="store_true", help="list the questions that a wrong skill answers first")
    parser.add_argument("--skills", type=int, nargs="*", default=SIZES, help="the sizes to measure the speed at")
    chosen = parser.parse_args()
    try:
        call_command("migrate", verbosity=0)
        if chosen.names:
            report_quality(chosen.names, shows_misses=chosen.misses)
        load_fixtures([] if SearchTerm.objects.exists() else [TERMS])
        report_speed(chosen.skills)
    finally:
        connection.close()
        rmtree(fresh_site.DATA_DIR)
    if connection.vendor == "sqlite":
        report_speed_on_postgresql(chosen.skills)


def report_quality(names: Path, *, shows_misses: bool) -> None:
    edition = make_named_edition(names)
    questions = [(text, codes.split()) for text, codes in rows_of(QUESTIONS)]
    print(f"{len(questions)} questions about {edition.skills.count()} skills\n")
    for what in ("without search terms", f"with the {load_terms():,} search terms"):
        with transaction.atomic():
            if what.startswith("without"):
                SearchTerm.objects.all().delete()
            found = {text: codes_for(edition, text) for text, _ in questions}
            transaction.set_rollback(True)
        first = sum(found[text][:1] in [[code] for code in codes] for text, codes in questions)
        among = sum(bool(set(found[text][:FIRST]) & set(codes)) for text, codes in questions)
        print(f"{what:<32} first {first / len(questions):6.1%}   among the first {FIRST} {among / len(questions):6.1%}")
    if shows_misses:
        for text, codes in questions:
            if found[text][:1] not in [[code] for code in codes]:
                print(f"{text}: {' '.join(codes)}, found {' '.join(found[text][:FIRST])}")


def load_terms() -> int:
    load_fixtures([TERMS])
    return SearchTerm.objects.count()


def codes_for(edition: Edition, text: str) -> list[str]:
    answered = answer(edition, text)
    if answered.goes_to:
        return [answered.goes_to.code]
    return [one.document.code for one in answered.found if one.document.skill]


def rows_of(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def make_named_edition(names: Path) -> Edition:
    """An edition of these skills; the descriptions are invented and say nothing."""
    edition = Edition.objects.create(slug="0-named", name="Named")
    with names.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for position, row in enumerate(rows, 1):
        category, _ = Category.objects.get_or_create(
            edition=edition, slug=slugify(row["category"]), defaults={"name": row["category"], "position": position}
        )
        subcategory, _ = Subcategory.objects.get_or_create(
            category=category,
            slug=slugify(row["subcategory"]),
            defaults={"name": row["subcategory"], "position": position},
        )
        skill = Skill.objects.create(
            edition=edition,
            subcategory=subcategory,
            code=row["code"],
            name=row["name"],
            position=position,
            overall_description=generated.OVERALL_DESCRIPTION,
        )
        first, last = map(int, row["levels"].split("-"))
        SkillLevel.objects.bulk_create(
            SkillLevel(skill=skill, number=number, description=generated.DESCRIPTION)
            for number in range(first, last + 1)
        )
    return edition


def report_speed(sizes: Sequence[int]) -> None:
    print(f"\nA question on {connection.vendor}, and with it the first {EXCERPTS} excerpts, in milliseconds\n")
    print("  skills  descriptions   answer: median     p99    most   with excerpts: median     p99    most")
    for size in sizes:
        edition = make_wordy_edition(size)
        descriptions = SkillLevel.objects.filter(skill__edition=edition).count() + 2 * size
        if connection.vendor == "postgresql":
            # As its autovacuum does within a minute of so much writing.
            connection.cursor().execute("VACUUM ANALYZE")
        alone, whole = zip(*(milliseconds(edition, text) for text in questions_of(edition, size)), strict=True)
        print(f"{size:>8,}  {descriptions:>12,} {spread(alone, 17)}{spread(whole, 24)}")


def spread(taken: Sequence[float], width: int) -> str:
    return f"{median(taken):{width}.1f}{quantiles(taken, n=100)[98]:8.1f}{max(taken):8.1f}"


def report_speed_on_postgresql(sizes: Sequence[int]) -> None:
    if reason := missing():
        print(f"\n{reason}")
        return
    with private_server(shared_buffers=SHARED_BUFFERS) as address:
        # The sizes last: they take all that follows.
        words = [sys.executable, __file__, "--skills", *map(str, sizes)]
        subprocess.run(words, env={**os.environ, "BENCH_DATABASE_URL": address}, check=True)


def milliseconds(edition: Edition, text: str) -> tuple[float, float]:
    """How long an answer takes, and with its excerpts."""
    begun = perf_counter()
    answered = answer(edition, text)
    between = perf_counter()
    excerpts(answered.question, answered.found[:EXCERPTS])
    return (between - begun) * 1000, (perf_counter() - begun) * 1000


class Words:
    """Texts of invented words, of which some are as common and most as rare as those of a language."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._words = [word_for(number) for number in range(VOCABULARY)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))

    def text(self, length: int) -> str:
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=length))


def word_for(number: int) -> str:
    parts: list[str] = []
    while number or not parts:
        number, part = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[part])
    return "".join(parts) + "n"


def make_wordy_edition(skill_count: int) -> Edition:
    """Shaped like SFIA, with texts as long as its texts, in which words are as rare as they are in a language."""
    words = Words(skill_count)
    edition = Edition.objects.create(slug=f"0-wordy-{skill_count}", name=f"Wordy, {skill_count} skills")
    Level.objects.bulk_create(Level(edition=edition, number=number) for number in range(1, 8))
    category = Category.objects.create(edition=edition, slug="category", name="Category", position=1)
    place = Subcategory.objects.create(category=category, slug="subcategory", name="Subcategory", position=1)
    skills = Skill.objects.bulk_create(
        Skill(
            edition=edition,
            subcategory=place,
            code=generated.code_for(number),
            name=words.text(1 + number % 4).capitalize(),
            position=number % 30_000,
            overall_description=words.text(25),
            guidance_notes=words.text(150),
        )
        for number in range(skill_count)
    )
    SkillLevel.objects.bulk_create(
        SkillLevel(skill=skill, number=number, description=words.text(80))
        for skill, (first, last) in zip(skills, islice(cycle(generated.RANGES), skill_count), strict=True)
        for number in range(first, last + 1)
    )
    return edition


def questions_of(edition: Edition, seed: int) -> Iterator[str]:
    """One to three words, common ones often; beginnings, phrases, names, mistyped names and everyday words."""
    words, random = Words(-seed), Random(seed)
    names = list(edition.skills.values_list("name", flat=True)[:500])
    everyday = [text for text, _ in rows_of(QUESTIONS)]
    kinds: list[Callable[[], str]] = [
        lambda: words.text(1),
        lambda: words.text(2),
        lambda: words.text(3),
        lambda: words.text(2)[:-2],
        lambda: f'"{words.text(2)}"',
        lambda: random.choice(names),
        lambda: random.choice(names).replace("n", "nn", 1),
        lambda: random.choice(everyday),
    ]
    for kind in islice(cycle(kinds), QUESTIONS_FOR_SPEED):
        yield kind()


if __name__ == "__main__":
    main()

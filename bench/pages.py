"""Prints what the site costs: setting it up, each page, a first view, and what grows with an edition. See README.md."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from shutil import rmtree

import fresh_site
import generated
import importing
import measure
import saving
import searching
import starting
from django.core.management import call_command
from django.test import Client

from skills.importing.fixtures import load_fixtures
from skills.models import Edition

SAMPLE, INVENTED = ("sfia-9-sample", "9"), ("invented", "1")
SIZES = (147, 1470)


def main() -> None:
    try:
        report_setting_up()
        client = Client(SERVER_NAME="localhost")
        editions = [Edition.objects.get(slug=slug) for _, slug in (SAMPLE, INVENTED)]
        for edition in editions:
            report_pages(client, edition)
        for edition in editions:
            report_first_view(client, edition)
        report_rendering(client, editions)
        report_growth(client)
        report_administration()
        report_importing()
        report_searching()
    finally:
        rmtree(fresh_site.DATA_DIR)


def report_setting_up() -> None:
    migrating = measure.seconds(lambda: call_command("migrate", verbosity=0))
    sample = measure.seconds(lambda: load_fixtures([SAMPLE[0]]))
    invented = measure.seconds(lambda: load_fixtures([INVENTED[0]]))
    collecting = measure.seconds(lambda: call_command("collectstatic", verbosity=0, interactive=False))
    starting_first, starting_again = starting.seconds_to_first_page(), starting.seconds_to_first_page()
    rows = [
        ("migrating", migrating),
        ("loading the sample", sample),
        ("loading the sample and the invented edition", sample + invented),
        ("migrating and loading both", migrating + sample + invented),
        ("collecting and compressing the static files", collecting),
        ("from the command to the first page, static files to be collected", starting_first),
        ("from the command to the first page, the next time", starting_again),
    ]
    print_table("Setting up", ["", "seconds"], [(what, f"{seconds:.2f}") for what, seconds in rows])


def report_pages(client: Client, edition: Edition) -> None:
    pages = defaultdict(list)
    for view, address in measure.addresses(edition):
        pages[view].append(measure.fetch(client, address))
    print_table(
        f"Pages of {edition}: the largest of each kind, and the most queries of any of it",
        ["view", "pages", "queries", "bytes", "brotli 5", "gzip 6", "largest"],
        [(view, len(of_kind), *costs_of_worst(of_kind)) for view, of_kind in pages.items()],
    )


def costs_of_worst(pages: list[measure.Page]) -> tuple[object, ...]:
    largest = max(pages, key=lambda page: len(page.html))
    queries = max(page.queries for page in pages)
    return queries, len(largest.html), largest.brotli, largest.gzip, largest.address


def report_first_view(client: Client, edition: Edition) -> None:
    page = measure.fetch(client, address_of_largest(client, edition, "skill_detail"))
    files = measure.loaded_with(client, page)
    static = [sum(sizes) for sizes in zip(*files.values(), strict=True)]
    rows = [
        ("the HTML; compressed: what brotli 5 would make of it", len(page.html), page.brotli),
        *((address, *sizes) for address, sizes in files.items()),
        ("together, with the HTML as it is served now", len(page.html) + static[0], len(page.html) + static[1]),
        ("together, with the HTML compressed", len(page.html) + static[0], page.brotli + static[1]),
    ]
    print_table(f"First view of {page.address}", ["", "bytes", "compressed"], rows)


def report_rendering(client: Client, editions: Iterable[Edition]) -> None:
    rows = []
    for edition in editions:
        for view in ("skill_detail", "skill_list", "level_detail", "attribute_list"):
            address = address_of_largest(client, edition, view)
            cold, warm = measure.milliseconds_cold_and_warm(client, address)
            rows.append((address, f"{cold:.1f}", f"{warm:.1f}", f"{cold / warm:.1f}"))
    title = f"Rendering, in milliseconds (medians of {measure.RUNS} runs): texts not yet, and already, made HTML"
    print_table(title, ["page", "cold", "warm", "ratio"], rows)


def report_growth(client: Client) -> None:
    rows = []
    for size in SIZES:
        edition = generated.make_edition(size)
        for address in (
            edition.address_of("skill_list"),
            f"{edition.address_of('skill_list')}?sort=name",
            f"{edition.address_of('skill_list')}?category=category-0&level=5",
            edition.address_of("chart"),
            edition.address_of("level_detail", number=5),
            edition.address_of("category_detail", category="category-0"),
        ):
            page = measure.fetch(client, address)
            cold, warm = measure.milliseconds_cold_and_warm(client, address)
            rows.append((size, address, page.queries, len(page.html), page.brotli, f"{cold:.0f}", f"{warm:.0f}"))
    print_table("Growth", ["skills", "page", "queries", "bytes", "brotli 5", "cold ms", "warm ms"], rows)


def report_administration() -> None:
    client = saving.signed_in()
    rows: list[tuple[object, ...]] = []
    for edition in Edition.objects.filter(slug__in=[f"0-{size}" for size in SIZES]).order_by("pk"):
        taken_to_save = saving.milliseconds_to_save(client, edition)
        rows.append((edition, "saving a skill", "", "", f"{taken_to_save:.1f}"))
        for name, page, taken in saving.pages(client, edition):
            rows.append((edition, name, page.queries, len(page.html), f"{taken:.1f}"))
    print_table("Editing", ["edition", "page", "queries", "bytes", "milliseconds"], rows)
    differing = [(name, f"{taken:.1f}") for name, taken in saving.differences()]
    print_table("Marking what differs", ["", "milliseconds"], differing)


def report_importing() -> None:
    rows = [
        (importing.SKILLS * times, what, f"{seconds:.2f}", f"{megabytes:.0f}")
        for times, what, seconds, megabytes in importing.imports([1])
    ]
    print_table("Importing, with the start of the command", ["skills", "", "seconds", "megabytes"], rows)


def report_searching() -> None:
    load_fixtures([searching.TERMS])
    searching.report_speed(SIZES[:1])


def address_of_largest(client: Client, edition: Edition, view: str) -> str:
    """Of all pages of a kind, the one with most HTML."""
    of_kind = (address for name, address in measure.addresses(edition) if name == view)
    return max(of_kind, key=lambda address: len(measure.fetch(client, address).html))


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = [[f"{cell:,}" if isinstance(cell, int) else str(cell) for cell in row] for row in [head, *rows]]
    columns = [aligned(column) for column in zip(*lines, strict=True)]
    print(f"\n{title}\n")
    for cells in zip(*columns, strict=True):
        print("  ".join(cells).rstrip())


def aligned(column: Sequence[str]) -> list[str]:
    """Numbers to the right, words to the left."""
    width = max(map(len, column))
    return [cell.rjust(width) if column[-1][:1].isdigit() else cell.ljust(width) for cell in column]


if __name__ == "__main__":
    main()

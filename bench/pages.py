"""Prints what the site costs: setting it up, each page, a first view, and what grows with an edition. See README.md."""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence

import first_view
import fresh_site
import generated
import importing
import measure
import saving
import searching
import serving
import starting
from django.core.management import call_command
from django.test import Client
from tables import print_table

from skills.importing.fixtures import load_fixtures
from skills.models import Edition

SAMPLE, INVENTED = ("sfia-9-sample", "9"), ("invented", "1")
SIZES = (147, 1470)
WIDTHS = (1280, 320)  # pixels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="only see that all of it works")
    is_smoke = parser.parse_args().smoke
    with fresh_site.gone_afterwards():
        report_setting_up()
        client = Client(SERVER_NAME="localhost")
        editions = [Edition.objects.get(slug=slug) for _, slug in (SAMPLE, INVENTED)]
        for edition in editions:
            report_pages(client, edition)
        report_first_views([address_of_largest(client, edition, "skill_detail") for edition in editions])
        report_rendering(client, editions)
        sizes = SIZES[:1] if is_smoke else SIZES
        report_growth(client, sizes)
        report_administration(sizes)
        report_importing()
        report_searching()
        serving.report(sizes if is_smoke else serving.SIZES, serving.SMOKE if is_smoke else serving.WHOLE)


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


def report_first_views(addresses: Sequence[str]) -> None:
    if first_view.browser() is None:
        print("\nA first view is not measured, for Chromium is missing.")
        return
    rows: list[tuple[object, ...]] = []
    with serving.site() as server:
        for address in addresses:
            for width in WIDTHS:
                seen = first_view.first_view(f"http://127.0.0.1:{server.port}{address}", width=width)
                page, *others = seen.requests
                together, longest = sum(each.bytes for each in seen.requests), max(each.chain for each in seen.requests)
                rows.append((address, width, page.bytes, len(others), together, longest, f"{seen.layout_shift:.3f}"))
    head = ["page", "width", "HTML", "other files", "bytes together", "longest chain", "layout shift"]
    print_table("First view, in Chromium: bytes over the wire, with the headers", head, rows)


def report_rendering(client: Client, editions: Iterable[Edition]) -> None:
    rows = []
    for edition in editions:
        for view in ("skill_detail", "skill_list", "level_detail", "attribute_list"):
            address = address_of_largest(client, edition, view)
            cold, warm = measure.milliseconds_cold_and_warm(client, address)
            rows.append((address, f"{cold:.1f}", f"{warm:.1f}", f"{cold / warm:.1f}"))
    title = f"Rendering, in milliseconds (medians of {measure.RUNS} runs): texts not yet, and already, made HTML"
    print_table(title, ["page", "cold", "warm", "ratio"], rows)


def report_growth(client: Client, sizes: Sequence[int]) -> None:
    rows = []
    for size in sizes:
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


def report_administration(sizes: Sequence[int]) -> None:
    client = saving.signed_in()
    rows: list[tuple[object, ...]] = []
    for edition in Edition.objects.filter(slug__in=[f"0-{size}" for size in sizes]).order_by("pk"):
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


if __name__ == "__main__":
    main()

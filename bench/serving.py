"""What serving costs, against other applications on the same server: requests a second, cold pages, memory.

    bench/http

Needs Debian's `wrk`. The servers stand beside each other and are asked in turn, round after round.
"""

import argparse
import os
import pickle
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import mkstemp
from urllib.parse import urlencode

import fresh_site
import generated
import measure
from django.core.management import call_command
from searching import QUESTIONS, rows_of
from tables import print_table

from skills.management.commands.serve import THREADS
from skills.models import Edition

ROOT = Path(__file__).resolve().parent.parent
PAGE = "/1/skills/CLHD/"
CONNECTIONS = 32
ENCODINGS = ("br", "gzip", "identity")
SIZES = (147, 1_470, 14_700)
# Enough to fill the memory more than once.
MOST_PAGES = 8_000
MARKDOWN = "rendered each time, Markdown too"
LONGEST_START = 60  # seconds


@dataclass(frozen=True)
class Load:
    """How long each measurement lasts, and how often all are repeated."""

    seconds: int
    rounds: int


WHOLE, SMOKE = Load(seconds=2, rounds=7), Load(seconds=1, rounds=1)


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def ask(self, address: str, headers: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
        """The headers, by their names in small letters, and the body."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            return asked(connection, address, headers)

    @property
    def megabytes(self) -> float:
        """What its worker holds, the largest of its processes."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        return max(_resident(process) for process in children)


@dataclass(frozen=True)
class Target:
    """What is asked of a server, and the name of what it is compared with."""

    name: str
    server: Server
    twin: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = PAGE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skills", type=int, nargs="*", default=SIZES, help="the sizes of editions to serve")
    parser.add_argument("--smoke", action="store_true", help="only see that all of it works")
    chosen = parser.parse_args()
    with fresh_site.gone_afterwards():
        with open(os.devnull, "w") as nowhere:
            call_command("prepare", demo=True, stdout=nowhere)
        report(SIZES[:1] if chosen.smoke else chosen.skills, SMOKE if chosen.smoke else WHOLE)


def report(sizes: Sequence[int], load: Load) -> None:
    """Prints all tables; needs a site that `prepare --demo` has prepared."""
    if not shutil.which("wrk"):
        print("\nServing is not measured, for wrk is missing. On Debian: apt install wrk")
        return
    with ExitStack() as servers:
        targets = list(_targets(servers))
        taken = defaultdict(list)
        for _ in range(load.rounds):
            for target in targets:
                taken[target.name].append(requests_a_second(target, load.seconds))
    report_throughput(targets, taken)
    report_growth(sizes, load)
    report_search(load)


def _targets(servers: ExitStack) -> Iterator[Target]:
    memory = servers.enter_context(site())
    for encoding in ENCODINGS:
        headers = {"Accept-Encoding": encoding}
        answer = remembered(memory, PAGE, headers)
        bare = servers.enter_context(twin("bare", BARE_ANSWER=str(kept_in_a_file(*answer))))
        yield Target(f"a bare function, {encoding}", bare, headers=headers)
        yield Target(f"from memory, {encoding}", memory, f"a bare function, {encoding}", headers)
    known = {**headers, "If-None-Match": answer[0]["etag"]}
    yield Target("from memory, 304", memory, f"a bare function, {encoding}", known)
    yield Target("rendered each time", servers.enter_context(site(PAGE_MEMORY="off")))
    yield Target(MARKDOWN, servers.enter_context(twin("markdown_each_time", PAGE_MEMORY="off")))


def report_throughput(targets: Sequence[Target], taken: Mapping[str, list[float]]) -> None:
    rows = [
        (
            target.name,
            *(round(figure) for figure in (min(figures), median(figures), max(figures))),
            f"{median(figures) / median(taken[target.twin]):.2f}" if target.twin else "",
            f"{median(figures) / median(taken[MARKDOWN]):.1f}",
        )
        for target in targets
        if (figures := taken[target.name])
    ]
    rounds = len(taken[MARKDOWN])
    title = f"Requests a second for {PAGE}: one worker, {CONNECTIONS} connections, {rounds} rounds in turn"
    print_table(title, ["", "least", "median", "most", "of bare", "of the last"], rows)


def report_growth(sizes: Sequence[int], load: Load) -> None:
    """Each size on a server of its own, of which every page is read once and then one page again and again."""
    rows = []
    for size in sizes:
        edition = Edition.objects.filter(slug=f"0-{size}").first() or generated.make_edition(size)
        with site() as server:
            empty = server.megabytes
            cold, pages = [], 0
            with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
                for view, address in islice(measure.addresses(edition), MOST_PAGES):
                    began = time.perf_counter()
                    asked(connection, address, {"Accept-Encoding": "br"})
                    pages += 1
                    if view == "skill_detail":
                        cold.append((time.perf_counter() - began) * 1000)
            page = edition.lasting_address_of("skill_detail", code=generated.code_for(0))
            warm = Target("", server, headers={"Accept-Encoding": "br"}, address=page)
            asked_for = requests_a_second(warm, load.seconds)
            last = quantiles(cold, n=100)[-1]
            figures = (f"{median(cold):.1f}", f"{last:.1f}", f"{empty:.0f}", f"{server.megabytes:.0f}")
            rows.append((size, pages, *figures, round(asked_for)))
    head = ["skills", "pages read", "cold ms", "p99", "MB at first", "MB then", "warm requests/s"]
    print_table("How it grows: a worker that reads every page, or as many as are listed", head, rows)


def report_search(load: Load) -> None:
    """The questions of `bench/search`, at the smallest size."""
    edition = Edition.objects.get(slug=f"0-{SIZES[0]}")
    addresses = [
        f"{edition.lasting_address_of('search')}?{urlencode({'q': question})}" for question, _ in rows_of(QUESTIONS)
    ]
    script = fresh_site.DATA_DIR / "questions.lua"
    listed = ", ".join(f'"{address}"' for address in addresses)
    script.write_text(
        f"local asked, number = {{{listed}}}, 0\n"
        "request = function() number = number % #asked + 1; return wrk.format('GET', asked[number]) end\n"
    )
    rows = []
    with site() as server:
        for connections in (1, CONNECTIONS):
            output = wrk(
                server, PAGE, "--script", str(script), "--latency", connections=connections, seconds=load.seconds * 3
            )
            middle, last = (_milliseconds(output, share) for share in ("50%", "99%"))
            rows.append((connections, round(_a_second(output)), f"{middle:.1f}", f"{last:.1f}"))
    print_table(f"Searching {edition}", ["at a time", "requests/s", "median ms", "p99 ms"], rows)


def requests_a_second(target: Target, seconds: int) -> float:
    headers = [argument for name, value in target.headers.items() for argument in ("--header", f"{name}: {value}")]
    return _a_second(wrk(target.server, target.address, *headers, connections=CONNECTIONS, seconds=seconds))


def wrk(server: Server, address: str, *arguments: str, connections: int, seconds: int) -> str:
    command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", *arguments]
    url = f"http://127.0.0.1:{server.port}{address}"
    output = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output and "If-None-Match" not in " ".join(arguments) and "--script" not in arguments:
        raise SystemExit(f"{url} does not always answer with a page:\n{output}")
    return output


def _a_second(output: str) -> float:
    return float(_found(r"Requests/sec:\s+([\d.]+)", output)[1])


def _milliseconds(output: str, share: str) -> float:
    figure, unit = _found(rf"{share}\s+([\d.]+)(us|ms|s)\b", output).groups()
    return float(figure) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def _found(pattern: str, output: str) -> re.Match[str]:
    found = re.search(pattern, output)
    if found is None:
        raise SystemExit(f"wrk says something else:\n{output}")
    return found


def asked(connection: HTTPConnection, address: str, headers: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
    connection.request("GET", address, headers=dict(headers))
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise SystemExit(f"{address} answered {response.status}")
    return {name.lower(): value for name, value in response.headers.items()}, body


def remembered(server: Server, address: str, headers: Mapping[str, str]) -> tuple[dict[str, str], bytes]:
    """The answer, when the server has had a second to hear of the content's revision, and has kept it."""
    server.ask(address, headers)
    time.sleep(1.5)
    server.ask(address, headers)
    return server.ask(address, headers)


def kept_in_a_file(headers: Mapping[str, str], body: bytes) -> Path:
    descriptor, path = mkstemp(dir=fresh_site.DATA_DIR)
    ours = [(name, value) for name, value in headers.items() if name not in ("server", "date")]
    with open(descriptor, "wb") as file:
        pickle.dump(("200 OK", ours, body), file)
    return Path(path)


def site(**variables: str) -> AbstractContextManager[Server]:
    """The site with one worker, as `make run` serves it."""
    return _running([sys.executable, "manage.py", "serve"], "/about/", **variables)


def twin(module: str, **variables: str) -> AbstractContextManager[Server]:
    """The application of a module of this folder, on a server like the site's."""
    options = f"--interface wsgi --workers 1 --blocking-threads {THREADS} --no-log --working-dir {ROOT / 'bench'}"
    command = [sys.executable, "-m", "granian", *options.split(), f"{module}:application"]
    return _running(command, "/about/", PYTHONPATH=str(ROOT), **variables)


@contextmanager
def _running(command: Sequence[str], address: str, **variables: str) -> Iterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    names = {"HOST": "127.0.0.1", "PORT": str(port), "GRANIAN_HOST": "127.0.0.1", "GRANIAN_PORT": str(port)}
    environment = {**os.environ, **names, **variables}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        latest = time.monotonic() + LONGEST_START
        while not _answers(port, address):
            if process.poll() is not None or time.monotonic() > latest:
                raise SystemExit(f"{' '.join(command)} did not start.")
            time.sleep(0.05)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait()


def _answers(port: int, address: str) -> bool:
    try:
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            asked(connection, address, {})
    except OSError:
        return False
    return True


def _resident(process: str) -> float:
    [line] = [line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()

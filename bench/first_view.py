"""What somebody sees first of a page, in a real browser: bytes, the chain of requests, and whether anything moves."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

CHROMIUM = ("chromium-headless-shell", "chromium", "google-chrome")
# Layout shifts that were not asked for, from the first moment on.
SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
        .observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => setTimeout(() => resolve(sum), 500));
})"""


@dataclass(frozen=True)
class Request:
    """One that a page makes a browser send: bytes with headers as they come over the wire, and which request led to it,
    as the length of the chain from the page, which has 1."""

    address: str
    bytes: int
    chain: int


@dataclass(frozen=True)
class FirstView:
    requests: list[Request]
    layout_shift: float
    """As browsers count it: 0 where nothing moves, and 0.1 is still called good."""


def browser() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def first_view(url: str, *, width: int) -> FirstView:
    """Of somebody whose browser has never been here."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": width, "height": 800})
        session = page.context.new_cdp_session(page)
        seen = _Watching(session)
        page.goto(url, wait_until="networkidle")
        shift = page.evaluate(SHIFTS)
        chromium.close()
    return FirstView(list(seen.requests()), shift)


class _Watching:
    def __init__(self, session: CDPSession) -> None:
        self._address: dict[str, str] = {}
        self._led_by: dict[str, str] = {}
        self._bytes: dict[str, int] = {}
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        self._address[event["requestId"]] = address = event["request"]["url"]
        initiator = event["initiator"]
        scripts = [frame["url"] for frame in initiator.get("stack", {}).get("callFrames", [])]
        self._led_by[address] = initiator.get("url") or next(iter(scripts), "")

    def _finished(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = int(event["encodedDataLength"])

    def requests(self) -> Iterator[Request]:
        for identifier, address in self._address.items():
            yield Request(address, self._bytes.get(identifier, 0), self._chain(address))

    def _chain(self, address: str) -> int:
        before = self._led_by.get(address)
        return 1 + self._chain(before) if before and before != address else 1

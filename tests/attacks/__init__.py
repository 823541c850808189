"""Published strings that have broken other software. README.md says where they come from."""

import json
from collections.abc import Iterator
from pathlib import Path


def attacks() -> list[str]:
    return json.loads((Path(__file__).parent / "naughty-strings.json").read_text(encoding="utf-8"))


def some_at_a_time(attacks: list[str]) -> Iterator[list[str]]:
    """Five of them, as often as it takes: for what reads each of several values by itself."""
    for first in range(0, len(attacks), 5):
        yield attacks[first : first + 5]

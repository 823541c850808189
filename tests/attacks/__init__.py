"""Published strings that have broken other software. README.md says where they come from."""

import json
from pathlib import Path


def attacks() -> list[str]:
    return json.loads((Path(__file__).parent / "naughty-strings.json").read_text(encoding="utf-8"))

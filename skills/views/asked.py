"""What an address asks for behind its question mark, and what is said of that which is not there.

Nobody else's words are shown as ours: of what is not there, only codes and numbers are repeated.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.http import HttpRequest

from skills.models.level import NUMBERS

# How many values of one parameter are read; more than this nobody means.
MOST_VALUES = 40
MOST_SENTENCES = 5
CODE = re.compile("[A-Z]{4}")
NUMBER = re.compile("[0-9]{1,9}")
# Which edition somebody asked for that is not here: see `elsewhere`.
ASKED_EDITION = "edition"
LEVELS = [str(number) for number in NUMBERS]


def values(request: HttpRequest, parameter: str) -> list[str]:
    """What a parameter lists, each once: as "ITMG,PROG", or given more than once, as a form does."""
    listed = (value.strip() for value in ",".join(request.GET.getlist(parameter)).split(","))
    return list(dict.fromkeys(value for value in listed if value))[:MOST_VALUES]


def level_numbers(request: HttpRequest, parameter: str) -> tuple[list[int], list[str]]:
    """The numbers of levels that a parameter lists, in its order, and the sentences about the rest of it."""
    listed = [without_zeros(value) for value in values(request, parameter)]
    unknown = [value for value in listed if value not in LEVELS]
    return [int(value) for value in listed if value in LEVELS], passed_over("level", unknown)


def without_zeros(value: str) -> str:
    """A number as it is written without zeros in front; what is none stays."""
    return str(int(value)) if NUMBER.fullmatch(value) else value


def passed_over(what: str, unknown: Iterable[str]) -> list[str]:
    """Sentences about values that name no `what`: a code is repeated of a "skill", a number of a "level"."""
    form = {"skill": CODE, "level": NUMBER}.get(what)
    sentences = [
        f"There is no {what} {value}." if form and form.fullmatch(value) else f"There is no such {what}."
        for value in (value.upper() for value in unknown)
    ]
    said = list(dict.fromkeys(sentences))
    return [
        *said[:MOST_SENTENCES],
        *([f"And {len(said) - MOST_SENTENCES} more."] if len(said) > MOST_SENTENCES else []),
    ]


def only_first(what: str, count: int) -> list[str]:
    """The sentence about more than one value where one can be shown."""
    return [f"Only one {what} at a time: this is the first."] if count > 1 else []


def query(parameters: Mapping[str, str]) -> str:
    """What stands behind an address to ask for this, "?skills=ITMG,PROG" for instance, or nothing."""
    given = {name: value for name, value in parameters.items() if value}
    return f"?{urlencode(given, safe=',')}" if given else ""

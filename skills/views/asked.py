"""What an address asks for behind its question mark, and what is said of that which is not there.

Nobody else's words are shown as ours: of what is not there, only codes and numbers are repeated.
"""

import re
from collections.abc import Iterable

from django.http import HttpRequest

from skills.models.level import NUMBERS

# How many values of one parameter are read; more than this nobody means.
MOST_VALUES = 40
NUMBER = re.compile("[0-9]{1,9}")
CODE_OR_NUMBER = re.compile(f"[A-Z]{{4}}|{NUMBER.pattern}")


def values(request: HttpRequest, parameter: str) -> list[str]:
    """What a parameter lists, as "ITMG,PROG", or given more than once, as a form does."""
    listed = (value.strip() for value in ",".join(request.GET.getlist(parameter)).split(","))
    return [value for value in listed if value][:MOST_VALUES]


def level_numbers(request: HttpRequest, parameter: str) -> tuple[list[int], list[str]]:
    """The numbers of levels that a parameter lists, in its order, and the sentences about the rest of it."""
    known, unknown = [], []
    for value in values(request, parameter):
        number = int(value) if NUMBER.fullmatch(value) else None
        if number in NUMBERS:
            known.append(int(value))
        else:
            unknown.append(value)
    return known, passed_over("level", unknown)


def passed_over(what: str, unknown: Iterable[str]) -> list[str]:
    """Sentences about values that name no `what`, a "level" for instance."""
    written = (value.upper() for value in unknown)
    return list(
        dict.fromkeys(
            f"There is no {what} {value}." if CODE_OR_NUMBER.fullmatch(value) else f"There is no such {what}."
            for value in written
        )
    )

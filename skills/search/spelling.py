"""What somebody may have meant who mistyped a word: one in the name of a skill, or in a search term."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from difflib import get_close_matches
from functools import lru_cache

from django.db import connection

from skills.models import Edition, Revision, SearchTerm, Skill

from .words import WORD, fold

# Of shorter words too many others are near.
SHORTEST = 4  # letters
NEAR_ENOUGH = 0.8
# How much longer or shorter than what was meant a mistyped word is.
MOST_LETTERS_MORE_OR_LESS = 2
# Where the first letter is mistyped: to compare with every word of a large vocabulary would take long.
MOST_OTHERS = 500
EDITIONS_REMEMBERED = 8


class Vocabulary:
    """The words of some texts, folded, by their first letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted({fold(word) for word in set(WORD.findall("\n".join(texts)))} - {""}):
            self._beginning[word[0]].append(word)

    def meant(self, word: str) -> str:
        """The other word that a folded word begins, or is nearest to; "" where it is near to none."""
        if len(word) < SHORTEST:
            return ""
        alike = [other for other in self._beginning[word[0]] if other != word]
        begun = [other for other in alike if other.startswith(word)]
        if begun:
            return min(begun, key=len)
        return _nearest(word, alike) or _nearest(word, self._others(word))

    def _others(self, word: str) -> list[str]:
        """Those that share all but the first letters, or have them in another order."""
        others = (other for words in self._beginning.values() for other in words if other[0] != word[0])
        return [other for other in others if other[-2:] == word[-2:] or sorted(other) == sorted(word)][:MOST_OTHERS]


def vocabulary(edition: Edition) -> Vocabulary:
    """The words of the names of an edition's skills and of all search terms, as they are now."""
    if connection.in_atomic_block:
        # What is not committed may still change.
        return _read(edition)
    return _remembered(edition, Revision.objects.values_list("pk", "made_at").first())


@lru_cache(maxsize=EDITIONS_REMEMBERED)
def _remembered(edition: Edition, last_revision: tuple[int, datetime] | None) -> Vocabulary:
    return _read(edition)


def _read(edition: Edition) -> Vocabulary:
    names = Skill.objects.in_edition(edition).listed().order_by().values_list("name", flat=True)
    return Vocabulary([*names, *SearchTerm.objects.order_by().values_list("words", flat=True)])


def _nearest(word: str, others: Iterable[str]) -> str:
    near = [other for other in others if abs(len(other) - len(word)) <= MOST_LETTERS_MORE_OR_LESS]
    return next(iter(get_close_matches(word, near, n=1, cutoff=NEAR_ENOUGH)), "")

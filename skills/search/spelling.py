"""What somebody may have meant who mistyped a word: one of a name in the edition, or of a search term for it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from django.db import connection
from django.db.models import Count, Max

from skills.models import Attribute, Edition, Revision, SearchTerm, Skill

from .words import fold, words_of

# Of shorter words too many others are near.
SHORTEST = 4  # letters
NEAR_ENOUGH = 0.8
# How much longer or shorter than what was meant a mistyped word is.
MOST_LETTERS_MORE_OR_LESS = 2
FURTHER_FOR_A_LETTER = 0.02  # of the ratio
MOST_COMPARED = 5
# Where the first letter is mistyped: to compare with every word of a large vocabulary would take long.
MOST_OTHERS = 500
EDITIONS_REMEMBERED = 8


class Vocabulary:
    """The words of some texts, by their spellings: as they are written, in small letters, and folded."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._written: dict[str, str] = {}
        self._beginning: defaultdict[str, list[str]] = defaultdict(list)
        for word in sorted(set(words_of("\n".join(texts).lower()))):
            for spelling in (fold(word), word):
                if spelling not in self._written:
                    self._written[spelling] = word
                    self._beginning[spelling[0]].append(spelling)

    def meant(self, word: str) -> str:
        """The other word, as it is written, that a typed one begins or is nearest to; "" where it is near to none."""
        folded = fold(word)
        if len(folded) < SHORTEST:
            return ""
        # Folding may take a mistyped word further from what was meant: "servise" is no "servize".
        spellings = tuple(dict.fromkeys((folded, word.lower())))
        initials = {spelling[0] for spelling in spellings}
        same_initial = (other for initial in sorted(initials) for other in self._beginning.get(initial, ()))
        alike = [other for other in same_initial if fold(other) != folded]
        begun = [other for other in alike if other.startswith(spellings)]
        if begun:
            return self._written[min(begun, key=len)]
        found = _nearest(spellings, alike) or _nearest(spellings, self._others(spellings, initials))
        return self._written.get(found, "")

    def _others(self, spellings: Sequence[str], initials: Collection[str]) -> list[str]:
        """Those that share all but the first letters, or have them in another order."""
        others = (other for initial, words in self._beginning.items() if initial not in initials for other in words)
        endings, letters = tuple(one[-2:] for one in spellings), [sorted(one) for one in spellings]
        return [other for other in others if other.endswith(endings) or sorted(other) in letters][:MOST_OTHERS]


def vocabulary(edition: Edition) -> Vocabulary:
    """The words that find something in an edition by a name or a search term, as they are now."""
    if connection.in_atomic_block:
        # What is not committed may still change.
        return _read(edition)
    # A revision that began before another may be committed after it, and then has the lower key.
    history = Revision.objects.aggregate(last=Max("pk"), count=Count("pk"), made_at=Max("made_at"))
    return _remembered(edition, history["last"], history["count"], history["made_at"])


@lru_cache(maxsize=EDITIONS_REMEMBERED)
def _remembered(edition: Edition, last: int | None, count: int, made_at: datetime | None) -> Vocabulary:
    return _read(edition)


def _read(edition: Edition) -> Vocabulary:
    skills = dict(Skill.objects.in_edition(edition).listed().order_by().values_list("code", "name"))
    attributes = Attribute.objects.in_edition(edition).listed().order_by().values_list("name", flat=True)
    terms = SearchTerm.objects.order_by().values_list("words", "codes")
    return Vocabulary(
        [
            *skills.values(),
            *attributes,
            *(words for words, codes in terms if not skills.keys().isdisjoint(codes.split())),
        ]
    )


def _nearest(spellings: Iterable[str], others: Sequence[str]) -> str:
    """The one of the others that is nearest to any of the spellings; "" where none is near."""
    nearness: dict[str, float] = {}
    for word in spellings:
        near = [other for other in others if abs(len(other) - len(word)) <= MOST_LETTERS_MORE_OR_LESS]
        for other in get_close_matches(word, near, n=MOST_COMPARED, cutoff=NEAR_ENOUGH):
            # Two letters more take less off the ratio than a wrong one: "servise" would be "supervise", not "service".
            further = FURTHER_FOR_A_LETTER * abs(len(other) - len(word))
            ratio = SequenceMatcher(None, other, word).ratio() - further
            nearness[other] = max(ratio, nearness.get(other, 0))
    return max(nearness, key=lambda other: nearness[other], default="")

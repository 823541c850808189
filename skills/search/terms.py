"""What the everyday words in a question stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from skills.models import SearchKey

from .question import Phrase, Question

SHORTEST_BEGINNING = 3  # letters
MOST_COMPLETED = 6
# What a term weighs of which the question holds only the beginning.
COMPLETED = 0.5


@dataclass(frozen=True)
class Meaning:
    """A search term in a question."""

    words: str
    codes: Sequence[str]
    """The skills that it stands for, the best first."""
    phrase: Phrase
    """Where it stands in the question."""
    weight: float
    """Which part of the question it is, 0 to 1; less where the question holds only its beginning."""


def meanings(question: Question) -> list[Meaning]:
    """The terms in a question, without those that are a part of longer ones; of no term, what its last word begins."""
    phrases = {phrase.key: phrase for phrase in question.phrases()}
    terms = SearchKey.objects.filter(key__in=phrases, term__isnull=False).order_by("key", "pk")
    found = [
        Meaning(words, codes.split(), phrases[key], question.share_of(phrases[key]))
        for key, words, codes in terms.values_list("key", "term__words", "term__codes")
    ]
    longest = [one for one in found if not any(one.phrase.is_within(other.phrase) for other in found)]
    if question.is_open and not any(one.phrase.last == len(question.words) for one in longest):
        longest += _completed(question)
    return longest


def _completed(question: Question) -> Iterator[Meaning]:
    """The shortest terms that begin with the end of the question, as much of it as there is a term for."""
    endings = [ending for ending in question.endings() if len(ending.key) >= SHORTEST_BEGINNING]
    beginning = Q()
    for ending in endings:
        beginning |= Q(key__startswith=ending.key)
    terms = SearchKey.objects.filter(beginning, term__isnull=False) if endings else SearchKey.objects.none()
    found = sorted(
        terms.values_list("key", "term__words", "term__codes"), key=lambda term: (len(term[0]), term[0], term[1])
    )
    for ending in endings:
        begun = [term for term in found if term[0].startswith(ending.key)][:MOST_COMPLETED]
        for _, words, codes in begun:
            yield Meaning(words, codes.split(), ending, COMPLETED * question.share_of(ending))
        if begun:
            return

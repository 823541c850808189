"""What the everyday words in a question stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .keys import Term
from .question import Phrase, Question

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


def meanings(question: Question, terms: Sequence[Term]) -> list[Meaning]:
    """The terms in a question, without those that are a part of longer ones; of no term, what its last word begins."""
    phrases = {phrase.key: phrase for phrase in question.phrases()}
    found = [
        Meaning(term.words, term.codes.split(), phrases[term.key], question.share_of(phrases[term.key]))
        for term in terms
        if term.key in phrases
    ]
    longest = [one for one in found if not any(one.phrase.is_within(other.phrase) for other in found)]
    if question.is_open and not any(one.phrase.last == len(question.words) for one in longest):
        longest += _completed(question, terms)
    return longest


def _completed(question: Question, terms: Sequence[Term]) -> Iterator[Meaning]:
    """The shortest terms that begin with the end of the question, as much of it as there is a term for."""
    shortest_first = sorted(terms, key=lambda term: (len(term.key), term))
    for ending in question.endings():
        begun = [term for term in shortest_first if term.key.startswith(ending.key)][:MOST_COMPLETED]
        for term in begun:
            yield Meaning(term.words, term.codes.split(), ending, COMPLETED * question.share_of(ending))
        if begun:
            return

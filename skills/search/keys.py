"""What whole phrases of a question are found by: search terms, and the other names of skills. One query finds both."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, Value

from skills.models import Edition, SearchKey

from .question import Question
from .words import key


class Term(NamedTuple):
    """A search term by the key of its words."""

    key: str
    words: str
    codes: str


@dataclass(frozen=True)
class Keys:
    terms: Sequence[Term]
    """Those that the question holds, and those that begin with its end where that may be a beginning."""
    named: Sequence[str]
    """The codes of the skills that have the question as a name elsewhere, or had it."""


def keys_in(edition: Edition, question: Question) -> Keys:
    wanted = Q(key__in={phrase.key for phrase in question.phrases()})
    for ending in question.endings() if question.is_open else ():
        wanted |= Q(key__startswith=ending.key)
    terms = SearchKey.objects.filter(wanted, term__isnull=False)
    names = SearchKey.objects.filter(key=key(question.words), skill__edition=edition, skill__is_withdrawn=False)
    # A union of two: what is wanted of either asked at once would have the database read every key.
    rows = list(
        terms.values_list("key", "term__words", "term__codes").union(
            names.values_list(Value(""), Value(""), "skill__code")
        )
    )
    return Keys(
        terms=sorted(Term(*row) for row in rows if row[0]), named=sorted(codes for key, _, codes in rows if not key)
    )

"""How well a skill or an attribute answers a question: code, name, everyday word, description, level, in this order."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from skills.models.search_index import LEVEL_PARTS, PARTS

from .question import Question, Sought
from .terms import Meaning
from .words import EMPTY_WORDS

# What each counts. Of the texts, all words of a question together count less than the least step between these.
CODE = 1000
CODE_IN_QUESTION = 300
WHOLE_NAME = 400
# A name that holds all words of the question counts from the first, for one word of many, to both together.
IN_NAME, SHARE_OF_NAME = 40, 160
PART_OF_QUESTION_IN_NAME = 50
TERM = 110
# What each further code of a term counts, of what the one before does.
NEXT_CODE = 0.95
EVERY_WORD = 30
TEXT = 25
# What a word counts in a part, against others.
WEIGHTS = {"name": 3.0, "other_names": 5.0, "overall_description": 3.0, "guidance_notes": 1.0}
WEIGHTS |= dict.fromkeys(LEVEL_PARTS, 1.0)
MOST_FOR_A_WORD = 6


class Document(NamedTuple):
    """A `SearchDocument` as it is read: in a tuple, for there may be hundreds for one question."""

    skill: int | None
    attribute: int | None
    code: str
    name: str
    other_names: str
    overall_description: str
    guidance_notes: str
    level_1: str
    level_2: str
    level_3: str
    level_4: str
    level_5: str
    level_6: str
    level_7: str

    def parts_with(self, sought: Sequence[Sought]) -> list[list[str]]:
        """The parts that hold each of what is sought."""
        parts = [(part, f" {text} ") for part, text in zip(PARTS, self[-len(PARTS) :], strict=True) if text]
        return [_holding(parts, *one.as_it_stands) for one in sought]


def _holding(parts: Iterable[tuple[str, str]], words: str, other: str = "") -> list[str]:
    # Hundreds of texts are looked through for each question: a general way would take twice as long.
    if other:
        return [part for part, text in parts if words in text or other in text]
    return [part for part, text in parts if words in text]


@dataclass(frozen=True, slots=True)
class Found:
    """A skill or an attribute that answers a question."""

    document: Document
    points: float
    terms: tuple[str, ...]
    """The search terms in the question that stand for it."""
    held: Sequence[Collection[str]]
    """The parts that hold each of what is sought."""

    @property
    def parts(self) -> Mapping[str, int]:
        """The parts that hold anything that is sought, each with how much of it."""
        return Counter(part for parts in self.held for part in parts)


def ranked(question: Question, documents: Iterable[Document], meanings: Sequence[Meaning]) -> list[Found]:
    """The documents that answer a question, the best first; what cannot be told apart, in the order of the codes.

    What does not hold a phrase in quotes is no answer, unless a search term in the question stands for it.
    """
    held = {document: document.parts_with(question.sought) for document in documents}
    rareness = [1 / (1 + log(max(1, sum(map(bool, parts))))) for parts in zip(*held.values(), strict=True)]
    found = []
    for document, parts in held.items():
        meant = [one for one in meanings if document.skill and document.code in one.codes]
        holds_phrases = all(one.word or parts_with for one, parts_with in zip(question.sought, parts, strict=True))
        points = _points(question, document, parts, rareness, meant)
        if points and (meant or holds_phrases):
            terms = tuple(dict.fromkeys(one.words for one in meant))
            found.append(Found(document, points, terms, parts))
    return sorted(found, key=lambda one: (-one.points, one.document.code))


def _points(
    question: Question,
    document: Document,
    parts: Sequence[Collection[str]],
    rareness: Sequence[float],
    meanings: Sequence[Meaning],
) -> float:
    """What a document counts in which these parts hold each of what is sought and for which these terms stand."""
    in_terms = _words_of(question, meanings) if meanings else ()
    points = _for_code(question, document) + _for_name(question, document, parts)
    points += sum(_for_term(meaning, document) for meaning in meanings)
    if all(held or sought.word in in_terms for sought, held in zip(question.sought, parts, strict=True)):
        points += EVERY_WORD
    most = MOST_FOR_A_WORD * sum(rareness)
    return points + TEXT / most * sum(
        rare * (max(WEIGHTS[part] for part in held) + log(len(held)) / 4)
        for rare, held in zip(rareness, parts, strict=True)
        if held
    )


def _words_of(question: Question, meanings: Iterable[Meaning]) -> set[str]:
    return {word for meaning in meanings for word in question.words[meaning.phrase.first : meaning.phrase.last]}


def _for_code(question: Question, document: Document) -> float:
    if question.code == document.code:
        return CODE
    return CODE_IN_QUESTION if document.code in question.codes else 0


def _for_name(question: Question, document: Document, parts: Sequence[Collection[str]]) -> float:
    held = [sought for sought, found_in in zip(question.sought, parts, strict=True) if "name" in found_in]
    if not held:
        return 0
    words = document.name.split()
    telling = [word for word in words if word not in EMPTY_WORDS] or words
    share = min(1, sum(len(sought.stems) for sought in held) / len(telling))
    if len(held) == len(question.sought):
        is_whole = share == 1 and all(sought.stems[0] in words for sought in held)
        return (WHOLE_NAME if is_whole else 0) + IN_NAME + SHARE_OF_NAME * share
    return PART_OF_QUESTION_IN_NAME * share * len(held) / len(question.sought)


def _for_term(meaning: Meaning, document: Document) -> float:
    return TERM * meaning.weight * NEXT_CODE ** meaning.codes.index(document.code)

"""What somebody asks: its words and phrases, and the code and level that it may be."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .words import WORD, fold, is_empty, key, stem, words_of

LONGEST = 400  # characters
MOST_WORDS = 16
LONGEST_BEGINNING = 3  # words
SHORTEST_BEGINNING = 2  # letters; half of a language begins with one
SHORTEST_BEGINNING_OF_TERM = 3  # letters
# "ITMG", "itmg5", "ITMG 5", "ITMG-5", "ITMG level 5"
CODE_AND_LEVEL = re.compile(r"([A-Za-z]{4})(?:[\s/-]*(?:(?:level|l)\s*)?([1-7]))?", re.IGNORECASE)
CODE = re.compile("[A-Z]{4}")
QUOTES = '"“”„«»'
QUOTED = re.compile(f"[{QUOTES}]([^{QUOTES}]*)[{QUOTES}]")


@dataclass(frozen=True)
class Sought:
    """A word, or a phrase that stood in quotes, which is looked for."""

    stems: tuple[str, ...]
    word: str = ""
    """The word, folded; "" for a phrase."""
    is_open: bool = False
    """Whether words that begin with it count too."""

    @cached_property
    def as_it_stands(self) -> tuple[str, ...]:
        """How it stands in a text of stems that begins and ends with a space."""
        whole = f" {' '.join(self.stems)} "
        if not self.is_open:
            return (whole,)
        beginning = f" {self.word}"
        return (beginning,) if whole.startswith(beginning) else (beginning, whole)


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a question from one place to before another, and their key."""

    first: int
    last: int
    key: str

    def is_within(self, other: "Phrase") -> bool:
        return self != other and other.first <= self.first and self.last <= other.last


@dataclass(frozen=True)
class Question:
    text: str
    """As it was asked, without white space to spare and what is no text."""
    words: tuple[str, ...]
    """All words, folded."""
    sought: tuple[Sought, ...]
    """Each once: phrases in quotes, and single words that say something."""
    is_open: bool
    """Whether the last word may be the beginning of one."""
    is_cut: bool
    """Whether it was too long to be read to its end."""

    @cached_property
    def code(self) -> str:
        """The code that the whole question is, perhaps with a level; "" where it is none."""
        found = CODE_AND_LEVEL.fullmatch(self.text)
        return found[1].upper() if found else ""

    @cached_property
    def number(self) -> int | None:
        """The level behind the code."""
        found = CODE_AND_LEVEL.fullmatch(self.text)
        return int(found[2]) if found and found[2] else None

    @property
    def is_written_as_code(self) -> bool:
        """Whether it cannot be meant as a word, being in capitals or like "itmg5"."""
        return self.text[:4].isupper() or self.text[4:5].isdigit()

    @cached_property
    def codes(self) -> list[str]:
        """The words in it that may be codes, being in capitals."""
        return [word for word in dict.fromkeys(words_of(self.text)) if CODE.fullmatch(word)]

    def phrases(self) -> Iterator[Phrase]:
        """All neighbouring words that may be a term."""
        for first in range(len(self.words)):
            for last in range(first + 1, len(self.words) + 1):
                yield Phrase(first, last, key(self.words[first:last]))

    def endings(self) -> Iterator[Phrase]:
        """The words at its end that may be the beginning of a term, the longest first; their keys hold no stems.

        Words that say nothing begin one only where there is nothing else.
        """
        count = len(self.words)
        for first in range(max(0, count - LONGEST_BEGINNING), count):
            beginning = "".join(self.words[first:])
            says_something = first == 0 or not all(map(is_empty, self.words[first:]))
            if says_something and len(beginning) >= SHORTEST_BEGINNING_OF_TERM:
                yield Phrase(first, count, beginning)

    def share_of(self, phrase: Phrase) -> float:
        """Which part of the words that say something stand in a phrase, 0 to 1."""
        return min(1, len(_telling(self.words[phrase.first : phrase.last])) / len(_telling(self.words)))

    def as_typed(self, word: str) -> str:
        """A folded word of it as it was typed, where it stands first."""
        return next(typed for typed in words_of(self.text) if fold(typed) == word)

    def with_words(self, meant: dict[str, str]) -> "Question":
        """The same question with other words in place of some typed ones, however these are typed elsewhere in it."""
        in_place = {fold(typed): word for typed, word in meant.items()}
        text = WORD.sub(lambda word: in_place.get(fold(word[0]), word[0]), self.text)
        return _read(text, goes_on=self.is_cut)


def parsed(text: str) -> Question:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    whole = " ".join(printable.split())
    return _read(whole[:LONGEST].rstrip(), goes_on=bool(WORD.search(whole[LONGEST:])))


def _read(text: str, *, goes_on: bool) -> Question:
    """The question that a text is, which is perhaps the beginning of a longer one."""
    found = words_of(text)
    kept = found[:MOST_WORDS]
    is_cut = goes_on or len(found) > MOST_WORDS
    is_open = bool(kept) and not is_cut and text[-1] not in QUOTES
    return Question(
        text=text,
        words=tuple(map(fold, kept)),
        sought=tuple({one.stems: one for one in _sought(text, is_open=is_open)}.values()),
        is_open=is_open,
        is_cut=is_cut,
    )


def _sought(text: str, *, is_open: bool) -> Iterator[Sought]:
    for quoted in QUOTED.findall(text):
        if phrase := words_of(quoted)[:MOST_WORDS]:
            yield Sought(tuple(map(stem, phrase)))
    words = [fold(word) for word in words_of(QUOTED.sub(" ", text))[:MOST_WORDS]]
    for word in _telling(words):
        yield Sought((stem(word),), word, is_open=is_open and word == words[-1] and len(word) >= SHORTEST_BEGINNING)


def _telling(words: Sequence[str]) -> list[str]:
    """The words that say something, or all where none does: "the who"."""
    return [word for word in words if not is_empty(word)] or list(words)

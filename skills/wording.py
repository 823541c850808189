"""How two texts differ: sentences paired, then words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, groupby, pairwise, takewhile
from operator import add

# How many sentences of one text are compared with how many of the other, and words of one sentence with words of
# another: comparing takes time in proportion to the one times the other, some 0.2 µs for each two words.
MOST_SENTENCES = 300
MOST_WORDS = 100
# The part of their letters. Below it, what two sentences share is mostly "the", "of" and "and".
ALIKE = 0.5
# Room for "and the" or "in order to", which nobody reads as unchanged between two phrases that are.
LONGEST_ISLAND = 11  # characters

WORD_AND_SPACE = re.compile(r"\S+\s*|\s+")
# A mark is a unit of its own, so that a comma more does not change the word before it.
UNIT_AND_SPACE = re.compile(r"""(?:[^\s.,;:!?…()\[\]/*_`"“”]+|\S)\s*|\s+""")
SENTENCE_ENDS = (".", "!", "?", ":", ";")
AFTER_THE_END = "\"'”’)]*_`"

# What stands in the one text and what in its place in the other. The first halves of all steps are the one text.
Step = tuple[str, str]
# A row for each sentence or word of the one list, a column for each of the other; 0: they do not belong together.
Weights = list[list[int]]
Weigh = Callable[[list[str], list[str]], Weights]


class Mark(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    mark: Mark
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """What became of a text, in the order of reading.

    The pieces that are the same or removed make up `before` to the letter, those that are the same or added `after`.
    No piece is empty, no two neighbours have the same mark, and what was removed stands before what took its place.
    Two texts that would take too long to compare differ wholly between their common beginning and end.
    """
    steps = _joined(_aligned(_sentences(before), _sentences(after), MOST_SENTENCES, _shared_words, _by_words))
    marked = (piece for step in steps for piece in _pieces(*step) if piece.text)
    return [
        Piece(mark, "".join(piece.text for piece in run)) for mark, run in groupby(marked, lambda piece: piece.mark)
    ]


def _sentences(text: str) -> list[str]:
    """Each with the white space behind it."""
    sentences, sentence = [], ""
    for word in WORD_AND_SPACE.findall(text):
        sentence += word
        bare = word.rstrip()
        if bare != word and (bare.rstrip(AFTER_THE_END).endswith(SENTENCE_ENDS) or "\n" in word or "\r" in word):
            sentences.append(sentence)
            sentence = ""
    return [*sentences, sentence] if sentence else sentences


def _by_words(old: str, new: str) -> Iterator[Step]:
    words, new_words = UNIT_AND_SPACE.findall(old), UNIT_AND_SPACE.findall(new)
    return _without_islands(_joined(_aligned(words, new_words, MOST_WORDS, _same_words, _by_space)))


def _by_space(old: str, new: str) -> Iterator[Step]:
    """A word that is the same in both, then the white space behind it, which may not be."""
    word = old.rstrip()
    yield word, word
    yield old[len(word) :], new[len(word) :]


def _aligned(
    old: list[str],
    new: list[str],
    most: int,
    weigh: Weigh,
    compare: Callable[[str, str], Iterable[Step]],
) -> Iterator[Step]:
    """The steps from one list to the other: those that `compare` finds in what belongs together, and the gaps between.

    White space at the end decides nothing about what belongs together.
    """
    i = j = 0
    for k, m in _pairs([unit.rstrip() for unit in old], [unit.rstrip() for unit in new], most, weigh):
        yield "".join(old[i:k]), "".join(new[j:m])
        yield from compare(old[k], new[m])
        i, j = k + 1, m + 1
    yield "".join(old[i:]), "".join(new[j:])


def _pairs(old: list[str], new: list[str], most: int, weigh: Weigh) -> Iterator[tuple[int, int]]:
    """The positions of what belongs together, ascending in both lists.

    Those are the common beginning and end and, unless there is too much to compare, what weighs most between them.
    """
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield from ((k, k) for k in range(start))
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    if len(old_middle) * len(new_middle) <= most**2:
        yield from ((start + k, start + m) for k, m in _heaviest(weigh(old_middle, new_middle)))
    yield from ((len(old) - k, len(new) - k) for k in range(end, 0, -1))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(old, new, strict=False)))


def _heaviest(weights: Weights) -> list[tuple[int, int]]:
    """The rows and columns, ascending in both, whose weights add up to the most; none has the weight 0."""
    table = [[0] * (len(weights[0]) + 1 if weights else 1)]
    for row in weights:
        above = table[-1]
        table.append([0, *accumulate(map(max, above[1:], map(add, above, row)), max)])
    pairs = []
    k, m = len(table) - 1, len(table[0]) - 1
    while k and m:
        if table[k][m] == table[k - 1][m]:
            k -= 1
        elif table[k][m] == table[k][m - 1]:
            m -= 1
        else:
            k, m = k - 1, m - 1
            pairs.append((k, m))
    return pairs[::-1]


def _shared_words(old: list[str], new: list[str]) -> Weights:
    """How many letters there are in the words that two sentences share, 0 where the sentences are not alike."""
    theirs = [(words, _letters(words)) for words in map(_words, new)]
    return [
        [_likeness(_letters(words & others), letters + their_letters) for others, their_letters in theirs]
        for words, letters in ((words, _letters(words)) for words in map(_words, old))
    ]


def _words(sentence: str) -> set[str]:
    return {word.rstrip() for word in UNIT_AND_SPACE.findall(sentence)}


def _letters(words: Iterable[str]) -> int:
    return sum(map(len, words))


def _likeness(shared: int, of_both: int) -> int:
    return shared if 2 * shared >= ALIKE * of_both else 0


def _same_words(old: list[str], new: list[str]) -> Weights:
    """The length of a word, and more where the next is the same too: of two "the" the one before "system"."""
    new_and_next = [*pairwise([*new, ""])]
    return [
        [len(word) + (following == next_new) if word == new_word else 0 for new_word, next_new in new_and_next]
        for word, following in pairwise([*old, ""])
    ]


def _joined(steps: Iterable[Step]) -> Iterator[Step]:
    """Neighbours that are the same as one step, and neighbours that are not."""
    for _, run in groupby((step for step in steps if any(step)), lambda step: step[0] == step[1]):
        olds, news = zip(*run, strict=True)
        yield "".join(olds), "".join(news)


def _without_islands(steps: Iterable[Step]) -> Iterator[Step]:
    """A few words that are the same between two phrases that were replaced become part of one longer phrase."""
    kept: list[Step] = []
    for step in steps:
        if (
            _is_replaced(step)
            and len(kept) > 1
            and _is_replaced(kept[-2])
            and len(kept[-1][0].strip()) <= LONGEST_ISLAND
        ):
            olds, news = zip(kept.pop(-2), kept.pop(), step, strict=True)
            kept.append(("".join(olds), "".join(news)))
        else:
            kept.append(step)
    yield from kept


def _is_replaced(step: Step) -> bool:
    return step[0] != step[1] and all(text.strip() for text in step)


def _pieces(old: str, new: str) -> Iterator[Piece]:
    # A mark that ends with its last letter reads better than one that takes in the space behind both.
    shared = len(old) if old == new else _common(_space_behind(old), _space_behind(new))
    old, new, same = old[: len(old) - shared], new[: len(new) - shared], old[len(old) - shared :]
    yield from (Piece(Mark.REMOVED, old), Piece(Mark.ADDED, new), Piece(Mark.SAME, same))


def _space_behind(text: str) -> str:
    """Read from the end."""
    return text[len(text.rstrip()) :][::-1]

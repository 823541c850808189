"""Where the words of a question stand in the texts of what was found: a piece of one, with the words marked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skills.models import Attribute, AttributeLevel, Skill, SkillLevel
from skills.models.search_index import LEVEL_PARTS, TEXTS
from skills.prose import as_words

from .question import Question, Sought
from .ranking import Found
from .words import WORD, stem

# How long an excerpt is, and how much of it stands in front of the first word that was found.
LENGTH, BEFORE = 34, 8  # words
# Of parts that hold as much, the first of these is shown.
IN_ORDER = ("overall_description", *LEVEL_PARTS, "guidance_notes")


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text of a skill or an attribute."""

    part: str
    """The field that holds the text; of a level, "level_5"."""
    pieces: Sequence[tuple[str, bool]]
    """What it says, in pieces, each with whether it is what was asked for."""
    also_at: Sequence[int]
    """The numbers of the other levels that hold words of the question, rising."""

    @property
    def number(self) -> int | None:
        return LEVEL_PARTS.get(self.part)


def excerpts(question: Question, found: Iterable[Found], *, number: int | None = None) -> list[Excerpt]:
    """For each, of the part that holds most of the question; of equal ones the level of this number, or the first.

    Where the words stand in no text, as with a term, the beginning of the overall description. Two queries for skills
    and two for attributes, however many they are.
    """
    held = [(one, one.parts) for one in found]
    chosen = [(one, _part(parts, number)) for one, parts in held]
    texts = _texts(chosen, "skill", Skill, SkillLevel) | _texts(chosen, "attribute", Attribute, AttributeLevel)
    return [
        Excerpt(
            part,
            _pieces(as_words(texts.get((_owner(one), part), "")).replace("\n", " "), question.sought),
            [at for name, at in LEVEL_PARTS.items() if name in parts and name != part],
        )
        for (one, parts), (_, part) in zip(held, chosen, strict=True)
    ]


def _part(held: Mapping[str, int], number: int | None) -> str:
    """The part to show, of those that hold something, each with how much."""
    at_level = f"level_{number}"
    # A name is shown beside the excerpt anyway.
    texts = [part for part in IN_ORDER if part in held]
    return at_level if at_level in held else max(texts, key=lambda part: held[part], default=IN_ORDER[0])


def _owner(found: Found) -> tuple[str, int]:
    kind = "skill" if found.document.skill else "attribute"
    return kind, getattr(found.document, kind)


def _texts(
    chosen: Collection[tuple[Found, str]], kind: str, owner: Any, level: Any
) -> dict[tuple[tuple[str, int], str], str]:
    wanted = {(_owner(found)[1], part) for found, part in chosen if _owner(found)[0] == kind}
    keys = {pk for pk, _ in wanted}
    texts = {}
    if keys:
        for pk, *values in owner.objects.filter(pk__in=keys).order_by().values_list("pk", *TEXTS):
            texts.update({((kind, pk), part): text for part, text in zip(TEXTS, values, strict=True)})
        numbers = {LEVEL_PARTS[part] for _, part in wanted if part in LEVEL_PARTS}
        rows = level.objects.filter(**{f"{kind}__in": keys}, number__in=numbers).order_by()
        for pk, at, text in rows.values_list(f"{kind}_id", "number", "description"):
            texts[(kind, pk), f"level_{at}"] = text
    return texts


def _pieces(text: str, sought: Sequence[Sought]) -> list[tuple[str, bool]]:
    words = list(WORD.finditer(text))
    marked = _marked([stem(word[0]) for word in words], sought)
    first = _best_place(marked)
    last = min(first + LENGTH, len(words))
    at = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    pieces = [("… ", False)] if first else []
    for word in (words[place] for place in range(first, last) if place in marked):
        pieces += [(text[at : word.start()], False), (word[0], True)]
        at = word.end()
    pieces.append((text[at:end], False))
    if last < len(words):
        pieces.append((" …", False))
    return [piece for piece in pieces if piece[0]]


def _marked(stems: Sequence[str], sought: Sequence[Sought]) -> dict[int, int]:
    """The places of the words that are sought, each with which of them it is: of what begins there, the longest."""
    marked = {}
    beginning_with = defaultdict(list)
    for number, one in sorted(enumerate(sought), key=lambda each: -len(each[1].stems)):
        beginning_with[one.stems[0]].append((number, one.stems))
    beginning = next(((number, one.word) for number, one in enumerate(sought) if one.is_open), None)
    for place, word in enumerate(stems):
        for number, phrase in beginning_with.get(word, ()):
            places = range(place, place + len(phrase))
            if tuple(stems[place : places.stop]) == phrase:
                # A shorter one within a longer is a part of that.
                marked.update({other: number for other in places if other not in marked})
                break
        else:
            if beginning and place not in marked and word.startswith(beginning[1]):
                marked[place] = beginning[0]
    return marked


def _best_place(marked: Mapping[int, int]) -> int:
    """Where an excerpt begins that shows as many different words of the question as can be, the first of such."""

    def shown(place: int) -> int:
        return len({marked[other] for other in marked if place <= other < place + LENGTH - BEFORE})

    first = max(sorted(marked), key=shown, default=0)
    return max(0, first - BEFORE)

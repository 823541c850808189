"""The door to searching: a question in, where it leads or what answers it out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from skills.models import Edition, SearchDocument

from .destination import Destination, destination
from .full_text import holding
from .keys import keys_in
from .question import Question, Sought, parsed
from .ranking import Document, Found, ranked
from .spelling import vocabulary
from .terms import Meaning
from .terms import meanings as meanings_of

# How many answers are given. Of more, so many of each kind are looked at.
MOST_FOUND = 200
MOST_OF_A_KIND = 50


@dataclass(frozen=True)
class Answer:
    question: Question
    """As it was answered: with other words in the place of mistyped ones."""
    found: Sequence[Found]
    """The best first."""
    goes_to: Destination | None = None
    """The one thing that the question names; nothing else is looked for then."""
    meant: dict[str, str] = field(default_factory=dict)
    """Words that nothing holds, as they were typed, each with what was looked for in its place, as that is written."""
    is_cut: bool = False
    """Whether there is more than is found: what holds words of the question in its name comes first then."""


def answer(edition: Edition, text: str) -> Answer:
    """What an edition says to a question. Any text at all is one."""
    question = parsed(text)
    if not question.words:
        return Answer(question, [])
    keys = keys_in(edition, question)
    goes_to = destination(edition, question, keys)
    if goes_to:
        return Answer(question, [], goes_to)
    meanings, documents = meanings_of(question, keys.terms), _holding_any(edition, question)
    in_place = _meant(edition, question, meanings, documents)
    if in_place:
        question = question.with_words(in_place)
        keys = keys_in(edition, question)
        meanings, documents = meanings_of(question, keys.terms), _holding_any(edition, question)
    is_cut = len(documents) > MOST_FOUND
    if is_cut:
        best = _best(edition, question.sought)
        documents = best if len(best) >= MOST_OF_A_KIND else [*best, *documents]
    documents += _named(edition, question, meanings)
    found = ranked(question, dict.fromkeys(documents), meanings)
    # Where what was looked for in the place of a word is not found either, nothing is said of it.
    meant = in_place if found else {}
    return Answer(question, found[:MOST_FOUND], meant=meant, is_cut=is_cut or len(found) > MOST_FOUND)


def _holding_any(edition: Edition, question: Question) -> list[Document]:
    """What holds any of the words of a question, one more than are shown at most."""
    return holding(edition, question.sought, every=False, most=MOST_FOUND + 1)


def _best(edition: Edition, sought: Sequence[Sought]) -> list[Document]:
    """Of very many: some that hold all that is sought, in their names or anywhere, or any of it in their names."""
    kinds = [{"every": True, "in_names": True}, {"every": True}, {"every": False, "in_names": True}]
    # Of one word, any is all.
    chosen = kinds if len(sought) > 1 else kinds[:1]
    found = [document for kind in chosen for document in holding(edition, sought, **kind, most=MOST_OF_A_KIND)]
    return list(dict.fromkeys(found))


def _named(edition: Edition, question: Question, meanings: Sequence[Meaning]) -> list[Document]:
    """What the terms and the codes in a question stand for."""
    codes = {code for meaning in meanings for code in meaning.codes} | {question.code, *question.codes} - {""}
    if not codes:
        return []
    found = SearchDocument.objects.filter(edition=edition, code__in=codes)
    return [Document._make(row) for row in found.values_list(*Document._fields)]


def _meant(
    edition: Edition, question: Question, meanings: Sequence[Meaning], documents: Sequence[Document]
) -> dict[str, str]:
    """For each word that nothing holds, the word of a name or of a term that is near to it, if there is one."""
    phrases = [question.words[meaning.phrase.first : meaning.phrase.last] for meaning in meanings]
    in_terms = {word for phrase in phrases for word in phrase}
    unknown = [
        sought
        for sought in question.sought
        if sought.word
        and sought.word not in in_terms
        and not any(any(document.parts_with([sought])) for document in documents)
    ]
    if len(documents) > MOST_FOUND:
        unknown = [sought for sought in unknown if not holding(edition, [sought], every=True, most=1)]
    if not unknown:
        return {}
    known = vocabulary(edition)
    typed = [question.as_typed(sought.word) for sought in unknown]
    return {word: meant for word in typed if (meant := known.meant(word))}

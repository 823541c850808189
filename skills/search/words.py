"""A text in words as search compares them: without capitals and accents, in one spelling, as stems.

What the index holds, what is asked and what is marked in a text all come from here, so they agree on every database.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

import snowballstemmer

# A word may hold accents that are characters of their own, and an apostrophe. "C++", "C#" and ".NET" are words.
WORD = re.compile(r"(?:(?<!\w)\.(?=net\b))?[^\W_](?:[^\W_]|[\u0300-\u036f]|['’](?=\w))*(?:\+\+|#)?", re.IGNORECASE)
SPELLED_OUT = str.maketrans({"+": "plus", "#": "sharp", ".": "dot", "'": "", "’": ""})
SPELLED_OUT_IN_LETTERS = "+#'’"
LONGEST_WORD = 60  # characters; more is no word, and a stem of it would take long to find

# What American and British people spell differently, to the spelling that both become. It is only ever compared.
ONE_SPELLING = [
    (re.compile(pattern), spelling)
    for pattern, spelling in (
        (r"(?<=\w{3})(?<![vc])is(?=(?:e|es|ed|er|ers|ing|able|ation|ations|ational|ationally)$)", "iz"),
        (r"(?<=\w{2})ys(?=(?:e|es|ed|er|ers|ing)$)", "yz"),
        (r"(?<=\w{3})our(?=(?:s|ed|ing|al|ally|able|ful|ite|ites)?$)", "or"),
        (r"([aeiou]\w*[aeiou])ll(?=(?:ing|ed|er|ers)$)", r"\1l"),
        (r"(?<=^cent)re|(?<=^fib)re|(?<=^datacent)re", "er"),
        (r"(?<=^program)me(?=s?$)", ""),
        (r"(?<=log)ue(?=s?$)", ""),
        (r"(?<=^licen)c|(?<=^defen)c|(?<=^offen)c", "s"),
        (r"(?<=^practi)[cs](?=e|ing)", "z"),
        (r"(?<=^fulfil)l|(?<=^enrol)l|(?<=^skil)l(?=ful)", ""),
        (r"(?<=^art)e(?=fact)", "i"),
        (r"(?<=^jud)ge(?=ment)", "g"),
    )
]
# What the stemmer takes for one and is not, for who writes programs does not ask for a programme; and what it does not
# know to be short for something.
STEMS = dict.fromkeys(("programming", "programing", "programmer", "programmers", "programers"), "programming")
STEMS |= dict.fromkeys(("mgmt", "mgt"), "manag") | dict.fromkeys(("bias", "biased"), "bias")
EMPTY_WORDS = frozenset(
    """
    a about an and any are as at be been being but by can do does doing etc for from get had has have having he her his
    how i if in into is it its like me my need needs no not of on one or our she should so somebody some someone such
    than that the their them then there these they this those to up us very via want wants was we were what when where
    which who whom whose why will with would you your
    """.split()  # noqa: SIM905 - as a list they would fill a page
)

_stemmer = snowballstemmer.stemmer("english")


def words_of(text: str) -> list[str]:
    """The words of a text as they are written; not those of accents and the like alone, of which nothing is left."""
    return [word for word in WORD.findall(text) if fold(word)]


def stems(text: str) -> str:
    """The stems of a text, with a space between them."""
    return " ".join(map(stem, words_of(text)))


def folded(text: str) -> list[str]:
    """The words of a text in one spelling, not yet as stems."""
    return [fold(word) for word in words_of(text)]


def key(words: Sequence[str]) -> str:
    """What a phrase of folded words is found by, whether they are written in one, with hyphens or apart.

    Only the last is a stem: "help desks" and "helpdesk" are the same, "testing" and "tester" are not.
    """
    return "".join([*words[:-1], *(stem(word) for word in words[-1:])])


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    letters = fold(word)
    # The stemmer leaves the plurals of abbreviations: "KPIs".
    return STEMS.get(letters) or re.sub(r"(?<=[^s])s$", "", _stemmer.stemWord(letters))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    letters = word[:LONGEST_WORD].casefold()
    if not letters.isascii():
        # Taken apart, "½" holds a stroke and "㈠" brackets, at which only PostgreSQL would end a word.
        parts = normalize("NFKD", letters)
        letters = "".join(part for part in parts if part.isalnum() or part in SPELLED_OUT_IN_LETTERS).casefold()
    letters = letters.removesuffix("'s").removesuffix("’s").translate(SPELLED_OUT)
    for pattern, spelling in ONE_SPELLING:
        letters = pattern.sub(spelling, letters)
    return letters


def is_empty(word: str) -> bool:
    """Whether a folded word says nothing, such as "the"."""
    return word in EMPTY_WORDS

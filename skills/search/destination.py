"""The one thing that a question names, where it names one: people who ask so want to go there."""

from dataclasses import dataclass

from skills.models import Attribute, Edition, SearchKey, Skill
from skills.models.skill import SkillQuerySet

from .keys import Keys
from .question import Question
from .words import folded, key, stem, words_of

# Words that are codes of a skill or an attribute of SFIA too.
WORDS_LIKE_CODES = frozenset(["arch", "auto", "comp", "know", "port", "prod", "prof", "sale", "tech", "test", "thin"])


Model = type[Skill] | type[Attribute]


@dataclass(frozen=True)
class Destination:
    """A skill or an attribute, perhaps at a level."""

    model: Model
    code: str
    number: int | None = None


def destination(edition: Edition, question: Question, keys: Keys) -> Destination | None:
    """What has the code that the question is, or had it, or had the name that it is."""
    skills = Skill.objects.in_edition(edition)
    if question.code and (question.is_written_as_code or not _is_a_word(skills.listed(), question.code)):
        for model in (Skill, Attribute):
            if model.objects.in_edition(edition).filter(code=question.code).exists():
                return Destination(model, question.code, question.number)
        now = skills.formerly(question.code).values_list("code", flat=True)[:2]
        if len(now) == 1:
            return Destination(Skill, now[0], question.number)
    if len(keys.named) == 1 and not _is_a_name(skills.listed(), key(question.words)):
        return Destination(Skill, keys.named[0])
    return None


def _is_a_word(skills: SkillQuerySet, code: str) -> bool:
    """Whether what could be a code, in small letters, is a word: of SFIA, a search term, or in a skill's name."""
    if code.lower() in WORDS_LIKE_CODES or SearchKey.objects.filter(key=stem(code), term__isnull=False).exists():
        return True
    names = skills.filter(name__icontains=code).values_list("name", flat=True)
    return any(word.upper() == code != word for name in names for word in words_of(name))


def _is_a_name(skills: SkillQuerySet, whole: str) -> bool:
    return any(key(folded(name)) == whole for name in skills.values_list("name", flat=True))

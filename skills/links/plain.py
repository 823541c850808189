"""Pages as Markdown, to be put into wikis and read by programs: the texts of an edition, whose they are, and where."""

import re
from collections.abc import Iterable, Iterator

from skills import prose
from skills.models import Attribute, AttributeLevel, Edition, Level, Skill, SkillLevel, SkillOutline
from skills.models.retirement import Successor

from .gone import Gone

CLOSING_HASHES = re.compile(r"#+$")


def skill_in_markdown(edition: Edition, skill: Skill, levels: Iterable[Level], *, address: str) -> str:
    """A skill with the levels at which it is defined."""
    parts = [_withdrawn(edition, "skill", skill), prose.as_markdown(skill.overall_description, under=1)]
    parts += _guidance(skill.guidance_notes)
    for level in levels:
        if skill_level := skill.at_level(level.number):
            parts += _level_of_skill(skill, level, skill_level)
    return _document(str(skill), edition, parts, address)


def skill_level_in_markdown(edition: Edition, skill: Skill, level: Level, *, address: str) -> str:
    """A skill at one level, or that it is not defined there."""
    parts = [_withdrawn(edition, "skill", skill), prose.as_markdown(skill.overall_description, under=1)]
    parts += _level_of_skill(skill, level, skill.at_level(level.number))
    return _document(f"{skill}: level {level.number}", edition, parts, address)


def gone_in_markdown(edition: Edition, gone: Gone, *, address: str) -> str:
    """A skill that the edition does not have: which have it, and what took its place."""
    parts = [_words(f"{gone.name} is not in {edition.name}.")]
    having = [*(other.name for other in gone.editions), *filter(None, [gone.last_edition])]
    if having:
        parts += [_heading(2, "Editions that have it"), "\n".join(f"- {_words(name)}" for name in having)]
    if gone.successors:
        parts.append(_heading(2, "What took its place"))
        parts.append("\n".join(f"- {_words(_successor(*successor))}" for successor in gone.successors))
    return _document(f"{gone.name} ({gone.code})", edition, parts, address)


def _successor(successor: Successor, skill: Skill | None) -> str:
    level = f" at level {successor.number}" if successor.number else ""
    return f"{skill or successor.code}{level}: {successor.reason}"


def level_in_markdown(
    edition: Edition,
    level: Level,
    attribute_levels: Iterable[AttributeLevel],
    skills: Iterable[SkillOutline],
    *,
    address: str,
) -> str:
    """A level of responsibility: what the attributes, which come by kind, ask at it, and the skills defined at it."""
    parts = [_words(level.essence)]
    kind = ""
    for attribute_level in attribute_levels:
        attribute = attribute_level.attribute
        if attribute.get_kind_display() != kind:
            kind = attribute.get_kind_display()
            parts.append(_heading(2, kind))
        parts += [_heading(3, str(attribute)), prose.as_markdown(attribute_level.description, under=3)]
    names = "\n".join(f"- {_words(f'{skill.name} ({skill.code})')}" for skill in skills)
    parts += [
        _heading(2, f"Skills defined at level {level.number}"),
        names or _words(f"No skill of {edition.name} is defined at this level."),
    ]
    return _document(str(level), edition, parts, address)


def attribute_in_markdown(edition: Edition, attribute: Attribute, levels: Iterable[Level], *, address: str) -> str:
    """A generic attribute with the levels of which it says something."""
    parts = [_withdrawn(edition, "attribute", attribute), prose.as_markdown(attribute.overall_description, under=1)]
    parts += _guidance(attribute.guidance_notes)
    for step in attribute.progression(levels):
        if step.attribute_level:
            parts += [_heading(2, str(step.level)), prose.as_markdown(step.attribute_level.description, under=2)]
    return _document(str(attribute), edition, parts, address)


def _document(title: str, edition: Edition, parts: Iterable[str], address: str) -> str:
    named = f"{edition.name} (in development)" if edition.in_development else edition.name
    foot = ["---", _words(edition.attribution), f"<{address}>"]
    return "\n\n".join(filter(None, [_heading(1, title), _words(named), *parts, *foot])) + "\n"


def _withdrawn(edition: Edition, what: str, found: Skill | Attribute) -> str:
    if not found.is_withdrawn:
        return ""
    return f"**Withdrawn.** {_words(f'{edition.name} no longer has this {what}. This is how it stood last.')}"


def _guidance(text: str) -> Iterator[str]:
    if text:
        yield _heading(2, "Guidance notes")
        yield prose.as_markdown(text, under=2)


def _level_of_skill(skill: Skill, level: Level, skill_level: SkillLevel | None) -> Iterator[str]:
    yield _heading(2, str(level))
    if skill_level is None:
        yield _words(f"{skill.name} is not defined at level {level.number}.")
    yield _words(level.essence)
    if skill_level:
        yield prose.as_markdown(skill_level.description, under=2)


def _heading(rank: int, words: str) -> str:
    # At its end they would close the heading, and not be seen.
    words = CLOSING_HASHES.sub(lambda found: r"\#" * len(found[0]), _words(words))
    return f"{'#' * rank} {words}"


def _words(words: str) -> str:
    """What is no Markdown, such as a name or an essence, on one line that shows exactly its words."""
    return prose.from_cell(" ".join(words.split()))

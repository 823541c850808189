"""Skills in rows, and the levels at which they are defined.

Without a partial for a row: a list of 1,470 skills takes half the time, and a chart two thirds.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from skills.models import Edition, SkillOutline
from skills.models.level import NUMBERS, in_words

from .texts import as_words

register = template.Library()

ROW = '<li><a href="{}">{}</a> <small>{}</small> {}{}</li>\n'
CELL = '<td><a href="{}" aria-label="{}, level {}">{}</a></td>'
EMPTY_CELL = SafeString("<td></td>")


@register.simple_tag
def skill_rows(
    edition: Edition, skills: Iterable[SkillOutline], *, number: int | None = None, shows_definitions: bool = False
) -> SafeString:
    """A list item for each skill, with its levels as a small rail; the links lead to the level of this number."""

    def cells() -> Iterator[tuple[str, str, str, str, str]]:
        page, at = ("skill_level_detail", {"number": number}) if number else ("skill_detail", {})
        for skill in skills:
            definition = format_html("<p>{}</p>", as_words(skill.overall_description)) if shows_definitions else ""
            address = edition.address_of(page, code=skill.code, **at)
            yield address, skill.name, skill.code, mini_rail(skill.defined_numbers), definition

    return format_html_join("", ROW, cells())


@register.simple_tag
def mini_rail(numbers: Sequence[int]) -> SafeString:
    """A small rail of seven levels, which the style sheet draws from the numbers at which a skill is defined."""
    return _rail(tuple(numbers))


@cache
def _rail(numbers: tuple[int, ...]) -> SafeString:
    """There are at most 128."""
    words = f"Level{'s' if len(numbers) > 1 else ''} {in_words(numbers)}" if numbers else "No level"
    return format_html('<span data-at="{}">{}</span>', "".join(map(str, numbers)), words)


@register.simple_tag
def chart_cells(edition: Edition, skill: SkillOutline) -> SafeString:
    """A skill's seven cells of the chart; those of levels at which it is defined lead there."""
    return format_html_join("", "{}", ((_cell(edition, skill, number),) for number in NUMBERS))


def _cell(edition: Edition, skill: SkillOutline, number: int) -> SafeString:
    if number not in skill.defined_numbers:
        return EMPTY_CELL
    address = edition.address_of("skill_level_detail", code=skill.code, number=number)
    return format_html(CELL, address, skill.name, number, number)

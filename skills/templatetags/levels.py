"""The levels of a skill, drawn in a row. No partials: pages have hundreds of rails and a thousand cells."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from skills.models import Edition, SkillOutline
from skills.models.level import NUMBERS, in_words

register = template.Library()

CELL = '<td><a href="{}" aria-label="{}, level {}">{}</a></td>'
EMPTY_CELL = SafeString("<td></td>")


@register.simple_tag
def mini_rail(numbers: Sequence[int]) -> SafeString:
    """A small rail of seven levels, which the style sheet draws from the numbers at which the skill is defined."""
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

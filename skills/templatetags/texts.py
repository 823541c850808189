"""Texts in templates: Markdown through `skills.prose`, and numbers of levels in words."""

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator, get_text_list

from skills import prose

register = template.Library()


@register.filter
def as_html(text: str, under: int = 2) -> SafeString:
    """A Markdown text as HTML, where it stands under a heading of this rank: `{{ skill.guidance_notes|as_html:2 }}`."""
    return prose.as_html(text, under=under)


@register.filter
def as_words(text: str) -> str:
    """A Markdown text in plain words on one line."""
    return " ".join(prose.as_words(text).split())


@register.filter
def as_summary(text: str) -> str:
    """The beginning of a Markdown text in plain words on one line, as long as a search engine shows."""
    return Truncator(as_words(text)).chars(200, truncate=" …")


@register.filter
def in_words(numbers: Sequence[int]) -> str:
    """Numbers of levels, rising, as one reads them: "5", "5, 6 and 7", "2 to 5", "2, 3, 5 and 6"."""
    is_run = len(numbers) > 3 and numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{numbers[0]} to {numbers[-1]}" if is_run else get_text_list([str(number) for number in numbers], "and")

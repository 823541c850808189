"""Texts in templates: Markdown through `skills.prose`, and numbers of levels in words."""

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from skills import prose
from skills.models.level import in_words

register = template.Library()
register.filter(in_words)


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

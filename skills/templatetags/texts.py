"""Texts in templates: Markdown through `skills.prose`, what is new in a text, and numbers of levels."""

from dataclasses import dataclass
from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from skills import prose
from skills.models.level import in_words
from skills.wording import Mark, difference

# The part of a text's letters: beyond it, next to every word would be marked.
MOST_NEW = 0.8

register = template.Library()
register.filter(in_words)


@register.simple_block_tag
def captured(content: SafeString) -> SafeString:
    """What is shown more than once, as a block cannot be: `{% captured as words %}…{% endcaptured %}`."""
    return content


@register.filter
def as_html(text: str, under: int = 2) -> SafeString:
    """A Markdown text as HTML, where it stands under a heading of this rank: `{{ skill.guidance_notes|as_html:2 }}`."""
    return prose.as_html(text, under=under)


@dataclass(frozen=True)
class News:
    """A text as HTML with what is new in it marked; nothing is where nearly all of it is, for that helps nobody."""

    html: SafeString
    is_all: bool


@register.simple_tag
def news(text: str, below: str, *, under: int) -> News:
    """What a Markdown text says that the one below it does not: `{% news text below under=3 as said %}`."""
    pieces = difference(prose.shown_words(below, under=under), prose.shown_words(text, under=under))
    kept = [(piece.text, piece.mark == Mark.ADDED) for piece in pieces if piece.mark != Mark.REMOVED]
    new = sum(len(words) for words, is_new in kept if is_new)
    if new > MOST_NEW * sum(len(words) for words, _ in kept):
        return News(prose.as_html(text, under=under), is_all=True)
    return News(prose.as_html_marking(text, kept, under=under), is_all=False)


@register.filter
@lru_cache(maxsize=4096)
def as_words(text: str) -> str:
    """A Markdown text in plain words on one line."""
    return " ".join(prose.as_words(text).split())


@register.filter
def as_summary(text: str) -> str:
    """The beginning of a Markdown text in plain words on one line, as long as a search engine shows."""
    return Truncator(as_words(text)).chars(200, truncate=" …")

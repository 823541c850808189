"""The text of a description: Markdown, as HTML or as plain words. Nothing else in the project reads Markdown."""

import re
from functools import lru_cache
from html import unescape

import nh3
from django.conf import settings
from django.utils.html import linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdownify.templatetags.markdownify import markdownify

# Python-Markdown takes quadratic time on a run of "[": 200 of them some milliseconds, 10,000 some 14 seconds.
MOST_BRACKETS = 200
BLOCK_EDGE = re.compile(r"</?(?:p|br|hr|h[2-6]|li|blockquote|pre|tr)\b")


@lru_cache(maxsize=4096)
def as_html(text: str, *, under: int = 2) -> SafeString:
    """As `render`, and remembered: for texts that are read again and again."""
    return render(text, under=under)


def render(text: str, *, under: int = 2) -> SafeString:
    """The safe HTML of a Markdown text that stands under a heading of the rank `under`, 1 to 3.

    A text that Python-Markdown could not manage (longer than `LONGEST_TEXT`, with more than `MOST_BRACKETS` opening
    brackets, nested too deeply) is shown as it was written, in paragraphs.
    """
    name = settings.PROSE_PROFILES[under]
    profile = settings.MARKDOWNIFY[name]
    if len(text) > settings.LONGEST_TEXT or any(text.count(mark) > MOST_BRACKETS for mark in "[<"):
        return _as_written(text)
    try:
        html = markdownify(text, name)
    except RecursionError:
        return _as_written(text)
    # bleach, which django-markdownify uses, has had its last release, security included: hence a second pass.
    return mark_safe(  # noqa: S308 - nh3 has just cleaned it
        nh3.clean(
            html,
            tags=set(profile["WHITELIST_TAGS"]),
            attributes={tag: set(names) for tag, names in profile["WHITELIST_ATTRS"].items()},
            url_schemes=set(profile["WHITELIST_PROTOCOLS"]),
            link_rel="noopener noreferrer",
        )
    )


def as_words(text: str) -> str:
    """The plain words of a Markdown text: a line a paragraph, list item or table row, without marks and tags."""
    html = BLOCK_EDGE.sub(r"\n\g<0>", as_html(text).replace("\n", " "))
    lines = (" ".join(line.split()) for line in unescape(nh3.clean(html, tags=set())).split("\n"))
    return "\n".join(line for line in lines if line)


def _as_written(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - linebreaks has escaped it

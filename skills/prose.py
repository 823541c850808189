"""The text of a description: a publisher's cell as Markdown, Markdown as HTML or as plain words.

Nothing else in the project reads Markdown; what is written for other programs is escaped in `skills.links`.
"""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from html import unescape
from itertools import groupby, pairwise

import nh3
from django.conf import settings
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString, mark_safe
from markdownify.templatetags.markdownify import markdownify

# Python-Markdown takes quadratic time on a run of "[": 200 of them some milliseconds, 10,000 some 14 seconds.
MOST_BRACKETS = 200
BLOCK_EDGE = re.compile(r"</?(?:p|br|hr|h[2-6]|li|blockquote|pre|tr)\b")

# nh3 writes values in double quotes, and no other angle bracket than those of tags.
TAG = re.compile(r'(<(?:[^<>"]|"[^"]*")*>)')

LINE_BREAK = re.compile(r"\r\n|[\n\v\f\r\x85\u2028\u2029]")
# Control characters that are not white space, halves of a character, and the two that no XML file can hold.
NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

# What Markdown acts on: anywhere; at the start of a line (a backslash goes behind what is matched); and entities.
ACTING = re.compile(r"[\\`*_\[|]")
ACTING_IN_FRONT = re.compile(r"^(?:\d+(?=\. )|(?=[#>]|[-+] |-[- ]*$))")
ENTITY = re.compile(r"&(?=#|\w+;)")
BULLET = re.compile(r"^[ \t]*[*+-][ \t]+", re.MULTILINE)
# A line of letters and marks that Markdown does not act on. Most overall descriptions are one.
PLAIN_LINE = re.compile(r"[^\W\d_](?:[^\W_]|[ ,.;:()/'’\"?%–—-])*")
# What makes a line a heading, as Python-Markdown or CommonMark read it, also in quotations and items of lists. Code
# between fences comes first, for it is to be passed over. No group is possessive: in Python 3.11.2, Debian 12's own,
# all fails where an optional group that is does not match.
HEADING = re.compile(
    r"""
    (?P<code>^[ ]{0,3}(?P<fence>`{3,}|~{3,})[^`\n]*(?:\n(?![ ]{0,3}(?P=fence)).*)*(?:\n.*)?)
    |(?:\A|(?<=\n\n))[ ]{0,3}(?![>#\s]|[-+*][ \t]|\d+[.)][ \t])(?P<underlined>\S.*)\n[ ]{0,3}(?P<line>=+|-+)[ \t]*$
    |^(?P<before>[ ]{0,3}(?:(?:>|(?:[-+*]|\d{1,9}[.)])[ \t])[ \t]*)*(?=\#{1,6}(?:[ \t]|$)))?
     (?P<hashes>\#{1,6})[ \t]*
    |(?<=\S\n)[ ]{0,3}(?P<rule>=+|-+)[ \t]*$
    """,
    re.MULTILINE | re.VERBOSE,
)
LOWEST_HEADING = 6
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+\-.!|])|&(?:lt|amp|#91);")


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


def as_html_marking(text: str, pieces: Iterable[tuple[str, bool]], *, under: int = 2) -> SafeString:
    """As `as_html`, with some of the words in `<ins>`, without the white space round them.

    The pieces make up `shown_words`, each with whether it is marked.
    """
    html, left = [], deque(pieces)
    for number, token in enumerate(TAG.split(as_html(text, under=under))):
        is_tag = number % 2
        html.append(token if is_tag else "".join(_marked(left, len(unescape(token)))))
    return mark_safe("".join(html))  # noqa: S308 - the tags are those of `as_html`, and the words are escaped


def _marked(pieces: deque[tuple[str, bool]], length: int) -> Iterator[str]:
    """The HTML of so many characters of the pieces, which it takes away."""
    while length:
        piece, is_marked = pieces.popleft()
        words, rest = piece[:length], piece[length:]
        bare = words.strip() if is_marked else ""
        before, marked, after = words.partition(bare) if bare else (words, "", "")
        yield escape(before) + (f"<ins>{escape(marked)}</ins>" if marked else "") + escape(after)
        length -= len(words)
        if rest:
            pieces.appendleft((rest, is_marked))


def shown_words(text: str, *, under: int = 2) -> str:
    """The words of a Markdown text as `as_html` shows them, with the line breaks that stand between its tags."""
    return unescape("".join(TAG.split(as_html(text, under=under))[::2]))


def as_words(text: str) -> str:
    """The plain words of a Markdown text: a line a paragraph, list item or table row, without marks and tags."""
    if PLAIN_LINE.fullmatch(text):
        # Rendering them would be most of the work for a page that lists a whole framework.
        return " ".join(text.split())
    return "\n".join(words for _, words in as_lines(text))


def as_markdown(text: str, *, under: int) -> str:
    """A Markdown text as a part of a document, where it stands under a heading of the rank `under`.

    Its own headings stand below that one, as in `as_html`; all else stays as it is.
    """
    lines = "\n".join(line if line.strip() else "" for line in re.split(r"\r\n|[\r\n]", text))
    return HEADING.sub(partial(_lowered, by=under), lines.strip("\n"))


def _lowered(found: re.Match[str], *, by: int) -> str:
    if found["code"]:
        return found[0]
    if found["rule"]:
        # Under several lines: a rule or mere words here, and a heading elsewhere.
        return f"\n{found['rule']}" if found["rule"].startswith("---") else f"\\{found['rule']}"
    rank = len(found["hashes"] or "") or (1 if found["line"].startswith("=") else 2)
    return f"{found['before'] or ''}{'#' * min(rank + by, LOWEST_HEADING)} {found['underlined'] or ''}"


def as_lines(text: str) -> list[tuple[bool, str]]:
    """The lines of `as_words`, each with whether it begins a list item."""
    lines = []
    is_item = False
    for line in BLOCK_EDGE.sub(r"\n\g<0>", as_html(text).replace("\n", " ")).split("\n"):
        is_item = line.startswith("<li") or (is_item and not line.startswith("</li"))
        words = " ".join(unescape(TAG.sub("", line)).split())
        if words:
            lines.append((is_item, words))
            is_item = False
    return lines


def _as_written(text: str) -> SafeString:
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 - linebreaks has escaped it


def from_cell(cell: str, *, lines_are_items: bool = False) -> str:
    """The Markdown of a cell of the publisher's workbook, that shows exactly its words.

    A line is a paragraph. A cell has no bullets: a line that ends in ":" and is followed by a blank line opens a list,
    which runs to the next blank line. With `lines_are_items` every line is an item.
    """
    # Beyond these Markdown is not read, and escapes would be seen.
    bracket = "&#91;" if cell.count("[") > MOST_BRACKETS else r"\["
    blocks = []
    for is_list, lines in groupby(_lines_of(cell), key=lambda line: lines_are_items or line[0]):
        mark, gap = ("- ", "\n") if is_list else ("", "\n\n")
        blocks.append(gap.join(mark + _escaped(line).replace(r"\[", bracket) for _, line in lines))
    return "\n\n".join(blocks)


def words_of_cell(cell: str) -> str:
    """The words of a cell as `as_words` gives those of a text: a line a paragraph or list item."""
    return "\n".join(line for _, line in _lines_of(cell))


def same_words(text: str, other: str) -> bool:
    """Whether two Markdown texts differ in white space, bullets and the escapes of `from_cell` alone."""
    return text == other or unmarked(text).split() == unmarked(other).split()


def _lines_of(cell: str) -> Iterator[tuple[bool, str]]:
    """The lines that are not blank, without white space to spare, and whether each is a list item."""
    lines = (" ".join(line.split()) for line in LINE_BREAK.split(NOT_TEXT.sub("", cell)))
    stanzas = [[*stanza] for is_blank, stanza in groupby(lines, key="".__eq__) if not is_blank]
    for before, stanza in pairwise([[""], *stanzas]):
        for line in stanza:
            yield before[-1].endswith(":"), line


def _escaped(line: str) -> str:
    # Python-Markdown knows no backslash before "<" and "&".
    line = ENTITY.sub("&amp;", line).replace("<", "&lt;")
    return ACTING_IN_FRONT.sub(r"\g<0>\\", ACTING.sub(r"\\\g<0>", line))


def unmarked(text: str) -> str:
    """A Markdown text without bullets and the escapes of `from_cell`.

    Nothing is rendered: it is for thousands of texts.
    """
    return ESCAPED.sub(lambda escaped: escaped[1] or unescape(escaped[0]), BULLET.sub("", text))

"""A link, a definition or a quotation, written for the places into which people paste it.

Whatever a format would read as its markup in a name or a text is escaped, so that it says the same words there.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from urllib.parse import quote

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LINK, DEFINITION, QUOTATION = "link", "definition", "quotation"

# What an address may hold without ending the link that it stands in.
PLAIN_IN_ADDRESS = ":/?&=%#,+;@$"
ENTITY = re.compile(r"&(?=#|\w+;)")

ACTING_IN_MARKDOWN = re.compile(r"[\\`*_\[\]>#|~]|^(?:[-+]|\d+(?=[.)]))")
ACTING_IN_MEDIAWIKI = re.compile(r"[\[\]{}|<>~]|'(?=')|(?<=')'|^'|'$|_(?=_)|(?<=_)_|^[*#:;=-]")
# "(i)", "(/)", ":)" and ";-)" are pictures there.
ACTING_IN_CONFLUENCE = re.compile(r"[{}\[\]|*_\-+^~?!]|\((?=[a-z*/]{1,9}\))|[:;](?=-?[()DPp])|^#")
# "h1." and "bq." make a heading and a quotation.
BLOCK_OF_CONFLUENCE = re.compile(r"^(h[1-6]|bq)\.")


@dataclass(frozen=True)
class Passage:
    """A part of what is quoted: its lines, each with whether it is a list item, under a heading or none."""

    lines: Sequence[tuple[bool, str]]
    heading: str = ""


@dataclass(frozen=True)
class Copied:
    """What is copied: a skill, one at a level, a level of responsibility or a generic attribute, in plain words."""

    name: str
    address: str = ""
    code: str = ""
    """"" for a level of responsibility, which has none."""
    number: int | None = None
    """The number of the level where it is a skill at one."""
    definition: str = ""
    passages: Sequence[Passage] = ()
    """All of its text."""
    edition: str = ""
    copied_on: date = date.min
    attribution: str = ""

    @property
    def label(self) -> str:
        coded = f"{self.name} ({self.code})" if self.code else self.name
        return f"{coded}, level {self.number}" if self.number else coded

    @property
    def source(self) -> str:
        return f"Source: {self.edition}, copied on {self.copied_on.day} {self.copied_on:%B %Y}. {self.attribution}"


@dataclass(frozen=True)
class Format(ABC):
    """A way of writing what is copied: what it is called, and where it is for."""

    slug: str
    name: str
    where: str

    @abstractmethod
    def write(self, copied: Copied, form: str) -> str:
        """The whole text of a "link", a link with "definition", or a "quotation"."""


class Address(Format):
    def write(self, copied: Copied, form: str) -> str:
        return copied.address


class Marked(Format):
    """A format of plain characters, some of which act."""

    item = "* "

    @abstractmethod
    def words(self, text: str) -> str:
        """The text on one line, with what would act escaped, at the start of a line too."""

    @abstractmethod
    def link(self, copied: Copied) -> str: ...

    @abstractmethod
    def strong(self, words: str) -> str: ...

    @abstractmethod
    def quoted(self, text: str) -> str: ...

    def write(self, copied: Copied, form: str) -> str:
        if form == QUOTATION:
            parts = [self.link(copied), self.quoted(self._body(copied.passages)), self.words(copied.source)]
            return "\n\n".join(part for part in parts if part)
        if form == DEFINITION and copied.definition:
            return f"{self.link(copied)}: {self.words(copied.definition)}"
        return self.link(copied)

    def _body(self, passages: Iterable[Passage]) -> str:
        blocks = [*self._blocks(passages)]
        gaps = ["\n" if above[0] and below[0] else "\n\n" for above, below in pairwise(blocks)]
        return "".join(part for gap, (_, words) in zip(["", *gaps], blocks, strict=False) for part in (gap, words))

    def _blocks(self, passages: Iterable[Passage]) -> Iterator[tuple[bool, str]]:
        for passage in passages:
            if passage.heading:
                yield False, self.strong(self.words(passage.heading))
            for is_item, words in passage.lines:
                yield is_item, f"{self.item if is_item else ''}{self.words(words)}"


class Markdown(Marked):
    item = "- "

    def words(self, text: str) -> str:
        # Not every reader of Markdown knows a backslash before "<" and "&".
        plain = ENTITY.sub("&amp;", _on_one_line(text))
        escaped = ACTING_IN_MARKDOWN.sub(_escaped_in_markdown, plain).replace("<", "&lt;")
        # "[…]:" at the front of a line defines where a link leads, for some readers even behind a backslash.
        return escaped.replace("]:", "]&#58;")

    def link(self, copied: Copied) -> str:
        return f"[{self.words(copied.label)}]({_plain(copied.address)})"

    def strong(self, words: str) -> str:
        return f"**{words}**"

    def quoted(self, text: str) -> str:
        return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) if text else ""


class MediaWiki(Marked):
    def words(self, text: str) -> str:
        plain = ENTITY.sub("&amp;", _on_one_line(text))
        return ACTING_IN_MEDIAWIKI.sub(lambda acting: f"&#{ord(acting[0])};", plain)

    def link(self, copied: Copied) -> str:
        return f"[{_plain(copied.address)} {self.words(copied.label)}]"

    def strong(self, words: str) -> str:
        return f"'''{words}'''"

    def quoted(self, text: str) -> str:
        return f"<blockquote>\n{text}\n</blockquote>" if text else ""


class Confluence(Marked):
    def words(self, text: str) -> str:
        # Two backslashes would be a line break.
        plain = ENTITY.sub("&amp;", _on_one_line(text)).replace("\\", "&#92;")
        return BLOCK_OF_CONFLUENCE.sub(r"\1&#46;", ACTING_IN_CONFLUENCE.sub(r"\\\g<0>", plain))

    def link(self, copied: Copied) -> str:
        return f"[{self.words(copied.label)}|{_plain(copied.address)}]"

    def strong(self, words: str) -> str:
        return f"*{words}*"

    def quoted(self, text: str) -> str:
        return f"{{quote}}\n{text}\n{{quote}}" if text else ""


class PlainText(Marked):
    item = "- "

    def words(self, text: str) -> str:
        return _on_one_line(text)

    def link(self, copied: Copied) -> str:
        return f"{self.words(copied.label)} {copied.address}"

    def strong(self, words: str) -> str:
        return words

    def quoted(self, text: str) -> str:
        return text

    def write(self, copied: Copied, form: str) -> str:
        if form == DEFINITION and copied.definition:
            return f"{self.words(copied.label)}: {self.words(copied.definition)} {copied.address}"
        return super().write(copied, form)


class RichText(Format):
    """Safe HTML without classes or styles, so that it takes on the look of the document that it is pasted into."""

    def write(self, copied: Copied, form: str) -> SafeString:
        link = format_html('<a href="{}">{}</a>', copied.address, _on_one_line(copied.label))
        if form == QUOTATION:
            body = format_html_join("", "{}", ((_passage_as_html(passage),) for passage in copied.passages))
            quoted = format_html('<blockquote cite="{}">{}</blockquote>', copied.address, body) if body else ""
            return format_html("<p>{}</p>{}<p>{}</p>", link, quoted, copied.source)
        if form == DEFINITION and copied.definition:
            return format_html("<p>{}: {}</p>", link, copied.definition)
        return link


FORMATS = (
    Address("address", "Address", "anywhere"),
    RichText("rich", "Rich text", "Confluence, SharePoint, Word, Outlook"),
    Markdown("markdown", "Markdown", "GitLab, GitHub, Azure DevOps"),
    MediaWiki("mediawiki", "MediaWiki", "the source of a wiki’s page"),
    Confluence("confluence", "Confluence wiki markup", "“Markup” in the editor’s Insert menu, Jira"),
    PlainText("plain", "Plain text", "e-mail and chat"),
)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(address: str) -> str:
    return quote(address, safe=PLAIN_IN_ADDRESS)


def _escaped_in_markdown(acting: re.Match[str]) -> str:
    """A number in front of a line makes a list of what follows its full stop; digits cannot be escaped."""
    return f"{acting[0]}\\" if acting[0].isdigit() else f"\\{acting[0]}"


def _passage_as_html(passage: Passage) -> SafeString:
    heading = format_html("<p><strong>{}</strong></p>", passage.heading) if passage.heading else ""
    lines = [*passage.lines]
    html = []
    for number, (is_item, words) in enumerate(lines):
        opens = is_item and (number == 0 or not lines[number - 1][0])
        closes = is_item and (number + 1 == len(lines) or not lines[number + 1][0])
        line = format_html("<li>{}</li>" if is_item else "<p>{}</p>", words)
        html.append(format_html("{}{}{}", SafeString("<ul>" * opens), line, SafeString("</ul>" * closes)))
    return format_html("{}{}", heading, format_html_join("", "{}", ((line,) for line in html)))

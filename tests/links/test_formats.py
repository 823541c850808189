"""What people paste says the same words there, whatever the words are."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import html5lib
import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skills.links.formats import FORMATS, Copied, Passage

FORMAT = {format_.slug: format_ for format_ in FORMATS}
ITMG = Copied(
    address="https://skills.example.org/skills/ITMG/5/",
    name="Technology service management",
    code="ITMG",
    number=5,
    definition="Takes responsibility.",
    passages=(
        Passage([(False, "Takes responsibility for:"), (True, "design"), (True, "use")]),
        Passage([(False, "Some words.")], "Guidance notes"),
    ),
    edition="SFIA 9",
    copied_on=date(2026, 11, 26),
    attribution="By permission.",
)
SOURCE = "Source: SFIA 9, copied on 26 November 2026. By permission."
HOSTILE = [
    "</textarea><script>alert(1)</script>",
    "]](javascript:alert(1))",
    "**a** __b__ `c` ~~d~~ # e | f",
    "- a",
    "+ a",
    "1. a",
    "> a",
    "# a",
    "&lt;b&gt; &#60; R&D",
    "<nowiki>'''a'''</nowiki> ''b'' {{c}} [[d|e]] ~~~~ __TOC__",
    "== a ==",
    "* a",
    ": a",
    "; a : b",
    "----",
    "'quoted'",
    "{quote} [a|http://b] {macro} -a- *b* +c+ ^d^ ~e~ ??f?? !g.png!",
    "h1. a",
    "bq. a",
    r"a \\ b \[c] \ d",
    "(i) a (/) :) ;-) :D",
    "one\n\n# two\r\n> three\u2028* four",
]
hostile = st.sampled_from(HOSTILE) | st.text(st.sampled_from("\\`*_[]<>#|{}'~=:;-+^?!()&&a1. \n\"D/"), min_size=1)


def saying(words):
    """What has these words wherever it has any."""
    passages = (Passage([(False, words), (True, words)], words),)
    return replace(ITMG, name=words, definition=words, passages=passages, edition=words, attribution=words)


def on_one_line(text):
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("slug", "link", "definition"),
    [
        ("address", "https://skills.example.org/skills/ITMG/5/", "https://skills.example.org/skills/ITMG/5/"),
        (
            "markdown",
            "[Technology service management (ITMG), level 5](https://skills.example.org/skills/ITMG/5/)",
            "[Technology service management (ITMG), level 5](https://skills.example.org/skills/ITMG/5/)"
            ": Takes responsibility.",
        ),
        (
            "mediawiki",
            "[https://skills.example.org/skills/ITMG/5/ Technology service management (ITMG), level 5]",
            "[https://skills.example.org/skills/ITMG/5/ Technology service management (ITMG), level 5]"
            ": Takes responsibility.",
        ),
        (
            "confluence",
            "[Technology service management (ITMG), level 5|https://skills.example.org/skills/ITMG/5/]",
            "[Technology service management (ITMG), level 5|https://skills.example.org/skills/ITMG/5/]"
            ": Takes responsibility.",
        ),
        (
            "plain",
            "Technology service management (ITMG), level 5 https://skills.example.org/skills/ITMG/5/",
            "Technology service management (ITMG), level 5: Takes responsibility."
            " https://skills.example.org/skills/ITMG/5/",
        ),
        (
            "rich",
            '<a href="https://skills.example.org/skills/ITMG/5/">Technology service management (ITMG), level 5</a>',
            '<p><a href="https://skills.example.org/skills/ITMG/5/">Technology service management (ITMG), level 5</a>'
            ": Takes responsibility.</p>",
        ),
    ],
)
def test_a_link_and_a_link_with_its_definition(slug, link, definition):
    assert FORMAT[slug].write(ITMG, "link") == link
    assert FORMAT[slug].write(ITMG, "definition") == definition
    assert FORMAT[slug].write(replace(ITMG, definition=""), "definition") == link


QUOTED = {
    "markdown": """\
> Takes responsibility for:
>
> - design
> - use
>
> **Guidance notes**
>
> Some words.""",
    "mediawiki": """\
<blockquote>
Takes responsibility for:

* design
* use

'''Guidance notes'''

Some words.
</blockquote>""",
    "confluence": """\
{quote}
Takes responsibility for:

* design
* use

*Guidance notes*

Some words.
{quote}""",
    "plain": """\
Takes responsibility for:

- design
- use

Guidance notes

Some words.""",
}


@pytest.mark.parametrize("slug", QUOTED)
def test_a_quotation_has_the_whole_text_and_says_where_it_is_from(slug):
    link = FORMAT[slug].write(ITMG, "link")
    assert FORMAT[slug].write(ITMG, "quotation") == f"{link}\n\n{QUOTED[slug]}\n\n{SOURCE}"
    assert FORMAT[slug].write(replace(ITMG, passages=()), "quotation") == f"{link}\n\n{SOURCE}"


def test_a_quotation_in_rich_text():
    link, quoted = FORMAT["rich"].write(ITMG, "link"), FORMAT["rich"].write(ITMG, "quotation")
    assert quoted == (
        f'<p>{link}</p><blockquote cite="https://skills.example.org/skills/ITMG/5/"><p>Takes responsibility for:</p>'
        "<ul><li>design</li><li>use</li></ul><p><strong>Guidance notes</strong></p><p>Some words.</p></blockquote>"
        f"<p>{SOURCE}</p>"
    )


def test_a_level_of_responsibility_is_called_by_its_name_alone():
    level = Copied(address="http://a/levels/5/", name="Level 5 · Ensure, advise")
    assert FORMAT["markdown"].write(level, "link") == "[Level 5 · Ensure, advise](http://a/levels/5/)"


@pytest.mark.parametrize("slug", ["markdown", "mediawiki", "confluence"])
def test_an_address_never_ends_the_link_that_it_stands_in(slug):
    address = "http://a/b)c]d|e f>g'h\"i{j}k*l"
    written = FORMAT[slug].write(Copied(address=address, name="Name"), "link")
    assert "http://a/b%29c%5Dd%7Ce%20f%3Eg%27h%22i%7Bj%7Dk%2Al" in written


# Each format, read by something that knows its markup


@given(hostile)
@example(HOSTILE[0])
def test_rich_text_holds_the_words_and_no_other_elements(words):
    for form in ("link", "definition", "quotation"):
        html = FORMAT["rich"].write(saying(words), form)
        root = html5lib.parseFragment(html, namespaceHTMLElements=False)
        elements = [element.tag for element in root.iter() if element is not root]
        assert set(elements) <= {"a", "p", "blockquote", "strong", "ul", "li"}
        assert elements.count("a") == 1
        assert on_one_line(words) in on_one_line("".join(root.itertext()))


@given(hostile)
@example(HOSTILE[1])
def test_markdown_holds_the_words_and_no_other_elements(words):
    copied = saying(f"a {words}")
    link = FORMAT["markdown"].write(copied, "link")
    root = html5lib.parseFragment(markdown.markdown(link), namespaceHTMLElements=False)
    assert [element.tag for element in root.iter() if element is not root] == ["p", "a"]
    assert root.find(".//a").attrib == {"href": ITMG.address}
    quoted = markdown.markdown(FORMAT["markdown"].write(copied, "quotation"), extensions=["sane_lists", "tables"])
    elements = [element.tag for element in html5lib.parseFragment(quoted, namespaceHTMLElements=False).iter()][1:]
    assert elements == ["p", "a", "blockquote", "p", "strong", "p", "ul", "li", "p"]


# No line of a text is blank.
@given(hostile.filter(str.strip))
@example("- a")
@example("1. a")
@example("12) a")
def test_no_line_of_markdown_begins_with_what_makes_a_block(words):
    for line in FORMAT["markdown"].write(saying(words), "quotation").split("\n"):
        inner = re.sub(r"^>( - | |$)", "", line)
        assert not re.match(r"[-+#>|~] |\d+[.)]|[-+#>]|\*(?!\*)", inner), line
        assert not re.search(r"(?<!\\)(?:\\\\)*<", inner)


@given(hostile)
@example(HOSTILE[9])
def test_mediawiki_holds_the_words_and_only_our_markup(words):
    wiki = FORMAT["mediawiki"]
    copied = saying(words)
    link = wiki.write(copied, "link")
    address, label = link[1:-1].split(" ", 1)
    assert (link[0], address, link[-1]) == ("[", copied.address, "]")
    assert unescape(label) == on_one_line(copied.label)
    inner = wiki.words(words)
    assert unescape(inner) == on_one_line(words)
    assert not re.search(r"[\[\]{}|<>~]|''|__|^[*#:;=' -]|'$", inner)
    lines = wiki.write(copied, "quotation").split("\n")
    assert lines[2] == "<blockquote>"
    assert sorted(line for line in lines if line.startswith(("<", "*"))) == sorted(
        ["<blockquote>", f"* {inner}", "</blockquote>"]
    )


def as_confluence_reads(text):
    """The words of what is all escaped; fails where something would act."""
    bare = re.sub(r"\\[^a-zA-Z0-9\s]", "\N{SYMBOL FOR ESCAPE}", text)
    assert not re.search(r"[{}\[\]|*_\-+^~?!\\]|\([a-z*/]{1,9}\)|[:;]-?[)(DPp]|^#|^(h[1-6]|bq)\.", bare), text
    return unescape(re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", text))


@given(hostile)
@example(r"a \\ b \[c] \ d")
def test_confluence_holds_the_words_and_only_our_markup(words):
    confluence = FORMAT["confluence"]
    copied = saying(words)
    link = confluence.write(copied, "link")
    label, address = link[1:-1].rsplit("|", 1)
    assert address == copied.address
    assert as_confluence_reads(label) == on_one_line(copied.label)
    inner = confluence.words(words)
    assert as_confluence_reads(inner) == on_one_line(words)
    lines = confluence.write(copied, "quotation").split("\n")
    assert [number for number, line in enumerate(lines) if line.startswith("{")] == [2, len(lines) - 3]


@given(hostile)
def test_plain_text_is_the_words_as_they_are(words):
    assert on_one_line(words) in FORMAT["plain"].write(saying(words), "quotation")

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.conf import settings
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from skills.prose import MOST_BRACKETS, as_html, as_lines, as_words

from .attacks import attacks
from .pages import words_of

RANKS = (1, 2, 3)
# Written out anew, not read from the settings: these tests are the second opinion on them.
ALLOWED_TAGS = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("strong", "em", "a", "table", "thead", "tbody", "tr", "th", "td"),
}
ALLOWED_ATTRIBUTES = {"a": {"href", "title", "rel"}, "ol": {"start"}}
ALLOWED_SCHEMES = {"", "http", "https", "mailto"}
POSITIONS = [
    *("{}", "# {}", "* {}", "> {}", "    {}", "`{}`", "a | b\n--|--\n{} | {}", "<p>{}</p>", "<a {}>words</a>"),
    *("[{}](/there)", "[words]({})", "[words](<{}>)", '[words](/there "{}")', "[words][1]\n\n[1]: {}", "![{}]({})"),
    *("<{}>", '<a href="{}">words</a>', "<a href='{}'>words</a>", "<a href={}>words</a>"),
]
MARKS = [
    *("<", ">", "</", "/>", "<a href=", "<script>", "<!--", "-->", "<?", "]]>", '"', "'", "&", "&#", ";", "`", "```\n"),
    *("[", "](", ")", "![", "]: ", "javascript:", "#", "* ", "1. ", "    ", "\n", "\n\n", "|", "--|--", "\\"),
    *("**", "_", "\0", "\x02", "\x03", "\u2028", "\ufffe", "\t", "\r", "[TOC]"),
]
WORDS = ["skill", "Straße", "ASP.NET", "Übung"]
MARKS_OF_PLAIN_TEXT = [
    *("<", ">", "</", "&", "**", "_", "`", "#", "[", "]", "\\", "|", "-", "(", ".", ",", "!", "'", '"'),
    *(" ", "    ", "\n", "\n\n", "> ", "* ", "1. "),
]
any_text = st.text(st.characters(exclude_categories=["Cs"]))
marked_text = st.lists(st.sampled_from(MARKS) | st.text(max_size=5)).map("".join)
many_examples = hypothesis_settings(max_examples=200, deadline=None)


def parsed(html: str) -> Element:
    """The elements of a piece of HTML that is without fault, but for control characters, which browsers pass over."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    root = parser.parseFragment(html)
    assert {code for _, code, _ in parser.errors} <= {"invalid-codepoint"}, html
    return root


def texts(text: str, path: str, *, under: int = 2) -> list[str]:
    return [words_of(element) for element in parsed(as_html(text, under=under)).findall(path)]


def hrefs(text: str) -> list[str | None]:
    return [link.get("href") for link in parsed(as_html(text)).iter("a")]


def assert_harmless(html: str) -> None:
    for element in [*parsed(html).iter()][1:]:
        assert element.tag in ALLOWED_TAGS, html
        assert set(element.attrib) <= ALLOWED_ATTRIBUTES.get(element.tag, set()), html
        assert scheme_as_a_browser_reads_it(element.get("href", "")) in ALLOWED_SCHEMES, html


def scheme_as_a_browser_reads_it(address: str) -> str:
    """Browsers drop tabs and line ends, and control characters in front."""
    cleaned = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", cleaned)
    return found[1].lower() if found else ""


def test_a_blank_line_parts_paragraphs():
    assert texts("First\nline.\n\nSecond.", "p") == ["First line.", "Second."]


def test_a_list_has_its_items():
    assert texts("* One\n* Two\n\nThen\n\n1. Three", "ul/li") == ["One", "Two"]


def test_a_numbered_list_goes_on_from_its_first_number():
    numbered = parsed(as_html("3. Three\n4. Four")).find("ol")
    assert numbered.get("start") == "3"


def test_a_table_has_a_head_and_rows():
    table = "Code | Name\n--|--\nITMG | Technology service management"
    assert texts(table, "table/thead/tr/th") == ["Code", "Name"]
    assert texts(table, "table/tbody/tr/td") == ["ITMG", "Technology service management"]


def test_emphasis_is_kept():
    assert texts("*some* and **more**", "p/em") == ["some"]
    assert texts("*some* and **more**", "p/strong") == ["more"]


def test_a_link_to_another_site_learns_nothing_of_this_one():
    link = parsed(as_html('[words](https://example.org/a "Title")')).find("p/a")
    assert link.attrib == {"href": "https://example.org/a", "title": "Title", "rel": "noopener noreferrer"}


@pytest.mark.parametrize("under", RANKS)
def test_a_heading_in_a_text_stands_one_step_below_the_heading_above_it(under):
    assert texts("# First\n\n## Second", f"h{under + 1}", under=under) == ["First"]
    assert texts("# First\n\n## Second", f"h{under + 2}", under=under) == ["Second"]


@pytest.mark.parametrize("under", RANKS)
def test_the_lowest_heading_stays_the_lowest(under):
    assert texts("###### Lowest", "h6", under=under) == ["Lowest"]


@pytest.mark.parametrize("words", ["ASP.NET", "see sfia-online.org", "www.example.org", "a@example.org"])
def test_what_only_looks_like_an_address_stays_text(words):
    assert hrefs(words) == []
    assert as_words(words) == words


@pytest.mark.parametrize(
    "text",
    [
        "<b>bold</b>",
        "a <word> and b",
        "<div>a</div>",
        "a < b > c & d",
        "x <p and y",
        "if x<a then",
        "a <!-- b",
        "<h1>a</h1>",
    ],
)
def test_what_is_not_allowed_is_shown_as_it_was_written(text):
    assert as_words(text) == text


@given(st.lists(st.sampled_from([*WORDS, *MARKS_OF_PLAIN_TEXT])).map("".join))
@many_examples
def test_no_word_goes_missing_whatever_marks_stand_round_it(text):
    word = re.compile("|".join(map(re.escape, WORDS)))
    assert word.findall(as_words(text)) == word.findall(text)


@pytest.mark.parametrize(
    "address",
    ["/skills/ITMG/", "../AUTO/", "#level-5", "?levels=all", "http://example.org/", "https://example.org/a?b=c#d"],
)
def test_a_link_within_the_site_or_to_the_web_leads_there(address):
    assert hrefs(f"[words]({address})") == [address]


def test_a_mail_address_in_a_link_leads_there():
    assert hrefs("[words](mailto:a@example.org) <b@example.org>") == ["mailto:a@example.org", "mailto:b@example.org"]


@pytest.mark.parametrize("position", ["[words]({})", "[words][1]\n\n[1]: {}", "<{}>", '<a href="{}">words</a>'])
@pytest.mark.parametrize(
    "spelling",
    [
        *("{}:alert(1)", " {}:alert(1)", "\t{}:alert(1)", "\x01{}:alert(1)", "{}\t:alert(1)", "{}\x00:alert(1)"),
        *("{}&colon;alert(1)", "{}&#58;alert(1)", "{}&#x3a;alert(1)", "{}%3Aalert(1)", "&#1;{}:alert(1)"),
        *("{}&Tab;:alert(1)", "{}&NewLine;:alert(1)", "{}\\:alert(1)", "feed:{}:alert(1)"),
    ],
)
def test_no_spelling_of_another_scheme_becomes_a_link(spelling, position):
    for scheme in ("javascript", "JaVaScRiPt", "java\tscript", "java&#10;script", "vbscript", "data", "file", "ftp"):
        assert_harmless(as_html(position.format(spelling.format(scheme))))


@pytest.mark.parametrize(
    "attribute", ["onclick", "onmouseover", "style", "id", "class", "target", "srcdoc", "formaction"]
)
@pytest.mark.parametrize("tag", ["a", "p", "table"])
def test_a_tag_that_is_allowed_loses_the_attributes_that_are_not(tag, attribute):
    (element,) = parsed(as_html(f'<{tag} {attribute}="alert(1)"></{tag}>')).iter(tag)
    assert attribute not in element.attrib


@pytest.mark.parametrize("under", RANKS)
def test_no_published_attack_leaves_anything_that_could_run(under):
    for attack in attacks():
        assert_harmless(as_html(attack, under=under))


@pytest.mark.parametrize("position", POSITIONS)
def test_no_published_attack_leaves_anything_that_could_run_inside_markdown(position):
    for attack in attacks():
        assert_harmless(as_html(position.replace("{}", attack)))


def test_the_list_of_attacks_is_whole():
    assert len(attacks()) == 485


@given(any_text | marked_text, st.sampled_from(RANKS))
@example('<a href="x"><table><em></a></table>', 1)
@many_examples
def test_any_text_at_all_gives_harmless_html_without_fault(text, under):
    assert_harmless(as_html(text, under=under))


def test_the_longest_text_is_read_as_markdown():
    assert texts("**a** ".ljust(settings.LONGEST_TEXT, "b"), "p/strong") == ["a"]


def test_a_text_that_is_longer_is_shown_as_it_was_written():
    text = "**a** <b>".ljust(settings.LONGEST_TEXT + 1, "c")
    assert texts(text, "p") == [text]


def test_a_text_with_the_most_brackets_is_read_as_markdown():
    assert texts("**a** " + "[" * MOST_BRACKETS, "p/strong") == ["a"]


def test_a_text_with_more_brackets_is_shown_as_it_was_written():
    text = "**a** <b>" + "[" * (MOST_BRACKETS + 1)
    assert texts(text, "p") == [text]


def test_a_text_shown_as_it_was_written_keeps_its_paragraphs():
    assert texts("a\n\nb" + "[" * 10_000, "p") == ["a", "b" + "[" * 10_000]


@pytest.mark.parametrize(
    "text", ["1. " * 3000, "> " * 5000, "* " * 5000, "<blockquote>" * 800, "<em>" * 2500, "**_" * 3000]
)
def test_a_deeply_nested_text_has_an_answer(text):
    assert_harmless(as_html(text))


def test_words_have_no_tags_and_no_marks():
    assert as_words("## A *b* [c](/d) `e`") == "A b c e"


def test_words_have_characters_in_place_of_entities():
    assert as_words("R&D &lt;3 &eacute; &amp;lt;") == "R&D <3 é &lt;"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One\nline.\n\nNext.", "One line.\nNext."),
        ("* a\n* b", "a\nb"),
        ("* a\n    * b\n* c", "a\nb\nc"),
        ("Here:\n\n* a\n\n    more", "Here:\na\nmore"),
        ("# A\n\n> b", "A\nb"),
        ("a  \nb", "a\nb"),
        ("a | b\n--|--\nc | d", "a b\nc d"),
        ("", ""),
    ],
)
def test_words_have_a_line_for_each_paragraph_item_and_row(text, words):
    assert as_words(text) == words


@given(any_text | marked_text)
@many_examples
def test_words_of_any_text_have_no_blank_line_and_no_white_space_to_spare(text):
    words = as_words(text)
    assert words == "" or all(line and line == " ".join(line.split()) for line in words.split("\n"))


@given(any_text | marked_text)
@many_examples
def test_the_lines_of_any_text_are_those_of_its_words(text):
    assert "\n".join(words for _, words in as_lines(text)) == as_words(text)


def test_a_line_that_begins_a_list_item_is_told_from_a_paragraph():
    lines = as_lines("Here:\n\n* a\n* *b*\n    * c\n\n    more\n\nEnd.\n\n1. d\n\n2. e")
    assert lines == [
        *((False, "Here:"), (True, "a"), (True, "b"), (True, "c"), (False, "more"), (False, "End.")),
        *((True, "d"), (True, "e")),
    ]


PLAIN = st.lists(st.sampled_from([*"aZé9 ,.;:()/'’\"?%–—-", "1. ", "- ", "  ", "e.g. "])).map("".join)


@given(PLAIN.map("a{}".format))
@many_examples
def test_the_words_of_a_plain_line_are_those_of_its_html(text):
    """For these `as_words` takes a shorter way."""
    assert as_words(text) == " ".join(words_of(parsed(as_html(text))).split())


def test_the_mark_for_a_table_of_contents_stays_as_it_was_written():
    assert as_words("[TOC]\n\n# a") == "[TOC]\na"

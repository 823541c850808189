"""A cell of the publisher's workbook as Markdown. All wording is invented."""

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from skills.prose import MOST_BRACKETS, as_html, as_words, from_cell, same_words, words_of_cell

from .pages import words_of
from .test_prose import MARKS, WORDS, many_examples, parsed

MARKS_OF_A_CELL = [
    *(":", ":\n\n", ":\r\n\r\n", "\r\n", "\n \n", "\v", "\f", "\x85", "\u2029", "\xa0", "\u2003", "\x1c", "\x1f"),
    *("-", "- ", "---", "+ ", "===", ".", "1.", "!", "{", "}", "~~~", "&copy;", "&copy", "&amp;lt;", "&#65", "&#x41;"),
    *("&a-b;", "<br>", "</p>", "<p", "[a]", "<a@b.cd>", "http://a.b/c", "\\\n", "  \n", "klzzwxh:0001", "wzxhzdk:0"),
    *("\x7f", "\x80", "\ud800", "\ufeff", "\u200b", "\xad", "\ufdd0", "١. "),
]
WHITE_SPACE = [" ", "  ", "\xa0", "\t", "\n", "\r\n", "\n\n", " \r\n\r\n\r\n ", "\v", "\u2028", "\x1f"]
marks = st.sampled_from([*MARKS, *MARKS_OF_A_CELL, *WORDS])
cells = st.text(st.characters()) | st.lists(marks | st.text(max_size=5), max_size=30).map("".join)
lines = (
    st.lists(marks, min_size=1)
    .map(lambda found: words_of_cell("".join(found)).replace("\n", " "))
    .filter(lambda line: line and not line.endswith(":"))
)


def parts(text: str) -> list[tuple[str, str]]:
    """The paragraphs and list items of a Markdown text: the tag and the words of each, and nothing else."""
    root = parsed(as_html(text))
    assert {element.tag for element in [*root.iter()][1:]} <= {"p", "ul", "li"}, text
    return [(part.tag, words_of(part)) for part in root.iter() if part.tag in {"p", "li"}]


def tags(cell: str) -> str:
    return " ".join(tag for tag, _ in parts(from_cell(cell)))


def words_that_can_be_shown(cell: str) -> list[str]:
    """Said anew, without the help of the module."""
    dropped = {char for char in cell if unicodedata.category(char) in {"Cc", "Cs"} and not char.isspace()}
    return "".join(char for char in cell if char not in dropped | {"\ufffe", "\uffff"}).split()


@pytest.mark.parametrize(
    "line_break", ["\r\n", "\n", "\r", "\v", "\f", "\x85", "\u2028", "\u2029", " \r\n ", "\r\n\r\n\xa0\r\n"]
)
def test_each_line_is_a_paragraph(line_break):
    assert from_cell(f"Feeds the owls.{line_break}Counts them.") == "Feeds the owls.\n\nCounts them."


@pytest.mark.parametrize("space", ["  ", "\xa0", " \xa0", "\t", "\u2003", "\x1f", "\x00 "])
def test_a_run_of_white_space_is_one_space(space):
    assert from_cell(f"{space}Feeds{space}the owls.{space}\n{space}Counts.{space}") == "Feeds the owls.\n\nCounts."


@pytest.mark.parametrize("cell", ["\r\nOwls.", "Owls." + "\r\n" * 7, "\xa0\r\n \r\nOwls.\n\xa0"])
def test_blank_lines_at_the_beginning_and_the_end_go(cell):
    assert from_cell(cell) == "Owls."


@pytest.mark.parametrize("cell", ["", " \xa0\r\n", "\x00", "\x00\r\n\ud800"])
def test_a_cell_without_words_gives_no_text(cell):
    assert from_cell(cell) == from_cell(cell, lines_are_items=True) == words_of_cell(cell) == ""


@pytest.mark.parametrize("char", ["\x00", "\x02", "\x03", "\x1b", "\x7f", "\x80", "\x92", "\ud800", "\uffff"])
def test_what_cannot_be_kept_or_shown_is_dropped(char):
    assert from_cell(f"Ow{char}ls.{char}") == words_of_cell(f"Ow{char}ls.{char}") == "Owls."


@pytest.mark.parametrize("text", ["the keeper\u2019s owls", "Straße – Übung", "🦉", "\u200b", "e\u0301", "\U000e0041"])
def test_characters_beyond_ascii_stay_as_they_are(text):
    assert from_cell(text) == text


def test_a_colon_before_a_blank_line_opens_a_list_up_to_the_next_blank_line():
    cell = "Keeping owls.\r\nActivities are:\r\n\r\nfeeding\r\ncounting\r\n\r\nOwls are birds."
    assert from_cell(cell) == "Keeping owls.\n\nActivities are:\n\n- feeding\n- counting\n\nOwls are birds."


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("Owls:\n\nbarn\ntawny", "p li li"),
        ("Owls:\n\nbarn", "p li"),
        ("Owls: \n\xa0\n\nbarn\n\n\nEnd", "p li p"),
        ("\n\nOwls:\n\nbarn", "p li"),
        ("A:\n\nb\n\nC\nD:\n\ne\nf\n\nG:\n\nh\n\nI", "p li p p li li p li p"),
        ("A:\n\nb\n\nC:\n\nd", "p li p li"),
        ("Owls:\nbarn\ntawny", "p p p"),
        ("Owls:\nbarn:\n\ntawny", "p p li"),
        ("Owls\n\nbarn", "p p"),
        ("Owls:", "p"),
        ("A\n\nOwls:\n\n\n", "p p"),
        ("A: b\n\nc", "p p"),
        ("Owls:\n\nbarn:\ntawny\n\nEnd", "p li li p"),
    ],
)
def test_which_lines_are_items(cell, shown):
    assert tags(cell) == shown


def test_an_item_that_opens_a_list_is_in_one_list_with_what_it_opens():
    assert from_cell("Owls:\n\nbarn\nothers:\n\ntawny\n\nEnd") == "Owls:\n\n- barn\n- others:\n- tawny\n\nEnd"


def test_lines_that_are_all_items_are_one_list():
    assert from_cell("Feeds\r\nCounts:\n\n\nSings\n", lines_are_items=True) == "- Feeds\n- Counts:\n- Sings"


def test_a_single_line_can_be_an_item():
    assert from_cell("Feeds.", lines_are_items=True) == "- Feeds."


@pytest.mark.parametrize(
    "text",
    [
        *("R&D (owls), 24/7 – 50% - 3 > 2, C# + F#!", "well-known 2.5 -5 +5", "a]b) {c} ~d~ 'e' \"f\""),
        *("1) a", "1.5 a", "2024.", "+", "-a --b", "===", "AT&T & &; &copy"),
        *("http://a.example/b?c&d=e", "owl@a.example"),
    ],
)
def test_what_markdown_does_not_act_on_stays_as_it_is(text):
    assert from_cell(text) == text
    assert from_cell(text, lines_are_items=True) == f"- {text}"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("*a* 2 * 3 **", r"\*a\* 2 \* 3 \*\*"),
        ("_a_ b_c", r"\_a\_ b\_c"),
        ("`a`", r"\`a\`"),
        (r"a\b \* \\", r"a\\b \\\* \\\\"),
        ("[a](b) ![c] [d]: e [TOC]", r"\[a](b) !\[c] \[d]: e \[TOC]"),
        ("a | b", r"a \| b"),
        ("a<b> </p> <!-- c --> <d@e.f>", "a&lt;b> &lt;/p> &lt;!-- c --> &lt;d@e.f>"),
        ("&copy; &#65; &#x41; &#65 &amp;lt;", "&amp;copy; &amp;#65; &amp;#x41; &amp;#65 &amp;amp;lt;"),
        ("# a", r"\# a"),
        ("###a #b", r"\###a #b"),
        ("> a", r"\> a"),
        ("- a - b", r"\- a - b"),
        ("+ a + b", r"\+ a + b"),
        ("* a", r"\* a"),
        ("-", r"\-"),
        ("---", r"\---"),
        ("- - -", r"\- - -"),
        ("--", r"\--"),
        ("***", r"\*\*\*"),
        ("___", r"\_\_\_"),
        ("1. a 2. b", r"1\. a 2. b"),
        ("١. a", r"١\. a"),
        ("```", r"\`\`\`"),
    ],
)
def test_what_markdown_acts_on_is_escaped_and_shown_as_written(cell, text):
    assert from_cell(cell) == text
    assert parts(from_cell(cell)) == [("p", cell)]
    assert from_cell(f"A:\n\n{cell}\n{cell}") == f"A:\n\n- {text}\n- {text}"
    assert parts(from_cell(f"A:\n\n{cell}\n{cell}")) == [("p", "A:"), ("li", cell), ("li", cell)]


@pytest.mark.parametrize(("below", "shown"), [("===", "p p"), ("---", "p p"), ("--|--", "p p"), ("    b", "p p")])
def test_a_line_does_not_act_on_the_one_above(below, shown):
    assert tags(f"a | b\n{below}") == shown
    assert tags(f"A:\n\na | b\n{below}") == "p li li"


def test_a_table_of_a_list_stays_a_list():
    assert parts(from_cell("a | b\n--|--\nc | d", lines_are_items=True)) == [
        *(("li", "a | b"), ("li", "--|--"), ("li", "c | d"))
    ]


@pytest.mark.parametrize("count", [MOST_BRACKETS, MOST_BRACKETS + 1])
@pytest.mark.parametrize("bracket", ["[", "<", r"\[", "*["])
def test_a_cell_with_many_brackets_is_shown_as_written(bracket, count):
    cell = "*a* " + bracket * count
    assert parts(from_cell(cell)) == [("p", cell)]


@given(cells, st.booleans())
@example("[" * (MOST_BRACKETS + 1) + "*\\[", False)
@many_examples
def test_any_cell_is_shown_with_exactly_its_words(cell, lines_are_items):
    text = from_cell(cell, lines_are_items=lines_are_items)
    assert as_words(text) == words_of_cell(cell)


@given(cells)
@many_examples
def test_the_words_of_any_cell_are_all_there(cell):
    assert words_of_cell(cell).split() == words_that_can_be_shown(cell)


@given(cells)
@many_examples
def test_the_words_of_any_cell_stay_the_same_when_taken_again(cell):
    words = as_words(from_cell(cell))
    assert words_of_cell(words).split("\n") == words_of_cell(cell).split("\n")


@given(cells)
@many_examples
def test_any_cell_has_paragraphs_and_items_and_nothing_else(cell):
    assert "\n".join(words for _, words in parts(from_cell(cell))).split() == words_of_cell(cell).split()


@given(cells)
@many_examples
def test_every_line_of_any_cell_can_be_an_item(cell):
    text = from_cell(cell, lines_are_items=True)
    assert [tag for tag, _ in parts(text)] == ["li" for line in words_of_cell(cell).split("\n") if line]


@given(st.lists(st.tuples(st.lists(lines, min_size=1, max_size=3), st.lists(lines, max_size=3)), max_size=4))
@many_examples
def test_paragraphs_and_lists_are_found_again_whatever_marks_their_lines_hold(sections):
    cell, expected = "", []
    for paragraphs, items in sections:
        cell += "\r\n".join(paragraphs) + (":" if items else "") + "\r\n\r\n"
        cell += "\r\n".join(items) + "\r\n\r\n"
        expected += ["p"] * len(paragraphs) + ["li"] * len(items)
    assert tags(cell).split() == expected


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("", ""),
        ("a b", " a \xa0b\r\n"),
        ("Owls:\n\n* barn\n* tawny\n\nEnd", "Owls:\n\n- barn\n- tawny\n\nEnd"),
        ("Owls:\n\n+ barn\n\n+ tawny", "Owls:\n\n  - barn\n  - tawny"),
        ("- a\n- b", "a\n\nb"),
        ("R&D 2 < 3 a_b [c] 2 * 3", from_cell("R&D 2 < 3 a_b [c] 2 * 3")),
        ("[" * 300, from_cell("[" * 300)),
        (r"\[a\]", from_cell("[a]")),
        ("2024. a", from_cell("2024. a")),
    ],
)
def test_white_space_bullets_and_escapes_make_no_other_words(text, other):
    assert same_words(text, other)
    assert same_words(other, text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        *(("a", ""), ("a b", "ab"), ("a b", "b a"), ("owl", "Owl"), ("a", "a."), ("a\u2019s", "a's"), ("a\xadb", "ab")),
        *(("well known", "well-known"), ("a - b", "a b"), ("a -", "a"), ("-a", "a"), ("a\n-", "a"), ("-\na", "a")),
        *(("a * b", "a b"), ("a*", "a"), ("> a", "a"), ("# a", "a"), ("1. a", "a"), ("1. a", "2. a")),
        *((r"\- a", "- a"), (r"\* a", "* a"), (from_cell("A:\n\n- a"), "A:\n\n- a")),
        *(
            (from_cell("&lt;"), from_cell("<")),
            (from_cell("&lt"), from_cell("<")),
            (from_cell("&#91;"), from_cell("[")),
        ),
        *((from_cell(r"\*"), from_cell("*")), (from_cell("&copy"), from_cell("©"))),
    ],
)
def test_other_words_are_told_apart(text, other):
    assert not same_words(text, other)
    assert not same_words(other, text)


@given(cells, st.data())
@many_examples
def test_white_space_changed_in_any_cell_makes_no_other_words(cell, data):
    words = words_of_cell(cell).split()
    gaps = data.draw(st.lists(st.sampled_from(WHITE_SPACE), min_size=len(words), max_size=len(words)))
    changed = "".join(word + gap for word, gap in zip(words, gaps, strict=True))
    assert same_words(from_cell(cell), from_cell(changed))
    assert same_words(from_cell(cell), from_cell(changed, lines_are_items=True))


@given(cells, marks, cells)
@many_examples
def test_one_mark_more_in_any_cell_makes_other_words(before, mark, after):
    cell, changed = before + after, before + mark + after
    assume(words_of_cell(cell).split() != words_of_cell(changed).split())
    assert not same_words(from_cell(cell), from_cell(changed))

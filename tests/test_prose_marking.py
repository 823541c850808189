"""Words of a text that are marked in its HTML."""

import itertools
import re

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from skills.prose import as_html, as_html_marking, shown_words

from .attacks import attacks
from .test_prose import any_text, many_examples, marked_text, parsed


def cut_at(words, places):
    """The words in pieces, cut at places that may lie anywhere; every other one is to be marked."""
    edges = [0, *sorted({place % (len(words) + 1) for place in places}), len(words)]
    return [(words[a:b], number % 2 == 1) for number, (a, b) in enumerate(itertools.pairwise(edges))]


@given(any_text | marked_text | st.sampled_from(attacks()), st.lists(st.integers(0, 10_000), max_size=8))
@many_examples
def test_marking_adds_nothing_but_marks(text, places):
    marked = as_html_marking(text, cut_at(shown_words(text), places))
    without = re.sub("</?ins>", "", marked)
    assert canonical(without) == canonical(as_html(text))


def canonical(html):
    """Of HTML that may write the same characters in two ways."""
    return html5lib.serialize(parsed(html), quote_attr_values="always")


def test_what_is_marked_is_marked_across_tags_and_inside_them():
    html = as_html_marking("One *two three* four.", [("One tw", False), ("o three fo", True), ("ur.", False)])
    assert html == "<p>One <em>tw<ins>o three</ins></em> <ins>fo</ins>ur.</p>"


def test_words_that_are_marked_are_escaped():
    assert as_html_marking("a < b & c", [("a < ", False), ("b & c", True)]) == "<p>a &lt; <ins>b &amp; c</ins></p>"


def test_white_space_is_not_marked():
    assert as_html_marking("a b c", [("a", False), (" b ", True), ("c", False)]) == "<p>a <ins>b</ins> c</p>"
    assert as_html_marking("* a\n* b", [("\na", False), ("\n", True), ("b\n", False)]) == as_html("* a\n* b")

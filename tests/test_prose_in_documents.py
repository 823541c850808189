import pytest

from skills.prose import as_markdown


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# One\n#Two\n### Three", "### One\n### Two\n##### Three"),
        ("##### Five\n###### Six", "###### Five\n###### Six"),
        (" # One\n> # Two\n- # Three\n1. # Four", " ### One\n> ### Two\n- ### Three\n1. ### Four"),
        ("One\n===\n\n**Two**\n-", "### One\n\n#### **Two**"),
    ],
)
def test_headings_stand_below_the_one_that_the_text_stands_under(text, written):
    assert as_markdown(text, under=2) == written


@pytest.mark.parametrize(
    "text",
    [
        *("Words #1, C# and\n #3", "\\# One", "    # code", "`# code`", "```\n# code\nOne\n===\n```", "~~~\n# code"),
        *("a | b\n--|--\n1 | 2", "- one\n- two", "One\n\n---\n\nTwo", "hard  \nbreak", "<b>&amp;*_[\\"),
    ],
)
def test_all_else_stays_as_it_is(text):
    assert as_markdown(text, under=2) == text


def test_what_follows_fenced_code_is_read_again():
    assert as_markdown("```\n# code\n```\n# One", under=1) == "```\n# code\n```\n## One"


def test_a_line_under_several_lines_makes_no_heading_of_them():
    assert as_markdown("One\ntwo\n---\nThree\nfour\n===", under=2) == "One\ntwo\n\n---\nThree\nfour\n\\==="


def test_line_ends_are_those_of_a_text_file():
    assert as_markdown("\r\nOne\r\n===\r\n \t\r\nTwo\r\n", under=2) == "### One\n\nTwo"


@pytest.mark.parametrize("piece", ["> ", "- ", "1. ", "```\n", "~~~", "#", "-", "=\n", " ", "\n", "a\n-", " > - "])
def test_no_text_takes_long(piece):
    """With a mark that is read in more than one way, this does not end."""
    as_markdown(piece * (10_000 // len(piece)), under=2)

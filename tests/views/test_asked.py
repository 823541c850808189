import pytest
from django.test import RequestFactory

from skills.views import asked

NOBODYS_WORDS = [
    "buy now",
    "<b>",
    "levels",
    "ABC",
    "ABCDE",
    "1234567890",
    "٥",
    "-1",
    "1.5",
    "\x00",
    "évêq",
    "x" * 10_000,
]


def request_for(query):
    return RequestFactory().get(f"/?{query}")


@pytest.mark.parametrize(
    "query", ["skills=ITMG,PROG", "skills=ITMG&skills=PROG", "skills=,+ITMG+,,PROG,", "skills=ITMG,PROG,ITMG"]
)
def test_a_list_is_one_parameter_or_several(query):
    assert asked.values(request_for(query), "skills") == ["ITMG", "PROG"]


def test_a_list_has_an_end():
    listed = ",".join(map(str, range(3000)))
    assert len(asked.values(request_for(f"levels={listed}"), "levels")) == asked.MOST_VALUES


def test_numbers_of_levels_are_taken_in_order_and_the_rest_is_said():
    assert asked.level_numbers(request_for("levels=6,09,05,x,9,0"), "levels") == (
        [6, 5],
        ["There is no level 9.", "There is no such level.", "There is no level 0."],
    )


@pytest.mark.parametrize(
    ("what", "value", "sentence"),
    [
        ("level", "9", "There is no level 9."),
        ("skill", "ITMX", "There is no skill ITMX."),
        ("skill", "itmx", "There is no skill ITMX."),
        ("skill", "9", "There is no such skill."),
        ("level", "five", "There is no such level."),
        ("order", "DATE", "There is no such order."),
        ("category", "free", "There is no such category."),
    ],
)
def test_a_code_is_named_of_a_skill_and_a_number_of_a_level(what, value, sentence):
    assert asked.passed_over(what, [value]) == [sentence]


@pytest.mark.parametrize("what", ["skill", "level"])
@pytest.mark.parametrize("value", NOBODYS_WORDS)
def test_nobody_elses_words_are_repeated(what, value):
    assert asked.passed_over(what, [value]) == [f"There is no such {what}."]


def test_more_than_one_where_one_can_be_shown_is_said():
    assert asked.only_first("level", 2) == ["Only one level at a time: this is the first."]
    assert asked.only_first("level", 1) == asked.only_first("level", 0) == []


def test_a_query_holds_what_is_given_with_commas_as_they_are():
    assert asked.query({"skills": "ITMG,PROG", "level": "", "q": "a&b c"}) == "?skills=ITMG,PROG&q=a%26b+c"
    assert asked.query({"level": ""}) == ""

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


@pytest.mark.parametrize("query", ["skills=ITMG,PROG", "skills=ITMG&skills=PROG", "skills=,+ITMG+,,PROG,"])
def test_a_list_is_one_parameter_or_several(query):
    assert asked.values(request_for(query), "skills") == ["ITMG", "PROG"]


def test_a_list_has_an_end():
    assert len(asked.values(request_for("levels=" + "9," * 3000), "levels")) == asked.MOST_VALUES


def test_numbers_of_levels_are_taken_in_order_and_the_rest_is_said():
    assert asked.level_numbers(request_for("levels=6,9,05,x,9,0"), "levels") == (
        [6, 5],
        ["There is no level 9.", "There is no such level.", "There is no level 0."],
    )


@pytest.mark.parametrize(("value", "named"), [("9", "9"), ("ITMX", "ITMX"), ("itmx", "ITMX"), ("007", "007")])
def test_a_code_or_a_number_that_is_not_there_is_named(value, named):
    assert asked.passed_over("skill", [value]) == [f"There is no skill {named}."]


@pytest.mark.parametrize("value", NOBODYS_WORDS)
def test_nobody_elses_words_are_repeated(value):
    assert asked.passed_over("skill", [value]) == ["There is no such skill."]

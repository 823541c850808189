"""Which of the skills that answer a question comes first."""

import pytest

from tests.factories import code_for, make_search_term

from .steps import skill_with

pytestmark = pytest.mark.django_db


def test_code_name_everyday_word_description_and_level_follow_in_this_order(edition, ask):
    make_search_term(words="port", codes="TERM")
    skill_with(edition, "LEVE", level_3="Runs the port.")
    skill_with(edition, "DESC", overall_description="Running a port.")
    skill_with(edition, "TERM")
    skill_with(edition, "NAME", name="Port running")
    skill_with(edition, "PORT", name="Moulding")
    assert ask("port") == ["PORT", "NAME", "TERM", "DESC", "LEVE"]


def test_the_name_itself_comes_before_names_that_hold_it(edition, ask):
    for code, name in (("AAAA", "Non-functional testing"), ("BBBB", "Testing"), ("CCCC", "Functional testing")):
        skill_with(edition, code, name=name)
    assert ask("testing") == ["BBBB", "CCCC", "AAAA"]
    assert ask("functional testing")[0] == "CCCC"


def test_an_everyday_word_comes_before_a_long_name_that_happens_to_hold_it(edition, ask):
    skill_with(edition, "ANCC", name="Analytical classification and coding")
    skill_with(edition, "PROG", name="Programming/software development")
    make_search_term(words="coding", codes="PROG")
    assert ask("coding") == ["PROG", "ANCC"]


def test_all_words_come_before_any(edition, ask):
    skill_with(edition, "ONLY", overall_description="Moulding, moulding, moulding.", level_1="Moulding.")
    skill_with(edition, "BOTH", level_1="Moulding.", level_5="Casting.")
    skill_with(edition, "NONE")
    assert ask("moulding casting") == ["BOTH", "ONLY"]


def test_a_rare_word_counts_more_than_a_common_one(edition, ask):
    for number in range(6):
        skill_with(edition, code_for(number), overall_description="Moulding.")
    skill_with(edition, "RARE", overall_description="Casting.")
    assert ask("moulding casting")[0] == "RARE"

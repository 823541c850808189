"""Everyday words that stand for skills."""

import pytest

from skills.search.answer import answer
from tests.factories import make_attribute, make_search_term

from .steps import skill_with

pytestmark = pytest.mark.django_db


def test_everyday_words_stand_for_skills_whatever_the_texts_say(edition):
    skill_with(edition, "AAAA")
    skill_with(edition, "BBBB")
    make_search_term(words="kubernetes", codes="BBBB ZZZZ AAAA")
    answered = answer(edition, "kubernetes")
    assert [(one.document.code, one.terms) for one in answered.found] == [
        ("BBBB", ("kubernetes",)),
        ("AAAA", ("kubernetes",)),
    ]


@pytest.mark.parametrize("text", ["help desk", "helpdesk", "Help-Desk", "the help desks", "senior helpdesk person"])
def test_they_are_known_however_they_are_written_and_in_a_longer_question(edition, ask, text):
    skill_with(edition, "USUP")
    make_search_term(words="Helpdesk", codes="USUP")
    assert ask(text) == ["USUP"]


def test_the_longest_term_counts_alone(edition, ask):
    for code in ("PROD", "OWNE"):
        skill_with(edition, code)
    make_search_term(words="owner", codes="OWNE")
    make_search_term(words="product owner", codes="PROD")
    assert ask("product owner") == ["PROD"]
    assert ask("owner") == ["OWNE"]


def test_a_term_may_be_begun_where_none_ends_there(edition, ask):
    for code in ("AAAA", "BBBB"):
        skill_with(edition, code)
    make_search_term(words="kubernetes", codes="AAAA")
    assert ask("kube") == ["AAAA"]
    make_search_term(words="kube", codes="BBBB")
    assert ask("kube") == ["BBBB"]


def test_a_term_of_many_words_is_known(edition, ask):
    words = "he who looks after all of the old machines by night"
    skill_with(edition, "ITOP")
    make_search_term(words=words, codes="ITOP")
    assert ask(words) == ask(f"somebody, {words}, alone") == ["ITOP"]


def test_a_word_that_says_nothing_begins_no_term(edition, ask):
    skill_with(edition, "TEST", name="Testing")
    skill_with(edition, "DGFS")
    make_search_term(words="forensics", codes="DGFS")
    assert ask("testing for") == ["TEST"]
    assert set(ask("testing foren")) == {"TEST", "DGFS"}


def test_an_attribute_with_the_code_of_a_term_is_not_meant(edition, ask):
    make_attribute(edition=edition, code="AAAA")
    make_search_term(words="kelp", codes="AAAA")
    assert ask("kelp") == []

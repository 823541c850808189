"""Everyday words in the administration."""

import pytest
from django.urls import reverse

from skills.models import SearchTerm, Skill
from skills.search.answer import answer
from tests.factories import make_search_term

from .steps import errors_of, opened

pytestmark = pytest.mark.django_db

ADD = "/admin/skills/searchterm/add/"


@pytest.fixture
def term(skill):
    return make_search_term(words="cutlery", codes="KNIF")


def test_an_editor_adds_a_term_and_it_is_known_at_once(ada, skill):
    data = opened(ada, ADD) | {"words": " Cutlery  drawer ", "codes": "knif, KNIF", "reason": "Asked for"}
    assert ada.post(ADD, data).status_code == 302
    term = SearchTerm.objects.get()
    assert (term.words, term.codes) == ("Cutlery drawer", "KNIF")
    assert term.history.get().revision.reason == "Asked for"
    assert answer(skill.edition, "cutlery drawers").found[0].document.code == "KNIF"


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("words", "CUTLERY", "There is an entry for this word or phrase already."),
        ("words", "!!!", "There is no letter and no digit in this by which it could be found."),
        ("words", " ", "There is only white space here."),
        ("codes", "KNI", "One or more codes of four capital letters, with a space between them."),
        ("codes", "KNIF 5", "One or more codes of four capital letters, with a space between them."),
        ("codes", " ", "There is only white space here."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ada, term, field, value, message):
    response = ada.post(ADD, opened(ada, ADD) | {"words": "other", "codes": "KNIF", field: value})
    assert response.status_code == 200
    assert message in str(errors_of(response))
    assert SearchTerm.objects.count() == 1


def test_codes_that_the_current_edition_lacks_are_kept_and_named(ada, skill):
    data = opened(ada, ADD) | {"words": "cutlery", "codes": "SPON KNIF FORK"}
    response = ada.post(ADD, data, follow=True)
    assert "Edition 9 has no skill SPON and FORK, which search passes over there." in [
        str(message) for message in response.context["messages"]
    ]
    assert SearchTerm.objects.get().codes == "SPON KNIF FORK"


def test_without_a_current_edition_no_code_is_missing(ada, skill):
    skill.edition.is_current = False
    skill.edition.save()
    response = ada.post(ADD, opened(ada, ADD) | {"words": "cutlery", "codes": "SPON"}, follow=True)
    assert not [message for message in response.context["messages"] if message.level_tag == "warning"]


def test_a_term_leads_to_what_it_finds_and_is_undone_like_everything_else(ada, term):
    assert term.get_absolute_url() == "/search/?q=cutlery"
    change = reverse("admin:skills_searchterm_change", args=[term.pk])
    assert ada.post(change, opened(ada, change) | {"codes": "FORK"}).status_code == 302
    history = ada.get(reverse("admin:skills_searchterm_history", args=[term.pk]))
    assert "FORK" in history.content.decode()
    assert ada.get(reverse("admin:changes")).status_code == 200


def test_terms_are_found_by_a_word_or_a_code(ada, term):
    make_search_term(words="drawer", codes="FORK")
    for asked, found in (("cutl", ["cutlery"]), ("FORK", ["drawer"])):
        response = ada.get(reverse("admin:skills_searchterm_changelist"), {"q": asked})
        assert [shown.words for shown in response.context["cl"].result_list] == found


def test_a_skill_may_go_and_its_terms_stay(ada, ben, term):
    Skill.objects.all().delete()
    assert SearchTerm.objects.get() == term

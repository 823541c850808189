"""What somebody may have meant who mistyped a word."""

import pytest

from skills.models import Revision, Skill
from skills.search.answer import answer
from skills.search.spelling import Vocabulary
from tests.factories import make_attribute, make_edition, make_search_term, make_skill

WORDS = Vocabulary(
    [
        "Programming language",
        "Test & acceptance",
        "Café management",
        "Kubernetes",
        "Organisation of a service project to supervise",
    ]
)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("programing", "programming"),
        ("prgramming", "programming"),
        ("progarmming", "programming"),
        ("rpogramming", "programming"),
        ("orogramming", "programming"),
        ("kubern", "kubernetes"),
        ("langauge", "language"),
        ("aceptance", "acceptance"),
        ("caffe", "café"),
        ("CAFFE", "café"),
        ("Orgnaisation", "organisation"),
        ("orgnaization", "organisation"),
        ("servise", "service"),
        ("cpluspluss", ""),
        ("prjct", "project"),
        ("tset", ""),
        ("programming", ""),
        ("xyzzy", ""),
        ("kub", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_meant_or_the_one_that_is_begun(word, meant):
    assert WORDS.meant(word) == meant


@pytest.mark.django_db(transaction=True)
def test_what_is_remembered_follows_what_is_written():
    edition = make_edition()
    skill = make_skill(edition=edition, name="Moulding", overall_description="So.")
    assert answer(edition, "mouldnig").meant == {"mouldnig": "moulding"}
    skill.name = "Casting"
    skill.save()
    assert answer(edition, "castnig").meant == {"castnig": "casting"}
    make_search_term(words="pottery", codes="ABCD")
    assert answer(edition, "potery").meant == {"potery": "pottery"}
    Skill.objects.all().delete()
    assert answer(edition, "castnig").meant == {}


@pytest.mark.django_db(transaction=True)
def test_so_it_does_where_a_later_revision_was_committed_before():
    edition = make_edition()
    skill = make_skill(edition=edition, name="Moulding")
    last = Revision.objects.create(pk=1_000_000)
    assert answer(edition, "castnig").meant == {}
    skill.name = "Casting"
    skill.save()
    Revision.objects.exclude(pk=last.pk).update(made_at=last.made_at)
    assert answer(edition, "castnig").meant == {"castnig": "casting"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Orgnaisation", {"Orgnaisation": "organisation"}),
        ("servise", {"servise": "service"}),
        ("autonmy", {"autonmy": "autonomy"}),
        ("kuberntes", {"kuberntes": "kubernetes"}),
        ("claud", {}),
        ("shepe", {}),
    ],
)
def test_words_of_names_and_terms_are_meant_that_find_something_in_the_edition(text, meant):
    edition, other = make_edition(), make_edition(slug="8", is_current=False)
    make_skill(edition=edition, code="ITMG", name="Technology service management")
    make_skill(edition=edition, code="ORDI", name="Organisation design")
    make_skill(edition=edition, code="GONE", name="Claudication", is_withdrawn=True)
    make_skill(edition=other, code="SHEP", name="Sheep")
    make_attribute(edition=edition, name="Autonomy")
    make_search_term(words="kubernetes", codes="NONE ITMG")
    make_search_term(words="cloud sheep", codes="CLHD SHEP GONE")
    assert answer(edition, text).meant == meant


@pytest.mark.django_db
def test_what_finds_nothing_either_is_not_said_to_be_meant(edition):
    make_skill(edition=edition, code="AAAA", name="Moulding")
    make_search_term(words="product owner", codes="AAAA")
    answered = answer(edition, "toner sage")
    assert (answered.found, answered.meant) == ([], {})

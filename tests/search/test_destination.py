"""The one page that a question names: who asks so is led straight there."""

import pytest

from skills.models import Attribute, Skill
from skills.search.answer import answer
from skills.search.destination import Destination
from tests.factories import make_attribute, make_edition, make_search_term, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def goes_to(edition):
    return lambda text: answer(edition, text).goes_to


@pytest.mark.parametrize(
    ("text", "number"), [("ITMG", None), ("itmg", None), ("itmg5", 5), ("ITMG 5", 5), ("ITMG-5", 5), ("ITMG 2", 2)]
)
def test_a_code_goes_straight_to_the_skill_or_its_level(edition, goes_to, text, number):
    make_skill(edition=edition, code="ITMG", defined_at=(5,))
    assert goes_to(text) == Destination(Skill, "ITMG", number)


def test_the_code_of_an_attribute_goes_straight_there(edition, goes_to):
    make_attribute(edition=edition, code="INFL")
    assert goes_to("infl") == Destination(Attribute, "INFL")
    assert goes_to("INFL 3") == Destination(Attribute, "INFL", 3)


def test_a_code_that_only_another_edition_has_goes_nowhere(edition, ask, goes_to):
    make_skill(edition=make_edition(slug="8", is_current=False), code="ITMG")
    assert goes_to("ITMG") is None
    assert ask("ITMG") == []


def test_a_withdrawn_skill_is_found_by_its_code_alone(edition, ask, goes_to):
    make_skill(edition=edition, code="ITMG", name="Moulding", is_withdrawn=True)
    assert goes_to("ITMG") == Destination(Skill, "ITMG")
    assert ask("moulding") == []


@pytest.mark.parametrize("code", ["TEST", "PORT"])
def test_a_word_that_is_also_a_code_goes_there_only_in_capitals(edition, ask, goes_to, code):
    make_skill(edition=edition, code="AAAA", name=f"{code} running")
    make_skill(edition=edition, code=code, name="Moulding")
    assert goes_to(code) == Destination(Skill, code)
    assert goes_to(f"{code.lower()}3") == Destination(Skill, code, 3)
    assert goes_to(code.lower()) is goes_to(code.capitalize()) is goes_to(f"{code.lower()} 3") is None
    assert ask(code.lower()) == [code, "AAAA"]


def test_so_does_a_code_that_is_a_word_in_a_name_or_a_search_term(edition, ask, goes_to):
    make_skill(edition=edition, code="GUST", name="Gust balancing")
    make_skill(edition=edition, code="FOLD", name="Penning")
    make_search_term(words="fold", codes="GUST")
    assert goes_to("GUST") == Destination(Skill, "GUST")
    assert goes_to("gust") is goes_to("fold") is None
    assert ask("fold")[0] == "FOLD"


def test_a_former_name_goes_straight_there(edition, goes_to):
    skill = make_skill(edition=edition, code="ITOP", name="IT infrastructure")
    skill.name = "Infrastructure operations"
    skill.save()
    assert goes_to("it infrastructure") == Destination(Skill, "ITOP")
    assert goes_to("Infrastructure operations") is None


def test_the_name_in_another_edition_goes_there_too(edition, goes_to):
    make_skill(edition=edition, code="ITOP", name="Infrastructure operations")
    older = make_edition(slug="8", is_current=False)
    make_skill(edition=older, code="ITOP", name="IT infrastructure")
    assert goes_to("IT Infrastructure") == Destination(Skill, "ITOP")
    assert answer(older, "Infrastructure operations").goes_to == Destination(Skill, "ITOP")


def test_a_former_name_that_is_anothers_name_now_is_looked_for(edition, ask, goes_to):
    skill = make_skill(edition=edition, code="AAAA", name="Moulding")
    skill.name = "Casting"
    skill.save()
    make_skill(edition=edition, code="BBBB", name="Moulding")
    assert goes_to("moulding") is None
    assert ask("moulding") == ["BBBB", "AAAA"]


def test_a_former_code_goes_to_the_skill_that_had_it(edition, goes_to):
    skill = make_skill(edition=edition, code="OLDC")
    skill.code = "NEWC"
    skill.save()
    assert goes_to("oldc 4") == Destination(Skill, "NEWC", 4)

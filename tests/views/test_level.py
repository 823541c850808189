import pytest

from skills.models import Attribute
from skills.models.revision import one_revision
from tests.factories import code_for, make_attribute, make_edition, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def test_the_levels_show_guiding_phrase_essence_and_how_many_skills_are_defined_there(get, edition):
    make_skill(edition=edition, code="AAAA", defined_at=(3, 4))
    make_skill(edition=edition, code="BBBB", defined_at=(3,))
    page = get("/levels/")
    assert page.texts(".//main//h2") == [f"Level {number} · Phrase {number}" for number in range(1, 8)]
    assert page.texts(".//section[@id='level-3']//p") == ["Essence of 3.", "2 skills defined at this level"]
    assert page.texts(".//section[@id='level-4']//p")[1] == "1 skill defined at this level"
    assert page.texts(".//section[@id='level-5']//p")[1] == "No skill is defined at this level"


def test_a_level_shows_its_essence_attributes_and_every_skill_defined_there(get, edition):
    make_skill(edition=edition, code="AAAA", defined_at=(5,))
    make_skill(edition=edition, code="BBBB", defined_at=(4,))
    make_attribute(edition=edition, code="AUTO")
    make_attribute(edition=edition, code="PLAN", kind=Attribute.Kind.BEHAVIOUR)
    page = get("/levels/5/")
    assert page.text(".//h1") == "Level 5 · Phrase 5"
    assert page.text(".//p[@class='lead']") == "Essence of 5."
    assert page.texts(".//main//h2") == [
        "Attributes",
        "Business skills and behavioural factors",
        "Skills defined at level 5",
    ]
    assert page.texts(".//section[@id='attributes']//p") == ["AUTO at 5."]
    assert list(page.links(".//ul[@class='skill-list']//a")) == ["/skills/AAAA/5/"]


def test_attributes_are_paragraphs_and_behaviours_bullets_as_they_are_stored(get, edition):
    make_attribute(edition=edition, code="AUTO")
    behaviour = make_attribute(edition=edition, code="PLAN", kind=Attribute.Kind.BEHAVIOUR)
    behaviour.attribute_levels.filter(number=5).update(description="- Plans.\n- Keeps to it.")
    page = get("/levels/5/")
    assert page.texts(".//section[@id='attributes']//article/p") == ["AUTO at 5."]
    bullets = ".//section[@id='business-skills-and-behavioural-factors']//article/ul/li"
    assert page.texts(bullets) == ["Plans.", "Keeps to it."]


def test_a_level_leads_to_its_skills_in_the_list_and_in_the_chart(get, edition):
    make_skill(edition=edition, defined_at=(5,))
    links = list(get("/levels/5/").links(".//aside//a"))
    assert {"/skills/?level=5", "/chart/?level=5"} <= set(links)
    assert get("/levels/5/").text(".//section[@id='skills']/div/span") == "1"
    assert "/skills/?level=5" in get("/levels/").links(".//main//a")
    assert not [link for link in get("/levels/4/").links(".//aside//a") if "level=4" in link]


def test_a_level_without_attributes_and_skills_says_so(get, edition):
    page = get("/levels/1/")
    assert page.texts(".//main//h2") == ["Skills defined at level 1"]
    assert page.text(".//section[@id='skills']/p") == "No skill of Edition 9 is defined at this level."


@pytest.mark.parametrize(("address", "queries"), [("/levels/", 4), ("/levels/2/", 6)])
def test_the_number_of_queries_does_not_rise_with_the_edition(
    get, edition, django_assert_num_queries, address, queries
):
    make_attribute(edition=edition)
    make_skill(edition=edition, code="AAAA", defined_at=(2,))
    with django_assert_num_queries(queries):
        get(address)
    with one_revision():
        for number in range(1, 21):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
            make_attribute(edition=edition, code=code_for(number))
    with django_assert_num_queries(queries):
        get(address)

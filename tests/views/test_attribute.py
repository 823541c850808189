import pytest

from skills.models import Attribute, AttributeLevel
from skills.models.revision import one_revision
from tests.factories import code_for, make_attribute, make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


def test_attributes_stand_under_their_kind_in_the_publishers_order(get, edition):
    make_attribute(edition=edition, code="PLAN", kind=Attribute.Kind.BEHAVIOUR, position=1)
    make_attribute(edition=edition, code="INFL", position=3)
    make_attribute(edition=edition, code="AUTO", position=2)
    page = get("/attributes/")
    assert page.texts(".//main//h2") == ["Attributes", "Business skills and behavioural factors"]
    assert list(page.links(".//main//li//a")) == ["/attributes/AUTO/", "/attributes/INFL/", "/attributes/PLAN/"]


def test_an_edition_without_attributes_says_so_and_leads_on(get, edition):
    page = get("/attributes/")
    assert page.text(".//p[@class='lead']") == "Edition 9 has no generic attributes on this site yet."
    assert list(page.links(".//main//a")) == ["/levels/"]


def test_an_attribute_shows_what_it_asks_at_each_of_the_seven_levels(get, edition):
    attribute = make_attribute(edition=edition, guidance_notes="Some guidance.")
    AttributeLevel.objects.filter(attribute=attribute, number=3).update(description="- one\n- two")
    page = get("/attributes/AUTO/")
    assert page.text(".//h1") == "Attribute AUTO AUTO"
    assert page.text(".//section[@id='guidance-notes']/p") == "Some guidance."
    assert page.texts(".//main//h3") == [f"Level {number} · Phrase {number}" for number in range(1, 8)]
    assert page.text(".//article[@id='level-2']//p") == "AUTO at 2."
    assert page.texts(".//article[@id='level-3']//li") == ["one", "two"]


def says(attribute, **descriptions):
    """Let an attribute say this at these levels: `level_3="…"`."""
    for level, description in descriptions.items():
        AttributeLevel.objects.filter(attribute=attribute, number=int(level[-1])).update(description=description)


def test_what_is_new_against_the_level_below_is_marked(get, edition):
    says(
        make_attribute(edition=edition),
        level_1="Works to a plan that others made.",
        level_2="Works to a plan that nobody made.",
        level_3="- Works to a plan that nobody made.\n- Asks *why*.",
    )
    page = get("/attributes/AUTO/")
    assert page.texts(".//article[@id='level-1']//ins") == []
    assert page.texts(".//article[@id='level-2']//ins") == ["nobody"]
    assert page.texts(".//article[@id='level-3']//ins") == ["Asks", "why", "."]
    assert page.texts(".//article[@id='level-3']//li") == ["Works to a plan that nobody made.", "Asks why."]


def test_where_nearly_all_of_it_is_new_that_is_said_and_nothing_marked(get, edition):
    says(make_attribute(edition=edition), level_1="Does as told.", level_2="Sets the course and answers for it.")
    page = get("/attributes/AUTO/")
    assert not page.all(".//article[@id='level-2']//ins")
    assert page.texts(".//article[@id='level-2']//span") == ["all new"]
    assert not page.all(".//article[@id='level-1']//span")


def test_what_stays_the_same_is_not_marked(get, edition):
    says(make_attribute(edition=edition), level_1="The same.", level_2="The same.")
    page = get("/attributes/AUTO/")
    assert not page.all(".//article[@id='level-2']//ins")
    assert not page.all(".//article[@id='level-2']//span")


def test_a_level_is_marked_against_the_nearest_below_that_says_something(get, edition):
    attribute = make_attribute(edition=edition)
    says(attribute, level_1="Works to a plan.", level_3="Works to a bold plan.")
    attribute.attribute_levels.filter(number=2).delete()
    assert get("/attributes/AUTO/").texts(".//article[@id='level-3']//ins") == ["bold"]


def test_a_level_at_which_an_attribute_says_nothing_is_named(get, edition):
    make_attribute(edition=edition).attribute_levels.filter(number=3).delete()
    assert (
        get("/attributes/AUTO/").text(".//article[@id='level-3']//p") == "Edition 9 says nothing of it at this level."
    )


@pytest.mark.parametrize(("address", "queries"), [("/attributes/", 3), ("/attributes/AUTO/", 5)])
def test_the_number_of_queries_does_not_rise_with_the_edition(
    get, edition, django_assert_num_queries, address, queries
):
    make_attribute(edition=edition)
    with django_assert_num_queries(queries):
        get(address)
    with one_revision():
        for number in range(20):
            make_attribute(edition=edition, code=code_for(number))
    with django_assert_num_queries(queries):
        get(address)


def test_a_withdrawn_attribute_has_a_page_that_says_so_and_stands_in_no_list(get):
    edition = make_edition()
    make_attribute(edition=edition, code="GONE", is_withdrawn=True)
    assert "no longer has this attribute" in get("/attributes/GONE/").text(".//p[@class='withdrawn']")
    for address in ("/attributes/", "/levels/3/", "/"):
        assert "GONE" not in get(address).text(".//main")

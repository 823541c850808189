import pytest

from tests.factories import (
    code_for,
    make_edition,
    make_generated_edition,
    make_skill,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def edition():
    """Boats with Hulls (two skills) and Ropes (one), and Lights with Lamps."""
    edition = make_edition(name="SFIA 9")
    for code, category, name, defined_at in (
        ("HULL", "Boats", "Hulls", (1, 2)),
        ("KEEL", "Boats", "Hulls", (2,)),
        ("ROPE", "Boats", "Ropes", (3,)),
        ("LAMP", "Lights", "Lamps", (4,)),
    ):
        place = make_subcategory(edition=edition, category=category, name=name)
        make_skill(edition=edition, code=code, subcategory=place, defined_at=defined_at)
    return edition


def test_a_category_shows_its_skills_by_subcategory(get, edition):
    page = get("/categories/boats/")
    assert page.text(".//h1") == "Boats"
    assert page.text(".//p[@class='lead']") == "3 skills in 2 subcategories."
    assert page.texts(".//main//h2") == ["Hulls 2", "Ropes 1"]
    assert [link for link in page.links(".//aside//a") if link[0] == "#"] == [
        "#subcategory-hulls",
        "#subcategory-ropes",
    ]
    assert list(page.links(".//ul[@class='skill-list']//a")) == ["/skills/HULL/", "/skills/KEEL/", "/skills/ROPE/"]


def test_a_subcategory_shows_its_skills_and_leads_back_to_its_category(get, edition):
    page = get("/categories/boats/hulls/")
    assert page.text(".//h1") == "Hulls"
    assert page.text(".//p[@class='lead']") == "2 skills."
    assert list(page.links(".//ul[@class='skill-list']//a")) == ["/skills/HULL/", "/skills/KEEL/"]
    assert list(page.links(".//nav[@class='breadcrumb']//a")) == ["/skills/", "/categories/boats/"]


@pytest.mark.parametrize(
    ("address", "query"),
    [("/categories/boats/", "category=boats"), ("/categories/boats/hulls/", "category=boats&subcategory=hulls")],
)
def test_how_many_are_defined_at_a_level_leads_to_them(get, edition, address, query):
    page = get(address)
    assert page.texts(".//ol[@aria-label='Skills at each level']/li")[1] == "2 Phrase 2 2 skills"
    links = list(page.links(".//ol[@aria-label='Skills at each level']//a"))
    assert links[1] == f"/skills/?{query}&level=2"
    assert get(links[1]).one(".//span[@role='status']").text == "2 of 4 skills"


def test_a_level_at_which_no_skill_of_it_is_defined_leads_nowhere(get, edition):
    page = get("/categories/boats/")
    assert page.text(".//ol[@aria-label='Skills at each level']/li[7]") == "7 Phrase 7 0 skills"
    assert len(list(page.links(".//ol[@aria-label='Skills at each level']//a"))) == 3


def test_the_skills_of_a_subcategory_are_put_side_by_side(get, edition):
    assert "/skills/compare/?skills=HULL,KEEL" in get("/categories/boats/hulls/").links(".//aside//a")
    for number in range(4):
        place = make_subcategory(edition=edition, category="Boats", name="Hulls")
        make_skill(edition=edition, code=code_for(number), subcategory=place)
    assert "/skills/compare/?skills=HULL,KEEL,AAAA,AAAB" in get("/categories/boats/hulls/").links(".//aside//a")
    assert not [link for link in get("/categories/boats/ropes/").links(".//aside//a") if "compare" in link]


def test_neighbours_are_in_reach(get, edition):
    assert "/categories/lights/" in get("/categories/boats/").links(".//aside//a")
    assert "/categories/boats/ropes/" in get("/categories/boats/hulls/").links(".//aside//a")


@pytest.mark.parametrize("address", ["/categories/Boats/", "/categories/boats", "/categories/BOATS"])
def test_other_spellings_lead_to_the_one_address(client, edition, address):
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, "/categories/boats/")


@pytest.mark.parametrize(
    "address", ["/categories/sails/", "/categories/boats/lamps/", "/categories/", "/8/categories/boats/"]
)
def test_a_place_that_is_not_there_is_not_found(get, edition, address):
    make_edition(slug="8", is_current=False)
    get(address, status=404)


def test_a_category_and_a_subcategory_without_listed_skills_say_so(get, edition):
    place = make_subcategory(edition=edition, category="Old", name="Older")
    make_skill(edition=edition, code="GONE", subcategory=place, is_withdrawn=True)
    assert get("/categories/old/").text(".//p[@class='lead']") == "SFIA 9 has no skills in this category."
    assert get("/categories/old/older/").text(".//p[@class='lead']") == "SFIA 9 has no skills in this subcategory."
    assert "/categories/old/" not in get("/categories/boats/").links(".//aside//a")


def test_a_subcategory_of_the_same_slug_in_another_category_is_another(get, edition):
    place = make_subcategory(edition=edition, category="Lights", name="Hulls")
    make_skill(edition=edition, code="GLOW", subcategory=place)
    assert list(get("/categories/lights/hulls/").links(".//ul[@class='skill-list']//a")) == ["/skills/GLOW/"]


@pytest.mark.parametrize(
    ("address", "queries"), [("/categories/category-1/", 8), ("/categories/category-1/subcategory-1/", 8)]
)
def test_the_number_of_queries_does_not_rise_with_the_edition(get, django_assert_num_queries, address, queries):
    make_edition(slug="8", is_current=False)
    for count in (30, 90):
        make_generated_edition(count, slug=f"9-{count}")
        with django_assert_num_queries(queries):
            get(f"/9-{count}{address}")

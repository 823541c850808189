from copy import deepcopy

import pytest

from skills.models import Edition
from skills.prose import as_html
from tests.factories import make_attribute, make_edition, make_skill, make_subcategory, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
@one_revision_each
def three_skills(shared_db):
    edition = make_edition(slug="9", name="SFIA 9")
    for code in ("ITMG", "ITOP", "PROG"):
        make_skill(edition=edition, code=code, defined_at=(5,))
    return edition


@pytest.fixture
def edition(three_skills):
    return deepcopy(three_skills)


@pytest.fixture
def no_edition(edition):
    edition.delete()


def suggested(page):
    return list(page.links(".//ul[@class='skill-list']//a"))


@pytest.mark.parametrize(
    "address",
    [
        "/skills/ZZZZ/",
        "/skills/ITM/",
        "/skills/ITMGG/",
        "/skills/12/",
        "/skills/ITMG/8/",
        "/skills/ITMG/0/",
        "/skills/ITMG/55/",
        "/skills/ITMG/five/",
        "/skills/ITMG/-1/",
        "/skills/%00/",
        "/skills/%ff%fe/",
        "/skills/ITM%C3%84/",
        "/levels/8/",
        "/levels/x/",
        "/attributes/ZZZZ/",
        "/7/skills/ZZZZ/",
        "/9-xx/nothing/",
        "/nothing",
        "/" + "x" * 5000,
        "/..%2f..%2fetc/passwd",
        "/%3Cscript%3Ealert(1)%3C/script%3E/",
    ],
)
def test_an_address_that_is_not_there_gets_a_page_that_leads_on(get, edition, address):
    page = get(address, status=404)
    assert page.text(".//h1") == "Page not found"
    assert "/skills/" in list(page.links(".//main//a"))
    assert page.meta("robots") == "noindex"
    assert not page.all(".//main//script")


def test_where_a_category_is_not_there_the_nearest_are_suggested(get, edition):
    for category, name in (("Boats", "Hulls"), ("Lights", "Lamps")):
        place = make_subcategory(edition=edition, category=category, name=name)
        make_skill(edition=edition, code=name[:4].upper(), subcategory=place)
    assert suggested(get("/categories/boat/", status=404)) == ["/categories/boats/"]
    assert suggested(get("/categories/boats/lamps/", status=404)) == ["/categories/boats/", "/categories/lights/lamps/"]


def test_the_nearest_codes_are_suggested_nearest_first(get, edition):
    assert suggested(get("/skills/ITMX/", status=404)) == ["/skills/ITMG/", "/skills/ITOP/"]
    assert suggested(get("/skills/ITM/", status=404))[0] == "/skills/ITMG/"
    assert suggested(get("/itmx", status=404))[0] == "/skills/ITMG/"
    assert suggested(get("/skills/ITMG/9/", status=404))[0] == "/skills/ITMG/"


def test_the_code_itself_comes_first_whatever_other_words_are_near(get, edition):
    for code in ("TEAK", "TEAL", "TEAR", "TEXM", "TAAM"):
        make_skill(edition=edition, code=code)
    assert suggested(get("/team/ITMG", status=404))[0] == "/skills/ITMG/"


def test_attributes_are_suggested_too(get, edition):
    make_attribute(edition=edition, code="AUTO")
    assert suggested(get("/attributes/AUTX/", status=404)) == ["/attributes/AUTO/"]


def test_nothing_is_suggested_where_nothing_is_near(get, edition):
    assert suggested(get("/skills/ZZZZ/", status=404)) == []


def test_suggestions_and_links_stay_in_the_edition_of_the_address(get, edition):
    eight = make_edition(slug="8", name="SFIA 8", is_current=False)
    make_skill(edition=eight, code="PROD")
    page = get("/8/skills/PROX/", status=404)
    assert suggested(page) == ["/8/skills/PROD/"]
    assert page.text(".//header//span") == "SFIA 8"
    assert suggested(get("/9/skills/PROX/", status=404)) == ["/9/skills/PROG/"]


def test_what_an_edition_that_is_not_here_does_not_have_is_suggested_of_the_current_one(get, edition):
    page = get("/7/skills/ITMX/", status=404)
    assert suggested(page)[0] == "/skills/ITMG/"
    assert page.text(".//header//span") == "SFIA 9"


@pytest.mark.parametrize("address", ["/", "/skills/", "/skills/ITMG/", "/levels/1/", "/about/"])
def test_a_site_without_a_current_edition_says_so(get, address, no_edition):
    make_edition(slug="8", is_current=False)
    page = get(address, status=404)
    assert page.text(".//h1") == "No current edition"
    assert list(page.links(".//main//a")) == ["/8/", "/admin/"]
    Edition.objects.all().delete()
    assert list(get(address, status=404).links(".//main//a")) == ["/admin/"]


def test_a_suggestion_takes_a_constant_number_of_queries(get, edition, django_assert_num_queries):
    with django_assert_num_queries(9):
        get("/skills/ITMX/", status=404)


@pytest.mark.parametrize(
    "query",
    [
        "levels=" + "x" * 100_000,
        "levels=%00",
        "levels=%ff%fe",
        "%ff",
        "levels[]=all",
        "levels=all&levels=none",
        "&&&===",
    ],
)
@pytest.mark.parametrize("address", ["/skills/", "/skills/ITMG/", "/levels/5/", "/skills/ITMX/"])
def test_a_strange_query_gets_an_answer(client, edition, address, query):
    assert client.get(f"{address}?{query}").status_code == (404 if "ITMX" in address else 200)


def test_too_many_parameters_get_a_clear_answer(get, edition):
    page = get("/skills/ITMG/?" + "&".join(f"p{number}=1" for number in range(5000)), status=400)
    assert page.text(".//h1") == "Request not understood"


def test_a_host_that_is_not_ours_gets_a_clear_answer(get, edition):
    page = get("/skills/", status=400, headers={"host": "evil.example"})
    assert "does not answer to the host name" in page.text(".//main")
    assert "evil.example" not in page.response.content.decode()


@pytest.mark.parametrize("host", ["", "a b", "localhost:abc", "localhost\x00", "[::1", "x" * 300])
def test_a_malformed_host_gets_an_answer(client, edition, host):
    assert client.get("/skills/", headers={"host": host}).status_code == 400


def test_a_fault_of_ours_gets_a_plain_page_without_details(client, edition, settings):
    client.raise_request_exception = False
    settings.PROSE_PROFILES = {}
    as_html.cache_clear()
    response = client.get("/skills/ITMG/")
    assert response.status_code == 500
    words = response.content.decode()
    assert "Something went wrong" in words
    assert "KeyError" not in words
    assert response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "successor"),
    [
        ("/skills/OLDC/", "/skills/NEWC/"),
        ("/skills/OLDC/5/", "/skills/NEWC/5/"),
        ("/9/skills/OLDC/", "/9/skills/NEWC/"),
        ("/skills/OLDC/2/", "/skills/NEWC/2/"),
    ],
)
def test_the_old_code_of_a_skill_leads_to_the_new_one(get, address, successor, no_edition):
    skill = make_skill(edition=make_edition(), code="OLDC", name="Knives", defined_at=(5,))
    skill.code = "NEWC"
    skill.save()
    page = get(address, status=404)
    assert page.text(".//p[@class='lead']") == "The code in this address was changed. It is now:"
    assert list(page.links(".//main//ul//a")) == [successor]


def test_a_code_that_two_skills_had_leads_to_both_and_one_that_is_in_use_again_to_its_skill(get, no_edition):
    edition = make_edition()
    for code in ("AAAA", "BBBB"):
        skill = make_skill(edition=edition, code="OLDC")
        skill.code = code
        skill.save()
    assert sorted(get("/skills/OLDC/", status=404).links(".//main//ul//a")) == ["/skills/AAAA/", "/skills/BBBB/"]
    make_skill(edition=edition, code="OLDC")
    get("/skills/OLDC/")


def test_a_code_that_was_changed_in_another_edition_is_just_not_found(get, no_edition):
    make_edition(slug="9")
    skill = make_skill(edition=make_edition(slug="8", is_current=False), code="OLDC")
    skill.code = "NEWC"
    skill.save()
    assert "Perhaps it is mistyped" in get("/skills/OLDC/", status=404).text(".//p[@class='lead']")
    assert list(get("/8/skills/OLDC/", status=404).links(".//main//ul//a")) == ["/8/skills/NEWC/"]

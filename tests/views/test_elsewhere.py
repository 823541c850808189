"""Short addresses, those of the publisher's site, and names: where each leads, and what comes before them."""

from copy import deepcopy

import pytest

from tests.factories import make_attribute, make_edition, make_retirement, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
@one_revision_each
def two_editions(shared_db):
    nine, eight = make_edition(slug="9", name="SFIA 9"), make_edition(slug="8", name="SFIA 8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5,))
        make_attribute(edition=edition, code="AUTO")
    make_skill(edition=eight, code="ITOP", name="IT infrastructure")
    make_skill(edition=nine, code="ITOP", name="Infrastructure operations")
    make_skill(edition=nine, code="PORT", name="Port management")
    return nine, eight


@pytest.fixture
def editions(two_editions):
    return deepcopy(two_editions)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/ITMG", "/skills/ITMG/"),
        ("/itmg/5", "/skills/ITMG/5/"),
        ("/ITMG5", "/skills/ITMG/5/"),
        ("/ITMG-5", "/skills/ITMG/5/"),
        ("/9/ITMG/5", "/9/skills/ITMG/5/"),
        ("/8/ITMG", "/8/skills/ITMG/"),
        ("/AUTO", "/attributes/AUTO/"),
        ("/Technology-Service-Management", "/skills/ITMG/"),
        ("/8/technology-service-management/", "/8/skills/ITMG/"),
        ("/it-infrastructure", "/skills/ITOP/"),
        ("/en/skillcode/9/ITMG", "/9/skills/ITMG/"),
        ("/en/skillcode/ITMG", "/skills/ITMG/"),
        ("/skillcode/ITMG/", "/skills/ITMG/"),
        ("/en/sfia-8/skills/it-infrastructure", "/8/skills/ITOP/"),
        ("/en/sfia-9/skills/it-infrastructure", "/9/skills/ITOP/"),
        ("/en/shortcode/9/AUTO", "/9/attributes/AUTO/"),
        ("/en/lor/9/5", "/9/levels/5/"),
        ("/9/lor/5", "/9/levels/5/"),
        ("/en/sfia-9/responsibilities/level-5", "/9/levels/5/"),
        ("/en/sfia-9/all-skills-a-z", "/9/skills/?sort=name"),
        ("/9/skilllevels/ITMG_5", "/9/skills/ITMG/5/"),
        ("/en/skillcode/7/ITMG", "/skills/ITMG/?edition=7"),
        ("/en/lor/7/5", "/levels/5/?edition=7"),
        ("/7/skills/ITMG/5/", "/skills/ITMG/5/?edition=7"),
        ("/en/sfia-7/all-skills-a-z", "/skills/?sort=name&edition=7"),
        ("/7/", "/?edition=7"),
        ("/7/chart/?level=5", "/chart/?level=5&edition=7"),
        ("/7/skills/ITMG/compare/?levels=5,6", "/skills/ITMG/compare/?levels=5,6&edition=7"),
        ("/ITMG?levels=all", "/skills/ITMG/?levels=all"),
        ("/en/skillcode/9/ITMG?levels=all", "/9/skills/ITMG/?levels=all"),
        ("/BUAN", "/skills/BUAN/"),
        ("/business-analysis", "/skills/BUAN/"),
        ("/en/legacy-sfia/sfia-7/skills/business-analysis", "/skills/BUAN/?edition=7"),
    ],
)
def test_an_address_of_each_shape_leads_there_for_now(client, editions, address, target):
    make_retirement(code="BUAN", name="Business analysis")
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, target)
    assert client.get(target).status_code == 200


@pytest.mark.parametrize(("address", "target"), [("/skills", "/skills/"), ("/chart", "/chart/"), ("/9", "/9/")])
def test_a_slash_that_makes_one_of_our_addresses_comes_first(client, editions, address, target):
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, target)


def test_a_real_address_stays_what_it_is(client, editions):
    make_skill(edition=editions[0], code="CHAR", name="Chart")
    assert client.get("/chart/").status_code == 200
    assert client.get("/9/chart").headers["Location"] == "/9/chart/"


@pytest.mark.parametrize(
    "address",
    ["/ZZZZ", "/nothing-of-the-kind", "//evil.example", "/%5C%5Cevil.example", "/en/skillcode/9/ZZZZ", "/%00", "/%ff"],
)
def test_what_is_unknown_is_not_found_and_leads_nowhere_else(client, editions, address):
    assert client.get("/", PATH_INFO=address).status_code == 404


def test_nothing_is_written_there(client, editions):
    assert client.post("/ITMG").status_code == 404


def test_the_page_says_that_the_edition_is_not_here(get, editions):
    said = get("/skills/ITMG/?edition=7").text(".//section[@aria-label='Another edition']")
    assert said == "Edition 7 is not on this site. You see SFIA 9."
    said = get("/skills/ITMG/?edition=call-0900").text(".//section[@aria-label='Another edition']")
    assert said == "The edition that the address names is not on this site. You see SFIA 9."
    assert not get("/skills/ITMG/?edition=8").all(".//section[@aria-label='Another edition']")


def test_short_addresses_work_with_debugging_too(client, editions, settings):
    settings.DEBUG = True
    assert client.get("/ITMG").status_code == 302

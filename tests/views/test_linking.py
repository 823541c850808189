import pytest
from defusedxml.ElementTree import fromstring

from tests.factories import make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def edition():
    edition = make_edition(slug="9", name="SFIA 9")
    make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5, 6))
    return edition


@pytest.mark.parametrize("site", ["http://testserver", "https://skills.example.org"])
def test_each_recipe_has_the_sites_own_host_and_leads_somewhere(get, client, edition, settings, site):
    settings.SITE_URL = "" if "testserver" in site else site
    words = get("/about/linking/").text(".//main")
    for recipe in (
        f"{site}/$1",
        "[[sfia:ITMG/5]]",
        f"[Technology service management (ITMG)|{site}/skills/ITMG/]",
        f"[Technology service management (ITMG)]({site}/skills/ITMG/)",
        f"{site}/search/?q=%s",
        f"{site}/9/skills/ITMG/",
    ):
        assert recipe in words
    for address in (
        "/ITMG/5",
        "/skills/ITMG/5/",
        "/9/skills/ITMG/",
        "/en/skillcode/9/ITMG",
        "/api/v1/resolve?q=ITMG&from=9",
    ):
        assert address in words
        assert client.get(address, follow=True).status_code == 200


def test_an_edition_without_skills_has_nothing_to_show(get):
    make_edition(name="SFIA 9")
    assert "There is no skill in SFIA 9 to link to yet." in get("/about/linking/").text(".//main")


def test_a_browser_is_told_how_to_search_the_site(client, get, edition, settings):
    settings.SITE_NAME = "Skills <& more of the kind>"
    link = get("/").one(".//link[@rel='search']").attrib
    assert (link["type"], link["title"]) == ("application/opensearchdescription+xml", "Skills <& more of the kind>")
    response = client.get(link["href"])
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    described = fromstring(response.content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert described.find(f"{space}ShortName").text == "Skills <& more o"
    templates = [url.attrib["template"] for url in described.findall(f"{space}Url")]
    assert templates == ["http://testserver/search/?q={searchTerms}", "http://testserver/opensearch.xml"]


def test_the_page_about_the_site_leads_there(get, edition):
    assert {"/about/linking/", "/links/check/"} <= set(get("/about/").links(".//main//a"))

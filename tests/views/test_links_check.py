import pytest
from django.test import Client

from tests.factories import make_edition, make_retirement, make_skill, one_revision_each
from tests.pages import Page, parsed

pytestmark = pytest.mark.django_db

ADDRESS = "/links/check/"


@pytest.fixture
@one_revision_each
def edition():
    edition = make_edition(slug="9", name="SFIA 9")
    make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5,))
    make_skill(edition=edition, code="BUSA", name="Business situation analysis", defined_at=(3,))
    make_retirement(code="BUAN", name="Business analysis", successors="BUSA: looks into it")
    return edition


@pytest.fixture
def post(client):
    def post(text, *, status=200):
        response = client.post(ADDRESS, {"text": text})
        assert response.status_code == status
        return Page(response, parsed(response.content.decode()))

    return post


def corrected(page):
    found = page.all(".//textarea[@readonly]")
    return found[0].text if found else None


HANDBOOK = """
<h1>Roles in technology</h1>
<p>A service manager has <a href="https://sfia-online.org/en/skillcode/9/ITMG">ITMG</a> at
<a href="https://rdf.sfia-online.org/9/skilllevels/ITMG_5">level 5</a>, and once had
[business analysis](https://sfia-online.org/en/legacy-sfia/sfia-7/skills/business-analysis).</p>
* [[sfia:technology-service-management|Service]] and [http://testserver/itmg-5 short]
* [level|http://testserver/7/levels/5/]
"""


def test_a_handbook_comes_back_with_links_that_all_lead_somewhere(client, edition, post):
    page = post(HANDBOOK)
    text = corrected(page)
    assert "sfia-online.org" not in text
    links = [
        part.split('"')[0].split(")")[0].split("]")[0].split(" ")[0] for part in text.split("http://testserver")[1:]
    ]
    assert links == ["/skills/ITMG/", "/skills/ITMG/5/", "/skills/BUAN/", "/itmg-5", "/levels/5/"]
    for link in links:
        assert client.get(link, follow=True).status_code == 200
    assert "[[sfia:ITMG|Service]]" in text


def test_what_is_retired_names_what_took_its_place(edition, post):
    page = post("BUAN, once.")
    assert "Business analysis BUAN Retired" in page.text(".//table")
    assert "/skills/BUSA/" in page.links(".//table//a")
    assert "looks into it" in page.text(".//table")
    assert corrected(page) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Nothing was pasted."),
        (" \n ", "Nothing was pasted."),
        ("Nothing of the kind.", "No link to a skill and no code was found"),
        ("ITMG", "No link has to change."),
    ],
)
def test_what_there_is_to_say_is_said(edition, post, text, sentence):
    assert sentence in post(text).text(".//main")


@pytest.mark.parametrize("text", ["x" * 1_048_577, "é" * 600_000, "x" * 5_000_000])
def test_too_much_is_refused_with_the_limit(edition, post, text):
    page = post(text, status=413)
    assert "At most 1 MB of text can be checked at once." in page.text(".//main")


def test_as_much_as_is_said_is_checked(edition, post):
    assert "ITMG" in post("ITMG " + "x" * 1_048_000).text(".//table")


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "\ufffd\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
        "</textarea><script>alert(1)</script> https://sfia-online.org/ITMG",
        "http://[ ]( ITMG",
    ],
)
def test_anything_pasted_gets_an_answer_and_is_shown_not_run(edition, post, text):
    page = post(text)
    assert not page.all(".//main//script")


def test_bytes_that_are_no_text_get_an_answer(client, edition):
    body = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xff\xfe ITMG\r\n--x--\r\n'
    response = client.post(ADDRESS, body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 200


def test_it_needs_no_token_and_leaves_no_cookie(edition):
    response = Client(enforce_csrf_checks=True).post(ADDRESS, {"text": "ITMG"})
    assert (response.status_code, response.cookies) == (200, {})


def test_links_lead_to_the_sites_public_address(edition, post, settings):
    settings.SITE_URL = "https://skills.example.org"
    assert corrected(post("https://sfia-online.org/ITMG")).strip() == "https://skills.example.org/skills/ITMG/"


def test_a_host_that_is_not_ours_is_refused(client, edition):
    assert client.post(ADDRESS, {"text": "ITMG"}, headers={"host": "evil.example"}).status_code == 400


def test_without_a_current_edition_it_says_so(get):
    assert get(ADDRESS, status=404).text(".//h1") == "No current edition"


def test_the_form_stands_there_first(get, edition):
    page = get(ADDRESS)
    assert page.canonical == f"http://testserver{ADDRESS}"
    assert page.one(".//main//form").attrib["method"] == "post"
    assert not page.all(".//table")


def test_a_page_can_be_checked_against_another_edition(client, edition):
    make_skill(edition=make_edition(slug="8", name="SFIA 8", is_current=False), code="OLDS", name="Old skill")
    answer = client.post("/8/links/check/", {"text": "OLDS and ITMG"}).content.decode()
    assert "Old skill" in answer
    assert "Retired" in answer
    assert client.put(ADDRESS).status_code == 405

import pytest
from django.conf import settings as real_settings
from django.http import HttpResponse
from django.test import RequestFactory

from skills.middleware import ContentSecurityPolicyMiddleware, content_security_policy
from tests.factories import make_attribute, make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db

POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


@pytest.fixture(scope="module")
@one_revision_each
def edition(shared_db):
    edition = make_edition()
    make_skill(edition=edition, code="ITMG", defined_at=(5,))
    make_attribute(edition=edition, code="AUTO")
    return edition


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/skills/ITMG/", 200),
        ("/skills/itmg/", 301),
        ("/skills/ZZZZ/", 404),
        ("/static/nothing.css", 404),
        ("/admin/login/", 200),
        ("/admin/", 302),
    ],
)
def test_every_answer_carries_the_security_headers(client, edition, address, status):
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "camera=(), clipboard-write=(self)" in response.headers["Permissions-Policy"]


def test_a_wrong_host_and_a_wrong_method_carry_them_too(client, edition):
    for response in (client.get("/", headers={"host": "evil.example"}), client.post("/")):
        assert response.headers["Content-Security-Policy"] == POLICY


def test_the_policy_allows_nothing_inline_and_no_other_host():
    allowed = {source for sources in real_settings.SECURE_CSP.values() for source in sources}
    assert allowed == {"'self'", "'none'"}


def test_the_policy_is_read_from_the_setting(settings, rf: RequestFactory):
    settings.SECURE_CSP = {"default-src": ["'none'"], "img-src": ["'self'", "data:"]}
    response = ContentSecurityPolicyMiddleware(lambda request: HttpResponse())(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; img-src 'self' data:"


def test_a_directive_may_be_written_in_all_of_djangos_ways():
    directives = {"default-src": "'self'", "img-src": None, "font-src": False, "upgrade-insecure-requests": True}
    assert content_security_policy(directives) == "default-src 'self'; upgrade-insecure-requests"


def test_a_policy_that_a_page_sets_for_itself_stays(rf: RequestFactory):
    own = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    response = ContentSecurityPolicyMiddleware(lambda request: own)(rf.get("/"))
    assert response.headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("/skills/itmg/", "/skills/ITMG/"),
        ("/skills/ITMG", "/skills/ITMG/"),
        ("/skills/iTmG", "/skills/ITMG/"),
        ("/skills/itmg/5", "/skills/ITMG/5/"),
        ("/9/skills/itmg/5/", "/9/skills/ITMG/5/"),
        ("/9", "/9/"),
        ("/levels/5", "/levels/5/"),
        ("/attributes/auto/", "/attributes/AUTO/"),
        ("/skills/itmg?levels=all", "/skills/ITMG/?levels=all"),
        ("/skills/itmg/?levels=%C3%A9&a=b%20c", "/skills/ITMG/?levels=%C3%A9&a=b%20c"),
        ("/about", "/about/"),
    ],
)
def test_another_spelling_leads_to_the_one_address_at_once_and_for_good(client, edition, written, right):
    response = client.get(written)
    assert (response.status_code, response.headers["Location"]) == (301, right)


def test_the_slug_of_an_edition_is_right_in_small_letters(client):
    make_skill(edition=make_edition(slug="9-fr", is_current=False), code="ITMG")
    assert client.get("/9-FR/skills/ITMG/").headers["Location"] == "/9-fr/skills/ITMG/"


@pytest.mark.parametrize(
    "address", ["//evil.example", "//evil.example/skills", "/\\evil.example/skills", "//skills/itmg"]
)
def test_no_spelling_leads_to_another_host(client, edition, address):
    response = client.get("/", PATH_INFO=address)
    assert response.status_code in (301, 302, 404)
    assert not response.headers.get("Location", "/").startswith(("//", "/\\", "http"))


def test_the_admin_spells_its_own_addresses(admin_client, edition):
    skill = edition.skills.get()
    assert admin_client.get(f"/admin/skills/skill/{skill.pk}/change/").status_code == 200
    assert admin_client.get("/admin/skills/skill").headers["Location"] == "/admin/skills/skill/"


def test_djangos_debug_pages_go_without_the_policy_and_others_do_not(client, edition, settings):
    settings.DEBUG = True
    assert "Content-Security-Policy" not in client.get("/nothing/").headers
    assert client.get("/").headers["Content-Security-Policy"] == POLICY

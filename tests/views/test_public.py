import pytest

from skills.page_memory.layer import PUBLIC, Public
from tests.admin.steps import make_user, signed_in
from tests.factories import make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
@one_revision_each
def two_skills(shared_db):
    edition = make_edition()
    make_skill(edition=edition, code="ITMG", defined_at=(5, 6))
    make_skill(edition=edition, code="PROG", defined_at=(2, 3))


def said_of(client, address, **options):
    return client.get(address, **options).wsgi_request.META.get(PUBLIC)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/skills/ITMG/",
        "/skills/ITMG/?",
        "/skills/ITMG/?levels=all",
        "/skills/ITMG/?levels=all&sections=all",
        "/skills/ITMG/?sections=all",
        "/skills/?level=5",
        "/skills/?category=category&level=5&sort=name",
        "/chart/?level=5",
        "/skills/ITMG/compare/?levels=5,6",
        "/skills/compare/?skills=PROG,ITMG&level=5",
        "/skills/ITMG/copy/?as=definition&to=pinned",
        "/skills/ITMG.md",
        "/opensearch.xml",
        "/search/",
    ],
)
def test_what_an_address_of_ours_shows_is_kept(client, address):
    assert said_of(client, address) is Public.TO_BE_KEPT


@pytest.mark.parametrize(
    "address",
    [
        "/skills/ITMG/?x=1",
        "/skills/ITMG/?levels=some",
        "/skills/ITMG/?sections=all&levels=all",
        "/skills/ITMG/?levels=all&levels=all",
        "/skills/?level=05",
        "/skills/?level=9",
        "/skills/?sort=name&level=5",
        "/skills/?category=CATEGORY",
        "/skills/ITMG/compare/?levels=6,5",
        "/skills/ITMG/compare/?levels=5%2C6",
        "/skills/compare/?skills=ITMG,ITMG",
        "/skills/compare/?skills=ITMG,XXXX",
        "/skills/ITMG/copy/?as=nothing",
        "/levels/5/?levels=all",
        "/search/?q=service",
    ],
)
def test_what_is_asked_in_any_other_way_is_not(client, address):
    assert said_of(client, address) is Public.NOT_TO_BE_KEPT


@pytest.mark.parametrize("address", ["/skills/XXXX/", "/no-such-page/", "/skills/itmg/", "/ITMG", "/admin/login/"])
def test_what_is_not_there_and_what_leads_elsewhere_is_not_public(client, address):
    assert said_of(client, address) is None


def test_what_was_pasted_is_not_public(client):
    assert client.post("/links/check/", {"text": "ITMG"}).wsgi_request.META.get(PUBLIC) is None


def test_a_page_may_be_kept_by_anybody_who_asks_again_each_time(client):
    assert client.get("/skills/ITMG/").headers["Cache-Control"] == "no-cache"


def test_the_page_of_somebody_who_is_signed_in_is_theirs_alone():
    editor = signed_in(make_user("Editors"))
    response = editor.get("/skills/ITMG/")
    assert set(response.headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "Cookie" in response.headers["Vary"]
    assert PUBLIC not in response.wsgi_request.META

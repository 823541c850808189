import pytest
from django.contrib.auth.models import User
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in():
    """Sign in as a browser would, with the form's own token, at this host; gives the answer to the form."""
    User.objects.create_superuser("ada", "ada@example.org", "a long password")

    def fill_in(host: str, **headers: str):
        browser = Client(enforce_csrf_checks=True)
        form = browser.get("/admin/login/", headers={"host": host, **headers})
        answers = {"username": "ada", "password": "a long password", "next": "/admin/"}
        token = form.cookies["csrftoken"].value
        return browser.post(
            "/admin/login/", answers | {"csrfmiddlewaretoken": token}, headers={"host": host, **headers}
        )

    return fill_in


def test_signing_in_works_over_plain_http_on_a_local_network(sign_in, settings):
    settings.ALLOWED_HOSTS = ["skills.lan"]
    response = sign_in("skills.lan:8000", origin="http://skills.lan:8000")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert not response.cookies["sessionid"]["secure"]
    assert response.cookies["sessionid"]["httponly"]
    assert response.cookies["sessionid"]["samesite"] == "Lax"


def test_a_form_from_another_site_is_refused(sign_in, settings):
    settings.ALLOWED_HOSTS = ["skills.lan"]
    response = sign_in("skills.lan:8000", origin="http://evil.example")
    assert response.status_code == 403
    assert "nothing was changed" in response.content.decode()
    assert "<style" not in response.content.decode()


def test_the_administration_is_for_those_who_signed_in(client):
    response = client.get("/admin/skills/skill/")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/?next=/admin/skills/skill/")

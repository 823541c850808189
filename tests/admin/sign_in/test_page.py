"""The sign-in page, and the session that it begins."""

import pytest
from django.contrib.auth.models import User

from tests.admin.steps import page_in
from tests.factories import make_edition

from .steps import NAME, PASSWORD, SIGN_IN, alert_of, is_signed_in, post, sign_in

pytestmark = pytest.mark.django_db


def test_the_sign_in_page_is_a_page_of_the_site(get):
    make_edition(name="Edition Nine")
    page = get(SIGN_IN)
    assert page.text(".//h1") == "Sign in"
    assert page.texts(".//header//nav//a") == ["Skills", "Levels", "Chart", "Attributes", "About"]
    assert page.texts(".//form//label") == ["Username", "Password"]
    fields = {field.attrib["name"]: field.attrib for field in page.all(".//form//input")}
    assert fields["username"]["autocomplete"] == "username"
    assert fields["password"]["autocomplete"] == "current-password"
    assert page.meta("robots") == "noindex"


def test_the_sign_in_page_stands_where_no_edition_is_current(get):
    assert get(SIGN_IN).text(".//h1") == "Sign in"


def test_the_administration_is_for_those_who_signed_in(client):
    response = client.get("/admin/skills/skill/")
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/?next=/admin/skills/skill/")


@pytest.mark.parametrize("is_https", [True, False])
def test_the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(ada, browser, settings, is_https):
    settings.SESSION_COOKIE_SECURE = is_https
    cookie = sign_in(browser).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert bool(cookie["secure"]) is is_https


def test_signing_in_works_over_plain_http_on_a_local_network(ada, browser, settings):
    settings.ALLOWED_HOSTS = ["skills.lan"]
    response = sign_in(browser, headers={"host": "skills.lan:8000", "origin": "http://skills.lan:8000"})
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")
    assert not response.cookies["sessionid"]["secure"]


def test_signing_in_leads_to_where_one_wanted_to_go(ada, browser):
    response = post(browser, SIGN_IN, {"username": NAME, "password": PASSWORD, "next": "/skills/ITMG/"})
    assert response.headers["Location"] == "/skills/ITMG/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:1"])
def test_signing_in_never_leads_to_another_site(ada, browser, elsewhere):
    assert browser.get(SIGN_IN, {"next": elsewhere}).context["next"] == ""
    response = post(browser, SIGN_IN, {"username": NAME, "password": PASSWORD, "next": elsewhere})
    assert "evil" not in response.headers["Location"]
    assert response.headers["Location"].startswith("/")


def test_a_wrong_password_is_said_in_words(ada, browser):
    response = sign_in(browser, password="wrong")
    assert response.status_code == 200
    assert alert_of(response).startswith("The username or the password is wrong")


def test_a_reader_with_an_account_may_not_enter(browser):
    User.objects.create_user("reader", password=PASSWORD)
    assert "may not edit" in alert_of(sign_in(browser, name="reader"))
    assert not is_signed_in(browser)


def test_signing_out_takes_a_form(ada, browser):
    sign_in(browser)
    assert browser.get("/admin/logout/").status_code == 405
    assert is_signed_in(browser)
    assert page_in(post(browser, "/admin/logout/", {})).text(".//h1") == "Signed out"
    assert not is_signed_in(browser)


def test_signing_out_twice_is_no_reason_to_sign_in(ada, browser):
    response = post(browser, "/admin/logout/", {})
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_a_changed_password_works_and_the_old_one_does_not(ada, browser):
    sign_in(browser)
    new = {"new_password1": "another long one", "new_password2": "another long one"}
    response = post(browser, "/admin/password_change/", {"old_password": PASSWORD, **new})
    assert response.headers["Location"] == "/admin/password_change/done/"
    assert is_signed_in(browser)
    post(browser, "/admin/logout/", {})
    sign_in(browser)
    assert not is_signed_in(browser)
    sign_in(browser, password="another long one")
    assert is_signed_in(browser)

"""A session that ended while somebody wrote, and a form from before somebody signed in."""

import pytest
from axes.models import AccessAttempt
from django.conf import settings as site_settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests.admin.steps import page_in

from .steps import (
    NAME,
    PASSWORD,
    SIGN_IN,
    WORDS,
    address_of,
    alert_of,
    filled_in,
    is_saved,
    is_signed_in,
    kept_in,
    post,
    send,
    sign_in,
    sign_in_again,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def old_form(ada, browser):
    """The token of a form that was opened before its editor signed in anew in another tab."""
    sign_in(browser)
    token = token_of(browser)
    post(browser, "/admin/logout/", {})
    sign_in(browser)
    assert token_of(browser) != token
    return {"csrfmiddlewaretoken": token}


def test_a_form_sent_after_the_session_ended_is_kept(browser, level):
    response = post(browser, address_of(level), {"essence": WORDS, "_continue": "Save", "twice": ["1", "2"]})
    assert response.status_code == 401
    page = page_in(response)
    assert page.text(".//h1") == "Sign in again"
    assert "Your session has ended. Sign in again; what you wrote is kept." in page.text(".//main")
    assert kept_in(response) == [
        ("essence", WORDS),
        ("_continue", "Save"),
        ("twice", "1"),
        ("twice", "2"),
    ]
    assert response.headers["Cache-Control"].endswith("private")


def test_signing_in_again_saves_what_was_written(ada, browser, level, written):
    response = sign_in_again(browser, level, post(browser, address_of(level), written))
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/skills/level/")
    assert is_saved(level)
    assert is_signed_in(browser)


def test_ten_long_texts_outlast_a_session(browser, level):
    texts = {f"text_{number}": "技🎓\r\n" * 2_500 for number in range(10)}
    first = post(browser, address_of(level), texts)
    second = sign_in_again(browser, level, first, password="wrong")
    assert dict(kept_in(second)) == texts


def test_a_wrong_password_loses_no_words(ada, browser, level, written):
    response = post(browser, address_of(level), written)
    response = sign_in_again(browser, level, response, password="wrong")
    assert response.status_code == 401
    assert alert_of(response).startswith("The username or the password is wrong")
    sign_in_again(browser, level, response)
    assert is_saved(level)


def test_being_locked_out_loses_no_words(ada, browser, level, written):
    response = post(browser, address_of(level), written)
    for status in (401, 401, 401, 401, 429, 429):
        response = sign_in_again(browser, level, response, password="wrong")
        assert response.status_code == status
    assert alert_of(response) == "Signing in failed too often. Wait 15 minutes, then try again."
    AccessAttempt.objects.update(attempt_time=timezone.now() - site_settings.AXES_COOLOFF_TIME)
    sign_in_again(browser, level, response)
    assert is_saved(level)


def test_somebody_who_may_not_edit_keeps_their_words_for_another_account(
    ada, browser, level, changing_accounts, written
):
    browser.force_login(User.objects.create_user("reader"))
    browser.get(SIGN_IN)
    response = post(browser, address_of(level), written)
    assert response.status_code == 401
    assert "You are signed in as reader, who may not do this." in page_in(response).text(".//main")
    sign_in_again(browser, level, response)
    assert is_saved(level)


def test_signing_in_again_gives_no_more_rights_than_signing_in(ada, browser, level, changing_accounts, written):
    clerk = User.objects.create_user("clerk", password=PASSWORD, is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_level"))
    response = sign_in_again(browser, level, post(browser, address_of(level), written), name="clerk")
    assert response.status_code == 403
    assert not is_saved(level)
    assert "You are signed in as clerk, who may not do this." in page_in(response).text(".//main")
    sign_in_again(browser, level, response)
    assert is_saved(level)


def test_no_password_is_written_into_a_page(browser):
    secret = "a secret of mine"
    fields = {"old_password": secret, "new_password1": secret, "new_password2": secret, "sign_in-password": secret}
    response = post(browser, "/admin/password_change/", fields)
    assert response.status_code == 401
    assert secret not in response.content.decode()
    assert "kept" not in page_in(response).text(".//main")


def test_an_address_that_no_database_stores_is_not_found(browser):
    response = post(browser, "/admin/skills/level/%00/change/", {"sign_in-username": "a", "sign_in-password": "b"})
    assert response.status_code == 404


def test_a_form_older_than_the_sign_in_is_kept_and_sent_again(browser, old_form, level, written):
    response = post(browser, address_of(level), old_form | written)
    assert response.status_code == 403
    page = page_in(response)
    assert page.text(".//h1") == "Send again"
    assert "You are signed in as ada." in page.text(".//main")
    assert ("essence", WORDS) in kept_in(response)
    assert send(browser, address_of(level), filled_in(response)).status_code == 302
    assert is_saved(level)


def test_an_old_form_is_known_by_its_referer_where_a_browser_sends_no_origin(browser, old_form, level, written):
    here = {"referer": f"http://testserver{address_of(level)}"}
    response = browser.post(address_of(level), old_form | written, headers=here)
    assert page_in(response).text(".//h1") == "Send again"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://evil.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.evil.example"},
        {"referer": "http://testserver.evil.example/"},
        {"referer": "http://evil.example/?http://testserver/"},
        {"origin": "http://evil.example", "referer": "http://testserver/admin/"},
    ],
)
def test_a_form_of_another_site_is_never_offered_to_be_sent(browser, old_form, level, headers, written):
    response = browser.post(address_of(level), old_form | written, headers=headers)
    assert response.status_code == 403
    page = page_in(response)
    assert page.text(".//h1") == "Form not accepted"
    assert not page.all(".//form")
    assert WORDS not in response.content.decode()
    assert "nothing was changed" in page.text(".//main")


def test_a_form_without_any_token_is_refused_as_ever(browser, level):
    response = post(browser, address_of(level), {"csrfmiddlewaretoken": ""})
    assert response.status_code == 403
    assert page_in(response).text(".//h1") == "Form not accepted"


def test_words_outlast_all_the_cookies(old_form, level, written):
    fresh = Client(enforce_csrf_checks=True)
    own = {"headers": {"origin": "http://testserver"}}
    response = fresh.post(address_of(level), old_form | written, **own)
    assert (response.status_code, page_in(response).text(".//h1")) == (403, "Send again")
    response = send(fresh, address_of(level), filled_in(response))
    assert response.status_code == 401
    assert WORDS in page_in(response).one(".//input[@name='essence']").attrib["value"].replace("\n", "\r\n")


def test_a_form_without_a_cookie_from_another_site_is_refused_as_ever(old_form, level, written):
    fresh = Client(enforce_csrf_checks=True)
    for headers in ({"origin": "http://evil.example"}, {}):
        response = fresh.post(address_of(level), old_form | written, headers=headers)
        assert page_in(response).text(".//h1") == "Form not accepted"
        assert WORDS not in response.content.decode()


def test_signing_in_in_two_tabs_leads_on(browser, old_form):
    response = post(browser, SIGN_IN, old_form | {"username": NAME, "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (302, SIGN_IN)
    assert browser.get(SIGN_IN).headers["Location"] == "/admin/"


def test_an_old_form_that_outlived_its_session_too_keeps_its_words(browser, old_form, level, written):
    post(browser, "/admin/logout/", {})
    response = post(browser, address_of(level), old_form | written)
    response = send(browser, address_of(level), filled_in(response))
    assert response.status_code == 401
    sign_in_again(browser, level, response)
    assert is_saved(level)

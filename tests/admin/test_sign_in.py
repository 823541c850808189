from datetime import timedelta
from urllib.parse import urlencode

import html5lib
import pytest
from axes.models import AccessAttempt
from django.conf import settings as site_settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from skills.admin.sign_in import client_address
from tests.factories import make_edition
from tests.pages import Page

pytestmark = pytest.mark.django_db

NAME, PASSWORD = "ada", "a long password"
SIGN_IN = "/admin/login/"
WORDS = 'Works "alone" & decides,\r\n\r\nas <b>ever</b>: naïve 技能 🎓.'


@pytest.fixture
def ada():
    return User.objects.create_superuser(NAME, "ada@example.org", PASSWORD)


@pytest.fixture
def browser():
    """It has visited the sign-in page, and its forms are checked for their token as a browser's are."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(SIGN_IN)
    return browser


@pytest.fixture
def changing_accounts(settings):
    """One session ends and another begins, which takes two looks into the same table."""
    settings.ZEAL_ALLOWLIST = [{"model": "sessions.Session"}]


@pytest.fixture
def level():
    return make_edition().levels.get(number=5)


def page_in(response):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    # As every browser does with the character that no page may have.
    return Page(response, parser.parse(response.content.decode().replace("\0", "\N{REPLACEMENT CHARACTER}")))


def token_of(browser):
    return browser.cookies["csrftoken"].value


def post(browser, address, answers, **options):
    """Post to the site as one of its own pages does, with a valid token if none is given."""
    own = {"csrfmiddlewaretoken": token_of(browser)}
    options["headers"] = {"origin": "http://testserver", **options.get("headers", {})}
    return browser.post(address, {**own, **answers}, **options)


def sign_in(browser, *, name=NAME, password=PASSWORD, **options):
    return post(browser, SIGN_IN, {"username": name, "password": password, "next": "/admin/"}, **options)


def fail(browser, times, **options):
    return [sign_in(browser, password="wrong", **options).status_code for _ in range(times)]


def is_signed_in(browser):
    return browser.get("/admin/").status_code == 200


def address_of(level):
    return f"/admin/skills/level/{level.pk}/change/"


@pytest.fixture
def written(level):
    """What an editor sends from the form that changes the level, in which they have written WORDS."""
    editor = Client()
    editor.force_login(User.objects.create_superuser("editor"))
    # Django's own parts of the page are not ours to hold to the letter.
    root = html5lib.parse(editor.get(address_of(level)).content.decode(), namespaceHTMLElements=False)
    form = root.find(".//form[@id='level_form']")
    given = {field.attrib["name"]: field.attrib.get("value", "") for field in form.findall(".//input[@name]")}
    texts = {field.attrib["name"]: field.text or "" for field in form.findall(".//textarea")}
    choices = {
        field.attrib["name"]: next(
            option.attrib["value"] for option in field.iter("option") if "selected" in option.attrib
        )
        for field in form.findall(".//select")
    }
    buttons = {"_addanother", "_continue", "csrfmiddlewaretoken"}
    sent = {name: value for name, value in (given | texts | choices).items() if name not in buttons}
    return sent | {"essence": WORDS}


def filled_in(response, **answers):
    """What a browser would send from the form of a page, with these fields filled in."""
    page = page_in(response)
    sent = [
        (field.attrib["name"], field.attrib.get("value", "").replace("\r\n", "\n").replace("\n", "\r\n"))
        for field in page.all(".//main//form//input")
        if field.attrib["name"] not in answers
    ]
    return urlencode([*sent, *answers.items()])


def send(browser, address, form):
    return browser.post(
        address,
        form,
        content_type="application/x-www-form-urlencoded",
        headers={"origin": "http://testserver"},
    )


def is_saved(level):
    level.refresh_from_db()
    return level.essence.splitlines() == WORDS.splitlines()


def sign_in_again(browser, level, response, *, name=NAME, password=PASSWORD):
    form = filled_in(response, **{"sign_in-username": name, "sign_in-password": password})
    return send(browser, address_of(level), form)


def alert_of(response):
    return page_in(response).text(".//*[@role='alert']")


def kept_in(response):
    """The fields that a page keeps for the form that they are of."""
    return [
        (field.attrib["name"], field.attrib["value"].replace("\n", "\r\n"))
        for field in page_in(response).all(".//main//form//input[@type='hidden']")
        if field.attrib["name"] != "csrfmiddlewaretoken"
    ]


# The page and the session


def test_the_sign_in_page_is_a_page_of_the_site(get):
    make_edition(name="Edition Nine")
    page = get(SIGN_IN)
    assert page.text(".//h1") == "Sign in"
    assert page.texts(".//header//nav//a") == ["Skills", "Levels", "Attributes", "About"]
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


# Too many failures


def test_the_fifth_failure_locks_a_name_out(ada, browser):
    assert fail(browser, 5) == [200, 200, 200, 200, 429]
    response = sign_in(browser)
    assert response.status_code == 429
    assert not is_signed_in(browser)


def test_the_page_says_how_long_to_wait(ada, browser):
    fail(browser, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=9, seconds=30))
    response = sign_in(browser)
    assert alert_of(response) == "Signing in failed too often. Wait 6 minutes, then try again."
    assert 320 <= int(response.headers["Retry-After"]) <= 330


def test_trying_while_locked_out_does_not_prolong_it(ada, browser):
    fail(browser, 7)
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_a_lock_ends(ada, browser):
    fail(browser, 5)
    AccessAttempt.objects.update(attempt_time=timezone.now() - site_settings.AXES_COOLOFF_TIME)
    assert sign_in(browser).status_code == 302
    assert is_signed_in(browser)


def test_others_are_not_locked_out(ada, browser):
    User.objects.create_superuser("grace", "grace@example.org", PASSWORD)
    fail(browser, 5)
    assert sign_in(browser, name="grace").status_code == 302
    post(browser, "/admin/logout/", {})
    assert sign_in(browser, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_another_browser_at_the_same_address_does_not_help(ada, browser):
    statuses = [sign_in(browser, password="wrong", headers={"user-agent": f"B{n}"}).status_code for n in range(5)]
    assert statuses[-1] == 429


def test_success_starts_the_count_again(ada, browser):
    assert fail(browser, 4) == [200] * 4
    sign_in(browser)
    post(browser, "/admin/logout/", {})
    assert fail(browser, 4) == [200] * 4


def test_nobody_escapes_by_naming_another_address(ada, browser):
    statuses = [
        sign_in(browser, password="wrong", headers={"x-forwarded-for": f"198.51.100.{n}"}).status_code for n in range(5)
    ]
    assert statuses[-1] == 429


def test_behind_a_trusted_proxy_the_address_that_it_saw_counts(ada, browser, settings):
    settings.TRUSTED_PROXY = True

    def attempt(made_up, seen):
        return sign_in(browser, password="wrong", headers={"x-forwarded-for": f"{made_up}, {seen}"}).status_code

    assert [attempt(f"198.51.100.{n}", "203.0.113.5") for n in range(5)][-1] == 429
    assert attempt("203.0.113.5", "203.0.113.6") == 200


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("203.0.113.5", "203.0.113.5"),
        ("198.51.100.1, 203.0.113.5", "203.0.113.5"),
        ("203.0.113.5:4711", "203.0.113.5"),
        ("2001:DB8::0:1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.5", "203.0.113.5"),
        ("", "192.0.2.1"),
        ("203.0.113.5,", "192.0.2.1"),
        ("203.0.113.5, unknown", "192.0.2.1"),
        ("203.0.113.5, 1.2.3", "192.0.2.1"),
        ("203.0.113.5, ' or 1=1 --", "192.0.2.1"),
        ("203.0.113.5, \N{ARABIC-INDIC DIGIT ONE}.2.3.4", "192.0.2.1"),
        ("x" * 10_000, "192.0.2.1"),
    ],
)
def test_the_last_forwarded_address_counts_if_it_is_one(rf, settings, forwarded, address):
    settings.TRUSTED_PROXY = True
    assert client_address(rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="192.0.2.1")) == address


@pytest.mark.parametrize("peer", ["", "unix:"])
def test_a_peer_without_an_address_counts_as_one_too(ada, browser, peer):
    assert fail(browser, 5, REMOTE_ADDR=peer)[-1] == 429


@pytest.mark.parametrize("name", ["a\0da", "a" * 10_000, "\ud800", "' or 1=1 --", "", "İ", "<b>"])
def test_an_odd_name_is_refused_in_words(ada, browser, name):
    name = name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    response = sign_in(browser, name=name)
    assert response.status_code == 200
    assert alert_of(response)
    assert all(len(attempt.username) <= 150 for attempt in AccessAttempt.objects.all())


def test_no_password_and_no_word_is_recorded_with_a_failure(ada, browser, level, written):
    response = post(browser, address_of(level), written)
    sign_in_again(browser, level, response, password="nearly the password")
    sign_in(browser, password="nearly the password")
    recorded = str(list(AccessAttempt.objects.values()))
    assert "nearly" not in recorded
    assert "decides" not in recorded


# A session that ended while somebody wrote


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


# A form from before somebody signed in


@pytest.fixture
def old_form(ada, browser):
    """The token of a form that was opened before its editor signed in anew in another tab."""
    sign_in(browser)
    token = token_of(browser)
    post(browser, "/admin/logout/", {})
    sign_in(browser)
    assert token_of(browser) != token
    return {"csrfmiddlewaretoken": token}


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

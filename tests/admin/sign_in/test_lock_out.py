"""Too many failures."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings as site_settings
from django.contrib.auth.models import User
from django.utils import timezone

from skills.admin.sign_in import client_address

from .steps import (
    PASSWORD,
    address_of,
    alert_of,
    fail,
    is_signed_in,
    post,
    sign_in,
    sign_in_again,
)

pytestmark = pytest.mark.django_db


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

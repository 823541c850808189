"""Signing in, and what an editor wrote when their session had ended, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.visitor import NAME, PASSWORD

from .axe import violations
from .steps import HAS_FOCUS, sign_in, tab_to

WIDTHS = [1280, 390, 320]
SIGN_IN = "/admin/login/"


@pytest.fixture
def account_page(admin_page, sample):
    """The form with the administrator's own particulars, which are nobody else's in these tests."""
    admin_page.goto(sample.at("/admin/auth/user/1/change/"))
    return admin_page


@pytest.fixture
def kept_page(account_page, watch):
    """What answers an editor who saves after their session has ended."""
    account_page.get_by_label("First name").fill('Ada "A" <b>')
    watch.expect_status(account_page.url, 401)
    account_page.context.clear_cookies(name="sessionid")
    save(account_page)
    expect(account_page.get_by_role("heading", name="Sign in again")).to_be_visible()
    return account_page


def save(page):
    page.get_by_role("button", name="Save and continue editing").click()


def assert_accessible(page):
    found = violations(page, widths=WIDTHS)
    assert not found, "\n".join(found)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_signing_in_is_accessible(page, sample):
    page.goto(sample.at("/admin/"))
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    assert_accessible(page)


def test_a_wrong_password_and_a_lock_are_accessible(page, sample, watch):
    page.goto(sample.at(SIGN_IN))
    watch.expect_status(page.url, 429)
    for _ in range(4):
        sign_in(page, "nobody", "wrong")
        expect(page.get_by_role("alert")).to_contain_text("is wrong")
        expect(page.get_by_label("Password")).to_have_value("")
    assert_accessible(page)
    sign_in(page, "nobody", "wrong")
    expect(page.get_by_role("alert")).to_have_text("Signing in failed too often. Wait 15 minutes, then try again.")
    assert_accessible(page)


def test_signing_in_needs_no_mouse(page, sample):
    page.goto(sample.at("/admin/skills/edition/"))
    assert page.get_by_label("Username").evaluate(HAS_FOCUS)
    page.keyboard.type(NAME)
    tab_to(page, page.get_by_label("Password"))
    page.keyboard.type(PASSWORD)
    tab_to(page, page.get_by_role("button", name="Sign in"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(sample.at("/admin/skills/edition/"))


def test_signing_in_needs_no_scripts(page_without_scripts, sample):
    page_without_scripts.goto(sample.at("/admin/skills/edition/"))
    sign_in(page_without_scripts, NAME, PASSWORD)
    expect(page_without_scripts).to_have_url(sample.at("/admin/skills/edition/"))


def test_changing_the_password_is_accessible(admin_page, sample):
    admin_page.goto(sample.at("/admin/password_change/"))
    expect(admin_page.get_by_role("heading", name="Password change")).to_be_visible()
    found = violations(admin_page, widths=[1280])
    assert not found, "\n".join(found)


def test_signing_out_is_accessible(page, sample):
    page.goto(sample.at("/admin/"))
    sign_in(page, NAME, PASSWORD)
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Signed out")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Sign in again").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_words_outlast_a_session(kept_page):
    assert_accessible(kept_page)
    sign_in(kept_page, NAME, "wrong")
    expect(kept_page.get_by_role("alert")).to_contain_text("is wrong")
    sign_in(kept_page, NAME, PASSWORD)
    expect(kept_page.get_by_text("was changed successfully")).to_be_visible()
    expect(kept_page.get_by_label("First name")).to_have_value('Ada "A" <b>')


def test_what_was_written_can_be_read_meanwhile(kept_page):
    words = kept_page.get_by_text('Ada "A" <b>')
    expect(words).to_be_hidden()
    kept_page.get_by_text("Show what you wrote").click()
    expect(words).to_be_visible()
    assert_accessible(kept_page)


def test_words_outlast_a_session_without_scripts(page_without_scripts, sample, watch):
    page = page_without_scripts
    page.goto(sample.at("/admin/auth/user/1/change/"))
    sign_in(page, NAME, PASSWORD)
    page.get_by_label("Last name").fill("of no scripts")
    watch.expect_status(page.url, 401)
    page.context.clear_cookies(name="sessionid")
    save(page)
    sign_in(page, NAME, PASSWORD)
    expect(page.get_by_label("Last name")).to_have_value("of no scripts")


def test_words_outlast_a_sign_in_in_another_tab(account_page, sample, watch):
    account_page.get_by_label("Last name").fill("of two tabs")
    watch.expect_status(account_page.url, 403)
    account_page.context.clear_cookies(name="sessionid")
    other_tab = account_page.context.new_page()
    other_tab.goto(sample.at("/admin/"))
    sign_in(other_tab, NAME, PASSWORD)
    expect(other_tab.get_by_role("heading", name="Site administration")).to_be_visible()
    save(account_page)
    expect(account_page.get_by_text("You are signed in as administrator.")).to_be_visible()
    assert_accessible(account_page)
    account_page.get_by_role("button", name="Send again").click()
    expect(account_page.get_by_label("Last name")).to_have_value("of two tabs")

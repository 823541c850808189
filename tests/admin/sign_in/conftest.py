"""An account, a browser, and a form that was filled in."""

import html5lib
import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import make_edition

from .steps import NAME, PASSWORD, SIGN_IN, WORDS, address_of


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

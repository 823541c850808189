import re

import html5lib
import pytest
from django.test import Client

from skills.prose import as_html
from tests.attacks import attacks

from .steps import make_user, signed_in

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/skills/preview/"


@pytest.fixture
def ada():
    return signed_in(make_user("Editors", name="ada"))


def test_the_preview_is_what_the_site_would_show(ada):
    text = "One *two*.\n\n- three\n\n# Four"
    response = ada.post(PREVIEW, {"text": text.replace("\n", "\r\n"), "under": "3"})
    assert response.json() == {"html": as_html(text, under=3)}


def test_a_text_at_the_cap_is_shown_and_one_above_it_is_not(ada):
    assert ada.post(PREVIEW, {"text": "x" * 10_000, "under": "1"}).status_code == 200
    refused = ada.post(PREVIEW, {"text": "x" * 10_001, "under": "1"})
    assert (refused.status_code, refused.content) == (400, b"The text is too long to be shown.")


@pytest.mark.parametrize("under", ["", "0", "4", "x", "1.0", "³"])
def test_a_rank_that_is_none_is_refused(ada, under):
    assert ada.post(PREVIEW, {"text": "x", "under": under}).status_code == 400


def test_it_is_only_posted_to(ada):
    assert ada.get(PREVIEW, {"text": "x", "under": "1"}).status_code == 405


def test_it_is_for_those_who_may_change_something(ada):
    answers = {"text": "x", "under": "1"}
    assert Client().post(PREVIEW, answers).status_code == 401
    nobody = make_user("Editors", name="nobody")
    nobody.groups.clear()
    assert signed_in(nobody).post(PREVIEW, answers).status_code == 403


def test_no_attack_comes_through(ada):
    for text in attacks():
        html = ada.post(PREVIEW, {"text": text, "under": "2"}).json()["html"]
        tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
        for element in tree.iter():
            assert element.tag not in ("script", "style", "iframe", "img", "svg", "form", "input"), text
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], text
            assert not re.match(r"\s*(javascript|data|vbscript):", element.attrib.get("href", ""), re.IGNORECASE), text


def test_a_preview_is_not_remembered_for_readers(ada):
    before = as_html.cache_info().currsize
    for number in range(5):
        ada.post(PREVIEW, {"text": f"What nobody else writes, {number}.", "under": "2"})
    assert as_html.cache_info().currsize == before

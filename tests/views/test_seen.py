"""What a page says of other editions, and how it leads to them."""

from copy import deepcopy

import pytest

from tests.factories import make_attribute, make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
@one_revision_each
def two_editions(shared_db):
    nine, eight = make_edition(slug="9", name="SFIA 9"), make_edition(slug="8", name="SFIA 8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="SAME", defined_at=(3,))
    make_skill(edition=nine, code="WORD", overall_description="After.", defined_at=(3,))
    make_skill(edition=eight, code="WORD", overall_description="Before.", defined_at=(3, 4))
    make_skill(edition=eight, code="GONE")
    make_attribute(edition=nine, code="AUTO")
    return nine, eight


@pytest.fixture
def editions(two_editions):
    return deepcopy(two_editions)


@pytest.mark.parametrize(
    ("address", "sentence", "link"),
    [
        ("/8/skills/SAME/", "; this text is the same there.", "/skills/SAME/"),
        ("/8/skills/WORD/", "; this text has changed.", "/skills/WORD/"),
        ("/8/skills/WORD/4/", "; it does not have this level.", "/skills/WORD/4/"),
        ("/8/skills/GONE/", "; it does not have this.", "/skills/"),
        ("/8/skills/", ".", "/skills/"),
        ("/8/levels/5/", "; this text is the same there.", "/levels/5/"),
    ],
)
def test_a_page_of_an_old_edition_says_so_and_leads_to_the_current_one(get, editions, address, sentence, link):
    page = get(address)
    said = page.one(".//section[@aria-label='Another edition']")
    words = " ".join("".join(said.itertext()).split())
    assert words == f"You see SFIA 8. SFIA 9 is current{sentence} This page in SFIA 9"
    assert page.meta("robots") == "noindex"
    if "GONE" not in address:
        assert said.find(".//a").attrib["href"] == link


def test_a_page_of_the_current_edition_says_nothing_of_the_kind(get, editions):
    for address in ("/skills/SAME/", "/9/skills/SAME/"):
        page = get(address)
        assert not page.all(".//section[@aria-label='Another edition']")
        assert not page.all(".//meta[@name='robots']")


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/skills/SAME/", ["/8/skills/SAME/"]),
        ("/8/skills/SAME/3/", ["/skills/SAME/3/"]),
        ("/attributes/AUTO/", ["/8/attributes/"]),
        ("/attributes/AUTO/copy/", ["/8/attributes/"]),
        ("/8/skills/SAME/3/copy/", ["/skills/SAME/3/copy/"]),
        ("/categories/category/", ["/8/categories/category/"]),
        ("/chart/", ["/8/chart/"]),
    ],
)
def test_a_switcher_keeps_the_page(get, editions, address, links):
    found = list(get(address).links(".//nav[@class='editions']//a"))
    assert found == links
    for link in found:
        get(link)


def test_one_edition_alone_needs_no_switcher(get, editions):
    editions[1].delete()
    assert not get("/").all(".//nav[@class='editions']")

from copy import deepcopy

import pytest

from skills.models.revision import one_revision
from tests.factories import make_edition, make_retirement, make_skill, make_skill_level, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
@one_revision_each
def two_editions(shared_db):
    nine, eight = make_edition(slug="9", name="SFIA 9"), make_edition(slug="8", name="SFIA 8", is_current=False)
    make_skill(edition=nine, code="BUSA", name="Business situation", defined_at=(3, 4, 5))
    make_skill(edition=nine, code="REQM", name="Requirements", defined_at=(3,))
    make_skill(edition=eight, code="BUSA", defined_at=(3, 4, 5, 6))
    make_skill(edition=eight, code="OLDS", name="Old skill", defined_at=(3,))
    return nine, eight


@pytest.fixture
def editions(two_editions):
    return deepcopy(two_editions)


def successors(page):
    return list(page.links(".//section[@id='successors']//a"))


@pytest.mark.parametrize(
    ("lines", "links"),
    [
        ("", []),
        ("REQM: finds out", ["/skills/REQM/"]),
        ("REQM: finds out\nBUSA 5: looks into\nZZZZ: is not here", ["/skills/REQM/", "/skills/BUSA/5/"]),
    ],
)
@pytest.mark.parametrize("address", ["/skills/BUAN/", "/skills/BUAN/5/"])
def test_a_retired_code_has_a_page_that_says_what_took_its_place(get, editions, address, lines, links):
    make_retirement(code="BUAN", name="Business analysis", last_edition="SFIA 7", successors=lines)
    page = get(address)
    assert page.text(".//h1") == "Business analysis BUAN"
    assert page.text(".//p[@class='lead']") == "Business analysis is not in SFIA 9."
    assert "SFIA 7, which is not on this site" in page.text(".//main")
    assert successors(page) == links
    assert page.meta("robots") == "noindex"
    if links:
        assert "finds out" in page.text(".//section[@id='successors']")
    else:
        assert "Nothing is known here to have taken its place." in page.text(".//main")


def test_a_code_of_another_edition_says_where_it_is(get, editions):
    page = get("/skills/OLDS/")
    assert page.text(".//p[@class='lead']") == "Old skill is not in SFIA 9."
    assert "/8/skills/OLDS/" in page.links(".//main//a")
    newer = get("/8/skills/REQM/")
    assert "/skills/REQM/" in newer.links(".//main//a")
    assert not newer.all(".//section[@id='successors']")


def test_a_withdrawn_skill_keeps_its_page_with_what_took_its_place(get, editions):
    nine, _ = editions
    make_skill(edition=nine, code="GONE", name="Was here", is_withdrawn=True, defined_at=(5,))
    make_retirement(code="GONE", successors="REQM: took over")
    for address in ("/skills/GONE/", "/skills/GONE/5/"):
        page = get(address)
        assert "Withdrawn." in page.text(".//main")
        assert successors(page) == ["/skills/REQM/"]


def test_a_level_that_a_skill_no_longer_has_says_where_it_is_and_what_took_its_place(get, editions):
    page = get("/skills/BUSA/6/")
    assert "Business situation is not defined at level 6." in page.text(".//main")
    assert "/8/skills/BUSA/6/" in page.links(".//main//a")
    make_retirement(code="BUSA", number=6, name="Business situation", successors="REQM: took over")
    assert successors(get("/skills/BUSA/6/")) == ["/skills/REQM/"]
    assert not get("/skills/BUSA/1/").all(".//section[@id='successors']")


def test_a_setting_makes_them_gone(get, editions, settings):
    settings.RETIRED_STATUS = 410
    nine, _ = editions
    make_retirement(code="BUAN")
    make_skill(edition=nine, code="GONE", is_withdrawn=True)
    for address in ("/skills/BUAN/", "/skills/BUAN/5/", "/skills/GONE/", "/skills/BUSA/6/"):
        get(address, status=410)
    get("/skills/BUSA/1/")
    get("/skills/BUSA/5/")


def test_what_nobody_knows_is_not_found(get, editions):
    get("/skills/ZZZZ/", status=404)


def test_the_reason_is_shown_not_run(get, editions):
    make_retirement(code="BUAN", name="<b>x</b>", successors="REQM: <script>alert(1)</script>")
    page = get("/skills/BUAN/")
    assert not page.all(".//main//script")
    assert "<script>alert(1)</script>" in page.text(".//section[@id='successors']")


def test_the_number_of_queries_does_not_rise(get, editions, django_assert_num_queries):
    nine, _ = editions
    make_retirement(code="BUAN", successors="REQM: a")
    with django_assert_num_queries(8):
        get("/skills/BUAN/")
    lines = []
    with one_revision():
        for number in range(20):
            code = f"AA{chr(65 + number // 20)}{chr(65 + number)}"
            make_skill_level(skill=make_skill(edition=nine, code=code), number=1)
            lines.append(f"{code}: b")
    make_retirement(code="BUAM", successors="\n".join(lines))
    with django_assert_num_queries(8):
        assert len(successors(get("/skills/BUAM/"))) == 20


def test_what_is_not_here_but_took_its_place_is_named(get, editions):
    make_retirement(code="BUAN", successors="ZZZZ: is elsewhere")
    page = get("/skills/BUAN/")
    assert successors(page) == []
    assert "ZZZZ not in SFIA 9 is elsewhere" in page.text(".//section[@id='successors']")


def test_what_came_later_is_not_gone(get, editions, settings):
    settings.RETIRED_STATUS = 410
    nine, _ = editions
    make_skill(edition=nine, code="NEWS", defined_at=(3, 7))
    get("/8/skills/NEWS/")
    make_skill_level(skill=nine.skills.get(code="BUSA"), number=7)
    get("/8/skills/BUSA/7/")


def test_a_code_that_was_changed_here_leads_to_the_new_one_also_where_another_edition_has_it(get, editions):
    nine, _ = editions
    skill = make_skill(edition=nine, code="OLDS")
    skill.code = "NEWS"
    skill.save()
    assert get("/skills/OLDS/", status=404).text(".//h1") == "This skill has a new code"


def test_a_skill_that_another_edition_has_withdrawn_has_a_page_too(get, client, editions):
    _, eight = editions
    make_skill(edition=eight, code="WITH", name="Was there", is_withdrawn=True)
    assert get("/skills/WITH/").text(".//p[@class='lead']") == "Was there is not in SFIA 9."
    assert client.get("/WITH", follow=True).status_code == 200

import pytest

from skills.models.edition import ATTRIBUTION
from skills.models.revision import one_revision
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_retirement,
    make_skill,
    make_skill_level,
    one_revision_each,
)

pytestmark = pytest.mark.django_db

TWINS = {
    "/skills/ITMG.md": "/skills/ITMG/",
    "/skills/ITMG/5.md": "/skills/ITMG/5/",
    "/skills/ITMG/2.md": "/skills/ITMG/2/",
    "/levels/5.md": "/levels/5/",
    "/attributes/AUTO.md": "/attributes/AUTO/",
}


@pytest.fixture
@one_revision_each
def editions():
    """Edition 9, current, and edition 8, with the same skill and attribute."""
    nine, eight = make_edition(slug="9", name="SFIA 9"), make_edition(slug="8", name="SFIA 8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5, 6))
        make_attribute(edition=edition, name="Autonomy")
    return nine, eight


@pytest.fixture
def read(client):
    """The paragraphs, headings and lists of a twin."""

    def read(address: str, *, status: int = 200) -> list[str]:
        response = client.get(address)
        assert response.status_code == status, address
        assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
        return response.content.decode().removesuffix("\n").split("\n\n")

    return read


def foot(address):
    return ["---", ATTRIBUTION, f"<http://testserver{address}>"]


def test_a_skill_has_its_texts_and_the_levels_at_which_it_is_defined(read, editions):
    editions[0].skills.update(guidance_notes="Some *guidance*.\n\n- one\n- two")
    assert read("/skills/ITMG.md") == [
        *("# Technology service management (ITMG)", "SFIA 9", "What ITMG is."),
        *("## Guidance notes", "Some *guidance*.", "- one\n- two"),
        *("## Level 5 · Phrase 5", "Essence of 5.", "ITMG at 5."),
        *("## Level 6 · Phrase 6", "Essence of 6.", "ITMG at 6."),
        *foot("/skills/ITMG/"),
    ]


def test_a_level_of_a_skill_has_that_level_alone(read, editions):
    assert read("/skills/ITMG/5.md") == [
        *("# Technology service management (ITMG): level 5", "SFIA 9", "What ITMG is."),
        *("## Level 5 · Phrase 5", "Essence of 5.", "ITMG at 5."),
        *foot("/skills/ITMG/5/"),
    ]


def test_a_level_at_which_the_skill_is_not_defined_says_so(read, editions):
    assert read("/skills/ITMG/2.md")[3:6] == [
        *("## Level 2 · Phrase 2", "Technology service management is not defined at level 2.", "Essence of 2."),
    ]
    assert not any("not defined" in part for part in read("/skills/ITMG.md"))


def test_a_level_has_what_attributes_ask_and_the_skills(read, editions):
    make_attribute(edition=editions[0], code="COLL", name="Collaboration", kind="behaviour")
    assert read("/levels/5.md") == [
        *("# Level 5 · Phrase 5", "SFIA 9", "Essence of 5."),
        *("## Attributes", "### Autonomy (AUTO)", "AUTO at 5."),
        *("## Business skills and behavioural factors", "### Collaboration (COLL)", "COLL at 5."),
        *("## Skills defined at level 5", "- Technology service management (ITMG)"),
        *foot("/levels/5/"),
    ]
    assert "No skill of SFIA 9 is defined at this level." in read("/levels/1.md")


def test_an_attribute_has_what_it_asks_at_each_level(read, editions):
    editions[0].attributes.get().attribute_levels.exclude(number__in=[2, 3]).delete()
    assert read("/attributes/AUTO.md") == [
        *("# Autonomy (AUTO)", "SFIA 9", "What AUTO is."),
        *("## Level 2 · Phrase 2", "AUTO at 2.", "## Level 3 · Phrase 3", "AUTO at 3."),
        *foot("/attributes/AUTO/"),
    ]


def test_a_twin_stands_pinned_too_and_names_the_address_to_link_to(read, editions):
    for twin, page in TWINS.items():
        assert "SFIA 9" in read(f"/9{twin}")
        assert read(f"/9{twin}")[-3:] == foot(page)
        assert "SFIA 8" in read(f"/8{twin}")
        assert read(f"/8{twin}")[-3:] == foot(f"/8{page}")


def test_the_address_follows_the_sites_public_address(read, editions, settings):
    settings.SITE_URL = "https://skills.example.org"
    assert read("/skills/ITMG.md")[-1] == "<https://skills.example.org/skills/ITMG/>"


def test_names_are_escaped_and_texts_are_as_they_stand(read, editions):
    nine, _ = editions
    skill = make_skill(
        edition=nine, name=r"a*b_c[d<e\f`g", overall_description="*As* [it](/is) <b>", guidance_notes="1 < 2\n* x"
    )
    make_skill_level(skill=skill, number=5, description="a\\*b")
    nine.levels.filter(number=5).update(guiding_phrase="Learn C ##", essence="# One\n\n* two")
    nine.attribution = "*Ours*\nalone."
    nine.save()
    parts = read("/skills/ABCD.md")
    assert parts[0] == r"# a\*b\_c\[d&lt;e\\f\`g (ABCD)"
    assert parts[2:5] == ["*As* [it](/is) <b>", "## Guidance notes", "1 < 2\n* x"]
    assert parts[5:8] == [r"## Level 5 · Learn C \#\#", r"\# One \* two", "a\\*b"]
    assert parts[-2] == r"\*Ours\* alone."
    assert r"- a\*b\_c\[d&lt;e\\f\`g (ABCD)" in read("/levels/5.md")[-4]


def test_headings_in_a_text_stand_below_those_of_the_document(read, editions):
    text = "# One\n\nTwo\n---"
    skill = make_skill(edition=editions[0], overall_description=text, guidance_notes=text)
    make_skill_level(skill=skill, number=5, description=text)
    headings = [part for part in read("/skills/ABCD.md") if part.startswith("#")]
    assert headings == [
        *("# Skill ABCD (ABCD)", "## One", "### Two", "## Guidance notes", "### One", "#### Two"),
        *("## Level 5 · Phrase 5", "### One", "#### Two"),
    ]


@pytest.mark.parametrize("address", ["/skills/ZZZZ.md", "/skills/ZZZZ/5.md", "/attributes/ZZZZ.md"])
def test_what_the_edition_does_not_have_has_no_twin(client, editions, address):
    make_retirement(code="GONE")
    for prefix in ("", "/9"):
        assert client.get(prefix + address).status_code == 404


@pytest.mark.parametrize("address", ["/skills/ITMG/8.md", "/levels/0.md", "/skills/ITMGX.md", "/skills.md"])
def test_there_is_no_twin_of_another_shape(client, editions, address):
    assert client.get(address).status_code == 404


def test_without_a_current_edition_there_are_pinned_twins_alone(client):
    make_skill(edition=make_edition(is_current=False), code="ITMG")
    assert client.get("/skills/ITMG.md").status_code == 404
    assert client.get("/9/skills/ITMG.md").status_code == 200


def test_a_withdrawn_skill_and_a_level_that_went_answer_as_their_pages(read, editions, settings):
    settings.RETIRED_STATUS = 410
    nine, eight = editions
    make_skill(edition=nine, code="GONE", defined_at=(3,), is_withdrawn=True)
    make_skill_level(skill=eight.skills.get(code="ITMG"), number=2)
    said = "**Withdrawn.** SFIA 9 no longer has this skill. This is how it stood last."
    assert read("/skills/GONE.md", status=410)[2] == read("/skills/GONE/3.md", status=410)[2] == said
    read("/skills/ITMG/2.md", status=410)
    read("/skills/ITMG/3.md")


def test_an_edition_in_development_says_so(read, editions):
    editions[0].in_development = True
    editions[0].save()
    assert read("/skills/ITMG.md")[1] == "SFIA 9 (in development)"


def test_a_page_announces_its_twin_in_the_edition_of_its_address(get, editions):
    for twin, page in TWINS.items():
        for prefix in ("", "/9", "/8"):
            link = get(prefix + page).one(".//head/link[@rel='alternate']")
            assert (link.attrib["type"], link.attrib["href"]) == ("text/markdown", prefix + twin)


def test_no_other_page_announces_one(get, editions):
    make_retirement(code="GONE")
    for address in ("/", "/skills/", "/levels/", "/skills/ITMG/compare/", "/skills/GONE/"):
        assert not get(address).all(".//link[@rel='alternate']")


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("/skills/itmg.md", "/skills/ITMG.md"),
        ("/9/skills/itmg/5.md", "/9/skills/ITMG/5.md"),
        ("/attributes/auto.md", "/attributes/AUTO.md"),
    ],
)
def test_a_code_in_small_letters_leads_to_the_one_address_for_good(client, editions, written, right):
    response = client.get(written)
    assert (response.status_code, response.headers["Location"]) == (301, right)


@pytest.mark.parametrize("address", TWINS)
def test_a_twin_is_only_read(client, editions, address):
    head = client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/skills/AAAA.md", 5), ("/skills/AAAA/2.md", 5), ("/levels/2.md", 6), ("/attributes/AAAA.md", 5)],
)
def test_the_number_of_queries_does_not_rise_with_the_edition(read, django_assert_num_queries, address, queries):
    edition = make_edition()
    make_skill(edition=edition, code="AAAA", defined_at=(1, 2))
    make_attribute(edition=edition, code="AAAA")
    with django_assert_num_queries(queries):
        read(address)
    with one_revision():
        for number in range(1, 21):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2, 3))
            make_attribute(edition=edition, code=code_for(number))
    with django_assert_num_queries(queries):
        read(address)


@pytest.mark.parametrize(("slug", "is_indexed"), [("9", True), ("8", False)])
def test_the_page_is_what_is_found_and_linked_to(client, slug, is_indexed):
    make_skill(edition=make_edition(slug=slug, is_current=is_indexed), code="ITMG")
    response = client.get(f"/{slug}/skills/ITMG.md")
    address = "/skills/ITMG/" if is_indexed else "/8/skills/ITMG/"
    assert response.headers["Link"] == f'<http://testserver{address}>; rel="canonical"'
    assert response.headers.get("X-Robots-Tag") == (None if is_indexed else "noindex")


def test_a_retired_code_has_a_twin_that_says_what_took_its_place(client):
    make_skill(edition=make_edition(slug="9", name="SFIA 9"), code="BUSA", name="Business situation")
    make_retirement(
        code="BUAN", name="Business *analysis*", last_edition="SFIA 7", successors="BUSA 3: looks\nZZZZ: elsewhere"
    )
    for address in ("/skills/BUAN.md", "/skills/BUAN/5.md"):
        response = client.get(address)
        text = response.content.decode()
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert text.startswith("# Business \\*analysis\\* (BUAN)")
        assert "- SFIA 7" in text
        assert "- Business situation (BUSA) at level 3: looks\n- ZZZZ: elsewhere" in text

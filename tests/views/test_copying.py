from datetime import UTC, datetime

import pytest

from skills.models import AttributeLevel, Level
from skills.models.edition import ATTRIBUTION
from skills.models.revision import one_revision
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_retirement,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db

FORMATS = ["address", "markdown", "mediawiki", "confluence", "plain"]


@pytest.fixture
def edition():
    return make_edition(slug="9", name="SFIA 9")


@pytest.fixture
@one_revision_each
def itmg(edition):
    skill = make_skill(
        edition=edition,
        code="ITMG",
        name="Technology service management",
        overall_description="Managing *services*.",
        guidance_notes="Such as:\n\n- one\n- two",
        defined_at=(6,),
    )
    make_skill_level(skill=skill, number=5, description="Takes **charge**.\n\nAnd *ensures*.")
    return skill


@pytest.fixture
def on_the_26th(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 11, 26, 12, tzinfo=UTC))


def written(page, slug):
    """What stands in the field of a format."""
    return page.one(f".//textarea[@id='{slug}-text']").text


def chosen(page):
    return page.texts(".//nav[@class='filters copy-choices']//a[@aria-current]")


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/skills/ITMG/", "Technology service management (ITMG)"),
        ("/skills/ITMG/5/", "Technology service management (ITMG), level 5"),
        ("/levels/5/", "Level 5 · Phrase 5"),
        ("/attributes/AUTO/", "Attribute AUTO (AUTO)"),
    ],
)
def test_each_kind_of_page_can_be_copied_as_a_link(get, itmg, edition, address, label):
    make_attribute(edition=edition)
    whole = f"http://testserver{address}"
    for prefix in ("", "/9"):
        [copying] = [link for link in get(f"{prefix}{address}").links(".//aside//a") if link.endswith("/copy/")]
        assert copying == f"{prefix}{address}copy/"
        page = get(copying)
        assert chosen(page) == ["Link", "Floating"]
        assert {slug: written(page, slug) for slug in FORMATS} == {
            "address": whole,
            "markdown": f"[{label}]({whole})",
            "mediawiki": f"[{whole} {label}]",
            "confluence": f"[{label}|{whole}]",
            "plain": f"{label} {whole}",
        }
        link = page.one(".//div[@id='rich-text']/a")
        assert (link.text, link.attrib["href"]) == (label, whole)


@pytest.mark.parametrize(
    ("address", "definition"),
    [
        ("/skills/ITMG/", "Managing services."),
        ("/skills/ITMG/5/", "Takes charge. And ensures."),
        ("/skills/ITMG/2/", "Technology service management has no description at level 2 in SFIA 9."),
        ("/levels/5/", "Essence of 5."),
        ("/attributes/AUTO/", "What AUTO is."),
    ],
)
def test_a_definition_is_what_the_page_is_about_in_plain_words(get, itmg, edition, address, definition):
    make_attribute(edition=edition)
    page = get(f"{address}copy/?as=definition")
    assert chosen(page) == ["Link with definition", "Floating"]
    assert written(page, "markdown").endswith(f"): {definition}")
    assert page.text(".//div[@id='rich-text']/p").endswith(f": {definition}")


SOURCE = f"Source: SFIA 9, copied on 26 November 2026. {ATTRIBUTION}"
QUOTED = {
    "/skills/ITMG/": [
        *("Managing services.", "Guidance notes", "Such as:", "- one\n- two"),
        *("Level 5 · Phrase 5", "Takes charge.", "And ensures.", "Level 6 · Phrase 6", "ITMG at 6."),
    ],
    "/skills/ITMG/5/": ["Takes charge.", "And ensures."],
    "/skills/ITMG/2/": ["Technology service management has no description at level 2 in SFIA 9."],
    "/levels/5/": ["Essence of 5.", "Attribute AUTO (AUTO)", "AUTO at 5."],
    "/attributes/AUTO/": [
        *("What AUTO is.", "Guidance notes", "Notes."),
        *(line for number in range(1, 8) for line in (f"Level {number} · Phrase {number}", f"AUTO at {number}.")),
    ],
}


@pytest.mark.parametrize("address", QUOTED)
def test_a_quotation_is_the_whole_text_with_edition_date_and_attribution(get, itmg, edition, on_the_26th, address):
    make_attribute(edition=edition, guidance_notes="Notes.")
    page = get(f"{address}copy/?as=quotation")
    assert written(page, "plain").split("\n\n")[1:] == [*QUOTED[address], SOURCE]
    assert page.texts(".//div[@id='rich-text']/p")[-1] == SOURCE


def test_where_the_link_leads_is_in_the_address_and_one_sentence_says_which_to_choose(get, itmg):
    page = get("/skills/ITMG/copy/?as=definition&to=pinned")
    assert chosen(page) == ["Link with definition", "Pinned to SFIA 9"]
    assert written(page, "address") == "http://testserver/9/skills/ITMG/"
    assert list(page.links(".//nav[@class='filters copy-choices']//a")) == [
        "/skills/ITMG/copy/?to=pinned",
        "/skills/ITMG/copy/?as=definition&to=pinned",
        "/skills/ITMG/copy/?as=quotation&to=pinned",
        "/skills/ITMG/copy/?as=definition",
        "/skills/ITMG/copy/?as=definition&to=pinned",
    ]
    sentence = page.text(".//nav[@class='filters copy-choices']/p")
    assert sentence.count(".") == 1
    assert "stays right when the next one comes" in sentence
    assert "contracts and job descriptions" in sentence


def test_of_an_edition_that_is_not_current_the_pinned_address_is_offered_first(get, edition):
    old = make_edition(slug="8", name="SFIA 8", is_current=False)
    make_skill(edition=old, code="ITMG")
    page = get("/8/skills/ITMG/copy/")
    assert chosen(page) == ["Link", "Pinned to SFIA 8"]
    assert written(page, "address") == "http://testserver/8/skills/ITMG/"
    page = get("/8/skills/ITMG/copy/?to=floating")
    assert written(page, "address") == "http://testserver/skills/ITMG/"


def test_the_host_is_the_sites_public_address_or_the_requests_own(get, itmg, settings):
    settings.ALLOWED_HOSTS = ["skills.lan"]
    page = get("/skills/ITMG/5/copy/", headers={"host": "skills.lan"})
    assert written(page, "address") == "http://skills.lan/skills/ITMG/5/"
    settings.SITE_URL = "https://skills.example.org"
    page = get("/skills/ITMG/5/copy/", headers={"host": "skills.lan"})
    assert written(page, "address") == "https://skills.example.org/skills/ITMG/5/"


def test_what_the_address_asks_for_and_is_not_there_is_passed_over(get, itmg):
    page = get("/skills/ITMG/copy/?as=picture&to=%3Cb%3E&to=pinned&other=1")
    assert chosen(page) == ["Link", "Pinned to SFIA 9"]
    assert page.texts(".//div[@class='passed-over']/p") == [
        "There is no such way to copy.",
        "There is no such kind of address.",
    ]


@pytest.mark.parametrize(
    "address", ["/skills/ITMX/copy/", "/skills/ITMX/5/copy/", "/attributes/ITMG/copy/", "/7/levels/5/copy/x/"]
)
def test_what_is_not_there_cannot_be_copied(get, itmg, address):
    get(address, status=404)


def test_a_small_code_and_a_missing_slash_lead_to_the_one_address(client, itmg):
    answer = client.get("/skills/itmg/5/copy?as=definition")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/skills/ITMG/5/copy/?as=definition")


def test_a_retired_code_leads_to_what_took_its_place_here_too(get, itmg):
    make_retirement(code="GONE", name="Going")
    assert "Going" in get("/skills/GONE/copy/").text(".//h1")


def test_of_what_was_withdrawn_the_page_says_so(get, edition):
    make_skill(edition=edition, code="GONE", is_withdrawn=True)
    make_attribute(edition=edition, is_withdrawn=True)
    for address in ("/skills/GONE/copy/", "/attributes/AUTO/copy/"):
        assert get(address).text(".//p[@class='withdrawn']").startswith("Withdrawn. SFIA 9 no longer has this")


def test_search_engines_are_kept_out_once(get, itmg):
    make_skill(edition=make_edition(slug="8", is_current=False), code="ITMG")
    for prefix in ("", "/9", "/8"):
        assert get(f"{prefix}/skills/ITMG/copy/").meta("robots") == "noindex"


def test_without_javascript_no_button_is_offered(get, itmg):
    buttons = get("/skills/ITMG/copy/").all(".//main//button")
    assert len(buttons) == 6
    assert all("hidden" in button.attrib for button in buttons)


def test_a_button_copies_the_rich_text_that_is_shown(get, itmg):
    page = get("/skills/ITMG/copy/?as=definition")
    button = page.one(".//button[@data-copies='rich-text']")
    link = '<a href="http://testserver/skills/ITMG/">Technology service management (ITMG)</a>'
    assert button.attrib["data-html"] == f"<p>{link}: Managing services.</p>"
    shown = page.one(".//div[@id='rich-text']/p")
    assert "".join(shown.itertext()) == "Technology service management (ITMG): Managing services."
    assert shown.find("a").attrib == {"href": "http://testserver/skills/ITMG/"}


def test_what_an_editor_writes_is_shown_not_run(get, edition):
    attack = "</textarea><script>alert(1)</script>"
    skill = make_skill(edition=edition, name=attack, overall_description=attack, guidance_notes=attack)
    make_skill_level(skill=skill, number=1, description=attack)
    make_attribute(edition=edition, name=attack, overall_description=attack)
    Level.objects.update(essence=attack, guiding_phrase=attack)
    for address in ("/skills/ABCD/", "/skills/ABCD/1/", "/levels/1/", "/attributes/AUTO/"):
        for form in ("link", "definition", "quotation"):
            page = get(f"{address}copy/?as={form}")
            assert all("src" in script.attrib for script in page.all(".//script"))
            assert attack in written(page, "plain")
            assert attack in page.text(".//div[@id='rich-text']")


def test_what_a_level_and_an_attribute_do_not_say_is_left_out(get, edition):
    Level.objects.filter(number=5).delete()
    make_attribute(edition=edition, overall_description="")
    AttributeLevel.objects.all().delete()
    for address, label in (("/levels/5/", "Level 5"), ("/attributes/AUTO/", "Attribute AUTO (AUTO)")):
        link = f"[{label}](http://testserver{address})"
        assert written(get(f"{address}copy/?as=definition"), "markdown") == link
        assert written(get(f"{address}copy/?as=quotation"), "markdown").startswith(f"{link}\n\nSource: SFIA 9")


@pytest.mark.parametrize(
    ("address", "queries"),
    [("/skills/AAAA/", 5), ("/skills/AAAA/2/", 4), ("/levels/5/", 4), ("/attributes/AUTO/", 5)],
)
def test_the_number_of_queries_does_not_rise_with_the_edition(
    get, edition, django_assert_num_queries, address, queries
):
    make_skill(edition=edition, code="AAAA", defined_at=(1, 2))
    make_attribute(edition=edition)
    with django_assert_num_queries(queries):
        get(f"{address}copy/?as=quotation")
    with one_revision():
        for number in range(1, 21):
            subcategory = make_subcategory(edition=edition, name=f"Sub{number % 4}", category=f"Category{number % 2}")
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2, 3), subcategory=subcategory)
            make_attribute(edition=edition, code=code_for(number))
    with django_assert_num_queries(queries):
        get(f"{address}copy/?as=quotation")

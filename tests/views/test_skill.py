import pytest

from skills.models import AttributeLevel, ExplanatorySection, Level, SkillLevel
from skills.models.revision import one_revision
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db


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
        guidance_notes="Some *guidance*.\n\n- one\n- two",
        guidance_notes_change="modified",
        overall_description_change="unchanged",
    )
    for number, change in ((5, "unchanged"), (6, "modified"), (7, "new")):
        make_skill_level(skill=skill, number=number, change=change)
    return skill


def folded(page):
    """The runs of undefined levels: the ids of the levels in each, and whether it is open."""
    return [
        ([article.attrib["id"] for article in details.findall(".//article")], "open" in details.attrib)
        for details in page.all(".//section[@id='levels']/details")
    ]


def test_skills_stand_under_category_and_subcategory_in_the_frameworks_order(get, edition):
    make_skill(edition=edition, code="BBBB", subcategory=make_subcategory(edition=edition, category="One", name="Sub"))
    make_skill(edition=edition, code="AAAA", subcategory=make_subcategory(edition=edition, category="Two", name="Sub"))
    page = get("/skills/")
    assert page.texts(".//main//h2") == ["One 1", "Two 1"]
    assert page.texts(".//main//h3") == ["Sub 1", "Sub 1"]
    assert list(page.links(".//main//h2/a")) == ["/categories/one/", "/categories/two/"]
    assert list(page.links(".//main//h3/a")) == ["/categories/one/sub/", "/categories/two/sub/"]
    assert list(page.links(".//main//li//a")) == ["/skills/BBBB/", "/skills/AAAA/"]


def test_a_skill_in_the_list_shows_its_levels_to_the_eye_and_to_a_screen_reader(get, edition):
    make_skill(edition=edition, defined_at=(2, 3, 5))
    rail = get("/skills/").one(".//li/span")
    assert (rail.text, rail.attrib["data-at"]) == ("Levels 2, 3 and 5", "235")


def test_an_edition_without_skills_says_so(get, edition):
    assert get("/skills/").text(".//p[@class='lead']") == "SFIA 9 has no skills on this site yet."


def test_a_skill_shows_its_name_code_description_and_guidance(get, itmg):
    page = get("/skills/ITMG/")
    assert page.text(".//h1") == "Technology service management ITMG"
    assert page.text(".//div[@class='lead']") == "What ITMG is. unchanged"
    guidance = page.one(".//section[@id='guidance-notes']")
    assert [item.text for item in guidance.findall(".//li")] == ["one", "two"]
    assert guidance.find(".//em").text == "guidance"


def test_each_part_shows_its_change_marker(get, itmg):
    page = get("/skills/ITMG/")
    assert page.texts(".//section[@id='guidance-notes']//span[@class='change change-modified']") == ["modified"]
    for number, change in ((5, "unchanged"), (6, "modified"), (7, "new")):
        assert page.text(f".//article[@id='level-{number}']//span[@class='change change-{change}']") == change


def test_a_skill_without_guidance_has_no_empty_section(get, edition):
    make_skill(edition=edition, defined_at=(1,))
    assert not get("/skills/ABCD/").all(".//*[@id='guidance-notes']")


def test_levels_carry_number_guiding_phrase_essence_and_description(get, itmg):
    page = get("/skills/ITMG/")
    assert page.text(".//article[@id='level-5']//h3") == "Level 5 · Phrase 5"
    assert page.texts(".//article[@id='level-5']//p") == ["Essence of 5.", "ITMG at 5."]
    assert page.texts(".//article[@id='level-2']//p") == ["Essence of 2."]


def test_undefined_levels_are_folded_until_asked_for(get, itmg):
    undefined = ["level-1", "level-2", "level-3", "level-4"]
    assert folded(get("/skills/ITMG/")) == [(undefined, False)]
    assert folded(get("/skills/ITMG/?levels=all")) == [(undefined, True)]


@pytest.mark.parametrize("query", ["?levels=", "?levels=none", "?levels=1", "?other=all", "?levels=%00", "?levels=%ff"])
def test_any_other_query_leaves_them_folded(get, itmg, query):
    assert [is_open for _, is_open in folded(get(f"/skills/ITMG/{query}"))] == [False]


def test_each_run_of_undefined_levels_is_folded_in_its_place(get, edition):
    make_skill(edition=edition, defined_at=(3, 4, 5))
    page = get("/skills/ABCD/")
    assert [levels for levels, _ in folded(page)] == [["level-1", "level-2"], ["level-6", "level-7"]]
    places = [child.attrib.get("id", child.tag) for child in page.one(".//section[@id='levels']")]
    assert places == ["div", "details", "level-3", "level-4", "level-5", "details"]


def test_a_run_is_named_by_its_levels(get, edition):
    make_skill(edition=edition, defined_at=(1, 2, 3, 4, 6, 7))
    make_skill(edition=edition, code="BBBB", defined_at=(7,))
    assert get("/skills/ABCD/").text(".//summary/span[@class='when-closed']") == "Show level 5"
    assert get("/skills/BBBB/").text(".//summary/span[@class='when-closed']") == "Show levels 1–6"


def test_the_rail_leads_to_defined_levels_and_opens_the_others(get, itmg):
    rail = ".//ol[@class='rail']//a"
    page = get("/skills/ITMG/")
    assert list(page.links(rail))[:2] == ["?levels=all#level-1", "?levels=all#level-2"]
    assert list(page.links(rail))[4:] == ["#level-5", "#level-6", "#level-7"]
    assert [item.attrib["class"] for item in page.all(".//ol[@class='rail']/li")][3:5] == [
        "level-4",
        "level-5 defined",
    ]


def test_the_editions_explanatory_sections_are_folded_on_every_skill(get, edition, itmg):
    ExplanatorySection.objects.create(edition=edition, position=1, heading="How to read", explanation="- so\n- and so")
    details = get("/skills/ITMG/").one(".//details[@class='prose']")
    assert "open" not in details.attrib
    assert details.find("summary").text == "How to read"
    assert [item.text for item in details.findall(".//li")] == ["so", "and so"]


def test_one_link_opens_everything_that_is_folded_and_one_folds_it_again(get, edition, itmg):
    ExplanatorySection.objects.create(edition=edition, position=1, heading="How to read", explanation="So.")
    link = get("/skills/ITMG/").one(".//a[@id='show-all']")
    assert link.text == "Show all extra descriptions and levels"
    opened = get("/skills/ITMG/" + link.attrib["href"])
    assert all("open" in details.attrib for details in opened.all(".//details"))
    closing = opened.one(".//a[@id='show-all']")
    assert closing.text == "Hide extra descriptions and levels"
    assert not any(
        "open" in details.attrib for details in get("/skills/ITMG/" + closing.attrib["href"]).all(".//details")
    )


def test_nothing_offers_to_open_what_is_not_folded(get, edition):
    make_skill(edition=edition, defined_at=(1, 2, 3, 4, 5, 6, 7))
    assert not get("/skills/ABCD/").all(".//a[@id='show-all']")


def test_the_rail_keeps_what_else_is_open(get, itmg):
    link = get("/skills/ITMG/?levels=all&sections=all").one(".//ol[@class='rail']/li[2]/a")
    assert link.attrib["href"] == "?levels=all&sections=all#level-2"


def test_a_level_of_a_skill_has_a_page_of_its_own(get, itmg):
    page = get("/skills/ITMG/5/")
    assert page.text(".//h1") == "Technology service management: level 5 ITMG"
    assert page.text(".//main//h2") == "Level 5 · Phrase 5"
    assert page.texts(".//section[@id='level-5']//p") == ["Essence of 5.", "ITMG at 5."]
    assert page.one(".//ol[@class='rail']//a[@aria-current]").attrib["href"] == "/skills/ITMG/5/"


def test_the_page_of_an_undefined_level_says_so_and_leads_to_the_nearest(get, itmg):
    page = get("/skills/ITMG/2/")
    assert page.texts(".//section[@id='level-2']//p") == [
        "Technology service management is not defined at level 2.",
        "Essence of 2.",
        "The nearest level at which it is defined: Level 5 · Phrase 5.",
    ]
    assert list(page.links(".//section[@id='level-2']//a")) == ["/skills/ITMG/5/"]


@pytest.mark.parametrize("address", ["/", "/skills/", "/skills/ITMG/", "/skills/ITMG/5/", "/levels/", "/levels/2/"])
def test_the_words_for_an_undefined_level_stand_on_no_other_page(get, itmg, address):
    words = get(address).response.content.decode()
    assert not any(f"not defined at level {number}" in words for number in range(1, 8))


def test_a_level_that_the_edition_does_not_describe_has_a_page_all_the_same(get, itmg):
    Level.objects.filter(number__in=[2, 5]).delete()
    assert get("/skills/ITMG/5/").texts(".//section[@id='level-5']//p") == ["ITMG at 5."]
    assert get("/skills/ITMG/2/").text(".//main//h2") == "Level 2"


def test_the_breadcrumb_leads_to_category_and_subcategory(get, itmg):
    assert list(get("/skills/ITMG/5/").links(".//nav[@class='breadcrumb']//a")) == [
        "/skills/",
        "/categories/category/",
        "/categories/category/subcategory/",
        "/skills/ITMG/",
    ]


def test_the_headings_of_the_list_have_the_ids_that_links_point_at(get, itmg):
    headings = {element.attrib.get("id") for element in get("/skills/").all(".//main//*")}
    assert {"category-category", "category-category--subcategory"} <= headings


def test_the_address_to_copy_is_the_one_to_link_to(get, itmg):
    for address in ("/skills/ITMG/", "/9/skills/ITMG/"):
        page = get(address)
        assert page.one(".//aside//input").attrib["value"] == "http://testserver/skills/ITMG/"
        assert [button.attrib["data-copy"] for button in page.all(".//article[@id='level-5']//button")] == [
            "http://testserver/skills/ITMG/5/"
        ]


def test_an_address_to_copy_follows_the_sites_public_address(get, itmg, settings):
    settings.SITE_URL = "https://skills.example.org"
    assert get("/skills/ITMG/").one(".//aside//input").attrib["value"] == "https://skills.example.org/skills/ITMG/"


def test_what_an_editor_writes_is_shown_not_run(get, edition):
    attack = "<script>alert(1)</script>"
    skill = make_skill(edition=edition, name=attack, overall_description=attack, guidance_notes=attack)
    make_skill_level(skill=skill, number=1, description=attack)
    for address in ("/skills/", "/skills/ABCD/", "/skills/ABCD/1/", "/levels/1/"):
        page = get(address)
        assert all("src" in script.attrib for script in page.all(".//script"))
        assert attack in page.text(".//main")


@pytest.mark.parametrize(("address", "queries"), [("/skills/", 5), ("/skills/AAAA/", 6), ("/skills/AAAA/2/", 5)])
def test_the_number_of_queries_does_not_rise_with_the_edition(
    get, edition, django_assert_num_queries, address, queries
):
    make_skill(edition=edition, code="AAAA", defined_at=(1, 2))
    with django_assert_num_queries(queries):
        get(address)
    with one_revision():
        for number in range(1, 21):
            subcategory = make_subcategory(edition=edition, name=f"Sub{number % 4}", category=f"Category{number % 2}")
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2, 3), subcategory=subcategory)
    with django_assert_num_queries(queries):
        get(address)


def test_pages_stay_small_at_the_size_of_sfia(client, edition):
    """147 skills as long as SFIA's, by the figures of its workbook: names and descriptions, five levels each."""
    with one_revision():
        for number in range(147):
            subcategory = make_subcategory(
                edition=edition, name=f"Subcategory{number // 7}", category=f"Category{number // 25}"
            )
            fields = {
                "name": "Skill name of thirty characters",
                "overall_description": "d" * 120,
                "guidance_notes": "g" * 1700,
            }
            skill = make_skill(edition=edition, code=code_for(number), subcategory=subcategory, **fields)
            SkillLevel.objects.bulk_create(
                SkillLevel(skill=skill, number=level, description="d" * 730) for level in range(2, 7)
            )
        for number in range(16):
            make_attribute(
                edition=edition, code=code_for(number), overall_description="d" * 170, guidance_notes="g" * 1000
            )
        AttributeLevel.objects.update(description="d" * 500)
    for address in ("", "skills/", "skills/AAAA/?levels=all", "skills/AAAA/2/", "levels/", "levels/5/", "attributes/"):
        assert len(client.get(f"/9/{address}").content) < 60_000, address


@pytest.fixture
@one_revision_each
def withdrawn():
    edition = make_edition()
    make_skill(edition=edition, code="KEPT", defined_at=(3,))
    return make_skill(edition=edition, code="GONE", defined_at=(3,), is_withdrawn=True)


@pytest.mark.parametrize("address", ["/skills/GONE/", "/skills/GONE/3/", "/skills/GONE/4/", "/9/skills/GONE/"])
def test_the_page_of_a_withdrawn_skill_answers_and_says_so(get, withdrawn, address):
    page = get(address)
    assert page.text(".//p[@class='withdrawn']").startswith("Withdrawn. Edition 9 no longer has this skill.")
    assert list(page.links(".//p[@class='withdrawn']//a")) == [address[: address.index("GONE")]]


@pytest.mark.parametrize("address", ["/skills/", "/levels/3/", "/", "/skills/GONF/"])
def test_a_withdrawn_skill_stands_in_no_list(get, withdrawn, address):
    status = 404 if address == "/skills/GONF/" else 200
    assert not [link for link in get(address, status=status).links() if "GONE" in link]


def test_a_withdrawn_skill_is_not_counted(get, withdrawn):
    assert "1 skill defined at this level" in get("/levels/").text(".//main")

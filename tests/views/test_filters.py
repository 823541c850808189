"""How the lists of skills are narrowed: `/skills/` and `/chart/` alike."""

import pytest

from bench.generated import make_edition as make_generated_edition
from tests.attacks import attacks
from tests.factories import make_edition, make_skill, make_skill_level, make_subcategory

pytestmark = pytest.mark.django_db

PAGES = ["/skills/", "/chart/"]
FACETS = ["level", "category", "subcategory", "change"]


@pytest.fixture
def edition():
    """Four skills: two in Boats (Hulls, Ropes), two in Lights (Lamps)."""
    edition = make_edition()
    for code, category, subcategory, defined_at, change in (
        ("HULL", "Boats", "Hulls", (1, 2), "new"),
        ("ROPE", "Boats", "Ropes", (2, 3), "modified"),
        ("LAMP", "Lights", "Lamps", (3, 4), "modified"),
        ("WICK", "Lights", "Lamps", (4,), ""),
    ):
        place = make_subcategory(edition=edition, category=category, name=subcategory)
        skill = make_skill(edition=edition, code=code, subcategory=place, guidance_notes_change=change)
        for number in defined_at:
            make_skill_level(skill=skill, number=number)
    return edition


def shown(page):
    links = page.links(".//div[@id='results']//a")
    return [link.split("/")[-2] for link in links if link.startswith("/skills/") and link.count("/") == 3]


def chips(page, parameter):
    """Each option of a facet: its words and where it leads, None where it leads nowhere."""
    found = page.all(f".//dl[@data-choice='{parameter}']/dd/*")
    return {" ".join("".join(chip.itertext()).split()): chip.attrib.get("href") for chip in found}


def passed_over(page):
    return page.texts(".//div[@class='passed-over']/p")[:-1]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", ["HULL", "ROPE", "LAMP", "WICK"]),
        ("level=3", ["ROPE", "LAMP"]),
        ("category=boats", ["HULL", "ROPE"]),
        ("subcategory=lamps", ["LAMP", "WICK"]),
        ("category=boats&subcategory=ropes", ["ROPE"]),
        ("change=modified", ["ROPE", "LAMP"]),
        ("category=lights&change=modified&level=4", ["LAMP"]),
        ("sort=name", ["HULL", "LAMP", "ROPE", "WICK"]),
        ("sort=name&level=3", ["LAMP", "ROPE"]),
        ("utm_source=wiki&level=3", ["ROPE", "LAMP"]),
        ("level=3&level=4", ["LAMP", "WICK"]),
        ("level=&category=", ["HULL", "ROPE", "LAMP", "WICK"]),
        ("level=+04+", ["LAMP", "WICK"]),
    ],
)
def test_the_address_says_what_is_shown(get, edition, address, query, codes):
    page = get(f"{address}?{query}")
    assert shown(page) == codes
    assert not page.all(".//div[@class='passed-over']")


@pytest.mark.parametrize("address", PAGES)
def test_how_many_are_left_is_said_where_it_will_be_said_aloud(get, edition, address):
    for query, words in (("", "4 skills"), ("?level=3", "2 of 4 skills"), ("?level=7", "None of 4 skills")):
        assert get(f"{address}{query}").text(".//span[@role='status']") == words


def test_each_option_says_how_many_skills_it_would_leave(get, edition):
    page = get("/skills/")
    assert [*chips(page, "level")] == [
        *("1 1 skill", "2 2 skills", "3 2 skills", "4 2 skills", "5 0 skills", "6 0 skills", "7 0 skills")
    ]
    assert chips(page, "category") == {
        "Boats 2 skills": "/skills/?category=boats",
        "Lights 2 skills": "/skills/?category=lights",
    }
    assert [*chips(page, "change")] == ["modified 2 skills", "new 1 skill"]


def test_the_count_of_an_option_is_of_what_the_other_filters_leave(get, edition):
    page = get("/skills/?level=3&category=lights")
    assert [*chips(page, "category")] == ["Boats 1 skill", "Lights (remove this filter)"]
    assert [*chips(page, "level")][:4] == ["1 0 skills", "2 0 skills", "3 (remove this filter)", "4 2 skills"]


def test_an_option_keeps_the_other_filters_and_the_order(get, edition):
    page = get("/skills/?sort=name&change=modified&level=3")
    assert chips(page, "category")["Lights 1 skill"] == "/skills/?category=lights&level=3&change=modified&sort=name"
    assert chips(page, "sort") == {
        "By category": "/skills/?level=3&change=modified",
        "A to Z": "/skills/?level=3&change=modified&sort=name",
    }


def test_an_option_that_would_leave_nothing_leads_nowhere(get, edition):
    assert chips(get("/skills/"), "level")["5 0 skills"] is None


def test_subcategories_are_offered_within_the_chosen_category(get, edition):
    assert not chips(get("/skills/"), "subcategory")
    page = get("/skills/?category=boats")
    assert [*chips(page, "subcategory")] == ["Hulls 1 skill", "Ropes 1 skill"]


def test_another_category_takes_the_subcategory_away(get, edition):
    page = get("/skills/?category=boats&subcategory=ropes")
    assert chips(page, "category")["Lights 2 skills"] == "/skills/?category=lights"
    assert chips(page, "category")["Boats (remove this filter)"] == "/skills/"


def test_one_filter_is_cleared_or_all_of_them(get, edition):
    page = get("/skills/?category=boats&level=2&sort=name")
    assert chips(page, "level")["2 (remove this filter)"] == "/skills/?category=boats&sort=name"
    assert list(page.links(".//span[@id='clear']//a")) == ["/skills/?sort=name"]
    assert not get("/skills/").all(".//span[@id='clear']/a")


def test_what_was_chosen_is_marked(get, edition):
    page = get("/skills/?category=boats&level=2")
    marked = page.all(".//nav[@id='filters']//a[@aria-current='true']")
    assert [link.text for link in marked] == ["2", "Boats", "By category"]


def test_the_list_and_the_chart_of_the_same_skills_lead_to_each_other(get, edition):
    for address, current in (("/skills/?level=3", "List"), ("/chart/?level=3", "Chart")):
        page = get(address)
        links = page.all(".//nav[@id='filters']/dl[last()]//a")
        assert [(link.text, link.attrib["href"]) for link in links] == [
            ("List", "/skills/?level=3"),
            ("Chart", "/chart/?level=3"),
        ]
        assert [link.text for link in links if "aria-current" in link.attrib] == [current]


def test_links_of_filters_stay_in_the_edition(get, edition):
    page = get("/9/skills/?level=3")
    links = list(page.links(".//nav[@id='filters']//a"))
    assert links
    assert all(link.startswith("/9/") for link in links)


def test_markers_are_offered_only_where_a_part_has_one(get):
    edition = make_edition()
    make_skill(edition=edition)
    assert not chips(get("/skills/"), "change")


@pytest.mark.parametrize("address", PAGES)
def test_an_empty_result_says_what_to_loosen(get, edition, address):
    page = get(f"{address}?category=boats&level=4&change=modified")
    assert shown(page) == []
    assert page.texts(".//ul[@id='loosen']/li") == ["Without “level 4”: 1 skill", "Without “Boats”: 1 skill"]
    assert list(page.links(".//ul[@id='loosen']//a")) == [
        f"{address}?category=boats&change=modified",
        f"{address}?level=4&change=modified",
    ]


def test_an_empty_result_that_no_single_filter_explains_still_offers_all(get, edition):
    page = get("/skills/?category=boats&level=5&change=unchanged")
    assert not page.all(".//ul[@id='loosen']")
    assert list(page.links(".//span[@id='clear']//a")) == ["/skills/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("level=9", ["There is no level 9."]),
        ("level=0", ["There is no level 0."]),
        ("level=fifth", ["There is no such level."]),
        ("category=ITMG", ["There is no category ITMG."]),
        ("category=buy-now", ["There is no such category."]),
        ("subcategory=buy-now", ["There is no such subcategory."]),
        ("change=better", ["There is no such change marker."]),
        ("sort=price", ["There is no such order."]),
        ("sort=price&level=8", ["There is no level 8.", "There is no such order."]),
    ],
)
def test_what_is_not_there_is_passed_over_and_said(get, edition, address, query, sentences):
    page = get(f"{address}?{query}")
    assert shown(page) == ["HULL", "ROPE", "LAMP", "WICK"]
    assert passed_over(page) == sentences


def test_no_attack_is_repeated_or_answered_with_an_error(client, edition):
    for attack in attacks():
        response = client.get("/skills/", dict.fromkeys([*FACETS, "sort"], attack))
        assert response.status_code == 200, attack
        assert len(attack) < 9 or attack.isdecimal() or attack not in response.content.decode()


@pytest.mark.parametrize("query", ["level=%ff", "level=%00", "category=%00", "level", "=", "&&&", "level=5;drop", "%"])
def test_an_address_that_is_not_text_is_no_error(client, edition, query):
    assert client.get(f"/skills/?{query}").status_code == 200


def test_what_is_printed_says_what_is_shown(get, edition):
    page = get("/skills/?utm=x&level=3&sort=name&change=nonsense")
    assert page.text(".//p[@class='print-only']") == "http://testserver/skills/?level=3&sort=name"
    assert page.canonical == "http://testserver/skills/"


@pytest.mark.parametrize(("address", "queries"), [("/skills/", 5), ("/skills/?sort=name&level=4", 5), ("/chart/", 6)])
def test_the_number_of_queries_does_not_rise_with_the_edition(get, django_assert_num_queries, address, queries):
    for count in (20, 40):
        make_generated_edition(count, slug=f"9-{count}")
        with django_assert_num_queries(queries):
            get(f"/9-{count}{address}")


@pytest.mark.parametrize(("address", "skills", "most"), [("/skills/", 1470, 400_000), ("/chart/", 147, 150_000)])
def test_a_page_of_a_large_edition_stays_small(client, address, skills, most):
    make_generated_edition(skills, is_current=True)
    assert len(client.get(address).content) < most

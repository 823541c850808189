"""How the lists of skills are narrowed: `/skills/` and `/chart/` alike."""

import re
from copy import deepcopy

import pytest

from tests.attacks import attacks, some_at_a_time
from tests.factories import (
    make_edition,
    make_generated_edition,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db

PAGES = ["/skills/", "/chart/"]
FACETS = ["level", "category", "subcategory", "change"]


@pytest.fixture(scope="module")
@one_revision_each
def four_skills(shared_db):
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


@pytest.fixture
def edition(four_skills):
    return deepcopy(four_skills)


@pytest.fixture
def no_edition(edition):
    edition.delete()


def shown(page):
    links = page.links(".//div[@id='results']//a")
    return [link.split("/")[-2] for link in links if link.startswith("/skills/") and link.count("/") == 3]


def chips(page, parameter):
    """Each option of a facet: its words and where it leads, None where it leads nowhere."""
    found = page.all(f".//dl[@data-choice='{parameter}']/dd/*")
    return {" ".join("".join(chip.itertext()).split()): chip.attrib.get("href") for chip in found}


def passed_over(page):
    return page.texts(".//div[@class='passed-over']/p")


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
        ("level=&category=", ["HULL", "ROPE", "LAMP", "WICK"]),
        ("level=+04+", ["LAMP", "WICK"]),
        ("category=Boats&subcategory=ROPES", ["ROPE"]),
    ],
)
def test_the_address_says_what_is_shown(get, edition, address, query, codes):
    page = get(f"{address}?{query}")
    assert shown(page) == codes
    assert not page.all(".//div[@class='passed-over']")


@pytest.mark.parametrize("address", PAGES)
def test_how_many_are_left_is_said_where_it_will_be_said_aloud(get, edition, address):
    for query, words in (("", "4 skills"), ("?level=3", "2 of 4 skills"), ("?level=7", "None of 4 skills")):
        said = get(f"{address}{query}").one(".//span[@role='status']")
        assert said.text == words
        assert said.attrib["aria-live"] == "polite"


def test_paper_says_what_the_filters_are_for_it_does_not_show_them(get, edition):
    said = get("/skills/?level=3&category=boats").one(".//span[@role='status']")
    assert [(part.text, part.attrib["class"]) for part in said] == [(": level 3, Boats", "print-only")]


def test_each_option_says_how_many_skills_it_would_leave(get, edition):
    page = get("/skills/")
    assert [*chips(page, "level")] == [
        *("Level 1 1 skill", "Level 2 2 skills", "Level 3 2 skills", "Level 4 2 skills"),
        *("Level 5 0 skills", "Level 6 0 skills", "Level 7 0 skills"),
    ]
    assert chips(page, "category") == {
        "Boats 2 skills": "/skills/?category=boats",
        "Lights 2 skills": "/skills/?category=lights",
    }
    assert [*chips(page, "change")] == ["modified 2 skills", "new 1 skill"]


def test_every_option_leads_to_as_many_skills_as_it_says(get, no_edition):
    make_generated_edition(30, is_current=True)
    for start in ("", "?level=6", "?category=category-0&change=unchanged", "?level=2&category=category-1&sort=name"):
        for facet in FACETS:
            for words, address in chips(get(f"/skills/{start}"), facet).items():
                if address and "remove" not in words:
                    count = int(re.search(r"(\d+) skills?$", words)[1])
                    assert len(shown(get(address))) == count, (start, words)


def test_the_count_of_an_option_is_of_what_the_other_filters_leave(get, edition):
    page = get("/skills/?level=3&category=lights")
    assert [*chips(page, "category")] == ["Boats 1 skill", "Lights 1 skill (remove this filter)"]
    assert [*chips(page, "level")][:4] == [
        *("Level 1 0 skills", "Level 2 0 skills", "Level 3 1 skill (remove this filter)", "Level 4 2 skills")
    ]


def test_an_option_keeps_the_other_filters_and_the_order(get, edition):
    page = get("/skills/?sort=name&change=modified&level=3")
    assert chips(page, "category")["Lights 1 skill"] == "/skills/?category=lights&level=3&change=modified&sort=name"
    assert chips(page, "sort") == {
        "By category": "/skills/?level=3&change=modified",
        "A to Z": "/skills/?level=3&change=modified&sort=name",
    }


def test_an_option_that_would_leave_nothing_leads_nowhere(get, edition):
    assert chips(get("/skills/"), "level")["Level 5 0 skills"] is None


def test_subcategories_are_offered_within_the_chosen_category(get, edition):
    assert not chips(get("/skills/"), "subcategory")
    page = get("/skills/?category=boats")
    assert [*chips(page, "subcategory")] == ["Hulls 1 skill", "Ropes 1 skill"]


def test_another_category_takes_the_subcategory_away(get, edition):
    page = get("/skills/?category=boats&subcategory=ropes")
    assert chips(page, "category")["Lights 2 skills"] == "/skills/?category=lights"
    assert chips(page, "category")["Boats 2 skills (remove this filter)"] == "/skills/"


def test_one_filter_is_cleared_or_all_of_them(get, edition):
    page = get("/skills/?category=boats&level=2&sort=name")
    assert chips(page, "level")["Level 2 2 skills (remove this filter)"] == "/skills/?category=boats&sort=name"
    assert list(page.links(".//span[@id='clear']//a")) == ["/skills/?sort=name"]
    assert not get("/skills/").all(".//span[@id='clear']/a")


def test_what_was_chosen_is_marked(get, edition):
    page = get("/skills/?category=boats&level=2")
    marked = page.all(".//nav[@id='filters']//a[@aria-current='true']")
    assert [link.attrib["data-option"] for link in marked] == ["2", "boats", ""]


def test_the_list_and_the_chart_of_the_same_skills_lead_to_each_other(get, edition):
    for address, current in (("/skills/?level=3", "List"), ("/chart/?level=3", "Chart")):
        page = get(address)
        links = page.all(".//nav[@id='filters']/div/dl[2]//a")
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


def test_markers_are_offered_only_where_a_part_has_one(get, no_edition):
    edition = make_edition()
    make_skill(edition=edition)
    assert not chips(get("/skills/"), "change")


def test_the_title_says_what_narrows(get, edition):
    assert get("/skills/?level=3&category=boats").text(".//title").startswith("Skills: level 3, Boats · ")
    assert get("/chart/?change=modified&sort=name").text(".//title").startswith("Chart: modified · ")


def test_a_subcategory_is_named_as_in_the_chosen_category(get, edition):
    """Slugs are unique within a category alone."""
    place = make_subcategory(edition=edition, category="Lights", name="Ropes")
    place.name = "Cords"
    place.save()
    make_skill(edition=edition, code="CORD", subcategory=place)
    assert "Ropes 1 skill" in chips(get("/skills/?category=boats"), "subcategory")
    assert "Cords 1 skill" in chips(get("/skills/?category=lights"), "subcategory")


def test_a_slug_of_digits_is_a_slug(get, edition):
    place = make_subcategory(edition=edition, category="05", name="2024")
    make_skill(edition=edition, code="YEAR", subcategory=place)
    assert shown(get("/skills/?category=05&subcategory=2024")) == ["YEAR"]


def test_names_without_a_letter_in_front_stand_together_at_the_end(get, edition):
    for code, name in (("HOOF", "’t Hooft"), ("PRIN", "3D printing")):
        make_skill(edition=edition, code=code, name=name)
    page = get("/skills/?sort=name")
    assert page.texts(".//div[@id='results']//h2") == ["S", "#"]
    assert list(page.links(".//nav[@aria-label='Initials']//a")) == ["#initial-S", "#initial-other"]
    assert shown(page)[-2:] == ["PRIN", "HOOF"]


def test_a_category_of_which_all_skills_are_withdrawn_is_known_and_empty(get, edition):
    place = make_subcategory(edition=edition, category="Old", name="Older")
    make_skill(edition=edition, code="GONE", subcategory=place, is_withdrawn=True)
    page = get("/skills/?category=old")
    assert not passed_over(page)
    assert (shown(page), page.text(".//span[@role='status']")) == ([], "None of 4 skills: Old")
    assert "Old 0 skills" not in chips(get("/skills/"), "category")


def test_a_category_goes_with_its_subcategory_and_that_is_said(get, edition):
    page = get("/skills/?category=boats&subcategory=ropes&level=4")
    assert page.texts(".//ul[@id='loosen']/li") == [
        *("Without “level 4”: 1 skill", "Without “Boats, Ropes”: 2 skills"),
    ]


def test_an_edition_without_skills_says_what_it_passed_over(get, no_edition):
    make_edition(name="SFIA 9")
    page = get("/skills/?level=9")
    assert passed_over(page) == ["There is no level 9."]
    assert page.text(".//p[@class='lead']") == "SFIA 9 has no skills on this site yet."


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
    assert page.text(".//p[@id='loosen']").endswith("removing one of them is not enough. Show all 4 skills")
    assert list(page.links(".//p[@id='loosen']//a")) == ["/skills/"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("query", "sentences"),
    [
        ("level=9", ["There is no level 9."]),
        ("level=0", ["There is no level 0."]),
        ("level=fifth", ["There is no such level."]),
        ("category=ITMG", ["There is no such category."]),
        ("level=3,9,four", ["There is no level 9.", "There is no such level."]),
        ("level=3&level=4", ["Only one level at a time: this is the first."]),
        ("category=buy-now", ["There is no such category."]),
        ("subcategory=buy-now", ["There is no such subcategory."]),
        ("change=better", ["There is no such change marker."]),
        ("sort=price", ["There is no such order."]),
        ("sort=price&level=8", ["There is no level 8.", "There is no such order."]),
    ],
)
def test_what_is_not_there_is_passed_over_and_said(get, edition, address, query, sentences):
    page = get(f"{address}?{query}")
    assert shown(page) == (["ROPE", "LAMP"] if "level=3" in query else ["HULL", "ROPE", "LAMP", "WICK"])
    assert passed_over(page) == sentences


def test_no_attack_is_repeated_or_answered_with_an_error(client, edition):
    for number, several in enumerate(some_at_a_time(attacks())):
        response = client.get(PAGES[number % 2], dict.fromkeys([*FACETS, "sort"], several))
        assert response.status_code == 200, several
        page = response.content.decode()
        for attack in several:
            assert len(attack) < 9 or attack.isdecimal() or attack not in page


@pytest.mark.parametrize("query", ["level=%ff", "level=%00", "category=%00", "level", "=", "&&&", "level=5;drop", "%"])
def test_an_address_that_is_not_text_is_no_error(client, edition, query):
    assert client.get(f"/skills/?{query}").status_code == 200


def test_what_is_printed_says_what_is_shown(get, edition):
    page = get("/skills/?utm=x&level=3&sort=name&change=nonsense")
    assert page.text(".//p[@id='printed-from']") == "http://testserver/skills/?level=3&sort=name"
    assert page.canonical == "http://testserver/skills/"


@pytest.mark.parametrize(("address", "queries"), [("/skills/", 5), ("/skills/?sort=name&level=4", 5), ("/chart/", 6)])
def test_the_number_of_queries_does_not_rise_with_the_edition(
    get, django_assert_num_queries, address, queries, no_edition
):
    for count in (20, 40):
        make_generated_edition(count, slug=f"9-{count}")
        with django_assert_num_queries(queries):
            get(f"/9-{count}{address}")


@pytest.mark.parametrize(("address", "most"), [("/skills/", 60_000), ("/chart/", 150_000)])
def test_a_page_of_a_whole_edition_stays_small(client, address, most, no_edition):
    make_generated_edition(147, is_current=True)
    response = client.get(address)
    assert response.content.count(b"</small>") == 147
    assert len(response.content) < most

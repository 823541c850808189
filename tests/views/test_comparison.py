from itertools import cycle

import pytest

from skills.models.revision import one_revision
from skills.views.comparison import MOST_SKILLS
from tests.attacks import attacks, some_at_a_time
from tests.factories import code_for, make_edition, make_skill

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition(name="SFIA 9")


@pytest.fixture
def itmg(edition):
    return make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5, 6, 7))


@pytest.fixture
def prog(edition):
    return make_skill(edition=edition, code="PROG", name="Programming", guidance_notes="Notes.", defined_at=(2, 3))


def compared(page):
    return page.texts(".//div[@class='compare']/section/h2")


def columns(page):
    return page.texts(".//div[@class='compare skills']/section//h2")


def passed_over(page):
    return page.texts(".//div[@class='passed-over']/p")


def steps(page):
    return list(page.links(".//ol[@class='rail']//a"))


def test_the_chosen_levels_stand_side_by_side(get, itmg):
    page = get("/skills/ITMG/compare/?levels=7,5")
    assert compared(page) == ["Level 5 · Phrase 5", "Level 7 · Phrase 7"]
    assert page.texts(".//div[@class='description']") == ["ITMG at 5.", "ITMG at 7."]
    assert page.texts(".//p[@class='essence']") == ["Essence of 5.", "Essence of 7."]
    assert page.text(".//h1") == "Levels 5 and 7 ITMG"


@pytest.mark.parametrize("query", ["", "?levels=", "?levels=9"])
def test_without_a_choice_they_are_all_that_are_defined(get, itmg, query):
    assert len(compared(get(f"/skills/ITMG/compare/{query}"))) == 3


def test_a_step_adds_a_level_or_takes_it_away(get, itmg):
    page = get("/skills/ITMG/compare/?levels=5,6")
    assert steps(page)[3:] == [
        "/skills/ITMG/compare/?levels=4,5,6",
        "/skills/ITMG/compare/?levels=6",
        "/skills/ITMG/compare/?levels=5",
        "/skills/ITMG/compare/?levels=5,6,7",
    ]


def test_a_step_says_what_it_does(get, itmg):
    page = get("/skills/ITMG/compare/?levels=2,5")
    assert page.texts(".//ol[@class='rail']//a")[1:6] == [
        "2 Phrase 2 (not defined, remove)",
        "3 Phrase 3 (not defined, show)",
        "4 Phrase 4 (not defined, show)",
        "5 Phrase 5 (remove)",
        "6 Phrase 6 (show)",
    ]
    assert len(page.all(".//ol[@class='rail']//a[@aria-current='true']")) == 2


def test_the_only_level_cannot_be_taken_away_but_all_can_be_shown(get, itmg):
    page = get("/skills/ITMG/compare/?levels=5")
    assert page.texts(".//ol[@class='rail']//a")[4] == "5 Phrase 5 (show all that are defined)"
    assert steps(page)[4] == "/skills/ITMG/compare/"


def test_a_level_that_has_no_description_shows_its_essence(get, itmg):
    page = get("/skills/ITMG/compare/?levels=2,5")
    assert page.texts(".//p[@class='essence']") == ["Essence of 2.", "Essence of 5."]
    note = "SFIA 9 has no description of Technology service management here."
    assert page.texts(".//p[@class='note']")[0] == note
    assert "not defined at level" not in page.response.content.decode()


def test_levels_that_are_not_there_are_passed_over_and_it_says_so(get, itmg):
    page = get("/skills/ITMG/compare/?levels=5,9,all")
    assert compared(page) == ["Level 5 · Phrase 5"]
    assert passed_over(page) == ["There is no level 9.", "There is no such level."]


def test_a_skill_without_levels_says_so(get, edition):
    make_skill(edition=edition, name="Nothing")
    assert "SFIA 9 does not describe Nothing at any level." in get("/skills/ABCD/compare/").text(".//main")


def test_a_skill_that_is_not_there_is_not_found(get, itmg):
    get("/skills/ITMX/compare/", status=404)


def test_the_address_in_the_wrong_case_leads_to_the_right_one_with_its_query(client, itmg):
    response = client.get("/skills/itmg/compare?levels=5,6")
    assert response.headers["Location"] == "/skills/ITMG/compare/?levels=5,6"


def test_what_is_printed_says_what_is_shown(get, itmg):
    page = get("/skills/ITMG/compare/?levels=6,5&utm=x")
    assert page.text(".//p[@class='print-only']") == "http://testserver/skills/ITMG/compare/?levels=5,6"


def test_skills_stand_side_by_side_in_the_order_of_the_address(get, itmg, prog):
    page = get("/skills/compare/?skills=PROG,ITMG")
    assert columns(page) == ["Programming PROG", "Technology service management ITMG"]
    assert page.texts(".//div[@class='essence']") == ["What PROG is.", "What ITMG is."]
    assert page.text(".//title").startswith("PROG, ITMG side by side")


def test_a_level_is_compared_where_the_address_names_one(get, itmg, prog):
    page = get("/skills/compare/?skills=ITMG,PROG&level=5")
    assert page.text(".//h1") == "Skills side by side: level 5"
    assert page.texts(".//div[@class='description']") == [
        "Level 5 · Phrase 5 ITMG at 5.",
        "No description at level 5. The nearest is Level 3 · Phrase 3.",
    ]


def test_without_a_level_the_guidance_is_compared(get, itmg, prog):
    page = get("/skills/compare/?skills=ITMG,PROG")
    assert page.texts(".//div[@class='description']") == ["", "Guidance notes Notes."]


def test_a_step_chooses_a_level_or_takes_it_away(get, itmg, prog):
    links = steps(get("/skills/compare/?skills=ITMG,PROG&level=5"))
    assert links[4] == "/skills/compare/?skills=ITMG,PROG"
    assert links[5] == "/skills/compare/?skills=ITMG,PROG&level=6"


def test_each_column_can_be_taken_away(get, itmg, prog):
    page = get("/skills/compare/?skills=ITMG,PROG&level=5")
    assert list(page.links(".//a[@class='remove']")) == [
        "/skills/compare/?skills=PROG&level=5",
        "/skills/compare/?skills=ITMG&level=5",
    ]


def test_another_skill_is_added_to_what_is_there(get, itmg, prog):
    page = get("/skills/compare/?skills=ITMG&level=5")
    kept = [(field.attrib["name"], field.attrib["value"]) for field in page.all(".//main//form//input")]
    assert kept == [("skills", "ITMG"), ("level", "5")]
    assert [option.attrib["value"] for option in page.all(".//select//option")] == ["", "PROG"]


def test_the_address_that_the_form_makes_leads_to_the_published_spelling(client, itmg, prog):
    response = client.get("/skills/compare/?skills=ITMG&level=5&skills=PROG")
    assert (response.status_code, response.headers["Location"]) == (302, "/skills/compare/?skills=ITMG,PROG&level=5")


def test_without_skills_one_is_chosen(get, itmg):
    page = get("/skills/compare/")
    assert page.text(".//p[@class='lead']") == "Choose up to four skills."
    assert page.texts(".//select//option") == ["Choose a skill", "Technology service management (ITMG)"]


def test_of_more_than_four_the_first_four_are_shown_and_it_says_so(get, edition):
    codes = [code_for(number) for number in range(6)]
    with one_revision():
        for code in codes:
            make_skill(edition=edition, code=code)
    page = get(f"/skills/compare/?skills={','.join(codes)}")
    assert len(columns(page)) == MOST_SKILLS == 4
    assert passed_over(page) == ["Four skills at most can be compared. These are the first four."]
    assert not page.all(".//main//form")


def test_skills_that_are_not_there_are_passed_over_and_it_says_so(get, itmg):
    page = get("/skills/compare/?skills=ITMX,itmg,ITMG,buy-now&level=9")
    assert columns(page) == ["Technology service management ITMG"]
    assert passed_over(page) == ["There is no skill ITMX.", "There is no such skill.", "There is no level 9."]


def test_of_more_than_one_level_the_first_is_compared_and_it_says_so(get, itmg):
    page = get("/skills/compare/?skills=ITMG&level=6,5")
    assert page.text(".//h1") == "Skills side by side: level 6"
    assert passed_over(page) == ["Only one level at a time: this is the first."]


def test_a_withdrawn_skill_says_so(get, edition):
    make_skill(edition=edition, code="GONE", is_withdrawn=True)
    assert get("/skills/compare/?skills=GONE").text(".//header/p[@class='note']") == "Withdrawn from SFIA 9."


def test_no_attack_is_repeated_or_answered_with_an_error(client, itmg):
    pages = cycle(["/skills/compare/", "/skills/ITMG/compare/"])
    for address, several in zip(pages, some_at_a_time(attacks()), strict=False):
        response = client.get(address, dict.fromkeys(["skills", "level", "levels"], several))
        assert response.status_code == 200, several
        page = response.content.decode()
        for attack in several:
            assert len(attack) < 9 or attack.isdecimal() or attack not in page


def test_a_thousand_codes_are_no_error(get, itmg):
    codes = ",".join(code_for(number) for number in range(1000))
    sentences = passed_over(get(f"/skills/compare/?skills=ITMG,{codes}"))
    assert (len(sentences), sentences[0], sentences[-1]) == (6, "There is no skill AAAA.", "And 34 more.")


@pytest.mark.parametrize("count", [1, 4])
def test_the_number_of_queries_does_not_rise_with_the_edition(get, edition, django_assert_num_queries, count):
    address = f"/skills/compare/?skills={','.join(code_for(number) for number in range(count))}&level=2"
    with one_revision():
        for number in range(4):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
    queries = 7 if count < MOST_SKILLS else 5
    with django_assert_num_queries(queries):
        get(address)
    with one_revision():
        for number in range(4, 24):
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2))
    with django_assert_num_queries(queries):
        get(address)


def test_the_number_of_queries_for_levels_does_not_rise_with_them(get, edition, django_assert_num_queries):
    make_skill(edition=edition, code="AAAA", defined_at=(1,))
    make_skill(edition=edition, code="BBBB", defined_at=tuple(range(1, 8)))
    for code in ("AAAA", "BBBB"):
        with django_assert_num_queries(5):
            get(f"/skills/{code}/compare/")


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/skills/ITMG/", ["/skills/ITMG/compare/", "/skills/compare/?skills=ITMG"]),
        ("/skills/ITMG/5/", ["/skills/ITMG/compare/?levels=5,6", "/skills/compare/?skills=ITMG&level=5"]),
        ("/skills/ITMG/6/", ["/skills/ITMG/compare/?levels=5,6,7", "/skills/compare/?skills=ITMG&level=6"]),
        ("/skills/ITMG/2/", ["/skills/compare/?skills=ITMG&level=2"]),
    ],
)
def test_comparisons_are_in_reach_from_skills_and_their_levels(get, itmg, address, links):
    assert [link for link in get(address).links(".//aside//a") if "compare" in link] == links

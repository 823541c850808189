"""The page of results, and what the search box suggests."""

import pytest

from skills.models import Skill
from skills.models.revision import one_revision
from skills.search.answer import MOST_FOUND
from skills.views.search import MOST_EXCERPTS, MOST_SUGGESTIONS
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_retirement,
    make_search_term,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
@one_revision_each
def moulding(edition):
    """A skill that says "clay" at levels 3 and 5."""
    skill = make_skill(edition=edition, code="MOUL", name="Moulding", overall_description="Shapes things.")
    for number in (3, 5):
        make_skill_level(skill=skill, number=number, description=f"Moulds clay {number}.")
    make_skill_level(skill=skill, number=6, description="Rests.")
    return skill


def results(page):
    return [(item.find("h2/a").text, item.find("h2/small").text) for item in page.all(".//ol[@class='results']/li")]


def where(page):
    return [" ".join("".join(line.itertext()).split()) for line in page.all(".//p[@class='where']")]


def marked(page):
    return [mark.text for mark in page.all(".//mark")]


def suggestions(client, text, prefix=""):
    response = client.get(f"{prefix}/search/suggestions/", {"q": text})
    assert response.headers["Content-Type"] == "application/json"
    assert response.json()["q"] == text
    return response.json()["suggestions"]


# Straight there


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("moul", "/skills/MOUL/"),
        ("MOUL 5", "/skills/MOUL/5/"),
        ("moul2", "/skills/MOUL/2/"),
        ("AUTO", "/attributes/AUTO/"),
        ("AUTO-5", "/attributes/AUTO/#level-5"),
    ],
)
def test_a_code_leads_on_for_now(client, moulding, edition, text, address):
    make_attribute(edition=edition, code="AUTO")
    for prefix in ("", "/9"):
        response = client.get(f"{prefix}/search/", {"q": text})
        assert (response.status_code, response.headers["Location"]) == (302, f"{prefix}{address}")


def test_a_former_name_leads_on_too(client, moulding):
    moulding.name = "Casting"
    moulding.save()
    assert client.get("/search/", {"q": "moulding"}).headers["Location"] == "/skills/MOUL/"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        *(("ITMG", "/skills/ITMG/"), ("itmg", "/skills/ITMG/"), ("itmg5", "/skills/ITMG/5/")),
        *(("BUAN", "/skills/BUAN/"), ("buan 4", "/skills/BUAN/4/"), ("CLAY", "/skills/CLAY/")),
    ],
)
def test_a_code_that_is_gone_leads_to_the_page_that_says_so(get, client, moulding, text, address):
    make_skill(edition=make_edition(slug="8", is_current=False), code="ITMG", defined_at=(6,))
    for code in ("BUAN", "CLAY"):
        make_retirement(code=code)
    response = client.get("/search/", {"q": text})
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert "is not in Edition 9" in get(address).text(".//main")


def test_in_small_letters_it_is_a_word_where_anything_holds_it(get, moulding):
    make_retirement(code="CLAY")
    assert results(get("/search/?q=clay")) == [("Moulding", "MOUL")]


def test_a_code_that_was_of_two_skills_or_of_none_leads_nowhere(get, moulding):
    other = make_skill(edition=moulding.edition, code="CAST")
    for skill, code in ((moulding, "AAAA"), (other, "BBBB")):
        skill.code = "BOTH"
        skill.save()
        skill.code = code
        skill.save()
    make_retirement(code="BOTH")
    for text in ("BOTH", "both", "NONE", "none"):
        assert results(get(f"/search/?q={text}")) == []


# Results


def test_a_result_shows_its_words_in_context_and_the_level_at_which_they_are(get, moulding):
    page = get("/search/?q=clay+mould")
    assert results(page) == [("Moulding", "MOUL")]
    assert where(page) == ["Level 3 · Phrase 3 also at level 5"]
    assert marked(page) == ["Moulds", "clay"]
    assert [*page.links(".//p[@class='where']/a")] == ["/skills/MOUL/3/"]
    assert [*page.links(".//p[@class='where']/span/a")] == ["/skills/MOUL/5/"]
    assert page.text(".//*[@id='found']") == "1 skill"


def test_a_result_says_for_which_word_it_is_there(get, moulding):
    make_search_term(words="kubernetes", codes="MOUL")
    page = get("/search/?q=Kubernetes")
    assert where(page) == ["for: kubernetes Definition"]
    assert marked(page) == []
    assert [*page.links(".//p[@class='where']/a")] == ["/skills/MOUL/"]


def test_guidance_is_named_and_led_to(get, moulding):
    moulding.guidance_notes = "Wear gloves."
    moulding.save()
    page = get("/search/?q=gloves")
    assert where(page) == ["Guidance notes"]
    assert [*page.links(".//p[@class='where']/a")] == ["/skills/MOUL/#guidance-notes"]


def test_attributes_stand_by_themselves_first_where_they_answer_best(get, edition, moulding):
    attribute = make_attribute(edition=edition, code="AUTO", name="Autonomy")
    attribute.attribute_levels.filter(number=4).update(description="Moulds clay.")
    page = get("/search/?q=clay")
    assert [heading.text for heading in page.all(".//main//h2[@class='category']")] == ["Generic attributes"]
    assert [*page.links(".//ol[@class='results']/li/h2/a")] == ["/skills/MOUL/"]
    assert [*page.links(".//ol[@class='results']/li/h3/a")] == ["/attributes/AUTO/"]
    moulding.overall_description = "Has autonomy."
    moulding.save()
    page = get("/search/?q=autonomy")
    assert [heading.text for heading in page.all(".//main//h2")] == ["Generic attributes", "Skills"]
    assert [*page.links(".//ol[@class='results']/li/h3/a")] == ["/attributes/AUTO/", "/skills/MOUL/"]


def test_attributes_alone_are_found_too(get, edition):
    make_attribute(edition=edition, code="AUTO", name="Autonomy")
    page = get("/search/?q=autonomy")
    assert [*page.links(".//ol[@class='results']/li/h3/a")] == ["/attributes/AUTO/"]
    assert not page.all(".//*[@id='found']")


def test_what_was_looked_for_in_the_place_of_a_mistyped_word_is_said(get, moulding):
    page = get("/search/?q=Mouldnig")
    assert results(page) == [("Moulding", "MOUL")]
    assert page.text(".//h1") == "“Mouldnig”"
    assert page.one(".//form[@role='search']/input").attrib["value"] == "Mouldnig"
    assert page.text(".//*[@role='note']") == (
        "Nothing in Edition 9 holds “Mouldnig”. “moulding” was looked for in its place."
    )


def test_nothing_found_leads_on(get, moulding):
    page = get("/search/?q=xyzzy")
    assert page.text(".//h1") == "“xyzzy”"
    assert page.text(".//main/p[1]") == "Nothing in Edition 9 was found for this."
    assert [*page.links(".//main/p[2]/a")] == ["/skills/", "/chart/", "/attributes/"]


def test_nothing_found_is_no_reason_to_keep_quiet_about_how_it_was_looked_for(get, moulding):
    page = get(f"/search/?q={'xyzzy+' * 20}")
    assert page.text(".//*[@role='note']").startswith("This is longer than what is looked for at once")
    assert page.text(".//main/p[1]") == "Nothing in Edition 9 was found for this."


@pytest.mark.parametrize("text", ["%25", "🐑", "!!", '""'])
def test_a_text_without_a_word_is_no_question_and_that_is_said(get, moulding, text):
    page = get(f"/search/?q={text}")
    assert page.text(".//main//p[@class='lead']") == "There is no letter and no digit in this to look for."


def test_without_a_question_the_page_says_how_to_ask(get, moulding):
    for address in ("/search/", "/search/?q=", "/search/?q=%20", "/search/?q=%00"):
        page = get(address)
        assert page.text(".//h1") == "Search"
        assert page.text(".//main//p[@class='lead']").startswith("Look for skills of Edition 9")


def test_the_question_stands_in_the_box_and_the_title(get, moulding):
    page = get("/search/?q=clay+%3Cb%3E")
    assert page.one(".//form[@role='search']/input").attrib["value"] == "clay <b>"
    assert page.text(".//title") == "“clay <b>” · Search · Edition 9 · Skill reference"
    assert get("/skills/").one(".//form[@role='search']/input").attrib["value"] == ""


def test_the_box_is_in_every_header_and_asks_the_edition_of_the_address(get, moulding):
    for address, expected in (("/", "/search/"), ("/skills/MOUL/", "/search/"), ("/9/levels/", "/9/search/")):
        form = get(address).one(".//header//form[@role='search']")
        assert form.attrib["action"] == expected
        assert form.find("input").attrib["name"] == "q"
    assert get("/no-such-page/", status=404).one(".//header//form[@role='search']") is not None


def test_search_engines_are_told_to_pass_over_the_results(get, moulding):
    assert get("/search/?q=clay").one(".//meta[@name='robots']").attrib["content"] == "noindex"


# Filters and length


@pytest.fixture
@one_revision_each
def many(edition):
    """Skills that hold "clay", the first the best; each third in the category Boats, at levels 2 to 4."""
    with one_revision():
        for number in range(MOST_EXCERPTS + 4):
            place = make_subcategory(edition=edition, category="Boats" if number % 3 == 0 else "Ropes")
            make_skill(
                edition=edition,
                code=code_for(number),
                name=f"{'Clay' if number == 0 else 'Other'} {code_for(number)}",
                subcategory=place,
                overall_description="Of clay pots.",
                defined_at=(2, 3, 4) if number % 3 == 0 else (6,),
            )


def test_filters_narrow_what_was_found_and_keep_the_question(get, many):
    page = get("/search/?q=clay&category=boats&level=3")
    assert page.text(".//*[@id='found']").startswith("8 of 24 skills")
    assert results(page)[0] == ("Clay AAAA", "AAAA")
    assert len(results(page)) == 8
    assert page.one(".//*[@id='clear']/a").attrib["href"] == "/search/?q=clay"
    chosen = [*page.links(".//*[@id='filters']//a")]
    assert chosen
    assert all(address.startswith("/search/?q=clay") for address in chosen)
    assert page.text(".//*[@id='printed-from']") == "http://testserver/search/?q=clay&category=boats&level=3"


def test_they_can_be_put_in_order_and_are_not_shown_as_a_chart(get, many):
    assert [code for _, code in results(get("/search/?q=clay"))][:2] == ["AAAA", "AAAB"]
    Skill.objects.filter(code="AAAX").update(name="A first")
    page = get("/search/?q=clay&sort=name")
    assert results(page)[0] == ("A first", "AAAX")
    assert "/chart/" not in page.links(".//main//a")
    assert [link.text for link in page.all(".//*[@data-choice='sort']//a")] == ["Best first", "A to Z"]


def test_filters_that_leave_nothing_say_which_to_loosen(get, many):
    page = get("/search/?q=clay&category=boats&level=6")
    assert [*page.links(".//*[@id='loosen']//a")] == ["/search/?q=clay&category=boats", "/search/?q=clay&level=6"]


def test_beyond_the_best_only_names_are_shown(get, many):
    page = get("/search/?q=clay")
    assert len(results(page)) == MOST_EXCERPTS
    assert page.text(".//h2[@class='category']") == "More skills"
    assert len(page.all(".//ul[@class='skill-list']/li")) == 4


def test_at_a_chosen_level_the_excerpt_is_from_there(get, moulding):
    assert where(get("/search/?q=clay&level=5"))[0].startswith("Level 5 · Phrase 5")


def test_very_much_is_cut_and_says_so(get, edition):
    with one_revision():
        for number in range(MOST_FOUND + 1):
            make_skill(edition=edition, code=code_for(number), overall_description="Of clay.")
    page = get("/search/?q=clay")
    assert page.text(".//*[@role='note']") == "There is too much to show it all: these are the best 200."


def test_a_very_long_question_says_how_much_of_it_was_read(get, moulding):
    page = get(f"/search/?q={'clay+' * 40}")
    assert results(page)
    assert page.text(".//*[@role='note']") == (
        "This is longer than what is looked for at once: the first 16 words were."
    )


def test_of_one_very_long_word_it_says_so_too(get, edition):
    make_skill(edition=edition, name="a" * 60)
    assert get(f"/search/?q={'a' * 500}").text(".//*[@role='note']") == (
        "This is longer than what is looked for at once: the first word was."
    )


def test_a_wrong_filter_is_said(get, moulding):
    assert "There is no level 9." in get("/search/?q=clay&level=9").text(".//*[@id='results']/*[@role='note']")


def test_it_takes_so_many_queries_and_twenty_more_results_no_more(get, many, django_assert_num_queries):
    with django_assert_num_queries(9):
        get("/search/?q=clay+pots")
    place = make_subcategory(edition=Skill.objects.first().edition, category="More")
    with one_revision():
        for number in range(100, 120):
            make_skill(
                edition=place.category.edition,
                code=code_for(number),
                subcategory=place,
                overall_description="Clay pots.",
            )
    with django_assert_num_queries(9):
        get("/search/?q=clay+pots")


# Suggestions


def test_the_best_answers_are_suggested_with_code_address_and_reason(client, moulding):
    make_search_term(words="pottery", codes="MOUL")
    expected = {"name": "Moulding", "code": "MOUL", "level": None, "address": "/skills/MOUL/", "for": []}
    assert suggestions(client, "mould") == [expected]
    assert suggestions(client, "pott") == [{**expected, "for": ["pottery"]}]
    assert suggestions(client, "mould", prefix="/9") == [{**expected, "address": "/9/skills/MOUL/"}]


def test_a_code_suggests_what_it_leads_to(client, edition, moulding):
    make_attribute(edition=edition, code="AUTO", name="Autonomy")
    [skill] = suggestions(client, "moul5")
    assert (skill["name"], skill["level"], skill["address"]) == ("Moulding", 5, "/skills/MOUL/5/")
    [attribute] = suggestions(client, "AUTO")
    assert (attribute["name"], attribute["address"]) == ("Autonomy", "/attributes/AUTO/")


def test_a_few_are_suggested_and_nothing_for_nothing(client, many):
    assert len(suggestions(client, "clay")) == MOST_SUGGESTIONS
    for text in ("", " ", "xyzzy", '"', "\x00"):
        assert suggestions(client, text) == []


def test_suggestions_take_few_queries(client, many, django_assert_num_queries):
    with django_assert_num_queries(5):
        suggestions(client, "clay pots")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_there(client, moulding, method):
    for address in ("/search/", "/search/suggestions/"):
        assert getattr(client, method)(address).status_code == 405

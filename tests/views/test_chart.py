import pytest

from tests.factories import make_edition, make_skill, make_subcategory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return make_edition(name="SFIA 9")


def test_a_row_is_a_skill_and_a_defined_cell_leads_to_the_skill_at_that_level(get, edition):
    make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5, 7))
    page = get("/chart/")
    assert page.text(".//th[@scope='row']") == "Technology service management ITMG"
    cells = page.all(".//tbody/tr/td")
    assert [[link.attrib["href"] for link in cell] for cell in cells] == [
        *([], [], [], []),
        *(["/skills/ITMG/5/"], [], ["/skills/ITMG/7/"]),
    ]


def test_a_cell_says_of_which_skill_and_level_it_is(get, edition):
    make_skill(edition=edition, name="A skill", defined_at=(5,))
    link = get("/chart/").one(".//td/a")
    assert (link.text, link.attrib["aria-label"]) == ("5", "A skill, level 5")


def test_the_columns_are_the_levels(get, edition):
    make_skill(edition=edition)
    page = get("/chart/")
    assert page.texts(".//thead//th") == ["Skill", *(f"Level {number} Phrase {number}" for number in range(1, 8))]
    assert list(page.links(".//thead//a")) == [f"/levels/{number}/" for number in range(1, 8)]


def test_rows_stand_under_category_and_subcategory(get, edition):
    for code, category, name in (("AAAA", "One", "Sub"), ("BBBB", "One", "Other"), ("CCCC", "Two", "Third")):
        make_skill(
            edition=edition, code=code, subcategory=make_subcategory(edition=edition, category=category, name=name)
        )
    page = get("/chart/")
    assert page.texts(".//tbody//th") == [
        *("One 2", "One: Sub", "Skill AAAA AAAA", "One: Other", "Skill BBBB BBBB"),
        *("Two 1", "Two: Third", "Skill CCCC CCCC"),
    ]
    assert list(page.links(".//th[@scope='rowgroup']//a"))[:2] == ["/categories/one/", "/categories/one/sub/"]


def test_by_name_the_rows_stand_under_nothing(get, edition):
    for code, name in (("AAAA", "Zeal"), ("BBBB", "Apples")):
        make_skill(edition=edition, code=code, name=name)
    assert get("/chart/?sort=name").texts(".//tbody//th") == ["Apples BBBB", "Zeal AAAA"]


def test_the_chart_can_be_scrolled_by_keyboard_and_says_what_it_is(get, edition):
    make_skill(edition=edition)
    region = get("/chart/").one(".//div[@role='region']")
    assert (region.attrib["tabindex"], region.attrib["aria-label"]) == ("0", "Framework chart")


def test_a_legend_says_what_a_filled_cell_means(get, edition):
    make_skill(edition=edition)
    page = get("/chart/")
    assert page.text(".//div[@class='legend']/p").startswith("A filled cell: the skill is defined at that level.")
    assert page.texts(".//div[@class='legend']//li")[4] == "5 Phrase 5"


def test_an_edition_without_skills_says_so(get, edition):
    assert get("/chart/").text(".//p[@class='lead']") == "SFIA 9 has no skills on this site yet."


def test_a_withdrawn_skill_is_not_in_the_chart(get, edition):
    make_skill(edition=edition, code="HERE")
    make_skill(edition=edition, code="GONE", is_withdrawn=True)
    assert get("/chart/").texts(".//th[@scope='row']//small") == ["HERE"]


def test_where_a_cell_leads_the_description_can_be_told_from_the_essence(get, edition):
    """The first sentence at a cell is read there."""
    make_skill(edition=edition, code="ITMG", defined_at=(5,))
    assert get("/skills/ITMG/5/").text(".//div[@class='description']") == "ITMG at 5."

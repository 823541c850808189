import pytest

from skills.models import Notice
from skills.models.edition import ATTRIBUTION
from skills.models.revision import one_revision
from tests.factories import (
    code_for,
    make_attribute,
    make_edition,
    make_import,
    make_skill,
    make_subcategory,
    one_revision_each,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "/",
    "/about/",
    "/about/linking/",
    "/links/check/",
    "/skills/",
    "/chart/",
    "/search/",
    "/skills/compare/",
    "/categories/category/",
    "/categories/category/subcategory/",
    "/skills/ITMG/",
    "/skills/ITMG/compare/",
    "/skills/ITMG/5/",
    "/skills/ITMG/2/",
    "/levels/",
    "/levels/5/",
    "/attributes/",
    "/attributes/AUTO/",
    "/skills/ITMG/copy/",
    "/skills/ITMG/5/copy/",
    "/levels/5/copy/",
    "/attributes/AUTO/copy/",
]


@pytest.fixture
@one_revision_each
def editions():
    """Edition 9, current, and edition 8, with the same skill and attribute."""
    nine, eight = make_edition(slug="9", name="SFIA 9"), make_edition(slug="8", name="SFIA 8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="ITMG", name="Technology service management", defined_at=(5, 6, 7))
        make_attribute(edition=edition, name="Autonomy")
    return nine, eight


def test_a_page_stands_at_a_floating_address_and_pinned(get, editions):
    for address in PAGES:
        for shown, name in ((address, "SFIA 9"), (f"/9{address}", "SFIA 9"), (f"/8{address}", "SFIA 8")):
            page = get(shown)
            assert page.text(".//header//span") == name
            assert f"Edition: {name}." in page.text(".//footer")


def test_links_of_a_page_keep_its_reader_in_the_edition_that_the_address_names(get, editions):
    for address in PAGES:
        for prefix in ("", "/9", "/8"):
            page = get(f"{prefix}{address}")
            switcher = set(page.links(".//nav[@class='editions']//a"))
            links = [link for place in ("header", "main", "footer") for link in page.links(f".//{place}//a")]
            if address == "/about/":
                links = [link for place in ("header", "footer") for link in page.links(f".//{place}//a")]
            links = [link for link in links if link not in switcher]
            inside = [link for link in links if link.startswith("/")]
            assert inside
            pinned = [link for link in inside if link[1:2].isdigit()]
            assert pinned == [link for link in inside if prefix and link.startswith(f"{prefix}/")]


def test_the_canonical_link_is_floating_for_the_current_edition_and_pinned_for_another(get, editions):
    for address in PAGES:
        assert get(address).canonical == f"http://testserver{address}"
        assert get(f"/9{address}").canonical == f"http://testserver{address}"
        assert get(f"/8{address}").canonical == f"http://testserver/8{address}"


def test_the_canonical_link_has_no_query_and_follows_the_sites_public_address(get, editions, settings):
    assert get("/skills/ITMG/?levels=all").canonical == "http://testserver/skills/ITMG/"
    settings.SITE_URL = "https://skills.example.org"
    assert get("/skills/ITMG/").canonical == "https://skills.example.org/skills/ITMG/"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/", "Skills and levels of responsibility"),
        ("/about/", "About this site"),
        ("/about/linking/", "Linking to this site"),
        ("/links/check/", "Check links"),
        ("/skills/", "Skills"),
        ("/chart/", "Chart"),
        ("/skills/compare/", "Skills side by side"),
        ("/skills/compare/?skills=ITMG&level=5", "ITMG at level 5 side by side"),
        ("/skills/ITMG/compare/", "Technology service management (ITMG): levels side by side"),
        ("/categories/category/", "Category"),
        ("/categories/category/subcategory/", "Subcategory"),
        ("/skills/ITMG/", "Technology service management (ITMG)"),
        ("/skills/ITMG/5/", "Technology service management (ITMG) level 5"),
        ("/skills/ITMG/2/", "Technology service management (ITMG) level 2"),
        ("/levels/", "Levels of responsibility"),
        ("/levels/5/", "Level 5 · Phrase 5"),
        ("/attributes/", "Generic attributes"),
        ("/attributes/AUTO/", "Autonomy (AUTO)"),
        ("/skills/ITMG/5/copy/", "Copy Technology service management (ITMG), level 5"),
    ],
)
def test_a_title_names_the_page_the_edition_and_the_site(get, editions, address, title):
    assert get(address).text(".//title") == f"{title} · SFIA 9 · Skill reference"
    assert get(f"/8{address}").text(".//title") == f"{title} · SFIA 8 · Skill reference"


def test_a_page_has_one_main_one_first_heading_and_a_description(get, editions):
    for address in PAGES:
        page = get(address)
        assert page.one(".//main").attrib["id"] == "main"
        assert len(page.all(".//h1")) == 1
        assert 10 <= len(page.meta("description")) <= 200


def test_a_page_says_what_a_preview_of_it_shows(get, editions):
    for address in PAGES:
        for prefix in ("", "/8"):
            page = get(prefix + address)
            assert page.open_graph("type") == "website"
            assert f"{page.open_graph('title')} · {page.open_graph('site_name')}" == page.text(".//title")
            assert page.open_graph("description") == page.meta("description")
            assert page.open_graph("url") == page.canonical
            assert page.open_graph("site_name") == "Skill reference"


def test_a_preview_shows_names_as_they_are_written(get, editions):
    editions[0].skills.update(name='A "B" & <c>', overall_description='D "e" &amp; f')
    page = get("/skills/ITMG/")
    assert page.open_graph("title") == 'A "B" & <c> (ITMG) · SFIA 9'
    assert page.open_graph("description") == 'D "e" & f'


def test_every_footer_carries_the_attribution(get, editions):
    for address in PAGES:
        assert ATTRIBUTION in get(address).text(".//footer")


def test_an_edition_may_have_an_attribution_of_its_own(get, editions):
    nine, _ = editions
    nine.attribution = "Invented, all of it."
    nine.save()
    footer = get("/").text(".//footer")
    assert "Invented, all of it." in footer
    assert ATTRIBUTION not in footer


def test_notices_show_on_the_pages_of_their_edition(get, editions):
    nine, _ = editions
    nine.in_development = True
    nine.save()
    for position, notice in enumerate(("beta due in July", "planned for October"), 1):
        Notice.objects.create(edition=nine, position=position, notice=notice)
    for address in PAGES:
        assert get(address).text(".//section[@class='notice']") == (
            "SFIA 9 is in development beta due in July planned for October"
        )
        assert not get(f"/8{address}").all(".//section[@class='notice']")


def test_an_edition_in_development_without_notices_has_no_empty_list(get, editions):
    nine, _ = editions
    nine.in_development = True
    nine.save()
    notice = get("/").one(".//section[@class='notice']")
    assert notice.find(".//b").text == "SFIA 9 is in development"
    assert not notice.findall(".//ul")


def test_the_first_page_shows_the_levels_and_the_categories_with_their_skills(get):
    edition = make_edition(name="SFIA 9", tagline="A framework.")
    subcategory = make_subcategory(edition=edition, category="Delivery", name="Technology")
    for code in ("AAAA", "BBBB"):
        make_skill(edition=edition, code=code, subcategory=subcategory)
    page = get("/")
    assert page.text(".//h1") == "SFIA 9"
    assert page.text(".//p[@class='lead']") == "A framework."
    assert list(page.links(".//ol[@class='rail']//a")) == [f"/levels/{number}/" for number in range(1, 8)]
    assert page.text(".//div[@class='card']/h3") == "Delivery"
    assert page.text(".//div[@class='card']//li") == "Technology 2 skills"
    assert list(page.links(".//div[@class='card']//a")) == ["/categories/delivery/", "/categories/delivery/technology/"]
    assert {"/skills/", "/skills/?sort=name", "/chart/"} <= set(page.links(".//main//a"))


def test_about_lists_the_editions_and_says_that_this_is_not_the_official_source(get, editions):
    page = get("/about/")
    assert list(page.links(".//section[@id='editions']//li//a")) == ["/8/", "/"]
    assert page.texts(".//section[@id='editions']//small") == ["", "current"]
    assert page.text(".//section[@id='source']//h2") == "Not the official source"


def test_the_sites_name_is_a_setting(get, editions, settings):
    settings.SITE_NAME = "Our skills"
    page = get("/skills/")
    assert page.text(".//title") == "Skills · SFIA 9 · Our skills"
    assert page.text(".//a[@class='name']") == "Our skills SFIA 9"


@pytest.mark.parametrize(
    ("address", "current"),
    [
        ("/skills/", ("Skills", "page")),
        ("/skills/ITMG/5/", ("Skills", "true")),
        ("/skills/compare/", ("Skills", "true")),
        ("/categories/category/", ("Skills", "true")),
        ("/chart/", ("Chart", "page")),
        ("/levels/5/", ("Levels", "true")),
    ],
)
def test_the_navigation_marks_where_the_reader_is(get, editions, address, current):
    link = get(address).one(".//header//nav//a[@aria-current]")
    assert (link.text, link.attrib["aria-current"]) == current


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_only_read(client, editions, method):
    for address in [page for page in PAGES if page != "/links/check/"]:
        response = getattr(client, method)(address)
        assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD"), address


@pytest.mark.parametrize(("address", "queries"), [("/", 7), ("/about/", 5)])
def test_the_number_of_queries_does_not_rise_with_the_edition(get, django_assert_num_queries, address, queries):
    edition = make_edition()
    make_skill(edition=edition, code="AAAA", defined_at=(1,))
    make_attribute(edition=edition)
    make_import(edition=edition)
    with django_assert_num_queries(queries):
        get(address)
    with one_revision():
        for number in range(1, 21):
            subcategory = make_subcategory(edition=edition, name=f"Sub{number}", category=f"Category{number % 3}")
            make_skill(edition=edition, code=code_for(number), defined_at=(1, 2), subcategory=subcategory)
            make_attribute(edition=edition, code=code_for(number))
            make_import(edition=make_edition(slug=f"8-{number}", is_current=False))
    with django_assert_num_queries(queries):
        get(address)


def test_the_page_about_the_site_names_the_files_that_an_edition_was_imported_from_last(get):
    edition = make_edition()
    make_import(edition=edition, name="first.xlsx", sha256="1" * 64)
    make_import(edition=edition, name="last.xlsx", sha256="2" * 64, imported_by_name="Ada", skill_count=2)
    words = get("/about/").text(".//main")
    assert "by Ada: 2 skills last.xlsx SHA-256 " + "2" * 64 in words
    assert "first.xlsx" not in words


def test_a_category_whose_skills_are_all_withdrawn_is_not_listed(get):
    edition = make_edition()
    make_skill(edition=edition)
    gone = make_subcategory(edition=edition, category="Old", name="Older")
    make_skill(edition=edition, code="GONE", subcategory=gone, is_withdrawn=True)
    assert get("/").texts(".//main//h3") == ["Category"]
    assert get("/").text(".//h2[@id='skills-heading']") == "1 skill"

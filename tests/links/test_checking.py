from copy import deepcopy

import pytest

from skills.links.checking import check
from tests.factories import make_attribute, make_edition, make_retirement, make_skill, one_revision_each

pytestmark = pytest.mark.django_db

SITE = "https://skills.example.org"


@pytest.fixture(scope="module")
@one_revision_each
def two_editions(shared_db):
    nine, eight = make_edition(slug="9"), make_edition(slug="8", is_current=False)
    for edition in (nine, eight):
        make_skill(edition=edition, code="SAME", defined_at=(3, 4))
        make_attribute(edition=edition, code="AUTO")
    make_skill(edition=eight, code="NAME", name="Old name", defined_at=(3, 4))
    make_skill(edition=nine, code="NAME", name="New name", defined_at=(3,))
    make_retirement(code="BUAN", name="Business analysis", successors="NAME 3: does it")
    return nine, eight


@pytest.fixture
def editions(two_editions):
    return deepcopy(two_editions)


@pytest.fixture
def checked(editions):
    return lambda text: check(text, site=SITE, hosts={"skills.example.org", "old.example.org"}, to=editions[0])


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        # What lasts stays as it is
        ("https://skills.example.org/skills/SAME/", None),
        ("https://skills.example.org/8/skills/SAME/3/", None),
        ("https://old.example.org/SAME/3", None),
        ("[[sfia:SAME/3|label]]", None),
        ("SAME 3, NAME and BUAN", None),
        # What does not leads here
        ("https://sfia-online.org/en/skillcode/9/SAME", "https://skills.example.org/skills/SAME/"),
        (
            "<a href='https://www.sfia-online.org/en/skillcode/8/SAME'>",
            "<a href='https://skills.example.org/8/skills/SAME/'>",
        ),
        ('<a href="https://sfia-online.org/en/lor/9/5">', '<a href="https://skills.example.org/levels/5/">'),
        ("[x](https://sfia-online.org/en/sfia-8/skills/old-name)", "[x](https://skills.example.org/8/skills/NAME/)"),
        ("[https://rdf.sfia-online.org/9/skilllevels/SAME_3 x]", "[https://skills.example.org/skills/SAME/3/ x]"),
        ("[x|https://skills.example.org/7/skills/SAME/]", "[x|https://skills.example.org/skills/SAME/]"),
        ("https://skills.example.org/old-name.", "https://skills.example.org/skills/NAME/."),
        ("[[sfia:old-name]]", "[[sfia:NAME]]"),
        ("[[sfia:7/SAME/3]]", "[[sfia:SAME/3]]"),
        ("See sfia-online.org/en/shortcode/9/AUTO, please", "See https://skills.example.org/attributes/AUTO/, please"),
        ("https://sfia-online.org/en/skillcode/7/BUAN", "https://skills.example.org/skills/BUAN/"),
        ("//sfia-online.org/en/skillcode/9/SAME", "https://skills.example.org/skills/SAME/"),
        ("HTTPS://SFIA-online.org/en/skillcode/9/SAME", "https://skills.example.org/skills/SAME/"),
        ("“https://sfia-online.org/en/skillcode/9/SAME”—so", "“https://skills.example.org/skills/SAME/”—so"),
        ("https://skills.example.org/8/old-name", "https://skills.example.org/8/skills/NAME/"),
        ("https://sfia-online.org/en/skillcode/9/SAME#level-3", "https://skills.example.org/skills/SAME/#level-3"),
        # What is nothing of the kind is not touched
        ("ftp://sfia-online.org/en/skillcode/9/SAME", None),
        ("https:&#x2F;&#x2F;sfia-online.org/en/skillcode/9/SAME", None),
        ("https://example.org/a(sfia-online.org/en/skillcode/9/SAME)", None),
        ("my.sfia-online.org/en/skillcode/9/SAME", None),
        ("https://elsewhere.example/skills/SAME/", None),
        ("https://user:pw@evil.example/skills/SAME/", None),
        ("https://evil.example/?https://x", None),
        ("https://sfia-online.org.evil.example/en/skillcode/9/SAME", None),
        ("https://sfia-online.org/en/about-sfia", None),
        ("https://skills.example.org/chart/", None),
        ("http://[::1 and https://%", None),
        ("HTML, ISO, XSAME, SAMEX, same, file/SAME.txt", None),
    ],
)
def test_the_text_comes_back_with_its_links_put_right(checked, text, corrected):
    assert checked(text).corrected == (corrected or text)


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("SAME 3", ["same"]),
        ("SAME SAME SAME", ["same"]),
        ("https://skills.example.org/8/skills/NAME/", ["renamed"]),
        ("https://skills.example.org/8/skills/NAME/4/", ["level gone"]),
        ("NAME 4", ["level gone"]),
        ("NAME (level 4), NAME, level 4 and NAME Level 4", ["level gone"] * 3),
        ("SAME 3.5", ["same"]),
        ("https://skills.example.org/skills/SAME/9/", ["unknown"]),
        ("BUAN", ["retired"]),
        ("https://sfia-online.org/en/skillcode/9/ZZZZ", ["unknown"]),
        ("ZZZZ", []),
        ("https://skills.example.org/chart/", []),
    ],
)
def test_each_is_found_with_what_became_of_it(checked, text, statuses):
    assert [one.resolved.status for one in checked(text).found] == statuses


def test_each_stands_once_with_how_often_it_was_found(checked):
    [link, code] = checked("https://skills.example.org/SAME and SAME, SAME\nhttps://skills.example.org/SAME").found
    assert ((link.is_link, link.count), (code.is_link, code.count)) == ((True, 2), (False, 2))


def test_what_a_program_cannot_decide_is_for_a_person(checked):
    found = checked("SAME BUAN NAME4 SAME7").found
    assert [one.needs_a_person for one in found] == [False, True, True, True]


def test_a_megabyte_of_codes_takes_the_same_queries(checked, django_assert_max_num_queries):
    text = " ".join(f"{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}{chr(65 + n // 676 % 26)}A" for n in range(20_000))
    with django_assert_max_num_queries(12):
        checked(
            f"{text} https://sfia-online.org/en/skillcode/9/"
            + " https://sfia-online.org/ZZZA5 ".join(text.split()[:5000])
        )

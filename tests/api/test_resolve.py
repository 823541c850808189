import pytest

from tests.factories import make_edition, make_retirement, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def editions():
    nine, eight = make_edition(slug="9"), make_edition(slug="8", is_current=False)
    make_skill(edition=eight, code="ITOP", name="IT infrastructure", defined_at=(3,))
    make_skill(edition=nine, code="ITOP", name="Infrastructure operations", defined_at=(3,))
    return nine, eight


def asked(client, query, *, status=200):
    response = client.get(f"/api/v1/resolve?{query}")
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


def test_it_says_what_became_of_a_code(client, editions):
    assert asked(client, "q=ITOP&from=8") == {
        "results": [
            {
                "q": "ITOP",
                "status": "renamed",
                "code": "ITOP",
                "level": None,
                "floating": "/skills/ITOP/",
                "pinned": "/9/skills/ITOP/",
                "successors": [],
            }
        ]
    }


def test_many_are_answered_in_their_order(client, editions):
    make_retirement(code="BUAN", successors="ITOP 3: does it")
    results = asked(client, "q=itop3&q=ZZZZ&q=https://sfia-online.org/en/skillcode/8/ITOP&q=BUAN&q=")["results"]
    assert [(one["status"], one["code"], one["level"]) for one in results] == [
        ("same", "ITOP", 3),
        ("unknown", None, None),
        ("renamed", "ITOP", None),
        ("retired", "BUAN", None),
        ("unknown", None, None),
    ]
    assert results[3]["successors"] == [{"code": "ITOP", "level": 3, "reason": "does it"}]
    assert (results[1]["floating"], results[1]["pinned"]) == (None, None)


def test_it_goes_back_too(client, editions):
    [result] = asked(client, "q=ITOP&from=9&to=8")["results"]
    assert (result["status"], result["pinned"]) == ("renamed", "/8/skills/ITOP/")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Ask with q, for instance ?q=ITMG."),
        ("q=ITOP&from=7", "The edition that “from” names is not on this site."),
        ("q=ITOP&from=%00", "The edition that “from” names is not on this site."),
        ("q=ITOP&to=x", "The edition that “to” names is not on this site."),
        ("&".join(["q=ITOP"] * 501), "At most 500 questions at once."),
        ("&".join(["q=ITOP"] * 5000), "At most 500 questions at once."),
    ],
)
def test_what_cannot_be_answered_is_said(client, editions, query, sentence):
    assert asked(client, query, status=400) == {"error": sentence}


@pytest.mark.parametrize("q", ["%ff%00", "x" * 10_000, "%22%3Cscript%3E", "http://[", "//evil.example", "🐑"])
def test_anything_gets_an_answer(client, editions, q):
    [result] = asked(client, f"q={q}")["results"]
    assert result["status"] == "unknown"


def test_the_address_has_no_slash_at_its_end_and_is_only_read(client, editions):
    assert client.post("/api/v1/resolve?q=ITOP").status_code == 405
    assert client.get("/api/v1/resolve/?q=ITOP").status_code == 404


def test_without_an_edition_all_is_unknown(client):
    assert asked(client, "q=ITOP")["results"][0]["status"] == "unknown"

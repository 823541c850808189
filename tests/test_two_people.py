"""Two people save one skill in the same moment, at a real server, on both databases."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from .browser.server import served
from .postgresql import private_server
from .visitor import Visitor, fields_in

ROUNDS = 3
SKILL = "/admin/skills/skill/1/change/"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def site(request, prepared, tmp_path_factory):
    directory = tmp_path_factory.mktemp("two-people")
    if request.param == "sqlite":
        with served(prepared, directory) as site:
            yield site
        return
    data = request.getfixturevalue("prepared_on_postgresql")
    with private_server(data) as address, served(prepared, directory, DATABASE_URL=address) as site:
        yield site


@pytest.fixture(scope="module")
def two_people(site):
    return [Visitor(site.at("")).sign_in() for _ in range(2)]


def at_once(people, address, forms):
    """Post each person's form in the same moment; the answers."""
    start = Barrier(len(people))

    def post(person, fields):
        start.wait()
        return person.post(address, fields)

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(post, people, forms))


@pytest.mark.parametrize("field", ["level_5_description", "level_2_description"])
def test_of_two_saves_in_the_same_moment_one_is_refused_and_nothing_is_lost(two_people, field):
    for number in range(ROUNDS):
        forms = [
            person.opened(SKILL) | {field: f"{name} in round {number}."}
            for person, name in zip(two_people, ("Ada", "Ben"), strict=True)
        ]
        answers = at_once(two_people, SKILL, forms)
        assert sorted(status for status, _ in answers) == [302, 409]
        [winner, loser] = sorted(range(2), key=lambda person: answers[person][0])
        assert two_people[0].opened(SKILL)[field] == forms[winner][field]
        assert fields_in(answers[loser][1])[field] == forms[loser][field]


def test_of_two_skills_with_one_code_in_the_same_moment_one_is_refused_in_words(two_people):
    for number in range(ROUNDS):
        new = {"name": "New", "code": f"NEW{chr(65 + number)}", "position": "9", "overall_description": "New."}
        forms = [person.opened("/admin/skills/skill/add/") | new for person in two_people]
        for form in forms:
            form["edition"], form["subcategory"] = "1", "1"
        answers = at_once(two_people, "/admin/skills/skill/add/", forms)
        assert sorted(status for status, _ in answers) == [200, 302]
        assert any("has this code already" in page for _, page in answers)


def test_a_change_in_bulk_in_the_same_moment_is_not_overwritten_unseen(two_people):
    ada, ben = two_people
    for number in range(ROUNDS):
        marker = ("new", "modified")[number % 2]
        form = ada.opened(SKILL) | {"level_6_description": f"Ada in round {number}."}
        token = ben.opened("/admin/skills/skill/", "changelist-form")["csrfmiddlewaretoken"]
        bulk = {
            "action": "set_change_marker",
            "_selected_action": "1",
            "apply": "yes",
            "change": marker,
            "parts": "levels",
        }
        start = Barrier(2)

        def edit(form=form, start=start):
            start.wait()
            return ada.post(SKILL, form)[0]

        def mark(bulk=bulk, token=token, start=start):
            start.wait()
            return ben.post("/admin/skills/skill/", bulk | {"csrfmiddlewaretoken": token})[0]

        with ThreadPoolExecutor(2) as pool:
            edited, marked = pool.submit(edit), pool.submit(mark)
        assert (edited.result(), marked.result()) in ((302, 302), (409, 302))
        now = ada.opened(SKILL)
        assert now["level_6_change"] == marker
        assert (now["level_6_description"] == form["level_6_description"]) is (edited.result() == 302)


def test_of_two_who_bring_back_the_same_skill_one_is_told(two_people):
    ada, ben = two_people
    number = added(ada, "GONE")
    deletion = ada.opened(f"/admin/skills/skill/{number}/delete/")
    assert ada.post(f"/admin/skills/skill/{number}/delete/", deletion)[0] == 302
    _, page = ada.get("/admin/skills/changes/?deleted=on")
    [address] = re.findall(r'"(/admin/skills/changes/skill/\d+/undo/)"', page)
    answers = at_once([ada, ben], address, [ada.opened(address), ben.opened(address)])
    assert sorted(status for status, _ in answers) == [200, 302]
    assert ada.opened(f"/admin/skills/skill/{number}/change/")["code"] == "GONE"


def added(person, code):
    """A new skill of the sample; its number."""
    new = {
        "name": "New",
        "code": code,
        "position": "9",
        "edition": "1",
        "subcategory": "1",
        "overall_description": "New.",
    }
    form = person.opened("/admin/skills/skill/add/") | new
    assert person.post("/admin/skills/skill/add/", form)[0] == 302
    _, page = person.get(f"/admin/skills/skill/?q={code}")
    return re.search(r"/admin/skills/skill/(\d+)/change/", page)[1]

"""Who may see and do what: each address of the administration, as each kind of person."""

from copy import deepcopy
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from skills.models import Conflict, ExplanatorySection, Notice, Skill, SkillLevel
from skills.models.recorded import recorded_models
from skills.models.revision import revision
from tests.factories import (
    make_attribute,
    make_conflict,
    make_edition,
    make_retirement,
    make_search_term,
    make_skill,
    one_revision_each,
)

from .steps import make_user, opened, signed_in

pytestmark = pytest.mark.django_db

EDITED_BY_EDITORS = {"skill", "explanatorysection", "level", "searchterm", "retirement"}
ADDED_BY_EDITORS = {"explanatorysection", "searchterm", "retirement"}
OF_ADMINISTRATORS = {"user", "group"}
EVERYBODY_OF_THE_STAFF = {"index", "password_change", "password_change_done", "jsi18n", "app_list", "view_on_site"}
PEOPLE = ["anonymous", "Editors", "Publishers", "administrator"]
ALLOWED, REFUSED = 200, 403


@pytest.fixture(scope="module")
@one_revision_each
def something_of_everything(shared_db):
    edition = make_edition()
    make_attribute(edition=edition)
    Notice.objects.create(edition=edition, position=1, notice="A notice.")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="So.")
    make_search_term(words="coding", codes="ABCD")
    make_retirement()
    skill = make_skill(edition=edition, defined_at=(5,))
    with revision(by=User.objects.create(username="earlier")):
        skill.name = "Changed"
        skill.save()
    return skill


@pytest.fixture
def skill(something_of_everything):
    return deepcopy(something_of_everything)


@pytest.fixture(autouse=True)
def _looking_at_users(settings):
    """Django's own page of a user looks them up beside the one who is signed in."""
    settings.ZEAL_ALLOWLIST = [{"model": "auth.User"}]


@pytest.fixture(params=PEOPLE)
def person(request):
    return request.param


@pytest.fixture
def client_of(person) -> Client:
    return Client() if person == "anonymous" else signed_in(make_user(person))


PAGES = ["changelist", "add", "change", "delete", "history"]
MODELS = {model._meta.model_name: model for model in admin.site._registry}


def expected(person: str, model: str, page: str) -> int:
    if person == "anonymous":
        return 302
    if person == "administrator":
        return ALLOWED
    if model in OF_ADMINISTRATORS:
        return REFUSED
    if person == "Publishers":
        return ALLOWED
    needed = ADDED_BY_EDITORS if page in ("add", "delete") else EDITED_BY_EDITORS
    return ALLOWED if model in needed else REFUSED


@pytest.mark.parametrize("model", MODELS)
def test_each_page_of_each_model_is_for_those_whose_it_is(skill, person, client_of, model):
    found = MODELS[model]._default_manager.first() or MODELS[model]._default_manager.create(name="Anybody")
    responses = {}
    for page in PAGES:
        arguments = [] if page in ("changelist", "add") else [found.pk]
        responses[page] = client_of.get(
            reverse(f"admin:{MODELS[model]._meta.app_label}_{model}_{page}", args=arguments)
        )
    statuses = {page: response.status_code for page, response in responses.items()}
    assert statuses == {page: expected(person, model, page) for page in PAGES}
    if person == "anonymous":
        locations = [response.headers["Location"] for response in responses.values()]
        assert all(location.startswith("/admin/login/?next=/admin/") for location in locations)


@pytest.mark.parametrize(("name", "arguments"), [("changes", []), ("revision", [1]), ("undo_change", ["skill", None])])
def test_the_history_is_for_the_staff_with_a_role(skill, person, client_of, name, arguments):
    given = [Skill.history.first().history_id if argument is None else argument for argument in arguments]
    given = [Skill.history.first().revision_id if name == "revision" else argument for argument in given]
    response = client_of.get(reverse(f"admin:{name}", args=given))
    assert response.status_code == (302 if person == "anonymous" else ALLOWED)


@pytest.mark.parametrize(("about", "status_of_editors"), [("skill", 200), ("level", 200), ("attribute", 403)])
def test_the_review_is_for_those_who_may_change_what_it_is_about(skill, person, client_of, about, status_of_editors):
    owner = {"skill": skill, "level": skill.edition.levels.first(), "attribute": skill.edition.attributes.get()}[about]
    conflict = make_conflict(about=owner, part="essence" if about == "level" else "name")
    allowed = status_of_editors if person == "Editors" else ALLOWED
    address = reverse("admin:review_one", args=[about, owner.pk])
    assert client_of.get(reverse("admin:review")).status_code == (302 if person == "anonymous" else ALLOWED)
    assert client_of.get(address).status_code == (302 if person == "anonymous" else allowed)
    answer = client_of.post(address, {"conflict": conflict.pk, "decision": "ours", "based_on": conflict.mark})
    assert answer.status_code == (401 if person == "anonymous" else 302 if allowed == ALLOWED else REFUSED)
    assert Conflict.objects.exists() is (answer.status_code != 302)


def test_imports_are_for_publishers(skill, person, client_of):
    allowed = {"anonymous": 302, "Editors": REFUSED, "Publishers": ALLOWED, "administrator": ALLOWED}[person]
    assert client_of.get(reverse("admin:import")).status_code == allowed
    # There is no upload of theirs, so those who may are led back.
    upload = client_of.get(reverse("admin:import_plan", args=[1]))
    assert upload.status_code == (REFUSED if person == "Editors" else 302)


def test_every_address_of_the_administration_is_tested_here():
    known = {f"{model}_{page}" for model in MODELS for page in PAGES}
    known |= {"changes", "revision", "undo_change", "preview", "login", "logout", "autocomplete"}
    known |= {"review", "review_one", "import", "import_plan"}
    known |= EVERYBODY_OF_THE_STAFF | {"user_password_change"}
    found = {pattern.name for pattern in flat(admin.site.urls[0]) if pattern.name}
    assert {name.removeprefix("skills_").removeprefix("auth_") for name in found} <= known


def flat(patterns: Any) -> list[Any]:
    return [
        found
        for pattern in patterns
        for found in (flat(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern])
    ]


@pytest.mark.parametrize("name", ["index", "password_change", "password_change_done"])
def test_the_rest_is_for_all_of_the_staff(person, client_of, name):
    assert client_of.get(reverse(f"admin:{name}")).status_code == (302 if person == "anonymous" else 200)


def test_the_pages_of_no_model_are_for_those_whose_they_are(skill, person, client_of):
    kind = ContentType.objects.get_for_model(skill).pk
    choices = f"{reverse('admin:autocomplete')}?app_label=skills&model_name=skill&field_name=subcategory"
    # As anonymous, editor, publisher and administrator.
    expected = {
        reverse("admin:jsi18n"): (302, 200, 200, 200),
        reverse("admin:login"): (200, 302, 302, 302),
        reverse("admin:logout"): (302, 405, 405, 405),
        reverse("admin:app_list", args=["skills"]): (302, 200, 200, 200),
        reverse("admin:app_list", args=["auth"]): (302, 404, 404, 200),
        # It leads to the page that every reader may see.
        reverse("admin:view_on_site", args=[kind, skill.pk]): (302, 302, 302, 302),
        choices: (302, 403, 200, 200),
        reverse("admin:preview"): (302, 405, 405, 405),
    }
    for address, statuses in expected.items():
        assert (address, client_of.get(address).status_code) == (address, statuses[PEOPLE.index(person)])


def test_the_preview_is_for_those_who_may_change_something(person, client_of):
    answer = client_of.post(reverse("admin:preview"), {"text": "x", "under": "1"})
    assert answer.status_code == (401 if person == "anonymous" else 200)


def test_nobody_but_administrators_sees_users(skill, person, client_of):
    if person == "anonymous":
        return
    index = client_of.get("/admin/").content.decode()
    assert ("/admin/auth/user/" in index) is (person == "administrator")
    user = User.objects.get(username="earlier")
    for page in (f"/admin/auth/user/{user.pk}/password/", f"/admin/auth/user/{user.pk}/change/"):
        assert client_of.get(page).status_code == (200 if person == "administrator" else 403)


@pytest.mark.parametrize("person", ["anonymous", "Editors"], indirect=True)
@pytest.mark.parametrize(
    ("model", "field"),
    [("edition", "name"), ("category", "name"), ("subcategory", "name"), ("attribute", "name"), ("notice", "notice")],
)
def test_a_publishers_form_that_is_posted_by_hand_changes_nothing(skill, person, client_of, model, field):
    publisher = signed_in(make_user("Publishers", name="ben"))
    registered = next(found for found in admin.site._registry if found._meta.model_name == model)
    found = registered.objects.first()
    before = found.revision_mark()
    for page in ("change", "delete"):
        address = reverse(f"admin:skills_{model}_{page}", args=[found.pk])
        data = opened(publisher, address) | {field: "Taken over"} if page == "change" else {"post": "yes"}
        assert client_of.post(address, data).status_code == (401 if person == "anonymous" else 403)
    add = reverse(f"admin:skills_{model}_add")
    assert client_of.post(add, opened(publisher, add)).status_code == (401 if person == "anonymous" else 403)
    assert registered.objects.get().revision_mark() == before


def test_an_editor_who_posts_a_user_by_hand_gets_nothing(skill):
    client = signed_in(make_user("Editors", name="ada"))
    answers = {"username": "mallory", "password1": "a long password", "password2": "a long password"}
    assert client.post("/admin/auth/user/add/", answers).status_code == 403
    assert not User.objects.filter(username="mallory").exists()


def test_an_editor_neither_deletes_a_skill_nor_brings_one_back_but_does_so_with_levels(skill):
    client = signed_in(make_user("Editors", name="ada"))
    assert client.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes"}).status_code == 403
    skill.skill_levels.get().delete()
    undo = reverse("admin:undo_change", args=["skilllevel", SkillLevel.history.first().history_id])
    assert client.post(undo, {"based_on": ""}).status_code == 302
    assert skill.skill_levels.count() == 1
    skill.delete()
    undo = reverse("admin:undo_change", args=["skill", Skill.history.first().history_id])
    assert client.post(undo).status_code == 403
    assert not Skill.objects.exists()


def test_an_editor_does_not_undo_what_a_publisher_did_to_an_edition(skill):
    client = signed_in(make_user("Editors", name="ada"))
    skill.edition.name = "Renamed"
    skill.edition.save()
    record = type(skill.edition).history.first()
    assert client.post(reverse("admin:undo_change", args=["edition", record.history_id])).status_code == 403
    skill.edition.refresh_from_db()
    assert skill.edition.name == "Renamed"


def test_every_form_that_writes_wants_its_token(skill):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make_user("administrator"))
    record = Skill.history.first().history_id
    written = [
        *(
            reverse(f"admin:skills_{model._meta.model_name}_add")
            for model in recorded_models()
            if model in admin.site._registry
        ),
        *(
            reverse(f"admin:skills_skill_{page}", args=[skill.pk] if page != "changelist" else [])
            for page in ("change", "delete", "changelist")
        ),
        reverse("admin:undo_change", args=["skill", record]),
        reverse("admin:review_one", args=["skill", skill.pk]),
        reverse("admin:import"),
        reverse("admin:import_plan", args=[1]),
        *(reverse(f"admin:{name}") for name in ("preview", "logout", "password_change", "login")),
    ]
    for address in written:
        assert (
            browser.post(address, {"name": "Taken over"}, headers={"origin": "http://evil.example"}).status_code == 403
        )
    assert Skill.objects.get().name == "Changed"

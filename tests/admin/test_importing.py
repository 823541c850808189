"""Importing in the administration: upload, look, confirm."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client
from django.utils import timezone

from skills.models import Conflict, Edition, Import, PendingFile, PendingImport, Revision, Skill
from tests import workbooks
from tests.workbooks import invented

from .steps import make_user, page_in, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/skills/import/"
LEAD = ".//main//p[@class='lead']"


@pytest.fixture
def workbook(tmp_path):
    """A workbook as a browser sends it."""

    def made(content=None, *, edition="9", name="sfia.xlsx"):
        write = workbooks.write_sfia_9 if edition == "9" else workbooks.write_sfia_8
        return sent(write(tmp_path / name, content or invented(edition)))

    return made


def sent(path, *, name=""):
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def uploaded(client, *files, **fields) -> str:
    """Upload files; the address of the page that shows what would happen."""
    response = client.post(LIST, {"uploads": list(files), **fields})
    assert response.status_code == 302, words_of(response)
    return response.url


def plan_at(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return page_in(response)


def confirmed(client, address):
    """Confirm what the page at an address shows."""
    page = client.get(address)
    return client.post(address, {"confirm": "yes", "based_on": page.context["plan"].mark}, follow=True)


def words_of(response) -> str:
    return page_in(response).text(".")


def errors_in(response) -> list[str]:
    return page_in(response).texts(".//ul[@class='errorlist']/li")


def entry_in(page, heading):
    """The one entry of a section of a plan."""
    return page.one(f".//section[@id='{heading}']/ul/li")


def test_an_upload_shows_what_would_happen_and_writes_nothing(ben, workbook):
    page = plan_at(ben, uploaded(ben, workbook()))
    assert "27 new" in page.text(".")
    assert "TIDE" in page.text(".")
    assert not Edition.objects.exists()


def test_confirming_imports_in_the_name_of_who_did_and_forgets_the_upload(ben, workbook):
    response = confirmed(ben, uploaded(ben, workbook()))
    assert "SFIA 9 is imported: 27 new." in words_of(response)
    assert Skill.objects.count() == 4
    made = Import.objects.get()
    assert (made.who, made.imported_by.username) == ("Ben", "ben")
    assert Revision.objects.latest("pk").who == "Ben"
    assert not PendingImport.objects.exists()
    assert not PendingFile.objects.exists()


def test_what_was_imported_is_listed_with_its_fingerprint(ben, workbook):
    file = workbook()
    confirmed(ben, uploaded(ben, file))
    words = words_of(ben.get(LIST))
    assert "sfia.xlsx" in words
    assert Import.objects.get().files.get().sha256 in words
    assert "4 skills, 12 skill levels, 16 attributes, 7 levels" in words
    assert "sfia.xlsx" in words_of(ben.get(f"/admin/skills/edition/{Edition.objects.get().pk}/change/"))


def test_the_same_file_again_has_nothing_to_change_and_no_button_to_do_it(ben, workbook):
    confirmed(ben, uploaded(ben, workbook()))
    page = plan_at(ben, uploaded(ben, workbook()))
    assert "There is nothing to change" in page.text(".")
    assert page.all(".//button[@name='confirm']") == []


def test_a_plan_that_has_changed_meanwhile_is_shown_anew_instead_of_carried_out(ben, workbook):
    confirmed(ben, uploaded(ben, workbook()))
    address = uploaded(ben, workbook(invented().with_skill("LAMP", guidance_notes="Theirs.")))
    mark = ben.get(address).context["plan"].mark
    Skill.objects.filter(code="LAMP").update(guidance_notes="Ours.")
    response = ben.post(address, {"confirm": "yes", "based_on": mark})
    assert response.status_code == 409
    assert "Something has changed since you looked. Nothing was imported." in words_of(response)
    assert response.context["plan"].conflicts == 1
    assert not Conflict.objects.exists()
    again = ben.post(address, {"confirm": "yes", "based_on": response.context["plan"].mark})
    assert again.url == "/admin/skills/review/"
    assert Skill.objects.get(code="LAMP").guidance_notes == "Ours."
    assert Conflict.objects.count() == 1


def test_confirming_twice_imports_once(ben, workbook):
    address = uploaded(ben, workbook())
    mark = ben.get(address).context["plan"].mark
    answers = [ben.post(address, {"confirm": "yes", "based_on": mark}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Import.objects.count() == 1
    assert "not here any more" in words_of(ben.get(LIST))


def test_an_upload_can_be_thrown_away(ben, workbook):
    address = uploaded(ben, workbook())
    response = ben.post(address, {"cancel": "yes"}, follow=True)
    assert "Nothing was imported." in words_of(response)
    assert not PendingImport.objects.exists()


def test_the_edition_is_asked_for_where_the_files_do_not_say_it(ben, workbook):
    address = uploaded(ben, workbook(edition="8"))
    assert "do not say which edition" in plan_at(ben, address).text(".")
    refused = ben.post(address, {"edition": "eight"})
    assert "Write a digit" in words_of(refused)
    ben.post(address, {"edition": "8"})
    confirmed(ben, address)
    assert Edition.objects.get().slug == "8"


def test_the_edition_can_be_named_and_made_current_at_once(ben, workbook):
    confirmed(ben, uploaded(ben, workbook(edition="8"), edition=" 8 ", makes_current="on"))
    assert Edition.objects.get().is_current


def test_sheets_saved_as_csv_are_uploaded_together(ben, tmp_path):
    files = workbooks.write_csvs(tmp_path, invented())
    confirmed(ben, uploaded(ben, *map(sent, files.values())))
    assert Skill.objects.count() == 4
    assert Import.objects.get().files.count() == 3


def test_problems_are_listed_with_their_places_and_nothing_can_be_confirmed(ben, tmp_path):
    path = workbooks.with_cell(workbooks.write_sfia_9(tmp_path / "a.xlsx", invented()), "Skills", 3, "Skill", "")
    address = uploaded(ben, sent(path))
    page = plan_at(ben, address)
    assert "Skills, row 3, column “Skill”: a text was expected; the cell is empty." in page.text(".")
    assert page.all(".//button[@name='confirm']") == []
    ben.post(address, {"confirm": "yes", "based_on": ""})
    assert not Edition.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_in_words_and_not_kept(ben, tmp_path):
    response = ben.post(LIST, {"uploads": sent(workbooks.encrypted(tmp_path / "secret.xlsx"))})
    assert response.status_code == 400
    assert "secret.xlsx is protected by a password." in words_of(response)
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a file."),
        ({"uploads": SimpleUploadedFile("a.csv", b"")}, "a.csv: This file is empty."),
        ({"uploads": "words instead of a file"}, "Choose a file."),
    ],
)
def test_an_upload_without_a_file_says_so(fields, words, ben):
    response = ben.post(LIST, fields)
    assert response.status_code == 400
    assert words in words_of(response)


def test_of_several_files_the_empty_one_is_named(ben, workbook):
    response = ben.post(LIST, {"uploads": [workbook(), SimpleUploadedFile("Levels.csv", b"")]})
    assert errors_in(response) == ["Levels.csv: This file is empty."]


def test_too_many_files_are_refused(ben, tmp_path):
    path = workbooks.write_csvs(tmp_path, invented())["Skills"]
    response = ben.post(LIST, {"uploads": [sent(path, name=f"{number}.csv") for number in range(6)]})
    assert "These are 6 files." in words_of(response)


def test_files_that_are_too_large_are_not_even_stored(ben, workbook, monkeypatch):
    monkeypatch.setattr("skills.admin.uploads.MOST", 1000)
    response = ben.post(LIST, {"uploads": workbook()})
    assert response.status_code == 400
    assert errors_in(response) == ["The files are too large: 50 MB at most, together."]


@pytest.mark.parametrize(
    ("address", "role"), [(LIST, ""), (LIST, "Editors"), ("/admin/login/", ""), (LIST, "Publishers")]
)
def test_nothing_is_kept_of_an_upload_of_those_who_may_not_import(address, role, client, workbook, monkeypatch):
    stored = []
    keep = MemoryFileUploadHandler.new_file
    monkeypatch.setattr(MemoryFileUploadHandler, "new_file", lambda *file: stored.append(file) or keep(*file))
    if role:
        client = signed_in(make_user(role))
    client.post(address, {"uploads": workbook()})
    assert bool(stored) is (role == "Publishers")


def test_a_name_with_markup_in_it_is_shown_as_it_is(ben, workbook):
    page = plan_at(ben, uploaded(ben, workbook(name="a<b>&c.xlsx")))
    assert "a<b>&c.xlsx" in page.text(".")


def test_an_upload_is_seen_by_nobody_else(ben, workbook):
    address = uploaded(ben, workbook())
    carl = signed_in(make_user("Publishers", name="carl"))
    assert carl.get(address).url == LIST
    assert carl.post(address, {"confirm": "yes"}).url == LIST
    assert not Edition.objects.exists()


@pytest.mark.parametrize("role", ["Editors", ""])
def test_those_who_are_no_publishers_may_not_import(role, workbook, django_user_model):
    if role:
        user = make_user(role)
    else:
        user = django_user_model.objects.create_user("nobody", password="a long password", is_staff=True)
    client = signed_in(user)
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"uploads": workbook()}).status_code == 403
    assert not PendingImport.objects.exists()


def test_uploads_of_yesterday_are_forgotten(ben, workbook):
    uploaded(ben, workbook())
    PendingImport.objects.update(made_at=timezone.now() - timedelta(hours=25))
    address = uploaded(ben, workbook())
    assert PendingImport.objects.count() == 1
    assert ben.get(address).status_code == 200


def test_whose_session_has_ended_is_asked_to_sign_in_and_can_upload_again(client, workbook):
    response = client.post(LIST, {"uploads": workbook()})
    assert response.status_code == 401
    assert "The files cannot be kept: choose them again after signing in." in page_in(response).text(LEAD)
    assert not PendingImport.objects.exists()


def test_a_wrong_password_says_again_that_the_files_are_not_kept(client):
    response = client.post(LIST, {"edition": "9", "sign_in-username": "ben", "sign_in-password": "wrong"})
    assert "The files cannot be kept" in page_in(response).text(LEAD)


def test_an_upload_older_than_the_sign_in_says_that_the_files_are_not_kept(workbook):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user("Publishers", name="ben"))
    token = {"csrfmiddlewaretoken": "x" * 64}
    response = strict.post(LIST, {"uploads": workbook(), **token}, headers={"origin": "http://testserver"})
    assert page_in(response).text(".//h1") == "Send again"
    assert "The files cannot be kept: choose them again afterwards." in page_in(response).text(LEAD)


def test_where_no_file_was_sent_nothing_is_said_of_files(client):
    response = client.post("/admin/skills/skill/add/", {"name": "Knives"})
    assert page_in(response).text(LEAD).endswith("what you wrote is kept.")


def test_a_plan_shows_differences_word_by_word_and_escapes_them(ben, workbook):
    confirmed(ben, uploaded(ben, workbook(invented().with_skill("ECHO", overall_description="The old <b> bell."))))
    page = plan_at(ben, uploaded(ben, workbook(invented().with_skill("ECHO", overall_description="The new <b> bell."))))
    assert [removed.text for removed in page.all(".//del")] == ["old"]
    assert [added.text for added in page.all(".//ins")] == ["new"]


def test_a_plan_shows_what_the_publisher_changed_in_a_text_that_was_edited_here(ben, workbook):
    confirmed(ben, uploaded(ben, workbook(invented().with_skill("ECHO", overall_description="The old bell rings."))))
    Skill.objects.filter(code="ECHO").update(overall_description="Our own words.")
    theirs = workbook(invented().with_skill("ECHO", overall_description="The new bell rings."))
    kept = entry_in(plan_at(ben, uploaded(ben, theirs)), "kept")
    assert kept.find(".//dt").text == "Overall description"
    assert "it goes on the review list." in kept.find(".//dd/p").text
    assert [(mark.tag, mark.text) for mark in kept.find(".//dd/div")] == [("del", "old"), ("ins", "new")]


def test_a_plan_shows_no_difference_of_an_edit_that_the_publisher_has_not_met(ben, workbook):
    confirmed(ben, uploaded(ben, workbook()))
    Skill.objects.filter(code="ECHO").update(overall_description="Our own words.")
    kept = entry_in(plan_at(ben, uploaded(ben, workbook())), "kept")
    assert [words.text for words in kept.findall(".//dd/p")] == ["Edited here."]
    assert kept.findall(".//dd/div") == []


@pytest.mark.parametrize(("here", "said"), [("Our own words.", ["Edited here: the edit stays on its page."]), ("", [])])
def test_a_plan_says_which_of_the_withdrawn_were_edited_here(ben, workbook, here, said):
    confirmed(ben, uploaded(ben, workbook()))
    if here:
        Skill.objects.filter(code="ECHO").update(overall_description=here)
    withdrawn = entry_in(plan_at(ben, uploaded(ben, workbook(invented().without_skill("ECHO")))), "withdrawn")
    assert withdrawn.find("code").text == "ECHO"
    assert [words.text for words in withdrawn.findall(".//dd/p")] == said


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("overall_description",), "SFIA 9 is imported: 1 kept, 1 text to review."),
        (("overall_description", "guidance_notes"), "SFIA 9 is imported: 1 kept, 2 texts to review."),
    ],
)
def test_after_an_import_one_is_told_how_many_texts_wait(ben, workbook, texts, said):
    confirmed(ben, uploaded(ben, workbook()))
    Skill.objects.filter(code="ECHO").update(**dict.fromkeys(texts, "Ours."))
    theirs = workbook(invented().with_skill("ECHO", **dict.fromkeys(texts, "Theirs.")))
    answer = confirmed(ben, uploaded(ben, theirs))
    assert page_in(answer).texts(".//ul[@class='messagelist']/li") == [said]


def test_a_plan_of_very_many_skills_lists_some_and_counts_the_rest(ben, workbook):
    page = plan_at(ben, uploaded(ben, workbook(invented(skills=320))))
    assert "And 43 more, which are not listed." in page.text(".")

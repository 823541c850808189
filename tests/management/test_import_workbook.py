"""The command that imports: its words, its exit status, and that it leaves no half import behind."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from skills.models import Conflict, Edition, Skill, SkillLevel
from skills.models.recorded import recorded_models
from tests import workbooks
from tests.workbooks import invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def workbook(tmp_path):
    """Write an invented workbook and give its path as an argument."""

    def write(content=None, *, name="sfia-9.xlsx"):
        return str(workbooks.write_sfia_9(tmp_path / name, content or invented()))

    return write


def run(*arguments: str | Path, **options) -> str:
    output = StringIO()
    call_command("import_workbook", *map(str, arguments), stdout=output, stderr=StringIO(), **options)
    return output.getvalue()


def refusal(*arguments: str | Path, **options) -> str:
    with pytest.raises(CommandError) as raised:
        run(*arguments, **options)
    return str(raised.value)


def test_an_import_lists_what_is_new_by_code(workbook):
    words = run(workbook())
    assert "new: 4 skills, 16 attributes, 7 levels" in words
    assert "TIDE" in words
    assert "SFIA 9: imported." in words
    assert Skill.objects.count() == 4
    assert SkillLevel.objects.count() == 12


def test_the_same_file_again_has_nothing_to_change_and_names_no_skill(workbook):
    path = workbook()
    run(path)
    words = run(path)
    assert "nothing to change" in words
    assert "unchanged: 4 skills, 16 attributes, 7 levels" in words
    assert not any(skill.code in words for skill in Skill.objects.all())


def test_a_change_is_shown_with_the_words_that_differ(workbook):
    content = invented().with_skill("ECHO", overall_description="Keeping the old harbour bell in tune.")
    run(workbook(content))
    words = run(workbook(content.with_skill("ECHO", overall_description="Keeping the new harbour bell in tune.")))
    assert "changed: 1 skill\n  ECHO" in words
    assert "Overall description: Keeping the [-old-] {+new+} harbour bell in tune." in words
    assert "TIDE" not in words


def test_withdrawn_and_kept_are_listed_by_code(workbook):
    run(workbook())
    lamp = Skill.objects.get(code="LAMP")
    lamp.guidance_notes = "Ours."
    lamp.save()
    words = run(workbook(invented().without_skill("FOGS")))
    assert "withdrawn: 1 skill\n  FOGS" in words
    assert "kept (edited here): 1 skill\n  LAMP" in words
    assert "Guidance notes: edited here" in words


def test_a_conflict_is_said_to_wait_on_the_review_list(workbook):
    run(workbook())
    Skill.objects.filter(code="LAMP").update(guidance_notes="Ours.")
    words = run(workbook(invented().with_skill("LAMP", guidance_notes="Theirs.")))
    assert "the publisher has changed it too" in words
    assert "1 text waits on the review list" in words
    assert Conflict.objects.count() == 1


def test_a_dry_run_shows_the_plan_and_writes_nothing(workbook):
    words = run(workbook(), dry_run=True)
    assert "new: 4 skills, 16 attributes, 7 levels" in words
    assert "Nothing was written." in words
    assert not any(model.objects.exists() for model in recorded_models())


def test_the_edition_is_asked_for_where_the_file_does_not_say_it(tmp_path):
    path = workbooks.write_sfia_8(tmp_path / "sfia-8.xlsx", invented("8"))
    words = refusal(path)
    assert "do not say which edition" in words
    assert "--edition 8" in words
    assert not Edition.objects.exists()
    run(path, edition="8")
    assert Edition.objects.get().name == "SFIA 8"


def test_an_edition_is_made_current_when_asked_to(workbook):
    path = workbook()
    assert "No edition is current yet" in run(path)
    assert "becomes the current edition" in run(path, current=True)
    assert Edition.objects.get().is_current
    assert "nothing to change" in run(path, current=True)


def test_sheets_saved_as_csv_are_imported_alone_and_together(tmp_path):
    files = workbooks.write_csvs(tmp_path, invented())
    run(files["Attributes"], files["Levels of responsibility"])
    assert not Skill.objects.exists()
    run(files["Skills"])
    assert Skill.objects.count() == 4
    assert "nothing to change" in run(*files.values())


def test_a_workbook_and_its_sheets_as_csv_say_the_same(tmp_path, workbook):
    run(workbook())
    assert "nothing to change" in run(*workbooks.write_csvs(tmp_path, invented()).values())


def test_a_workbook_that_sharepoint_has_packed_anew_says_the_same(workbook):
    path = Path(workbook())
    run(path)
    assert "nothing to change" in run(workbooks.repacked(path))


def test_every_problem_is_named_with_its_place_and_nothing_is_written(workbook):
    path = workbooks.with_cell(Path(workbook()), "Skills", 3, "Skill", "")
    path = workbooks.with_cell(path, "Attributes", 2, "Level 4 description", "")
    words = refusal(path)
    assert "Skills, row 3, column “Skill”: a text was expected; the cell is empty." in words
    assert "Attributes, row 2, column “Level 4 description”" in words
    assert "Nothing was imported; the database is as it was." in words
    assert not Edition.objects.exists()


@pytest.mark.parametrize("damage", ["truncated", "encrypted", "macro_workbook", "text_file"])
def test_a_file_that_is_damaged_or_hostile_is_refused_in_words(damage, workbook, tmp_path):
    if damage == "truncated":
        path = workbooks.truncated(Path(workbook()))
    else:
        path = getattr(workbooks, damage)(tmp_path / "bad.xlsx")
    words = refusal(path)
    assert path.name in words
    assert "Nothing was imported" in words


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "nowhere.xlsx cannot be read: No such file or directory." in refusal(tmp_path / "nowhere.xlsx")


def test_warnings_are_apart_and_stop_nothing(workbook):
    errors = StringIO()
    path = workbooks.with_cell(Path(workbook()), "Skills", 3, "Code", "L4MP")
    path = workbooks.with_cell(path, "Skills", 3, "URL", "")
    call_command("import_workbook", str(path), stdout=StringIO(), stderr=errors)
    assert "Warning: Skills, row 3, column “Code”: “L4MP” is no code of four letters" in errors.getvalue()
    assert "SFIA 9 is known to have 147" in errors.getvalue()
    assert Skill.objects.count() == 3


@pytest.mark.parametrize(("edition", "counts"), [("9", (147, 672, 16)), ("8", (121, 495, 5))])
def test_a_whole_edition_is_imported_without_a_warning(edition, counts, tmp_path):
    write = workbooks.write_sfia_9 if edition == "9" else workbooks.write_sfia_8
    path = write(tmp_path / "whole.xlsx", workbooks.full_size(edition))
    errors = StringIO()
    call_command("import_workbook", str(path), edition=edition, stdout=StringIO(), stderr=errors)
    assert errors.getvalue() == ""
    found = Edition.objects.get()
    assert (
        found.skills.count(),
        SkillLevel.objects.filter(skill__edition=found).count(),
        found.attributes.count(),
    ) == counts


def test_each_file_that_cannot_be_read_is_named(tmp_path, workbook):
    words = refusal(workbooks.encrypted(tmp_path / "a.xlsx"), tmp_path / "nowhere.csv", workbook())
    assert "a.xlsx is protected by a password." in words
    assert "nowhere.csv cannot be read" in words


class Terminal(StringIO):
    def isatty(self):
        return True


def test_a_terminal_shows_what_is_being_done_and_then_nothing_of_it(workbook):
    terminal = Terminal()
    call_command("import_workbook", workbook(workbooks.full_size("9")), stdout=StringIO(), stderr=terminal)
    steps = [step.strip() for step in terminal.getvalue().split("\r")]
    assert steps[:3] == ["", "Reading sfia-9.xlsx …", ""]
    assert "Comparing …" in steps
    assert "170 skills, attributes and levels written …" in steps
    assert steps[-2:] == ["", ""]


def test_a_skill_whose_code_is_broken_is_known_by_its_address_and_not_withdrawn(workbook):
    path = Path(workbook())
    run(path)
    words = run(workbooks.with_cell(path, "Skills", 3, "Code", "L4MP"))
    assert "nothing to change" in words
    assert not Skill.objects.filter(is_withdrawn=True).exists()


def test_the_layout_of_sfia_8_is_not_taken_for_sfia_9(tmp_path):
    words = refusal(workbooks.write_sfia_8(tmp_path / "sfia-8.xlsx", invented("8")), edition="9")
    assert "laid out as SFIA 8 is, and edition 9 was asked for" in words


def test_an_edition_in_capitals_is_read_in_small_letters(workbook):
    run(workbook(), edition="9-TRIAL")
    assert Edition.objects.get().slug == "9-trial"


class FullDisk(StringIO):
    def write(self, text):
        raise OSError(28, "No space left on device")


def test_an_import_whose_list_cannot_be_written_is_done_all_the_same(workbook, monkeypatch):
    monkeypatch.setattr("os.dup2", lambda *numbers: None)
    call_command("import_workbook", workbook(), stdout=FullDisk(), stderr=StringIO())
    assert Skill.objects.count() == 4


def test_a_database_that_is_not_prepared_is_said_to_be_so(workbook, monkeypatch):
    monkeypatch.setattr("django.db.connection.introspection.table_names", lambda: ["django_migrations"])
    assert "Run: manage.py prepare" in refusal(workbook())

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from skills.models import Edition, Skill

pytestmark = pytest.mark.django_db


# In a process of its own: an edition of before there was a history, and what is prepared then.
OF_BEFORE = """
from django.conf import settings
from django.core.management import call_command
from django.db import connection
call_command("migrate", "skills", "0001", verbosity=0)
with connection.cursor() as cursor:
    cursor.execute(
        "INSERT INTO skills_edition (slug, name, tagline, attribution, is_current, in_development, published_name,"
        " published_tagline, published_attribution)"
        " VALUES ('7', 'Seventh', '', 'Theirs.', 0, 0, 'Seventh', '', 'Theirs.')"
    )
settings.FIXTURE_DIRS = [settings.DATA_DIR / "fixtures"]
call_command("prepare")
"""


@pytest.fixture
def fixtures(tmp_path):
    """The shipped fixtures, with few search terms."""
    folder = shutil.copytree(Path(settings.BASE_DIR, "fixtures"), tmp_path / "fixtures")
    terms = folder / "search-terms.json"
    terms.write_text(json.dumps(json.loads(terms.read_text(encoding="utf-8"))[:3]))
    return folder


@pytest.fixture
def prepare(settings, fixtures, tmp_path):
    """Run the command with static files in a folder of the test's own, and few search terms; give what it said."""
    settings.STATIC_ROOT = tmp_path / "static"
    settings.FIXTURE_DIRS = [fixtures]

    def run(**options):
        said = StringIO()
        call_command("prepare", stdout=said, **options)
        return said.getvalue().splitlines()

    return run


def test_the_second_time_there_is_nothing_to_do_and_it_says_so(prepare):
    first, second = prepare(), prepare()
    assert first[1:] == [
        "Fixture sfia-9-sample: loaded.",
        "Fixture search-terms: loaded.",
        "Fixture retirements: loaded.",
        "Static files: collected and compressed.",
    ]
    assert second == [
        "Database: up to date.",
        "Fixture sfia-9-sample: loaded before, left as it is.",
        "Fixture search-terms: loaded before, left as it is.",
        "Fixture retirements: loaded before, left as it is.",
        "Static files: up to date.",
    ]


def test_an_edit_survives_the_second_time(prepare):
    prepare()
    Skill.objects.update(name="Ours")
    prepare()
    assert Skill.objects.get().name == "Ours"


def test_static_files_are_collected_again_when_one_has_changed(prepare, settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    settings.STATICFILES_DIRS = [source]
    (source / "new.css").write_text("p { color: red }")
    prepare()
    assert prepare()[-1] == "Static files: up to date."
    (source / "new.css").write_text("p { color: green; }")
    assert prepare()[-1] == "Static files: collected and compressed."
    assert Path(settings.STATIC_ROOT, "new.css").read_text() == "p { color: green; }"


def test_the_demo_shows_the_invented_edition_and_leaves_the_choice_to_its_administrator(prepare):
    prepare(demo=True)
    assert Edition.objects.get(is_current=True).slug == "1"
    Edition.objects.update(is_current=False)
    Edition.objects.filter(slug="9").update(is_current=True)
    prepare(demo=True)
    assert Edition.objects.get(is_current=True).slug == "9"


def test_a_broken_fixture_stops_it_and_leaves_the_database_as_it_was(prepare, settings, tmp_path):
    settings.FIXTURE_DIRS = [tmp_path]
    (tmp_path / "sfia-9-sample.json").write_text('[{"model": "skills.edition", "fields": {"slug": "9", "name": ""}}]')
    with pytest.raises(CommandError, match=r"sfia-9-sample\.json, object 1 .*\nNo fixture was loaded"):
        prepare()
    assert not Edition.objects.exists()


@pytest.mark.own_database
def test_the_history_of_a_database_from_before_there_was_one_begins_when_it_is_prepared(prepared, fixtures, tmp_path):
    shutil.copytree(prepared / "static", tmp_path / "static")
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sfia_site.settings",
    }
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", OF_BEFORE]
    subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        query = (
            "SELECT name, reason FROM skills_historicaledition JOIN skills_revision"
            " ON skills_revision.id = skills_historicaledition.revision_id ORDER BY history_id"
        )
        recorded = database.execute(query).fetchall()
    assert recorded == [("Seventh", "Found in the database"), ("SFIA 9", "Loaded from the fixture sfia-9-sample")]

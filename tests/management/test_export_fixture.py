import json
import os
import shutil
import subprocess
import sys
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from skills.models import Edition
from tests.exporting.steps import exported, make_edited_edition
from tests.factories import make_edition


@pytest.fixture(scope="module")
def site(prepared_demo, tmp_path_factory):
    """Start `manage.py` with these words on a database that holds the invented edition."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(shutil.copytree(prepared_demo, tmp_path_factory.mktemp("site") / "data")),
        "DJANGO_SETTINGS_MODULE": "sfia_site.settings",
    }

    def start(*words, stdout=subprocess.PIPE, **more):
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=environment | more,
            stdout=stdout,
            stderr=subprocess.PIPE,
        )

    return start


@pytest.mark.django_db
def test_the_fixture_and_nothing_else_is_written_the_same_each_time():
    edition = make_edited_edition()
    written = [StringIO(), StringIO()]
    for output in written:
        call_command("export_fixture", "9", stdout=output)
    assert written[0].getvalue() == written[1].getvalue() == exported(edition)


@pytest.mark.django_db
def test_an_edition_that_is_not_there_is_said_with_those_that_are():
    with pytest.raises(CommandError, match=r"^There is no edition 7 here\. There is none at all\.$"):
        call_command("export_fixture", "7")
    make_edition(slug="9")
    Edition.objects.update(is_current=False)
    make_edition(slug="8")
    with pytest.raises(CommandError, match=r"^There is no edition 7 here\. These are here: 8, 9\.$"):
        call_command("export_fixture", "7")


def test_the_bytes_are_the_same_whatever_the_language_of_the_terminal(site):
    (first, _), (second, complaint) = (
        site("export_fixture", "1", **more).communicate(timeout=60)
        for more in ({}, {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"})
    )
    assert not complaint
    assert first == second
    assert first.endswith(b"\n]\n")
    assert "’" in first.decode()
    assert json.loads(first)[0]["fields"]["slug"] == "1"


def test_whoever_reads_may_stop_at_any_time(site):
    with site("export_fixture", "1") as exporting:
        assert exporting.stdout.readline() == b"[\n"
        exporting.stdout.close()
        assert exporting.stderr.read() == b""
    assert exporting.returncode == 1


def test_a_full_disk_is_said_in_a_sentence(site):
    with open("/dev/full", "wb") as full, site("export_fixture", "1", stdout=full) as exporting:
        complaint = exporting.stderr.read().decode()
    assert complaint == "CommandError: The fixture cannot be written: No space left on device.\n"
    assert exporting.returncode == 1

import json

import pytest
from django.core.management import call_command

from skills.models import Conflict, Skill, SkillLevelTakenAway
from tests.factories import make_edition, make_skill, make_skill_level, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def skill():
    return make_skill(edition=make_edition())


def kept():
    return list(SkillLevelTakenAway.objects.values_list("number", "published_description"))


def test_a_level_that_a_fixture_brings_back_is_no_longer_taken_away(skill, tmp_path):
    make_skill_level(skill=skill, number=5, published_description="Theirs.").delete()
    assert kept() == [(5, "Theirs.")]
    fields = {"skill": ["9", skill.code], "number": 5, "description": "Newer."}
    path = tmp_path / "level.json"
    path.write_text(json.dumps([{"model": "skills.skilllevel", "fields": fields}]))
    call_command("loaddata", str(path), verbosity=0)
    assert kept() == []
    assert Skill.objects.get().skill_levels.get().published_description == "Newer."


@pytest.mark.parametrize(
    ("last_imported", "newly_imported", "expected"), [("", "Newly.", [(5, "Newly.")]), ("Theirs.", "", [])]
)
def test_deciding_about_a_level_that_was_deleted_meanwhile_keeps_the_publishers_last_word(
    skill, last_imported, newly_imported, expected
):
    level = make_skill_level(skill=skill, number=5, published_description=last_imported)
    made = skill.edition.imports.create()
    skill.conflicts.create(part="description", number=5, newly_imported=newly_imported, found_by=made)
    level.delete()
    Conflict.objects.get().decide("")
    assert kept() == expected

"""Nothing is written of the framework without a record of it, in the same transaction."""

import json

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, NotSupportedError, connection, transaction
from django.db.transaction import TransactionManagementError

from skills.importing.fixtures import load_fixtures
from skills.models import Category, Edition, Level, Revision, Skill, SkillLevel
from skills.models.recorded import RecordedModel, record_what_is_unrecorded, recorded_models
from skills.models.revision import current_revision, revision, revision_made
from tests.factories import make_attribute, make_edition, make_skill, make_skill_level

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    return make_skill(edition=make_edition(), defined_at=(5, 6))


@pytest.fixture
def ada():
    return User.objects.create_user("ada", first_name="Ada", last_name="Lovelace")


def kinds(model) -> list[str]:
    """What was recorded of a model, the earliest first."""
    return list(model.history.order_by("history_id").values_list("history_type", flat=True))


def assert_history_and_text_agree():
    for model in recorded_models():
        for found in model.objects.all():
            record = model.history.filter(id=found.pk).first()
            recorded = {field.attname: getattr(record, field.attname) for field in model._meta.concrete_fields}
            assert recorded == {field.attname: getattr(found, field.attname) for field in model._meta.concrete_fields}


def test_each_save_and_deletion_is_recorded(skill):
    skill.name = "Ours"
    skill.save()
    skill.delete()
    assert kinds(Skill) == ["+", "~", "-"]
    assert kinds(SkillLevel) == ["+", "+", "-", "-"]


def test_an_update_of_many_is_recorded_with_what_it_wrote(skill):
    assert SkillLevel.objects.update(change="new") == 2
    assert [record.change for record in SkillLevel.history.all()[:2]] == ["new", "new"]
    assert SkillLevel.history.first().revision == SkillLevel.history.all()[1].revision
    assert_history_and_text_agree()


def test_an_update_of_none_leaves_no_revision(skill):
    before = Revision.objects.count()
    SkillLevel.objects.filter(number=1).update(change="new")
    assert Revision.objects.count() == before


def test_a_creation_of_none_leaves_no_revision_either(skill):
    before = Revision.objects.count()
    assert SkillLevel.objects.bulk_create([]) == []
    assert Revision.objects.count() == before


def test_creating_and_updating_in_bulk_and_through_relations_is_recorded(skill):
    level = SkillLevel(skill=skill, number=4, description="In bulk.")
    SkillLevel.objects.bulk_create([level])
    level.description = "Again."
    SkillLevel.objects.bulk_update([level], ["description"])
    skill.skill_levels.filter(number=4).update(change="modified")
    skill.skill_levels.update_or_create(number=4, defaults={"description": "And again."})
    assert kinds(SkillLevel) == ["+", "+", "+", "~", "~", "~"]
    assert_history_and_text_agree()


def test_bulk_creation_that_passes_over_conflicts_is_refused_for_it_could_not_be_recorded(skill):
    with pytest.raises(NotSupportedError):
        SkillLevel.objects.bulk_create([SkillLevel(skill=skill, number=5)], ignore_conflicts=True)


def test_deleting_an_edition_records_all_that_goes_with_it():
    edition = make_edition()
    make_skill(edition=edition, defined_at=(1, 2))
    make_attribute(edition=edition)
    edition.delete()
    for model in recorded_models():
        assert kinds(model).count("-") == kinds(model).count("+")


def test_all_that_is_written_inside_a_revision_belongs_to_it(skill, ada):
    with revision(by=ada, reason="Clearer") as made:
        skill.name = "Ours"
        skill.save()
        skill.skill_levels.update(change="new")
    records = [Skill.history.first(), *SkillLevel.history.all()[:2]]
    assert {record.revision for record in records} == {made}
    assert (made.made_by_name, made.reason) == ("Ada Lovelace", "Clearer")
    assert {record.history_user for record in records} == {ada}


def test_a_revision_in_which_nothing_was_written_leaves_no_trace(ada):
    with revision(by=ada):
        pass
    assert not Revision.objects.exists()


def test_a_revision_that_fails_takes_its_texts_with_it(skill, ada):
    def rename_and_fail():
        with revision(by=ada):
            skill.name = "Ours"
            skill.save()
            make_skill_level(skill=skill, number=5)

    with pytest.raises(IntegrityError):
        rename_and_fail()
    assert Skill.objects.get().name == "Skill ABCD"
    assert not Revision.objects.filter(made_by=ada).exists()
    assert_history_and_text_agree()


def test_what_is_written_after_a_revision_does_not_belong_to_it(skill, ada):
    with revision(by=ada):
        skill.save()
    skill.save()
    assert [record.history_user for record in Skill.history.all()[:2]] == [None, ada]


def test_a_name_stays_in_the_history_when_the_account_is_deleted(skill, ada):
    with revision(by=ada):
        skill.save()
    ada.delete()
    made = Revision.objects.first()
    assert (made.made_by, made.made_by_name) == (None, "Ada Lovelace")


def test_a_save_that_fails_at_its_record_leaves_the_text_as_it_was(skill, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError

    skill.name = "Ours"
    with monkeypatch.context() as patch:
        patch.setattr(Skill.history.model, "save", fail)
        with pytest.raises(RuntimeError), transaction.atomic():
            skill.save()
    assert Skill.objects.get().name == "Skill ABCD"


WRITES = {
    "update": lambda skill: Skill.objects.update(name="Ours"),
    "bulk_create": lambda skill: skill.skill_levels.bulk_create([SkillLevel(skill=skill, number=1, description="So.")]),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_after_a_bulk_write_that_failed_at_its_record_nothing_of_the_transaction_is_committed(write, monkeypatch):
    def fail(*args, **options):
        raise RuntimeError

    def write_and_go_on(skill):
        with revision():
            Skill.objects.update(overall_description="Written before.")
            with monkeypatch.context() as patch:
                patch.setattr(RecordedModel, "record", fail)
                with pytest.raises(RuntimeError):
                    write(skill)

    skill = make_skill(edition=make_edition())
    with pytest.raises(TransactionManagementError):
        write_and_go_on(skill)
    after = Skill.objects.get()
    assert (after.name, after.overall_description, SkillLevel.objects.count()) == ("Skill ABCD", "What ABCD is.", 0)


@pytest.mark.django_db(transaction=True)
def test_a_text_and_its_record_are_committed_together(monkeypatch):
    skill = make_skill(edition=make_edition())
    skill.name = "Ours"
    monkeypatch.setattr(Skill.history.model, "save", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        skill.save()
    assert Skill.objects.get().name == "Skill ABCD"


def test_the_history_begins_with_the_text_as_the_fixture_has_it():
    load_fixtures(["sfia-9-sample"])
    assert_history_and_text_agree()
    assert Revision.objects.get().reason == "Loaded from the fixture sfia-9-sample"
    assert set(kinds(Skill) + kinds(SkillLevel)) == {"+"}


def test_the_history_begins_with_the_text_as_loaddata_loads_it_and_goes_on_when_it_does_so_again(tmp_path):
    call_command("loaddata", "sfia-9-sample", verbosity=0)
    assert_history_and_text_agree()
    made = Revision.objects.get()
    assert made.reason == "Loaded from sfia-9-sample"
    path = tmp_path / "again.json"
    category = {"name": "Reissued", "edition": ["9"], "slug": "delivery-and-operation", "position": 1}
    path.write_text(json.dumps([{"model": "skills.category", "fields": category}]))
    call_command("loaddata", str(path), verbosity=0)
    assert kinds(Category) == ["+", "~"]
    assert Revision.objects.count() == 2
    assert_history_and_text_agree()


def test_what_went_past_django_is_recorded_when_it_is_looked_for(skill):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE skills_skill SET name = 'Raw'")
    record_what_is_unrecorded(reason="Found in the database")
    assert Skill.history.first().name == "Raw"
    assert_history_and_text_agree()
    before = Revision.objects.count()
    record_what_is_unrecorded(reason="Found in the database")
    assert Revision.objects.count() == before


def test_the_mark_of_a_revision_changes_with_every_change_of_the_skill_or_its_levels(skill):
    other = make_skill(edition=skill.edition, code="OTHR", defined_at=(1,))
    marks = [skill.revision_mark()]
    skill.save()
    marks.append(skill.revision_mark())
    skill.skill_levels.filter(number=5).update(change="new")
    marks.append(skill.revision_mark())
    skill.skill_levels.get(number=6).delete()
    marks.append(skill.revision_mark())
    make_skill_level(skill=skill, number=7)
    marks.append(skill.revision_mark())
    assert len(set(marks)) == 5
    other.skill_levels.update(change="new")
    assert skill.revision_mark() == marks[-1]


def test_a_skill_as_of_a_mark_has_the_texts_and_levels_that_it_had_then(skill):
    mark = skill.revision_mark()
    skill.name = "Ours"
    skill.save()
    skill.skill_levels.get(number=5).delete()
    make_skill_level(skill=skill, number=7)
    [[then], levels] = skill.as_of(mark)
    assert then.name == "Skill ABCD"
    assert sorted(level.number for level in levels) == [5, 6]


@pytest.mark.parametrize("mark", ["", "x", "1", "1-2-3", "-1-2", "٣-٤", "9" * 30, "9" * 30 + "-1", "1e3-1"])
def test_a_mark_that_somebody_made_up_is_no_fault(skill, mark):
    assert len(skill.as_of(mark)) == 2


def test_making_an_edition_current_takes_the_mark_from_the_other_and_is_recorded():
    make_edition(slug="9")
    make_edition(slug="1", is_current=False)
    make_edition(slug="2", is_current=False)
    with revision() as made:
        Edition.objects.get(slug="1").make_current()
    assert Edition.objects.get(is_current=True).slug == "1"
    assert sorted(Edition.history.filter(revision=made).values_list("slug", flat=True)) == ["1", "9"]


def test_levels_made_in_bulk_by_the_factory_have_a_history_too():
    make_edition()
    assert kinds(Level) == ["+"] * 7


def test_a_revision_says_when_it_is_complete_in_its_transaction(skill):
    said = []

    def hear(revision, **kwargs):
        said.append((revision, Skill.history.filter(revision=revision).count(), connection.in_atomic_block))

    revision_made.connect(hear)
    try:
        with revision(reason="Both") as made:
            skill.save()
            Skill.objects.update(name="Ours")
            assert said == []
        assert said == [(made, 2, True)]
        with revision(reason="Nothing"):
            pass
        skill.save()
        assert len(said) == 2
    finally:
        revision_made.disconnect(hear)


def test_nothing_is_recorded_outside_a_revision():
    with pytest.raises(LookupError):
        current_revision(Skill)

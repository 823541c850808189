"""The publisher's last wording: "edited here" always means that the two differ."""

import json

import pytest
from django.core.management import call_command
from django.db.models import CharField, F, TextField

from skills.models import (
    Category,
    Edition,
    ExplanatorySection,
    LoadedFixture,
    Notice,
    Retirement,
    SearchTerm,
    Skill,
    SkillLevel,
)
from skills.models.code import CodeField
from skills.models.published import PublishedTextField
from skills.models.recorded import recorded_models
from tests.factories import make_attribute, make_edition, make_skill, make_skill_level, one_revision_each

pytestmark = pytest.mark.django_db

# Search terms and retirements are the site's own: the publisher says nothing of them.
MODELS = [model for model in recorded_models() if model not in (Retirement, SearchTerm)]
TEXTS = [
    (model, field.text)
    for model in MODELS
    for field in model._meta.get_fields()
    if isinstance(field, PublishedTextField)
]


@pytest.fixture
@one_revision_each
def published():
    """An edition with an object of each kind, every text of which is the publisher's."""
    edition = make_edition(slug="9", tagline="A tagline.")
    make_skill(edition=edition, code="ITMG", name="Publisher's name", guidance_notes="Guidance.", defined_at=(5, 6))
    make_attribute(edition=edition)
    Notice.objects.create(edition=edition, position=1, notice="A notice.")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="So.")
    for model, text in TEXTS:
        model.objects.update(**{f"published_{text}": F(text)})
    return edition


@pytest.fixture
def load(tmp_path):
    """Load these records as a fixture, as people do by hand."""

    def load(*records):
        path = tmp_path / "records.json"
        path.write_text(json.dumps(records))
        call_command("loaddata", str(path), verbosity=0)

    return load


EDITION = {"model": "skills.edition", "fields": {"slug": "3", "name": "Third"}}
CATEGORY = {"model": "skills.category", "fields": {"edition": ["3"], "name": "One", "slug": "one", "position": 1}}


@pytest.mark.parametrize("model", MODELS)
def test_every_text_has_its_publishers_wording_beside_it(model):
    texts = {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, (CharField, TextField))
        and not isinstance(field, (CodeField, PublishedTextField))
        and not field.choices
        and field.name != "slug"
    }
    assert texts == {text for of, text in TEXTS if of is model}


def test_what_a_fixture_loads_is_the_publishers_wording(load):
    load(EDITION, CATEGORY)
    assert Category.objects.get().published_name == "One"
    assert not Category.objects.edited_here().exists()
    assert not Edition.objects.edited_here().exists()


@pytest.mark.parametrize(("model", "text"), TEXTS)
def test_each_text_that_differs_counts_as_edited_here(published, model, text):
    assert not model.objects.edited_here().exists()
    changed = model.objects.last()
    setattr(changed, text, "Ours")
    changed.save()
    assert list(model.objects.edited_here()) == [changed]


def test_a_text_written_here_has_no_publishers_wording():
    skill = make_skill(edition=make_edition())
    assert skill.published_name == ""
    assert Skill.objects.edited_here().get() == skill


def test_bulk_creating_is_covered():
    attribute = make_attribute(edition=make_edition())
    assert set(attribute.attribute_levels.values_list("published_description", flat=True)) == {""}


def test_a_skill_counts_as_edited_when_one_of_its_levels_is(published):
    SkillLevel.objects.filter(number=6).update(description="Ours")
    assert Skill.objects.edited_here().get().code == "ITMG"


def test_a_level_added_here_counts_as_edited(published):
    added = make_skill_level(skill=Skill.objects.get(), number=4)
    assert SkillLevel.objects.edited_here().get() == added


def test_taking_the_publishers_wording_back_ends_it(published):
    Skill.objects.update(name="Ours")
    skill = Skill.objects.edited_here().get()
    skill.name = skill.published_name
    skill.save()
    assert not Skill.objects.edited_here().exists()


def test_a_dump_that_is_loaded_again_keeps_what_is_edited_and_what_is_added_here(published, tmp_path):
    Skill.objects.update(name="Ours")
    make_skill_level(skill=Skill.objects.get(), number=4)
    LoadedFixture.objects.create(subject="other")
    LoadedFixture.objects.create(subject="sample")
    dump = tmp_path / "dump.json"
    call_command("dumpdata", "skills", natural_foreign=True, natural_primary=True, output=str(dump), verbosity=0)
    published.delete()
    LoadedFixture.objects.all().delete()
    LoadedFixture.objects.create(subject="sample")

    call_command("loaddata", str(dump), verbosity=0)

    skill = Skill.objects.get()
    assert (skill.name, skill.published_name) == ("Ours", "Publisher's name")
    assert SkillLevel.objects.edited_here().get().number == 4
    assert list(LoadedFixture.objects.values_list("subject", flat=True)) == ["other", "sample"]


def test_loading_a_fixture_over_an_edit_takes_the_fixtures_words_as_the_publishers(load):
    load(EDITION, CATEGORY)
    Category.objects.update(name="Ours")
    load(EDITION, {"model": "skills.category", "fields": CATEGORY["fields"] | {"name": "Reissued"}})
    category = Category.objects.get()
    assert (category.name, category.published_name) == ("Reissued", "Reissued")

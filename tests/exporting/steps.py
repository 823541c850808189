"""What the tests of exporting do: an edition with every kind of edit, and a database as plain data."""

from datetime import UTC, datetime
from typing import Any

from django.apps import apps
from django.db.models import F, Model

from skills.exporting.edition import describe, describe_published
from skills.exporting.fixture import as_fixture
from skills.models import (
    Attribute,
    Conflict,
    Edition,
    ExplanatorySection,
    Import,
    ImportedFile,
    LoadedFixture,
    Notice,
    PendingFile,
    PendingImport,
    Retirement,
    Revision,
    SearchDocument,
    SearchIndex,
    SearchKey,
    SearchTerm,
    Skill,
)
from skills.models.published import PublishedTextField
from skills.models.recorded import recorded_models
from tests.factories import (
    make_attribute,
    make_edition,
    make_skill,
    make_skill_level,
    make_subcategory,
    one_revision_each,
)

STRANGE = 'Ours: "quoted" \\ é ü 𝔖𝔣𝔦𝔞 👩🏽\u200d🔧 line\u2028paragraph\u2029next\x85tab\tend\r\n</script>\x7f \ufeff'
FOR_SEARCH = {SearchDocument, SearchIndex, SearchKey, SearchTerm}
NO_PART_OF_AN_EDITION = {LoadedFixture, PendingFile, PendingImport, Retirement, Revision} | FOR_SEARCH
FIRST, SECOND = datetime(2026, 1, 2, 3, 4, 5, 678_000, UTC), datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def exported(edition: Edition) -> str:
    return "".join(as_fixture(describe(edition), describe_published(edition)))


def rows() -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row that is part of an edition, by its model and natural key, without what a database makes up."""
    models: Any = [
        model
        for model in apps.get_app_config("skills").get_models()
        if model not in NO_PART_OF_AN_EDITION and not model.__name__.startswith("Historical")
    ]
    return {
        model.__name__: {found.natural_key(): fields_of(found) for found in model.objects.select_related()}
        for model in models
    }


def fields_of(found: Model) -> dict[str, Any]:
    values = {}
    for field in found._meta.concrete_fields:
        if not field.primary_key and field.name != "imported_by":
            value = getattr(found, field.name)
            values[field.name] = value.natural_key() if isinstance(value, Model) else value
    return values


def edit(found: Model, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()


@one_revision_each
def make_edited_edition(slug: str = "9") -> Edition:
    """An edition in which something of each kind is the publisher's, edited here, added here and taken away here."""
    edition = make_published_edition(slug)
    edit_the_framework(edition)
    edit_the_skills(edition)
    edit_the_attributes(edition)
    ask(edition)
    return edition


def make_published_edition(slug: str = "9") -> Edition:
    edition = make_edition(slug=slug, tagline="Theirs.", in_development=True)
    for position in (1, 2):
        Notice.objects.create(edition=edition, position=position, notice=f"Notice {position}")
        ExplanatorySection.objects.create(edition=edition, position=position, heading="Heading", explanation="So.")
    first = make_subcategory(edition=edition, name="First")
    for code, numbers in (("SPON", (1, 2)), ("KNIF", (5, 6, 7)), ("FORK", (3,)), ("BOWL", (4,))):
        make_skill(edition=edition, code=code, defined_at=numbers, subcategory=first, position=1, guidance_notes="How.")
    make_subcategory(edition=edition, name="Second")
    for code in ("AUTO", "INFL"):
        make_attribute(edition=edition, code=code)
    take_as_published()
    return Edition.objects.get(pk=edition.pk)


def take_as_published() -> None:
    """All that stands in the database is the publisher's."""
    for model in recorded_models():
        fields = [field for field in model._meta.concrete_fields if isinstance(field, PublishedTextField)]
        model.objects.update(**{field.name: F(field.text) for field in fields})
    Skill.objects.update(published_subcategory=F("subcategory"))


def edit_the_framework(edition: Edition) -> None:
    edit(edition, name="Our edition", tagline=STRANGE, attribution="Ours.")
    edit(edition.notices.get(position=1), notice="Ours")
    Notice.objects.create(edition=edition, position=3, notice="Added here")
    edit(edition.explanatory_sections.get(position=2), heading="Ours", explanation=STRANGE)
    ExplanatorySection.objects.create(edition=edition, position=3, heading="Added", explanation="Here.")
    edit(edition.levels.get(number=2), guiding_phrase="", essence=STRANGE)
    category = edition.categories.get()
    edit(category, name="Our category")
    edit(category.subcategories.get(slug="first"), name="Our first")
    make_subcategory(edition=edition, category="Added", name="Here")


def edit_the_skills(edition: Edition) -> None:
    skills = {skill.code: skill for skill in edition.skills.all()}
    added_place, second = (make_subcategory(edition=edition, category="Added", name=name) for name in ("Here", "Gone"))
    edit(skills["KNIF"], overall_description=STRANGE, guidance_notes="", guidance_notes_change="modified")
    edit(skills["KNIF"], overall_description_change="unchanged", subcategory=added_place)
    knife_levels = {level.number: level for level in skills["KNIF"].skill_levels.all()}
    knife_levels[5].delete()
    edit(knife_levels[6], description=STRANGE, change="new")
    make_skill_level(skill=skills["KNIF"], number=2, change="modified")
    edit(skills["SPON"], is_withdrawn=True)
    # Its name is the publisher's and its place the publisher has no more.
    edit(skills["FORK"], published_subcategory=second)
    second.delete()
    # The publisher has another name for it, in the same place.
    edit(skills["BOWL"], name=STRANGE)
    # Added here, and then by the publisher in the same place, with other words about which nobody has decided.
    make_skill(edition=edition, code="BOTH", subcategory=added_place, published_subcategory=added_place)
    make_skill(edition=edition, code="ADDE", defined_at=(1, 7), subcategory=added_place, guidance_notes="Ours.")


def edit_the_attributes(edition: Edition) -> None:
    autonomy, influence = edition.attributes.order_by("code")
    edit(autonomy, name="Ours", overall_description="", guidance_notes=STRANGE, kind=Attribute.Kind.BEHAVIOUR)
    levels = {level.number: level for level in autonomy.attribute_levels.all()}
    edit(levels[3], description=STRANGE)
    levels[4].delete()
    edit(influence, is_withdrawn=True)
    make_attribute(edition=edition, code="ADDE")


def ask(edition: Edition) -> None:
    """Two imports with their files, and an open question about each kind of thing and part."""
    first = Import.objects.create(edition=edition, imported_at=FIRST, imported_by_name="Añn Editor", skill_count=4)
    second = Import.objects.create(edition=edition, imported_at=SECOND, attribute_count=2, conflict_count=5)
    for made, names in ((first, ("b.csv", "a.csv")), (second, ("a.csv", "a.csv"))):
        for number, name in enumerate(names):
            ImportedFile.objects.create(imported_in=made, name=name, sha256=f"{9 - number}f" * 32)
    knife = edition.skills.get(code="KNIF")
    autonomy, level = edition.attributes.get(code="AUTO"), edition.levels.get(number=2)
    for question in (
        {"level": level, "part": "essence", "found_by": second, "newly_imported": "Newly."},
        {"skill": knife, "part": "subcategory", "found_by": first, "newly_imported": "category/second"},
        {"skill": knife, "part": "description", "number": 5, "found_by": second, "newly_imported": STRANGE},
        {"attribute": autonomy, "part": "description", "number": 3, "found_by": first},
        {"attribute": autonomy, "part": "name", "found_by": first, "newly_imported": "Newly."},
    ):
        Conflict.objects.create(**question)


def levels_of(skill: Any) -> dict[int, str]:
    """The descriptions of a described skill or attribute."""
    levels = getattr(skill, "skill_levels", None) or getattr(skill, "attribute_levels", ())
    return {level.number: level.description for level in levels}

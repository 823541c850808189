from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver

from .category import Category, Subcategory
from .change import ChangeField, change_is_known
from .code import CodeField, code_is_four_capitals
from .constraints import not_blank, within_longest
from .edition import Edition
from .level import Level, LevelNumberField, number_is_a_level
from .position import PositionField
from .published import PublishedTextField, differs_from_publisher, taken_from_fixture
from .recorded import RecordedModel, RecordedQuerySet
from .skill_outline import SkillOutline


class SkillQuerySet(RecordedQuerySet["Skill"]):
    def get_by_natural_key(self, edition_slug: str, code: str) -> "Skill":
        return self.get(edition__slug=edition_slug, code=code)

    def in_edition(self, edition: Edition) -> "SkillQuerySet":
        """All of an edition, those that were withdrawn from it too: their pages still answer."""
        return self.filter(edition=edition)

    def listed(self) -> "SkillQuerySet":
        """Those that stand in lists and are found by search: not those that were withdrawn."""
        return self.filter(is_withdrawn=False)

    def in_category(self, category: Category) -> "SkillQuerySet":
        return self.filter(subcategory__category=category)

    def in_subcategory(self, subcategory: Subcategory) -> "SkillQuerySet":
        return self.filter(subcategory=subcategory)

    def in_bulk_by_code(self, codes: Iterable[str]) -> dict[str, "Skill"]:
        """Those of these codes that there are."""
        return {skill.code: skill for skill in self.filter(code__in=[*codes])}

    def defined_at(self, number: int) -> "SkillQuerySet":
        return self.filter(skill_levels__number=number)

    def with_levels(self) -> "SkillQuerySet":
        """With the descriptions at their levels and the place in the framework."""
        return self.select_related("subcategory__category").prefetch_related("skill_levels")

    def with_level_numbers(self) -> "SkillQuerySet":
        """As `with_levels`, for lists: the numbers of the levels without their descriptions."""
        return self.select_related("subcategory__category").prefetch_related(
            Prefetch("skill_levels", SkillLevel.objects.only("skill", "number"))
        )

    def in_framework_order(self) -> "SkillQuerySet":
        """By category and subcategory; those that share a position stay together all the same."""
        return self.order_by(
            *("subcategory__category__position", "subcategory__category_id", "subcategory__position", "subcategory_id"),
            *("position", "code"),
        )

    def outlines(self) -> list[SkillOutline]:
        """These skills as lists show them, in the framework's order, in two queries however many they are."""
        numbers: defaultdict[int, list[int]] = defaultdict(list)
        changes: defaultdict[int, set[str]] = defaultdict(set)
        levels = SkillLevel.objects.filter(skill__in=self.order_by()).order_by("number")
        for pk, number, change in levels.values_list("skill_id", "number", "change"):
            numbers[pk].append(number)
            changes[pk].add(change)
        place = cache(_place)
        texts = ("pk", "code", "name", "overall_description", "overall_description_change", "guidance_notes_change")
        # The place comes with its skill: by itself, it could be gone between two queries.
        places = [f"subcategory__{field}" for field in ("pk", "slug", "name")]
        places += [f"subcategory__category__{field}" for field in ("pk", "slug", "name")]
        return [
            SkillOutline(
                code=code,
                name=name,
                overall_description=overall_description,
                subcategory=place(*its_place),
                defined_numbers=tuple(numbers[pk]),
                changes=frozenset(filter(None, {overall_change, guidance_change, *changes[pk]})),
            )
            for pk, code, name, overall_description, overall_change, guidance_change, *its_place in (
                self.in_framework_order().values_list(*texts, *places)
            )
        ]

    def counts_by_level(self) -> dict[int, int]:
        """How many of these skills are defined at each level's number; a level of none is left out."""
        return dict(self.order_by().values_list("skill_levels__number").annotate(models.Count("pk")))

    def latest_first(self) -> "SkillQuerySet":
        """Of several editions, those of the current one first; withdrawn ones last."""
        return self.order_by("is_withdrawn", "-edition__is_current", "-edition__name")

    def formerly(self, code: str) -> "SkillQuerySet":
        """Those that had this code and have another one now."""
        return self.filter(pk__in=Skill.history.filter(code=code).order_by().values("id")).exclude(code=code)

    def edited_here(self) -> "SkillQuerySet":
        """Those of which a text, a description at a level or the place differs from the publisher's last word, or of
        which a level that the publisher describes was taken away."""
        edited_levels = SkillLevel.objects.edited_here().filter(skill=OuterRef("pk"))
        moved = Q(published_subcategory__isnull=False) & ~Q(subcategory=F("published_subcategory"))
        taken_away: Any = self.model._meta.get_field("levels_taken_away").related_model
        return self.filter(
            differs_from_publisher(Skill)
            | moved
            | Q(Exists(edited_levels))
            | Q(Exists(taken_away.objects.filter(skill=OuterRef("pk"))))
        )


def _place(*subcategory_and_category: Any) -> Subcategory:
    """From the key, the slug and the name of each."""
    pk, slug, name, category_pk, category_slug, category_name = subcategory_and_category
    category = Category(pk=category_pk, slug=category_slug, name=category_name)
    return Subcategory(pk=pk, slug=slug, name=name, category=category)


class Skill(RecordedModel):
    """A professional skill. Its code is its identity over editions; its name and its place in the framework move."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="skills")
    subcategory = models.ForeignKey(Subcategory, models.RESTRICT, related_name="skills")
    published_subcategory = models.ForeignKey(
        Subcategory,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Where the publisher last put it; empty where the publisher does not have it.",
    )
    code = CodeField()
    name = models.CharField(max_length=100)
    published_name = PublishedTextField("name")
    position = PositionField(help_text="The publisher's order.")
    overall_description = models.TextField(max_length=settings.LONGEST_TEXT, help_text="Markdown.")
    published_overall_description = PublishedTextField("overall_description")
    overall_description_change = ChangeField()
    guidance_notes = models.TextField(max_length=settings.LONGEST_TEXT, blank=True, help_text="Markdown.")
    published_guidance_notes = PublishedTextField("guidance_notes")
    guidance_notes_change = ChangeField()
    is_withdrawn = models.BooleanField(
        "withdrawn", default=False, help_text="No longer in the publisher's edition. Kept out of lists; its page stays."
    )
    published_is_withdrawn = models.BooleanField(default=False, editable=False)

    objects = SkillQuerySet.as_manager()
    part_names = ("skill_levels",)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="skill_code_unique"),
            code_is_four_capitals("skill"),
            not_blank("skill", "name"),
            not_blank("skill", "overall_description"),
            within_longest("skill", "overall_description"),
            change_is_known("skill", "overall_description_change"),
            within_longest("skill", "guidance_notes"),
            change_is_known("skill", "guidance_notes_change"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def natural_key(self) -> tuple[str, str]:
        return (*self.edition.natural_key(), self.code)

    natural_key.dependencies = ["skills.edition", "skills.subcategory"]  # type: ignore[attr-defined]

    def get_absolute_url(self) -> str:
        return self.edition.lasting_address_of("skill_detail", code=self.code)

    def clean(self) -> None:
        """No constraint of the database can look into another table: this rule holds for forms and fixtures alone."""
        elsewhere = Subcategory.objects.filter(pk=self.subcategory_id).exclude(category__edition=self.edition_id)
        if self.edition_id and elsewhere.exists():
            raise ValidationError({"subcategory": "This subcategory belongs to another edition than the skill."})

    @property
    def defined_numbers(self) -> list[int]:
        """The numbers of the levels at which the skill is defined, rising."""
        return [skill_level.number for skill_level in self.skill_levels.all()]

    def at_level(self, number: int) -> "SkillLevel | None":
        """The skill at this level; None where it is not defined there."""
        return next((skill_level for skill_level in self.skill_levels.all() if skill_level.number == number), None)

    def level_runs(self, levels: Iterable[Level]) -> list["LevelRun"]:
        """All levels, with the skill's description at each, in runs of neighbours that are defined or not."""
        pairs = [(level, self.at_level(level.number)) for level in levels]
        return [
            LevelRun(is_defined=is_defined, levels=tuple(run))
            for is_defined, run in groupby(pairs, key=lambda pair: pair[1] is not None)
        ]

    def defined_around(self, number: int) -> list[int]:
        """Of the levels at which the skill is defined, this one and those next to it; none if it is alone."""
        below = [defined for defined in self.defined_numbers if defined < number]
        here = [defined for defined in self.defined_numbers if defined == number]
        above = [defined for defined in self.defined_numbers if defined > number]
        around = [*below[-1:], *here, *above[:1]]
        return around if len(around) > 1 else []

    def nearest_defined_number(self, number: int) -> int | None:
        """The level nearest to this one at which the skill is defined; of two, the lower. None if there is none."""
        return min(self.defined_numbers, key=lambda defined: (abs(defined - number), defined), default=None)


@receiver(taken_from_fixture, sender=Skill)
def take_place_from_fixture(instance: Skill, *, text: str, **kwargs: Any) -> None:
    """As `PublishedTextField` takes a text: the publisher's place is where the fixture puts the skill, unless it holds
    that itself. One that holds the publisher's name does, and null is a place that the publisher does not have."""
    if text == "name" and instance.published_subcategory_id is None:
        instance.published_subcategory_id = instance.subcategory_id


@receiver(pre_delete, sender=Subcategory)
def forget_place_that_goes(instance: Subcategory, origin: Any, **kwargs: Any) -> None:
    """As SET_NULL does, with a record. Not where the skills go too, with their edition."""
    if getattr(origin, "model", type(origin)) is not Edition:
        Skill.objects.filter(published_subcategory=instance).update(published_subcategory=None)


@dataclass(frozen=True)
class LevelRun:
    """Neighbouring levels at all of which a skill is defined, or at none."""

    is_defined: bool
    levels: tuple[tuple[Level, "SkillLevel | None"], ...]

    @property
    def first(self) -> int:
        return self.levels[0][0].number

    @property
    def last(self) -> int:
        return self.levels[-1][0].number


class SkillLevelQuerySet(RecordedQuerySet["SkillLevel"]):
    def get_by_natural_key(self, edition_slug: str, code: str, number: int) -> "SkillLevel":
        return self.get(skill__edition__slug=edition_slug, skill__code=code, number=number)


class SkillLevel(RecordedModel):
    """What a skill is at one level. A level at which the skill is not defined has no row."""

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="skill_levels")
    number = LevelNumberField()
    description = models.TextField(max_length=settings.LONGEST_TEXT, help_text="Markdown.")
    published_description = PublishedTextField("description")
    change = ChangeField()

    objects = SkillLevelQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "number"], name="skill_level_number_unique"),
            number_is_a_level("skill_level"),
            not_blank("skill_level", "description"),
            within_longest("skill_level", "description"),
            change_is_known("skill_level", "change"),
        ]

    def __str__(self) -> str:
        return f"Level {self.number}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.skill.natural_key(), self.number)

    natural_key.dependencies = ["skills.skill"]  # type: ignore[attr-defined]

"""Levels that the publisher describes and somebody here took away: they stay away when the next edition is imported."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver

from .attribute import Attribute, AttributeLevel
from .level import LevelNumberField, number_is_a_level
from .skill import Skill, SkillLevel


class LevelTakenAway(models.Model):
    """The publisher's last wording of a level that has no row any more, because somebody here deleted it."""

    number = LevelNumberField()
    published_description = models.TextField()

    class Meta:
        abstract = True
        ordering = ["number"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Level {self.number}"


class SkillLevelTakenAwayQuerySet(models.QuerySet["SkillLevelTakenAway"]):
    def get_by_natural_key(self, edition_slug: str, code: str, number: int) -> "SkillLevelTakenAway":
        return self.get(skill__edition__slug=edition_slug, skill__code=code, number=number)


class SkillLevelTakenAway(LevelTakenAway):
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="levels_taken_away")

    objects = SkillLevelTakenAwayQuerySet.as_manager()

    class Meta(LevelTakenAway.Meta):
        constraints = [
            models.UniqueConstraint(fields=["skill", "number"], name="skill_level_taken_away_unique"),
            number_is_a_level("skill_level_taken_away"),
        ]

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.skill.natural_key(), self.number)

    natural_key.dependencies = ["skills.skill"]  # type: ignore[attr-defined]


class AttributeLevelTakenAwayQuerySet(models.QuerySet["AttributeLevelTakenAway"]):
    def get_by_natural_key(self, edition_slug: str, code: str, number: int) -> "AttributeLevelTakenAway":
        return self.get(attribute__edition__slug=edition_slug, attribute__code=code, number=number)


class AttributeLevelTakenAway(LevelTakenAway):
    attribute = models.ForeignKey(Attribute, models.CASCADE, related_name="levels_taken_away")

    objects = AttributeLevelTakenAwayQuerySet.as_manager()

    class Meta(LevelTakenAway.Meta):
        constraints = [
            models.UniqueConstraint(fields=["attribute", "number"], name="attribute_level_taken_away_unique"),
            number_is_a_level("attribute_level_taken_away"),
        ]

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.attribute.natural_key(), self.number)

    natural_key.dependencies = ["skills.attribute"]  # type: ignore[attr-defined]


def _kept_for(level: SkillLevel | AttributeLevel) -> Any:
    """The query for what is kept of this level."""
    if isinstance(level, SkillLevel):
        return SkillLevelTakenAway.objects.filter(skill_id=level.skill_id, number=level.number)
    return AttributeLevelTakenAway.objects.filter(attribute_id=level.attribute_id, number=level.number)


@receiver(post_delete, sender=SkillLevel)
@receiver(post_delete, sender=AttributeLevel)
def keep_what_the_publisher_says(instance: Any, origin: Any, **kwargs: Any) -> None:
    """Not where the level goes with its skill, edition or attribute: nobody has taken it away from that."""
    started_at = getattr(origin, "model", type(origin))
    if instance.published_description and started_at is type(instance):
        _kept_for(instance).get_or_create(
            number=instance.number,
            defaults={**_owner(instance), "published_description": instance.published_description},
        )


@receiver(pre_save, sender=SkillLevel)
@receiver(pre_save, sender=AttributeLevel)
def take_back_what_the_publisher_says(instance: Any, raw: bool, **kwargs: Any) -> None:
    """A level that is there again, by whatever way, knows what the publisher says of it. A fixture says that itself."""
    if instance._state.adding:
        kept = _kept_for(instance)
        for found in () if raw else kept:
            instance.published_description = found.published_description
        kept.delete()


def recall_levels_taken_away(owner: Skill | Attribute) -> None:
    """Of a skill or an attribute that comes back: what was kept of its levels went with it. Their history tells it."""
    levels: Any = getattr(owner, owner.part_names[0])
    there = set(levels.values_list("number", flat=True))
    records = levels.model.history.filter(**{levels.field.attname: owner.pk})
    last = {record.number: record for record in records.order_by("history_id")}
    for number, record in last.items():
        if record.history_type == "-" and record.published_description and number not in there:
            text = {"published_description": record.published_description}
            owner.levels_taken_away.get_or_create(number=number, defaults=text)


def _owner(level: Any) -> dict[str, int]:
    return {"skill_id": level.skill_id} if isinstance(level, SkillLevel) else {"attribute_id": level.attribute_id}

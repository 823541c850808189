"""What is known of a skill, or of a level of one, that an edition does not have any more."""

from collections.abc import Sequence
from dataclasses import dataclass

from skills.models import Edition, Retirement, Skill
from skills.models.retirement import Successor


@dataclass(frozen=True)
class Gone:
    """A skill, or a level of one, that an edition does not have, or not any more."""

    code: str
    number: int | None
    name: str
    """As it was called last."""
    editions: Sequence[Edition]
    """Those here that have it."""
    last_edition: str
    """The last edition that had it, as a name, where that is not here; else ""."""
    successors: Sequence[tuple[Successor, Skill | None]]
    """What took its place, each with the skill where the edition has it."""

    @property
    def is_in_current(self) -> bool:
        """Whether it is not gone, but came later than the edition that is looked at."""
        return any(edition.is_current for edition in self.editions)


def gone_from(edition: Edition, code: str, number: int | None = None) -> Gone | None:
    """What is known of a skill, or of a level of it, that this edition does not have; None where nothing is."""
    known = Skill.objects.filter(code=code).exclude(edition=edition).select_related("edition")
    if number:
        known = known.filter(skill_levels__number=number)
    skills = list(known.latest_first())
    retirement = Retirement.objects.filter(code=code, number=number).first()
    if not skills and not retirement:
        return None
    said = retirement.successor_list() if retirement else []
    there = Skill.objects.in_edition(edition).listed().in_bulk_by_code([one.code for one in said]) if said else {}
    return Gone(
        code=code,
        number=number,
        name=retirement.name if retirement else skills[0].name,
        editions=[skill.edition for skill in skills if not skill.is_withdrawn],
        last_edition=retirement.last_edition if retirement and not _is_here(retirement.last_edition) else "",
        successors=[(one, there.get(one.code)) for one in said],
    )


def _is_here(name: str) -> bool:
    return Edition.objects.filter(name=name).exists()

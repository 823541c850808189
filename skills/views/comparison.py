"""Levels of one skill, and up to four skills, side by side."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from skills.models import Edition, Level, Skill, SkillLevel, SkillOutline

from . import asked
from .edition import edition_page
from .public import shows

MOST_SKILLS = 4


@dataclass(frozen=True)
class Step:
    """A level in the rail above a comparison; choosing it leads to the address."""

    level: Level
    is_defined: bool
    is_chosen: bool
    address: str


@dataclass(frozen=True)
class Column:
    """A skill in its column, the address without it, and what stands at the level that is compared, if one is."""

    skill: Skill
    address_without: str
    skill_level: SkillLevel | None
    nearest: Level | None


@edition_page
def skill_level_compare(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_edition(edition).with_levels(), code=code)
    levels = Level.objects.one_to_seven(edition)
    chosen, passed_over = asked.level_numbers(request, "levels")
    numbers = sorted(set(chosen)) or skill.defined_numbers

    def address(number: int) -> str:
        return f"{request.path}{_query(levels=sorted({number} ^ set(numbers)))}"

    query = _query(levels=numbers)
    shows(request, query)
    context = {
        "edition": edition,
        "query": query,
        "skill": skill,
        "numbers": numbers,
        "compared": [(level, skill.at_level(level.number)) for level in levels if level.number in numbers],
        "steps": _steps(levels, address, defined=skill.defined_numbers, chosen=numbers),
        "passed_over": passed_over,
    }
    return render(request, "skills/skill_level_compare.html", context)


@edition_page
def skill_compare(request: HttpRequest, edition: Edition) -> HttpResponse:
    skills, passed_over = _asked_skills(request, edition)
    codes = [skill.code for skill in skills]
    numbers, no_such_levels = asked.level_numbers(request, "level")
    chosen = numbers[:1]
    passed_over = [*passed_over, *no_such_levels, *asked.only_first("level", len(numbers))]
    if len(request.GET.getlist("skills")) > 1 and not passed_over:
        # As the form has it: people copy the address, and the other spelling is the one that is published.
        return redirect(f"{request.path}{_query(skills=codes, level=chosen)}")
    levels = Level.objects.one_to_seven(edition)

    def address(number: int) -> str:
        return f"{request.path}{_query(skills=codes, level=[] if number in chosen else [number])}"

    query = _query(skills=codes, level=chosen)
    shows(request, query)
    context = {
        "edition": edition,
        "query": query,
        "level": next((level for level in levels if level.number in chosen), None),
        "columns": [_column(request, skill, codes, chosen, levels) for skill in skills],
        "steps": _steps(levels, address, defined=_defined_numbers(skills), chosen=chosen),
        "others": _others(edition, codes),
        "passed_over": passed_over,
    }
    return render(request, "skills/skill_compare.html", context)


def _asked_skills(request: HttpRequest, edition: Edition) -> tuple[list[Skill], list[str]]:
    """The skills to compare in the order of the address, and the sentences about the rest of it."""
    codes = [value.upper() for value in asked.values(request, "skills")]
    found = Skill.objects.in_edition(edition).with_levels().in_bulk_by_code(filter(asked.CODE.fullmatch, codes))
    passed_over = asked.passed_over("skill", [code for code in codes if code not in found])
    skills = [found[code] for code in dict.fromkeys(codes) if code in found]
    if len(skills) > MOST_SKILLS:
        passed_over.append("Four skills at most can be compared. These are the first four.")
    return skills[:MOST_SKILLS], passed_over


def _others(edition: Edition, codes: Collection[str]) -> list[SkillOutline]:
    """What could be added, as long as there is room."""
    if len(codes) == MOST_SKILLS:
        return []
    return [outline for outline in Skill.objects.in_edition(edition).listed().outlines() if outline.code not in codes]


def _column(
    request: HttpRequest, skill: Skill, codes: Sequence[str], chosen: Sequence[int], levels: Sequence[Level]
) -> Column:
    others = [code for code in codes if code != skill.code]
    nearest = skill.nearest_defined_number(chosen[0]) if chosen else None
    return Column(
        skill=skill,
        address_without=f"{request.path}{_query(skills=others, level=chosen)}",
        skill_level=skill.at_level(chosen[0]) if chosen else None,
        nearest=levels[nearest - 1] if nearest else None,
    )


def _defined_numbers(skills: Iterable[Skill]) -> set[int]:
    return {number for skill in skills for number in skill.defined_numbers}


def _steps(
    levels: Iterable[Level], address: Callable[[int], str], *, defined: Collection[int], chosen: Collection[int]
) -> list[Step]:
    return [Step(level, level.number in defined, level.number in chosen, address(level.number)) for level in levels]


def _query(**lists: Iterable[object]) -> str:
    """What stands behind the address for these lists: `skills=["ITMG", "PROG"]` is "?skills=ITMG,PROG"."""
    return asked.query({name: ",".join(map(str, listed)) for name, listed in lists.items()})

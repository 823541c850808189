from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from skills.links.gone import gone_from
from skills.models import Edition, Level, Skill, Subcategory

from . import asked
from .edition import edition_page
from .filters import Filters
from .gone import gone, status_of
from .public import shows


@edition_page
def skill_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    skills = Skill.objects.in_edition(edition).listed().outlines()
    filters = Filters(request, skills, Subcategory.objects.in_edition(edition))
    shows(request, filters.query)
    return render(request, "skills/skill_list.html", {"edition": edition, "query": filters.query, "filters": filters})


@edition_page
def skill_detail(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return gone(request, edition, code)
    level_runs = skill.level_runs(Level.objects.one_to_seven(edition))
    explanatory_sections = list(edition.explanatory_sections.all())
    shows_all_levels = request.GET.get("levels") == "all"
    shows_all_sections = request.GET.get("sections") == "all"
    shows(request, asked.query({"levels": "all" * shows_all_levels, "sections": "all" * shows_all_sections}))
    context = {
        "edition": edition,
        "skill": skill,
        "level_runs": level_runs,
        "explanatory_sections": explanatory_sections,
        "has_folds": bool(explanatory_sections) or not all(run.is_defined for run in level_runs),
        "shows_all_levels": shows_all_levels,
        "shows_all_sections": shows_all_sections,
        "shows_all": shows_all_levels and shows_all_sections,
        "gone": gone_from(edition, code) if skill.is_withdrawn else None,
    }
    status = settings.RETIRED_STATUS if skill.is_withdrawn else HTTPStatus.OK
    return render(request, "skills/skill_detail.html", context, status=status)


@edition_page
def skill_level_detail(request: HttpRequest, edition: Edition, code: str, number: int) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return gone(request, edition, code)
    skill_level = skill.at_level(number)
    level_gone = None if skill_level else gone_from(edition, code, number)
    levels = Level.objects.one_to_seven(edition)
    nearest = skill.nearest_defined_number(number)
    context = {
        "edition": edition,
        "skill": skill,
        "skill_level": skill_level,
        "gone": gone_from(edition, code) if skill.is_withdrawn else level_gone,
        "level": levels[number - 1],
        "level_runs": skill.level_runs(levels),
        "nearest": levels[nearest - 1] if nearest else None,
        "neighbours": skill.defined_around(number),
    }
    status = settings.RETIRED_STATUS if skill.is_withdrawn else status_of(level_gone)
    return render(request, "skills/skill_level_detail.html", context, status=status)

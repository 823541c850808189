from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from skills.models import Edition, Level, Skill, Subcategory

from .edition import edition_page
from .filters import Filters


@edition_page
def skill_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    skills = Skill.objects.in_edition(edition).listed().outlines()
    filters = Filters(request, skills, Subcategory.objects.in_edition(edition))
    return render(request, "skills/skill_list.html", {"edition": edition, "query": filters.query, "filters": filters})


@edition_page
def skill_detail(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_edition(edition).with_levels(), code=code)
    level_runs = skill.level_runs(Level.objects.one_to_seven(edition))
    explanatory_sections = list(edition.explanatory_sections.all())
    shows_all_levels = request.GET.get("levels") == "all"
    shows_all_sections = request.GET.get("sections") == "all"
    context = {
        "edition": edition,
        "skill": skill,
        "level_runs": level_runs,
        "explanatory_sections": explanatory_sections,
        "has_folds": bool(explanatory_sections) or not all(run.is_defined for run in level_runs),
        "shows_all_levels": shows_all_levels,
        "shows_all_sections": shows_all_sections,
        "shows_all": shows_all_levels and shows_all_sections,
    }
    return render(request, "skills/skill_detail.html", context)


@edition_page
def skill_level_detail(request: HttpRequest, edition: Edition, code: str, number: int) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_edition(edition).with_levels(), code=code)
    levels = Level.objects.one_to_seven(edition)
    nearest = skill.nearest_defined_number(number)
    context = {
        "edition": edition,
        "skill": skill,
        "skill_level": skill.at_level(number),
        "level": levels[number - 1],
        "level_runs": skill.level_runs(levels),
        "nearest": levels[nearest - 1] if nearest else None,
        "neighbours": skill.defined_around(number),
    }
    return render(request, "skills/skill_level_detail.html", context)

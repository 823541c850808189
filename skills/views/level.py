from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from skills.models import AttributeLevel, Edition, Level, Skill

from .edition import edition_page


@edition_page
def level_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    counts = Skill.objects.in_edition(edition).listed().counts_by_level()
    levels = [(level, counts.get(level.number, 0)) for level in Level.objects.one_to_seven(edition)]
    return render(request, "skills/level_list.html", {"edition": edition, "levels": levels})


@edition_page
def level_detail(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    levels = Level.objects.one_to_seven(edition)
    context = {
        "edition": edition,
        "levels": levels,
        "level": levels[number - 1],
        "attribute_levels": AttributeLevel.objects.at_level(edition, number),
        "skills": Skill.objects.in_edition(edition).listed().defined_at(number).outlines(),
    }
    return render(request, "skills/level_detail.html", context)

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from skills.models import Edition, Level, Skill

from .edition import edition_page
from .filters import Filters


@edition_page
def chart(request: HttpRequest, edition: Edition) -> HttpResponse:
    filters = Filters(request, Skill.objects.in_edition(edition).listed().outlines())
    context = {
        "edition": edition,
        "query": filters.query,
        "levels": Level.objects.one_to_seven(edition),
        "filters": filters,
    }
    return render(request, "skills/chart.html", context)

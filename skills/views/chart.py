from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from skills.models import Edition, Level, Skill, Subcategory

from .edition import edition_page
from .filters import Filters
from .public import shows


@edition_page
def chart(request: HttpRequest, edition: Edition) -> HttpResponse:
    skills = Skill.objects.in_edition(edition).listed().outlines()
    filters = Filters(request, skills, Subcategory.objects.in_edition(edition))
    shows(request, filters.query)
    context = {
        "edition": edition,
        "query": filters.query,
        "levels": Level.objects.one_to_seven(edition),
        "filters": filters,
    }
    return render(request, "skills/chart.html", context)

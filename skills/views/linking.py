from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from skills.links.formats import FORMATS, LINK, Copied
from skills.models import Edition, Skill

from .edition import edition_page
from .public import made_public
from .site import site_of

# Browsers show no more of a search engine's name.
LONGEST_SHORT_NAME = 16  # characters


@edition_page
def about_linking(request: HttpRequest, edition: Edition) -> HttpResponse:
    """How to link to this site from wherever people write, with its own host and a skill that it has filled in."""
    example = Skill.objects.in_edition(edition).listed().with_levels().first()
    number = example.defined_numbers[0] if example and example.defined_numbers else None
    site = site_of(request)
    copied = Copied(example.name, f"{site}/skills/{example.code}/", example.code) if example else None
    context = {
        "edition": edition,
        "example": example,
        "number": number,
        "site": site,
        "written": {form.slug: form.write(copied, LINK) for form in FORMATS} if copied else {},
    }
    return render(request, "skills/about_linking.html", context)


@csrf_exempt
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """What a browser has to know to search the site from its own bar (OpenSearch 1.1)."""
    context = {"site": site_of(request), "name": settings.SITE_NAME[:LONGEST_SHORT_NAME]}
    response = render(request, "skills/opensearch.xml", context, "application/opensearchdescription+xml")
    return made_public(request, response)

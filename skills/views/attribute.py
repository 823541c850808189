from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from skills.models import Attribute, Edition, Level

from .edition import edition_page


@edition_page
def attribute_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {"edition": edition, "attributes": Attribute.objects.in_edition(edition).listed().by_kind()}
    return render(request, "skills/attribute_list.html", context)


@edition_page
def attribute_detail(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    attributes = Attribute.objects.in_edition(edition).prefetch_related("attribute_levels")
    attribute = get_object_or_404(attributes, code=code)
    context = {
        "edition": edition,
        "attribute": attribute,
        "progression": attribute.progression(Level.objects.one_to_seven(edition)),
    }
    return render(request, "skills/attribute_detail.html", context)

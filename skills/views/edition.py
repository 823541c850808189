from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from skills.models import Attribute, Category, Edition, Level, Skill

from .elsewhere import without_edition
from .public import made_public
from .seen import seen_beside

Page = Callable[..., HttpResponse]


class NotInEdition(Http404):
    """Nothing stands at this address in the edition that it means. It is None where no edition is current."""

    def __init__(self, edition: Edition | None) -> None:
        super().__init__(f"not in {edition}")
        self.edition = edition


def edition_page(view: Page) -> Page:
    """Make a page, only to be read, of a view as `of_an_edition` does."""
    # Nothing is written here: another method is told so, not that its form lacks a token.
    return csrf_exempt(require_safe(of_an_edition(view)))


def of_an_edition(view: Page) -> Page:
    """Make a page of `view(request, edition, **parts)`.

    The edition is the one that the address names, or the current one where it names none; 404 where there is none.
    """

    @wraps(view)
    def page(request: HttpRequest, edition_slug: str | None = None, **parts: Any) -> HttpResponse:
        try:
            edition = Edition.objects.addressed_by(edition_slug)
        except Edition.DoesNotExist as error:
            if edition_slug and (leads_to := without_edition(request, view.__name__, parts)):
                return HttpResponseRedirect(leads_to)
            raise (Http404(f"no edition {edition_slug}") if edition_slug else NotInEdition(None)) from error
        request.seen_beside = SimpleLazyObject(  # type: ignore[attr-defined]
            partial(seen_beside, request, edition, view.__name__, parts)
        )
        try:
            return made_public(request, view(request, edition, **parts))
        except Http404 as error:
            request.seen_beside = None  # type: ignore[attr-defined]
            raise NotInEdition(edition) from error

    return page


@edition_page
def edition_detail(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {
        "edition": edition,
        "levels": Level.objects.one_to_seven(edition),
        "categories": Category.objects.in_edition(edition).listed().with_skill_counts(),
        "skill_count": Skill.objects.in_edition(edition).listed().count(),
        "attribute_count": Attribute.objects.in_edition(edition).listed().count(),
    }
    return render(request, "skills/edition_detail.html", context)


@edition_page
def about(request: HttpRequest, edition: Edition) -> HttpResponse:
    return render(
        request,
        "skills/about.html",
        {"edition": edition, "editions": Edition.objects.with_last_import()},
    )

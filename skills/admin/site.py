from collections.abc import Callable
from functools import partial, update_wrapper
from http import HTTPStatus
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from skills.models import Edition

from . import changes, importing, review, sign_in
from .preview import preview
from .waiting import decidable

FIRST = ("Skill", "Attribute", "ExplanatorySection", "Level", "SearchTerm", "Retirement")

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class FrameworkAdminSite(AdminSite):
    """Django's administration, in which what somebody posts is kept until they are signed in as one who may."""

    site_title = site_header = f"{settings.SITE_NAME} administration"
    login_form = sign_in.SignInForm

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        protected = super().admin_view(view, cacheable)

        def keeping_words(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method != "POST" or request.path == reverse("admin:logout", current_app=self.name):
                return protected(request, *args, **kwargs)
            credentials = sign_in.take_credentials(request)
            if credentials or not self.has_permission(request):
                page = sign_in.sign_in_again(request, credentials)
                if page is not None:
                    return page
            try:
                return protected(request, *args, **kwargs)
            except PermissionDenied:
                return sign_in.ask_to_sign_in(request, status=HTTPStatus.FORBIDDEN)

        return cast(View, update_wrapper(keeping_words, view))

    def get_urls(self) -> list[Any]:
        def at(route: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
            return path(f"skills/{route}", self.admin_view(partial(view, site=self)), name=name)

        return [
            at("preview/", preview, "preview"),
            at("import/", importing.import_list, "import"),
            at("import/<int:number>/", importing.import_plan, "import_plan"),
            at("review/", review.review, "review"),
            at("review/<slug:about>/<int:number>/", review.review_one, "review_one"),
            at("changes/", changes.changes, "changes"),
            at("changes/<int:number>/", changes.revision_detail, "revision"),
            at("changes/<slug:model_name>/<int:history_id>/undo/", changes.undo_change, "undo_change"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """With how many texts wait for whoever is signed in to decide about them."""
        waiting = decidable(request.user).count() if self.has_permission(request) else 0
        return {**super().each_context(request), "waiting_count": waiting}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """What people come for first; the rest by name."""
        found: list[Any] = super().get_app_list(request, app_label)
        for application in found:
            application["models"].sort(key=_place)
        return sorted(found, key=lambda application: application["app_label"] != "skills")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().login(request, {**_frame(), **(extra_context or {})})

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().logout(request, {**_frame(), **(extra_context or {})})


def _place(model: dict[str, Any]) -> tuple[int, str]:
    name = model["object_name"]
    return (FIRST.index(name) if name in FIRST else len(FIRST), model["name"])


def _frame() -> dict[str, Any]:
    """What the head and foot of the site's pages are about, where there is a current edition."""
    return {"edition": Edition.objects.prefetch_related("notices").filter(is_current=True).first()}

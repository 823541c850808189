"""The administration of what is recorded: each request that writes is one revision, of whoever is signed in."""

from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from skills.models.conflict import OWNERS
from skills.models.recorded import latest_instances, number_in
from skills.models.recorded_change import Scope, page_of, revisions_in
from skills.models.revision import revision

from .changes import REVISIONS_ON_A_PAGE, entries_of
from .editing_form import EditingForm
from .texts import FIELDS, WrittenText, normalized
from .waiting import decidable

MOST_WORDS_TO_SEARCH = 20


class GoneMeanwhileError(Exception):
    """What somebody sends a form for was deleted after they had opened it."""


class EditingAdmin(admin.ModelAdmin):
    form: type[EditingForm] = EditingForm
    formfield_overrides = FIELDS
    fields: ClassVar[tuple[str, ...]] = ()
    place: ClassVar[tuple[str, ...]] = ()
    """The fields that say where something stands in the framework: for those who may add such a thing."""

    class Media:
        js = tuple(forms.Script(f"{name}.js", defer=True) for name in ("preview", "taking", "saving"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = self.own_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            names = {field.name for field in self.opts.fields}
            return [(None, {"fields": [name for name in flatten_fieldsets(fieldsets) if name in names]})]
        return [*fieldsets, (None, {"fields": ["based_on"]})]

    def own_fieldsets(self, request: HttpRequest, obj: Any) -> Any:
        return [(None, {"fields": self.fields})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nothing moves to another edition: what belongs to it there would stay behind."""
        edition = ("edition",) if obj and any(field.name == "edition" for field in self.opts.fields) else ()
        place = () if self.has_add_permission(request) else self.place
        return tuple(dict.fromkeys((*edition, *place)))

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **options: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **options)
        form.editor = request.user
        return form

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Each word makes the query longer, and a database has an end of its patience."""
        words = search_term.split()
        if len(words) > MOST_WORDS_TO_SEARCH:
            self.message_user(request, f"Only the first {MOST_WORDS_TO_SEARCH} words were searched.", messages.WARNING)
        return super().get_search_results(request, queryset, " ".join(words[:MOST_WORDS_TO_SEARCH]))

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        """A choice of another object goes without Django's four icons beside it: it is edited where it belongs."""
        field: Any = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The object alone, with the mark of the state in which it was read (`read_at`).

        Nobody else may change it while what is posted is compared with it. Raises `GoneMeanwhileError` then.
        """
        number = number_in(object_id)
        chosen = self.model._base_manager.filter(pk=number)
        if request.method == "POST" and not chosen.select_for_update(no_key=True).values_list("pk"):
            raise GoneMeanwhileError
        read_at = self.model(pk=number).revision_mark()
        found = chosen.first()
        if found:
            found.read_at = read_at
        return found

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        for is_last in (False, True):
            try:
                with self.revision(request):
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except GoneMeanwhileError:
                return self.say_it_is_gone(request, object_id)
            except IntegrityError:
                # Somebody took the same code in the same moment. The form finds it now, and says so beside the field.
                if is_last:
                    raise
        return None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        form = context["adminform"].form
        if form.is_bound and form.instance.pk:
            # A form that was refused has put into the object what was typed; the page is headed by what is saved.
            context["original"] = self.model._base_manager.get(pk=form.instance.pk)
            context["subtitle"] = str(context["original"])
        if context["waiting_count"] and form.instance.pk and self.opts.model_name in OWNERS:
            about = {str(self.opts.model_name): form.instance.pk}
            context["to_review"] = decidable(request.user).filter(**about).count()
        response = super().render_change_form(request, context, *args, **options)
        if form.met_another_save:
            response.status_code = HTTPStatus.CONFLICT
        return response

    def say_it_is_gone(self, request: HttpRequest, object_id: str | None) -> HttpResponse:
        """The answer to a form whose object somebody has deleted meanwhile: what was written in it, to be copied."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        form = self.get_form(request)
        before = form.values_as_of(self.model(pk=number_in(object_id or "")), request.POST.get("based_on", ""))
        texts = {
            name: normalized(request.POST.get(name))
            for name, field in form.base_fields.items()
            if isinstance(field, WrittenText)
        }
        context = {
            **self.admin_site.each_context(request),
            "title": f"{capfirst(self.opts.verbose_name)} was deleted meanwhile",
            "opts": self.opts,
            "may_bring_back": self.has_add_permission(request),
            "texts": [
                (form.base_fields[name].label, text)
                for name, text in texts.items()
                if text and text != before.get(name)
            ],
        }
        return TemplateResponse(request, "admin/skills/gone.html", context, status=HTTPStatus.CONFLICT)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change or form.changes_the_object():
            super().save_model(request, obj, form, change)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with self.revision(request):
                return super().delete_view(request, object_id, extra_context)
        except GoneMeanwhileError:
            self.message_user(request, "There is nothing to delete here any more.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:index"))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        """Whoever is editing one of them finishes first, or finds it gone."""
        keys = list(queryset.order_by().values_list("pk", flat=True))
        list(
            self.model._base_manager.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk")
        )
        super().delete_queryset(request, queryset)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        posted = request.POST.copy()
        chosen = [number for number in posted.getlist(ACTION_CHECKBOX_NAME) if number_in(number) is not None]
        posted.setlist(ACTION_CHECKBOX_NAME, chosen)
        request.POST = posted  # type: ignore[assignment]
        with self.revision(request):
            return super().changelist_view(request, extra_context)

    def history_scope(self, obj: Any) -> Scope:
        """What the history of an object shows."""
        return page_of(obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """The history of an object and its parts, of a deleted one too."""
        number = number_in(object_id)
        found = latest_instances(self.model.history.filter(id=number), with_deleted=True) if number is not None else []
        if not found:
            raise Http404(f"no history of {object_id}")
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        scope = self.history_scope(found[0])
        page = Paginator(revisions_in(scope), REVISIONS_ON_A_PAGE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {found[0]}",
            "opts": self.opts,
            "original": self.model._base_manager.filter(pk=found[0].pk).first(),
            "page": page,
            "entries": entries_of(page, scope, self.admin_site, request),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/skills/changes.html", context)

    @staticmethod
    def revision(request: HttpRequest) -> Any:
        """The revision of what a request writes, for the reason that it gives."""
        by = request.user if isinstance(request.user, User) else None
        return revision(by=by, reason=request.POST.get("reason", ""))

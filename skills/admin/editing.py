"""How the pages of the administration are edited: nothing that somebody wrote is overwritten unseen or lost."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from skills.models.published import PublishedTextField
from skills.models.recorded import latest_instances
from skills.models.recorded_change import Scope, page_of, revisions_in
from skills.models.revision import Revision, revision

from .changes import REVISIONS_ON_A_PAGE, entries_of
from .texts import FIELDS, OtherText, ShownBeside, WrittenText

PUBLISHED, THEIRS = "published", "theirs"
MOST_WORDS_TO_SEARCH = 20
NOT_IN_THE_MODEL = ("based_on", "reason")


class EditingForm(forms.ModelForm):
    """The form of an object and its parts.

    It knows which state of them it was filled from (`based_on`) and refuses to save over another one: then it holds
    what its user wrote and what others saved meanwhile, and the next time it is based on that. Nothing is saved either
    when the button of another text, named `_take`, asks for that text to be put into its field.
    """

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        required=False,
        max_length=Revision._meta.get_field("reason").max_length,
        label="Reason for the change",
        help_text="Kept in the history. May be left empty.",
        widget=forms.TextInput(attrs={"class": "vLargeTextField", "autocomplete": "off"}),
    )

    markdown_under: ClassVar[Mapping[str, int]] = {}
    """The fields that are Markdown, with the rank of the heading under which each stands on the site."""

    data: Any

    def __init__(self, data: Any = None, *args: Any, **options: Any) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **options)
        self.met_another_save = False
        self.saved: dict[str, Any] = {}
        self.published = self.published_texts()
        if self.instance.pk:
            self.saved = self.values_of(self.instance, self.parts_of(self.instance))
            self.initial = {**self.saved, **self.initial, "based_on": self.instance.revision_mark()}
        for name in self.written():
            self._show_beside(name)

    @staticmethod
    def parts_of(instance: Any) -> list[Any]:
        """The parts of an object that are edited with it, as the database holds them."""
        return [part for name in instance.part_names for part in getattr(instance, name).all()]

    @classmethod
    def values_of(cls, instance: Any, parts: Iterable[Any]) -> dict[str, Any]:  # noqa: ARG003 - for forms with parts
        """What the fields of the form hold for an object and its parts."""
        return model_to_dict(instance)

    def published_texts(self) -> dict[str, str]:
        """The publisher's wording for each field that has one."""
        return {
            field.text: getattr(self.instance, field.name) or ""
            for field in self.instance._meta.get_fields()
            if isinstance(field, PublishedTextField)
        }

    def written(self) -> list[str]:
        """The names of the fields in which people write."""
        return [name for name, field in self.fields.items() if isinstance(field, WrittenText)]

    def changes_the_object(self) -> bool:
        """Whether anything was changed but in parts."""
        own = {field.name for field in self.instance._meta.concrete_fields}
        return not own.isdisjoint(self.changed_data)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance.pk:
            self._refuse_to_overwrite()
            self._take_another_text()
        return cleaned

    def _refuse_to_overwrite(self) -> None:
        """Raises `ValidationError` where somebody saved after this form was filled."""
        based_on, now = self.data.get(self.add_prefix("based_on"), ""), self.initial["based_on"]
        if based_on == now:
            return
        self.met_another_save = True
        self.data[self.add_prefix("based_on")] = now
        latest = revisions_in(page_of(self.instance)).first()
        who = (latest and latest.made_by_name) or "A program"
        for name, before in self._values_at(based_on).items():
            self._meet(name, before, who)
        raise ValidationError(
            f"{who} saved this after you had opened it. Nothing of yours is lost, and nothing of it is saved yet. "
            "Look at the fields that are marked, then save again.",
            code="met another save",
        )

    def _values_at(self, based_on: str) -> dict[str, Any]:
        """What each field held when this form was filled; None where that cannot be known."""
        found, *parts = self.instance.as_of(based_on)
        known = self.values_of(found[0], [part for kind in parts for part in kind]) if found else {}
        return {name: known.get(name) for name in self.saved if name in self.fields}

    def _meet(self, name: str, before: Any, who: str) -> None:
        """Bring together what the user of this form and somebody else did to one field since it held `before`."""
        field, theirs = self.fields[name], self.saved[name]
        mine = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if before == theirs or not field.has_changed(theirs, mine):
            return
        if before is not None and not field.has_changed(before, mine):
            self._put(name, theirs)
            self._say(name, f"{who} changed this. You had not: the field holds the new text.")
            return
        self.add_error(name, f"{who} changed this too. Choose one of the two, or join them, then save again.")
        if isinstance(field.widget, ShownBeside):
            other = OtherText.of(THEIRS, who, str(theirs or ""), against=str(mine or "").replace("\r\n", "\n"))
            field.widget.others = (other, *field.widget.others)
        else:
            self.add_error(name, f"Saved meanwhile: {self._in_words(name, theirs)}.")

    def _take_another_text(self) -> None:
        """Raises `ValidationError` where a button asked for another text: it is in the field now, to be looked at."""
        source, _, name = self.data.get("_take", "").partition(":")
        texts: Mapping[str, Any] = {PUBLISHED: self.published, THEIRS: self.saved}.get(source, {})
        if name in texts and name in self.fields:
            self._put(name, texts[name])
            raise ValidationError("The other text is in the field now. Nothing is saved yet.", code="not saved")

    def _put(self, name: str, value: Any) -> None:
        prepared = self.fields[name].prepare_value(value)
        if prepared in (None, False):
            self.data.pop(self.add_prefix(name), None)
        else:
            self.data[self.add_prefix(name)] = str(prepared)
        self.errors.pop(name, None)

    def _say(self, name: str, news: str) -> None:
        widget = self.fields[name].widget
        if isinstance(widget, ShownBeside):
            widget.news = news

    def _in_words(self, name: str, value: Any) -> str:
        field: Any = self.fields[name]
        choices: dict[Any, Any] = dict(field.choices) if hasattr(field, "choices") else {}
        return str(choices.get(value, value)) or "nothing"

    def _show_beside(self, name: str) -> None:
        field: Any = self.fields[name]
        widget, saved = field.widget, str(self.saved.get(name) or "")
        published = self.published.get(name, "")
        widget.longest, widget.markdown_under = field.longest, self.markdown_under.get(name)
        if published and published != saved:
            widget.others = (OtherText.of(PUBLISHED, "The publisher", published, against=saved),)


class GoneMeanwhileError(Exception):
    """What somebody sends a form for was deleted after they had opened it."""


class EditingAdmin(admin.ModelAdmin):
    """The administration of a recorded model: what it writes is one revision, of whoever is signed in."""

    form = EditingForm
    formfield_overrides = FIELDS
    fields: ClassVar[tuple[str, ...]] = ()

    class Media:
        js = (forms.Script("editing.js", defer=True),)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = self.own_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            names = {field.name for field in self.opts.fields}
            return [(None, {"fields": [name for name in flatten_fieldsets(fieldsets) if name in names]})]
        return [*fieldsets, (None, {"fields": NOT_IN_THE_MODEL})]

    def own_fieldsets(self, request: HttpRequest, obj: Any) -> Any:
        return [(None, {"fields": self.fields})]

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
        """The object alone. Nobody else may change it while what is posted is compared with it."""
        found = super().get_object(request, object_id, from_field)
        objects = self.model._base_manager.all()
        if request.method == "POST":
            objects = objects.select_for_update()
        found = found and objects.filter(pk=found.pk).first()
        if request.method == "POST" and not found:
            raise GoneMeanwhileError
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
                return self.say_it_is_gone(request)
            except IntegrityError:
                # Somebody took the same code in the same moment. The form finds it now, and says so beside the field.
                if is_last:
                    raise
        return None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any) -> Any:
        response = super().render_change_form(request, context, *args, **options)
        if context["adminform"].form.met_another_save:
            response.status_code = HTTPStatus.CONFLICT
        return response

    def say_it_is_gone(self, request: HttpRequest) -> HttpResponse:
        """The answer to a form whose object somebody has deleted meanwhile: what was written, to be copied."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": f"{capfirst(self.opts.verbose_name)} was deleted meanwhile",
            "opts": self.opts,
            "texts": [
                (name, request.POST[name])
                for name in flatten_fieldsets(self.get_fieldsets(request))
                if request.POST.get(name) and name not in NOT_IN_THE_MODEL
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
            self.message_user(request, "Somebody deleted this already.", messages.WARNING)
            return HttpResponseRedirect(reverse("admin:index"))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with self.revision(request):
            return super().changelist_view(request, extra_context)

    def history_scope(self, obj: Any) -> Scope:
        """What the history of an object shows."""
        return page_of(obj)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """The history of an object and its parts, of a deleted one too."""
        records = self.model.history.filter(id=int(object_id)) if object_id.isdecimal() else self.model.history.none()
        found = latest_instances(records, with_deleted=True)
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
            "entries": entries_of(page, scope),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/skills/changes.html", context)

    @staticmethod
    def revision(request: HttpRequest) -> Any:
        """The revision of what a request writes, for the reason that it gives."""
        longest = Revision._meta.get_field("reason").max_length
        by = request.user if isinstance(request.user, User) else None
        return revision(by=by, reason=request.POST.get("reason", "").strip()[:longest])

"""The history: what was changed, by whom, when and why, and how it is undone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list

from skills.models import Revision
from skills.models.recorded import RecordedModel, recorded_models
from skills.models.recorded_change import (
    ADDED,
    CHANGED,
    DELETED,
    FieldChange,
    RecordedChange,
    Scope,
    change_of,
    changes_of,
    counts_of,
    everything,
    outcome_of,
    owner_key,
    revisions_in,
)
from skills.models.revision import A_PROGRAM, revision
from skills.models.undoing import CannotUndo, mark_of, undo
from skills.wording import Mark, Piece, difference

REVISIONS_ON_A_PAGE = 25
# A revision that changed more, such as an import, is summed up in the list and shown whole on a page of its own.
MOST_SHOWN = 12
SPACE = Piece(Mark.SAME, " ")
DONE = {ADDED: "added", CHANGED: "changed", DELETED: "deleted"}


@dataclass(frozen=True)
class ShownField:
    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class ShownChange:
    """One change as a page shows it; `undo_address` is empty where it cannot be undone, or not by who reads it."""

    change: RecordedChange
    done: str
    fields: list[ShownField]
    undo_address: str


@dataclass(frozen=True)
class Entry:
    """One revision as a page shows it: its changes, or where there are too many, their number in words."""

    revision: Revision
    changes: list[ShownChange]
    summary: str


class ChangesForm(forms.Form):
    """Which of the latest changes to list."""

    by = forms.ChoiceField(label="Who", required=False)
    first = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))
    deleted = forms.BooleanField(label="Only what was deleted", required=False)

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        names = (
            Revision.objects.exclude(made_by_name="").order_by("made_by_name").values_list("made_by_name", flat=True)
        )
        who: Any = self.fields["by"]
        who.choices = [("", "Everybody"), (A_PROGRAM, A_PROGRAM), *((name, name) for name in names.distinct())]

    def chosen(self) -> QuerySet[Revision]:
        """The revisions that the answers choose; an answer that is not understood is passed over."""
        self.full_clean()
        # A browser complains of a date that is none.
        self.data = {name: value for name, value in self.data.items() if name not in self.errors}
        answers = self.cleaned_data
        found = Revision.objects.select_related("made_by")
        if answers.get("deleted"):
            found = revisions_in(dict.fromkeys(recorded_models(), Q(history_type=DELETED)))
        if answers.get("by"):
            found = found.filter(made_by_name="" if answers["by"] == A_PROGRAM else answers["by"])
        return found.made_between(answers.get("first"), answers.get("last"))


def entries_of(revisions: Iterable[Revision], scope: Scope, site: AdminSite, request: HttpRequest) -> list[Entry]:
    listed = list(revisions)
    counts = counts_of(listed, scope)
    shown = [made for made in listed if counts[made.pk].total() <= MOST_SHOWN]
    changes = changes_of(shown, scope)
    return [
        Entry(
            made,
            [show(change, site, request) for change in changes.get(made.pk, [])],
            "" if made in shown else _sum(counts[made.pk]),
        )
        for made in listed
    ]


def show(change: RecordedChange, site: AdminSite, request: HttpRequest) -> ShownChange:
    return ShownChange(
        change=change,
        done=DONE[change.kind],
        fields=[
            ShownField(field.label, show_field(field) if change.kind == CHANGED else [whole(field)])
            for field in change.fields
            if change.kind == CHANGED or field.is_text
        ],
        undo_address=_undo_address(change) if change.can_be_undone and may_undo(change, site, request) else "",
    )


def show_field(field: FieldChange) -> list[Piece]:
    """Texts differ in some words; anything else wholly."""
    if field.is_text:
        return difference(field.before, field.after)
    return [Piece(Mark.REMOVED, field.before or "none"), SPACE, Piece(Mark.ADDED, field.after or "none")]


def whole(field: FieldChange) -> Piece:
    """A text that was added or deleted with its object, without marks: all of it was."""
    return Piece(Mark.SAME, field.before or field.after)


def may_undo(change: RecordedChange, site: AdminSite, request: HttpRequest) -> bool:
    """A part is undone with the permission to change what it is a part of; a field, by those who may change it."""
    key = owner_key(change.model)
    needed = "change" if key else {ADDED: "delete", CHANGED: "change", DELETED: "add"}[change.kind]
    model: Any = key.related_model if key else change.model
    if not request.user.has_perm(f"skills.{needed}_{model._meta.model_name}"):
        return False
    fixed = () if key or change.kind != CHANGED else site._registry[model].get_readonly_fields(request)
    return not any(field.name in fixed for field in change.fields)


def _undo_address(change: RecordedChange) -> str:
    """What was added with all that may have come to belong to it since is deleted by the page that lists that."""
    model_name = change.model._meta.model_name
    if change.kind == ADDED and not owner_key(change.model):
        return reverse(f"admin:skills_{model_name}_delete", args=[change.record.id])
    return reverse("admin:undo_change", args=[model_name, change.record.history_id])


def _sum(counts: Counter[tuple[type[RecordedModel], str]]) -> str:
    """ "24 skills, 77 skill levels added; 1 edition changed"."""
    said = []
    for kind, done in DONE.items():
        of_kind = {model: count for (model, found), count in counts.items() if found == kind}
        if of_kind:
            said.append(f"{get_text_list([counted(model, of_kind[model]) for model in of_kind], 'and')} {done}")
    return "; ".join(said)


def counted(model: type[RecordedModel], count: int) -> str:
    """ "1 skill", "2 skills"."""
    return f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural}"


def changes(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The latest changes over everything."""
    _refuse_those_who_may_not_read(request)
    form = ChangesForm(request.GET)
    page = Paginator(form.chosen(), REVISIONS_ON_A_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {
        **site.each_context(request),
        "title": "Latest changes",
        "form": form,
        "page": page,
        "entries": entries_of(page, everything(), site, request),
        "query": query.urlencode(),
    }
    return TemplateResponse(request, "admin/skills/changes.html", context)


def revision_detail(request: HttpRequest, site: AdminSite, number: int) -> HttpResponse:
    """All that one revision changed."""
    _refuse_those_who_may_not_read(request)
    made = Revision.objects.filter(pk=number).first()
    if made is None:
        raise Http404(f"no revision {number}")
    found = changes_of([made], everything()).get(made.pk, [])
    page = Paginator(found, REVISIONS_ON_A_PAGE).get_page(request.GET.get("p"))
    context = {
        **site.each_context(request),
        "title": "One revision",
        "page": page,
        "entries": [Entry(made, [show(change, site, request) for change in page], "")],
    }
    return TemplateResponse(request, "admin/skills/changes.html", context)


def undo_change(request: HttpRequest, site: AdminSite, model_name: str, history_id: int) -> HttpResponse:
    """Shows what undoing a change would do, and does it when asked to."""
    change = _change_at(model_name, history_id)
    if not may_undo(change, site, request):
        raise PermissionDenied
    problem = ""
    if request.method == "POST":
        try:
            with revision(by=request.user if isinstance(request.user, User) else None, reason=_reason(change, request)):
                undo(change, based_on=request.POST.get("based_on", ""))
        except CannotUndo as error:
            problem = str(error)
        except IntegrityError:
            problem = "Somebody did this in the same moment. Look again."
        else:
            done = f"Brought back: {change.title}." if change.kind == DELETED else f"Undone: {change.title}."
            messages.success(request, done)
            return HttpResponseRedirect(_address_after(change))
    # The mark is older than what is shown then, if they differ: the page is shown once too often, not too seldom.
    based_on = mark_of(change)
    context = {
        **site.each_context(request),
        "title": "Bring back" if change.kind == DELETED else "Undo this change",
        "shown": show(change, site, request),
        "outcome": [ShownField(field.label, show_field(field)) for field in outcome_of(change)],
        "is_gone": change.kind != DELETED and not based_on,
        "based_on": based_on,
        "problem": problem,
        "back": _address_after(change),
    }
    return TemplateResponse(request, "admin/skills/undo.html", context)


def _change_at(model_name: str, history_id: int) -> RecordedChange:
    try:
        model: Any = apps.get_model("skills", model_name)
    except LookupError as error:
        raise Http404(f"no model {model_name}") from error
    change = change_of(model, history_id) if model in recorded_models() else None
    if change is None or not change.can_be_undone:
        raise Http404(f"nothing to undo at {history_id}")
    return change


def _reason(change: RecordedChange, request: HttpRequest) -> str:
    made = change.record.revision
    when = date_format(timezone.localtime(made.made_at), "j F Y, H:i")
    given = request.POST.get("reason", "").strip()
    return f"Undid what {made.who} had {DONE[change.kind]} on {when}{': ' if given else ''}{given}"


def _address_after(change: RecordedChange) -> str:
    """The history of the page on which the object is edited."""
    model, key = change.model, owner_key(change.model)
    number = change.record.id
    if key:
        model, number = key.related_model, getattr(change.record, key.attname)
    try:
        return reverse(f"admin:skills_{model._meta.model_name}_history", args=[number])
    except NoReverseMatch:
        return reverse("admin:changes")


def _refuse_those_who_may_not_read(request: HttpRequest) -> None:
    if not request.user.has_perm("skills.view_revision"):
        raise PermissionDenied

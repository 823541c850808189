"""Importing the publisher's files: upload, look at what would happen, confirm."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from skills.importing.apply import ChangedMeanwhile, import_edition
from skills.importing.files import read
from skills.importing.in_words import counted, in_words_beside, what_stays
from skills.importing.plan import Entry, Plan
from skills.importing.planning import plan_import
from skills.importing.reading import EDITION_SLUG, Reading, read_edition
from skills.importing.sheet import File, UnreadableFile
from skills.models import Import, PendingFile, PendingImport
from skills.wording import Piece, difference

from .uploads import MOST_MEGABYTES, is_too_large

MOST_FILES = 5
# A browser takes its time with more, and nobody reads them.
MOST_SHOWN = 300


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several: a workbook, or its sheets as CSV."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data or [None]
        files = [super(FilesField, self).clean(file, initial) for file in given]
        if len(files) > MOST_FILES:
            raise ValidationError(f"These are {len(files)} files. A workbook is one, its sheets as CSV are three.")
        return files


class EditionSlugField(forms.CharField):
    def to_python(self, value: Any) -> str:
        slug = str(super().to_python(value) or "").strip().lower()
        if slug and not EDITION_SLUG.fullmatch(slug):
            raise ValidationError("Write a digit, then small letters, digits or hyphens, as in 9 or 9-fr.")
        return slug


class UploadForm(forms.Form):
    uploads = FilesField(
        label="Files",
        help_text="The publisher’s workbook (.xlsx) as you got it, or its sheets saved as CSV: choose them together.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    edition = EditionSlugField(
        label="Edition",
        required=False,
        max_length=30,
        help_text="As in 9 or 8. Leave it empty for SFIA 9, whose workbook says it.",
    )
    makes_current = forms.BooleanField(label="Make it the current edition", required=False)

    def clean_uploads(self) -> list[Any]:
        """Those that cannot be read are refused here, before anything is kept."""
        files: list[Any] = self.cleaned_data["uploads"]
        problems = [problem for problem in map(_problem_of, files) if problem]
        if problems:
            raise ValidationError(problems)
        return files


class EditionForm(forms.Form):
    """For files that do not say which edition they are."""

    edition = EditionSlugField(label="Edition", max_length=30, help_text="As in 8 for SFIA 8.")


@dataclass(frozen=True)
class ShownText:
    """One text of an entry: the words that differ, or why it stays."""

    label: str
    pieces: list[Piece]
    why: str = ""


@dataclass(frozen=True)
class ShownEntry:
    entry: Entry
    texts: list[ShownText]


@dataclass(frozen=True)
class Section:
    """All that is new, changed, withdrawn or kept; `more` are not shown."""

    heading: str
    explanation: str
    count: int
    count_in_words: str
    entries: list[ShownEntry]
    more: int


def import_list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What was imported so far, and the form to upload files with."""
    _refuse_those_who_may_not(request)
    form = UploadForm(label_suffix="")
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if is_too_large(request):
            form.add_error("uploads", f"The files are too large: {MOST_MEGABYTES} MB at most, together.")
        elif form.is_valid():
            return HttpResponseRedirect(reverse("admin:import_plan", args=[_keep(form, request).pk]))
    context = {
        **site.each_context(request),
        "title": "Import",
        "form": form,
        "imports": Import.objects.select_related("edition", "imported_by").prefetch_related("files"),
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/skills/import.html", context, status=status)


def import_plan(request: HttpRequest, site: AdminSite, number: int) -> HttpResponse:
    """What importing an upload would do; posted to, it does it, if it is still the same."""
    _refuse_those_who_may_not(request)
    pending = PendingImport.objects.filter(pk=number, made_by=request.user.pk).first()
    if pending is None:
        messages.warning(request, "This upload is not here any more: it was imported, cancelled, or is over a day old.")
        return HttpResponseRedirect(reverse("admin:import"))
    if "cancel" in request.POST:
        pending.delete()
        messages.info(request, "The upload is thrown away. Nothing was imported.")
        return HttpResponseRedirect(reverse("admin:import"))
    form = EditionForm(request.POST if "edition" in request.POST else None, label_suffix="")
    if form.is_valid():
        pending.edition_slug = form.cleaned_data["edition"]
        pending.save(update_fields=["edition_slug"])
        return HttpResponseRedirect(request.path)
    files = [read(file.name, BytesIO(file.content)) for file in pending.files.all()]
    reading = read_edition(files, edition_slug=pending.edition_slug)
    if reading.edition is None:
        return _show(request, site, pending, reading, form=form)
    if "confirm" not in request.POST:
        plan = plan_import(reading.edition, makes_current=pending.makes_current)
        return _show(request, site, pending, reading, plan)
    return _carry_out(request, site, pending, reading, files)


def _carry_out(
    request: HttpRequest, site: AdminSite, pending: PendingImport, reading: Reading, files: Sequence[File]
) -> HttpResponse:
    assert reading.edition is not None  # noqa: S101 - there are no problems
    by = request.user if isinstance(request.user, User) else None
    makes_current, based_on = pending.makes_current, request.POST.get("based_on", "")
    try:
        plan = import_edition(reading.edition, files, by=by, makes_current=makes_current, based_on=based_on)
    except ChangedMeanwhile as changed:
        news = "Something has changed since you looked. Nothing was imported. This is what would happen now."
        return _show(request, site, pending, reading, changed.plan, news=news)
    except DatabaseError:
        plan = plan_import(reading.edition, makes_current=makes_current)
        news = "Somebody wrote to the database in the same moment. Nothing was imported. Look again, then confirm."
        return _show(request, site, pending, reading, plan, news=news)
    pending.delete()
    messages.success(request, f"{plan.edition.name} is imported: {_summed(plan)}.")
    return HttpResponseRedirect(reverse("admin:review" if plan.conflicts else "admin:import"))


def _show(
    request: HttpRequest,
    site: AdminSite,
    pending: PendingImport,
    reading: Reading,
    plan: Plan | None = None,
    *,
    form: EditionForm | None = None,
    news: str = "",
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "What would happen",
        "pending": pending,
        "reading": reading,
        "form": form,
        "plan": plan,
        "sections": _sections(plan) if plan else [],
        "unchanged": counted(plan.unchanged) if plan else "",
        "beside": [f"{line[:1].upper()}{line[1:]}." for line in in_words_beside(plan)] if plan else [],
        "news": news,
    }
    status = HTTPStatus.CONFLICT if news else HTTPStatus.OK
    return TemplateResponse(request, "admin/skills/import_plan.html", context, status=status)


def _sections(plan: Plan) -> list[Section]:
    return [
        _section("New", "They are added.", plan.new, lambda entry: []),
        _section("Changed", "The publisher’s new words are taken.", plan.changed, _changes),
        _section(
            "Withdrawn",
            "The files do not have them. They leave the lists; their pages stay.",
            plan.withdrawn,
            lambda entry: [],
        ),
        _section("Kept", "What was edited here stays as it is.", plan.kept, _kept),
    ]


def _section(heading: str, explanation: str, entries: Sequence[Entry], texts_of: Any) -> Section:
    shown = [ShownEntry(entry, texts_of(entry)) for entry in entries[:MOST_SHOWN]]
    in_words = counted(Counter(entry.about.value for entry in entries))
    return Section(heading, explanation, len(entries), in_words, shown, len(entries) - len(shown))


def _changes(entry: Entry) -> list[ShownText]:
    back = [ShownText("", [], "No longer withdrawn.")] if entry.withdraws is False else []
    return back + [ShownText(merged.label, difference(merged.ours, merged.theirs)) for merged in entry.changed]


def _kept(entry: Entry) -> list[ShownText]:
    deleted = [ShownText("", [], "Deleted here.")] if entry.is_deleted_here else []
    return deleted + [ShownText(merged.label, [], f"{what_stays(merged).capitalize()}.") for merged in entry.kept]


def _summed(plan: Plan) -> str:
    """ "3 new, 5 changed"."""
    counts = {"new": plan.new, "changed": plan.changed, "withdrawn": plan.withdrawn, "kept": plan.kept}
    return (
        ", ".join(f"{len(entries)} {name}" for name, entries in counts.items() if entries)
        or "the order and the categories"
    )


def _problem_of(file: Any) -> str:
    """Why an uploaded file cannot be read; "" where it can."""
    try:
        read(file.name, file)
    except UnreadableFile as error:
        return str(error)
    return ""


def _keep(form: UploadForm, request: Any) -> PendingImport:
    PendingImport.forget_old_ones()
    pending = PendingImport.objects.create(
        made_by=request.user,
        edition_slug=form.cleaned_data["edition"],
        makes_current=form.cleaned_data["makes_current"],
    )
    for file in form.cleaned_data["uploads"]:
        file.seek(0)
        PendingFile.objects.create(pending_import=pending, name=file.name, content=file.read())
    return pending


def _refuse_those_who_may_not(request: HttpRequest) -> None:
    if not request.user.has_perm("skills.add_import"):
        raise PermissionDenied

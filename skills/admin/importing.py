"""Importing the publisher's files: upload, look at what would happen, confirm."""

import logging
from collections.abc import Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from skills.importing.apply import ChangedMeanwhile, import_edition
from skills.importing.files import read
from skills.importing.in_words import counted, in_words_beside
from skills.importing.plan import Plan
from skills.importing.planning import plan_import
from skills.importing.reading import Reading, read_edition
from skills.importing.sheet import File
from skills.models import Import, PendingFile, PendingImport

from .shown_plan import sections_of, summed
from .upload_form import EditionForm, UploadForm
from .uploads import MOST_MEGABYTES, is_too_large

logger = logging.getLogger(__name__)

MOST_IMPORTS_SHOWN = 50


def import_list(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What was imported so far, and the form to upload files with."""
    _refuse_those_who_may_not(request)
    PendingImport.objects.forget_old_ones()
    form = UploadForm(label_suffix="")
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES, label_suffix="")
        if is_too_large(request):
            # None of them was kept, which the form takes for none at all.
            too_large = f"The files are too large: {MOST_MEGABYTES} MB at most, together."
            form.errors["uploads"] = form.error_class([too_large])
        elif form.is_valid():
            return HttpResponseRedirect(reverse("admin:import_plan", args=[_keep(form, request).pk]))
    context = {
        **site.each_context(request),
        "title": "Import",
        "form": form,
        "imports": Import.objects.select_related("edition").prefetch_related("files")[:MOST_IMPORTS_SHOWN],
    }
    status = HTTPStatus.BAD_REQUEST if form.errors else HTTPStatus.OK
    return TemplateResponse(request, "admin/skills/import.html", context, status=status)


def import_plan(request: HttpRequest, site: AdminSite, number: int) -> HttpResponse:
    """What importing an upload would do; posted to, it does it, if it is still the same."""
    _refuse_those_who_may_not(request)
    pending = PendingImport.objects.waiting_for(request.user).filter(pk=number).first()
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
        return _show(request, site, files, reading, form=form)
    if "confirm" not in request.POST:
        plan = plan_import(reading.edition, makes_current=pending.makes_current)
        return _show(request, site, files, reading, plan)
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
        return _show(request, site, files, reading, changed.plan, news=news)
    except (IntegrityError, OperationalError):
        logger.exception("An import met another write.")
        plan = plan_import(reading.edition, makes_current=makes_current)
        news = "Somebody wrote to the database in the same moment. Nothing was imported. Look again, then confirm."
        return _show(request, site, files, reading, plan, news=news)
    pending.delete()
    messages.success(request, f"{plan.edition.name} is imported: {summed(plan)}.")
    return HttpResponseRedirect(reverse("admin:review" if plan.conflicts else "admin:import"))


def _show(
    request: HttpRequest,
    site: AdminSite,
    files: Sequence[File],
    reading: Reading,
    plan: Plan | None = None,
    *,
    form: EditionForm | None = None,
    news: str = "",
) -> HttpResponse:
    context = {
        **site.each_context(request),
        "title": "What would happen",
        "names": [file.name for file in files],
        "reading": reading,
        "form": form,
        "plan": plan,
        "sections": sections_of(plan) if plan else [],
        "unchanged": counted(plan.unchanged) if plan else "",
        "beside": [f"{line[:1].upper()}{line[1:]}." for line in in_words_beside(plan)] if plan else [],
        "news": news,
    }
    status = HTTPStatus.CONFLICT if news else HTTPStatus.OK
    return TemplateResponse(request, "admin/skills/import_plan.html", context, status=status)


def _keep(form: UploadForm, request: Any) -> PendingImport:
    pending = PendingImport.objects.create(
        made_by=request.user,
        edition_slug=form.cleaned_data["edition"],
        makes_current=form.cleaned_data["makes_current"],
    )
    for file in form.cleaned_data["uploads"]:
        file.seek(0)
        PendingFile.objects.create(pending_import=pending, name=file.name, content=file.read())
    PendingImport.objects.forget_old_ones()
    return pending


def _refuse_those_who_may_not(request: HttpRequest) -> None:
    if not request.user.has_perm("skills.add_import"):
        raise PermissionDenied

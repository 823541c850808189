"""Reviewing what both the publisher and somebody here changed: three texts side by side, one decision each."""

from dataclasses import replace
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from skills.models import Conflict
from skills.models.conflict import OWNERS
from skills.models.recorded import number_in
from skills.models.recorded_change import page_of, revisions_in
from skills.models.revision import revision

from .question import OtherTextForm, Refusal, inside, named, section_of
from .texts import normalized
from .waiting import Waiting, decidable, kinds_of, order_of, progress_of, waiting_for

THEIRS, OURS, OTHER = "theirs", "ours", "other"
DONE = {THEIRS: "Took the publisher’s text", OURS: "Kept ours", OTHER: "Saved another text"}


class DecidedMeanwhile(Exception):
    """A question is not the one any more that somebody was shown. Nothing was written."""


def review(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """What waits for a decision, and how far one has come."""
    if not kinds_of(request.user):
        raise PermissionDenied
    waiting = waiting_for(request.user)
    context = {
        **site.each_context(request),
        "title": "Review",
        "editions": [(edition, list(found)) for edition, found in groupby(waiting, key=lambda one: one.owner.edition)],
        "first": waiting[0] if waiting else None,
        "progress": progress_of(request.user),
    }
    return TemplateResponse(request, "admin/skills/review.html", context)


def review_one(request: HttpRequest, site: AdminSite, about: str, number: int) -> HttpResponse:
    """The open questions of one skill, attribute or level; posted to, it decides one of them."""
    if about not in OWNERS:
        raise Http404(f"nothing to review of {about}")
    if about not in kinds_of(request.user):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, site, about, number)
    posted = number_in(request.POST.get("conflict", ""))
    conflict = Conflict.objects.filter(**{about: number}, pk=posted).first() if posted else None
    if conflict and not decidable(request.user).filter(pk=conflict.pk).exists():
        raise PermissionDenied
    refusal = _decide(request, conflict) if conflict else _somebody_was_faster(request, None)
    if refusal or conflict is None:
        return _show(request, site, about, number, refusal)
    return HttpResponseRedirect(_say_so_and_go_on(request, conflict, about))


def _decide(request: HttpRequest, conflict: Conflict) -> Refusal | None:
    """Carry out what was posted about a question; why not, where that cannot be."""
    decision = request.POST.get("decision", "")
    if decision not in DONE or (decision == OTHER and conflict.is_place):
        return Refusal(HTTPStatus.BAD_REQUEST, conflict.pk, ["Nothing was decided: press one of the buttons."])
    form = OtherTextForm(conflict, request.POST) if decision == OTHER else None
    try:
        _carry_out(request, conflict, form)
    except (DecidedMeanwhile, IntegrityError):
        return _somebody_was_faster(request, conflict)
    except ValidationError as error:
        if form and not form.errors:
            form.add_error("text", error.messages)
        return Refusal(HTTPStatus.BAD_REQUEST, conflict.pk, [] if form else error.messages, form)
    return None


def _carry_out(request: HttpRequest, conflict: Conflict, form: OtherTextForm | None) -> None:
    """Decide, if the question is still the one that was shown. Raises `DecidedMeanwhile` and `ValidationError`."""
    by = request.user if isinstance(request.user, User) else None
    decision, owner = request.POST["decision"], conflict.owner
    with revision(by=by, reason=f"Reviewed an import: {inside(DONE[decision])} ({named(conflict)})"):
        # Whoever edits or imports it waits, or has finished.
        list(type(owner).objects.select_for_update(no_key=True).filter(pk=owner.pk).values_list("pk"))
        again = Conflict.objects.filter(pk=conflict.pk).first()
        if again is None or again.mark != request.POST.get("based_on"):
            raise DecidedMeanwhile
        if form and not form.is_valid():
            raise ValidationError("The text breaks a rule.")
        texts = {THEIRS: again.newly_imported, OURS: again.ours}
        again.decide(form.cleaned_data["text"] if form else texts[decision])


def _somebody_was_faster(request: HttpRequest, conflict: Conflict | None) -> Refusal:
    """What was written is kept, in the question's own field where it is still open."""
    text = normalized(request.POST.get("text")) if request.POST.get("decision") == OTHER else ""
    return Refusal(HTTPStatus.CONFLICT, conflict.pk if conflict else None, text=text)


def _say_so_and_go_on(request: HttpRequest, conflict: Conflict, about: str) -> str:
    """The address of the next question: on the same page, then on the next one that has any."""
    waiting = waiting_for(request.user)
    left = sum(len(one.conflicts) for one in waiting)
    messages.success(
        request,
        f"{DONE[request.POST['decision']]}: {named(conflict)}. {f'{left} left' if left else 'Nothing is left'}.",
    )
    decided = Waiting(about, conflict.owner, [])
    following = [one for one in waiting if one.place >= decided.place] or waiting
    # An address without a fragment would keep that of the question.
    if not following:
        return f"{reverse('admin:review')}#content-start"
    if following[0].place != decided.place:
        return f"{following[0].address}#content-start"
    conflicts = following[0].conflicts
    after = [one for one in conflicts if order_of(one) > order_of(conflict)] or conflicts
    return f"{following[0].address}#conflict-{after[0].pk}"


def _show(
    request: HttpRequest, site: AdminSite, about: str, number: int, refusal: Refusal | None = None
) -> HttpResponse:
    owner = _owner(about, number)
    if owner is None:
        return _say_it_is_gone(request, site, about, refusal)
    if refusal and refusal.status == HTTPStatus.CONFLICT:
        refusal = replace(refusal, problems=[_who_was_faster(request, owner, refusal.text)])
    conflicts = _open_questions(request, about, owner)
    is_shown_there = refusal and refusal.number in [conflict.pk for conflict in conflicts]
    context = {
        **site.each_context(request),
        "title": f"Review {owner}",
        "about": about,
        "owner": owner,
        "edit": reverse(f"admin:skills_{about}_change", args=[owner.pk]),
        "sections": [section_of(conflict, refusal) for conflict in conflicts],
        **_neighbours(request, Waiting(about, owner, conflicts)),
        "progress": progress_of(request.user),
        "of_others": owner.conflicts.count() - len(conflicts),
        "refusal": None if is_shown_there else refusal,
    }
    status = refusal.status if refusal else HTTPStatus.OK
    return TemplateResponse(request, "admin/skills/review_one.html", context, status=status)


def _neighbours(request: HttpRequest, here: Waiting) -> dict[str, Waiting | None]:
    waiting = waiting_for(request.user)
    return {
        "previous": next((one for one in reversed(waiting) if one.place < here.place), None),
        "next": next((one for one in waiting if one.place > here.place), None),
    }


def _owner(about: str, number: int) -> Any:
    """With all that its questions are compared with."""
    model: Any = Conflict._meta.get_field(about).related_model
    places = ("subcategory__category", "published_subcategory__category") if about == "skill" else ()
    parts = (*model.part_names, "levels_taken_away") if model.part_names else ()
    return model.objects.select_related("edition", *places).prefetch_related(*parts).filter(pk=number).first()


def _open_questions(request: HttpRequest, about: str, owner: Any) -> list[Conflict]:
    """Those that this user may decide, each with the one owner that has been read."""
    found = sorted(decidable(request.user).filter(**{about: owner.pk}).select_related("found_by"), key=order_of)
    for conflict in found:
        setattr(conflict, about, owner)
    return found


def _say_it_is_gone(request: HttpRequest, site: AdminSite, about: str, refusal: Refusal | None) -> HttpResponse:
    """To whoever decided something; to others, there never was anything."""
    if refusal is None:
        raise Http404(f"no such {about}")
    context = {
        **site.each_context(request),
        "title": f"The {about} was deleted meanwhile",
        "may_bring_back": request.user.has_perm(f"skills.add_{about}"),
        "texts": [("What you wrote", refusal.text)] if refusal.text else [],
    }
    return TemplateResponse(request, "admin/skills/gone.html", context, status=HTTPStatus.CONFLICT)


def _who_was_faster(request: HttpRequest, owner: Any, text: str) -> str:
    latest = revisions_in(page_of(owner)).first()
    is_you = latest and latest.made_by and latest.made_by == request.user
    who = "You" if is_you else latest.who if latest else "Somebody"
    kept = " What you wrote is kept." if text else ""
    return f"{who} changed or decided this after you had opened it here. Nothing was written.{kept} Look again."

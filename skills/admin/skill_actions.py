"""What editors do to many skills at once."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from skills.exporting.table import as_csv
from skills.models import Change, Edition, Skill, SkillLevel, Subcategory

from .changes import counted

NO_MARKER = "none"
PARTS = [("overall_description", "Description"), ("guidance_notes", "Guidance notes"), ("levels", "Levels")]


class ChangeMarkerForm(forms.Form):
    change = forms.ChoiceField(
        label="Change marker", choices=[*Change.choices, (NO_MARKER, "No marker")], widget=forms.RadioSelect
    )
    parts = forms.MultipleChoiceField(
        label="Of which parts", choices=PARTS, widget=forms.CheckboxSelectMultiple, initial=[name for name, _ in PARTS]
    )


class MoveForm(forms.Form):
    subcategory = forms.ModelChoiceField(Subcategory.objects.none(), label="Subcategory", empty_label="Choose one")

    def __init__(self, edition: Edition, data: Any = None) -> None:
        super().__init__(data)
        choice: Any = self.fields["subcategory"]
        choice.queryset = Subcategory.objects.filter(category__edition=edition).select_related("category")
        choice.label_from_instance = lambda subcategory: f"{subcategory.category} › {subcategory}"


@admin.action(description="Set or clear the change marker", permissions=["change"])
def set_change_marker(model_admin: Any, request: HttpRequest, queryset: QuerySet[Skill]) -> HttpResponse | None:
    form = ChangeMarkerForm(request.POST if "apply" in request.POST else None)
    if not form.is_valid():
        return _ask(model_admin, request, queryset, form, "Set or clear the change marker")
    change, chosen = form.cleaned_data["change"].removeprefix(NO_MARKER), form.cleaned_data["parts"]
    keys = _locked(queryset)
    changed: set[int] = set()
    for part in set(chosen) - {"levels"}:
        having = Skill.objects.filter(pk__in=keys).exclude(**{part: ""}).exclude(**{f"{part}_change": change})
        changed |= set(having.values_list("pk", flat=True))
        having.update(**{f"{part}_change": change})
    if "levels" in chosen:
        levels = SkillLevel.objects.filter(skill__in=keys).exclude(change=change)
        changed |= set(levels.values_list("skill", flat=True))
        levels.update(change=change)
    model_admin.message_user(
        request, f"Change marker {'set' if change else 'cleared'}: {counted(Skill, len(changed))}."
    )
    return None


@admin.action(description="Move to a subcategory", permissions=["add"])
def move(model_admin: Any, request: HttpRequest, queryset: QuerySet[Skill]) -> HttpResponse | None:
    editions = Edition.objects.filter(skills__in=queryset.order_by().values("pk")).distinct()
    if len(editions) != 1:
        model_admin.message_user(
            request,
            "Nothing was moved. A subcategory belongs to one edition: choose skills of one edition alone.",
            messages.ERROR,
        )
        return None
    form = MoveForm(editions[0], request.POST if "apply" in request.POST else None)
    if not form.is_valid():
        return _ask(model_admin, request, queryset, form, "Move to a subcategory")
    subcategory = form.cleaned_data["subcategory"]
    keys = _locked(queryset)
    count = Skill.objects.filter(pk__in=keys).exclude(subcategory=subcategory).update(subcategory=subcategory)
    there = f" {counted(Skill, len(keys) - count)} stood there already." if count < len(keys) else ""
    model_admin.message_user(request, f"Moved to {subcategory}: {counted(Skill, count)}.{there}")
    return None


@admin.action(description="Export as CSV", permissions=["view"])
def export_as_csv(model_admin: Any, request: HttpRequest, queryset: QuerySet[Skill]) -> HttpResponse:
    skills = Skill.objects.filter(pk__in=queryset.order_by().values("pk")).select_related("edition").with_levels()
    response = HttpResponse(as_csv(skills.in_framework_order()), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="skills.csv"'
    return response


def _locked(queryset: QuerySet[Skill]) -> list[int]:
    """The keys of the skills, which nobody else changes until this is done."""
    chosen = Skill.objects.filter(pk__in=queryset.order_by().values("pk")).order_by("pk")
    return list(chosen.select_for_update(no_key=True).values_list("pk", flat=True))


def _ask(
    model_admin: Any, request: HttpRequest, queryset: QuerySet[Skill], form: forms.Form, title: str
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "form": form,
        "action": request.POST["action"],
        "select_across": request.POST.get("select_across", "0"),
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "checkbox_name": ACTION_CHECKBOX_NAME,
        "skills": queryset[:10],
        "more": max(0, queryset.count() - 10),
    }
    return TemplateResponse(request, "admin/skills/action.html", context)

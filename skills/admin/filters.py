"""How editors narrow the list of skills."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from skills.models import Category, Change, SkillLevel
from skills.models.level import NUMBERS

from .waiting import decidable


def _levels(**conditions: Any) -> Exists:
    return Exists(SkillLevel.objects.filter(skill=OuterRef("pk"), **conditions))


class ChoiceFilter(SimpleListFilter):
    """Passes over a value that it does not offer."""

    def value(self) -> str | None:
        value = super().value()
        return value if value in dict(self.lookup_choices) else None


class CategoryFilter(ChoiceFilter):
    """By slug: a category of the same name in two editions is one choice."""

    title, parameter_name = "category", "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return dict(Category.objects.order_by("name").values_list("slug", "name")).items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(subcategory__category__slug=self.value()) if self.value() else queryset


class ChangeFilter(ChoiceFilter):
    """Skills of which a part or a level has a change marker."""

    title, parameter_name = "change marker", "change"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(str(value), str(label)) for value, label in Change.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        change = self.value()
        if not change:
            return queryset
        return queryset.filter(
            Q(overall_description_change=change) | Q(guidance_notes_change=change) | Q(_levels(change=change))
        )


class EditedHereFilter(ChoiceFilter):
    title, parameter_name = "edited here", "edited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(edited_here=self.value() == "yes") if self.value() else queryset


class ToReviewFilter(ChoiceFilter):
    """Skills of which a text waits for whoever looks to decide about it."""

    title, parameter_name = "to review", "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Yes"), ("no", "No")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        waiting = Exists(decidable(request.user).filter(skill=OuterRef("pk")))
        return queryset.filter(waiting if self.value() == "yes" else ~waiting) if self.value() else queryset


class DefinedAtFilter(ChoiceFilter):
    title, parameter_name = "defined at level", "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [(str(number), str(number)) for number in NUMBERS]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(_levels(number=self.value())) if self.value() else queryset

"""The administration of everything but skills and attributes, which have levels."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string

from skills.models import Category, Edition, ExplanatorySection, Level, Notice, Subcategory

from .editing import EditingAdmin
from .editing_form import EditingForm


class EditionForm(EditingForm):
    def clean_is_current(self) -> bool:
        """The database holds it too; here it is said beside the field, by name."""
        is_current = bool(self.cleaned_data["is_current"])
        other = Edition.objects.filter(is_current=True).exclude(pk=self.instance.pk).first()
        if is_current and other:
            raise ValidationError(
                f"{other} is the current edition. Leave this empty, save, then choose this edition in the list of "
                "editions and “Make current”.",
                code="another is current",
            )
        return is_current


@admin.action(description="Make current", permissions=["change"])
def make_current(model_admin: Any, request: HttpRequest, queryset: QuerySet[Edition]) -> None:
    chosen = list(queryset[:2])
    if len(chosen) != 1:
        model_admin.message_user(request, "Nothing was changed: choose one edition alone.", messages.ERROR)
        return
    chosen[0].make_current()
    model_admin.message_user(request, f"{chosen[0]} is the current edition now.")


@admin.register(Edition)
class EditionAdmin(EditingAdmin):
    form = EditionForm
    fields = ("name", "slug", "tagline", "attribution", "is_current", "in_development", "imported")
    list_display = ("name", "slug", "is_current", "in_development")
    actions = (make_current,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), "imported")

    @admin.display(description="Imported")
    def imported(self, edition: Edition) -> str:
        """Its fingerprints, the latest first."""
        imports = edition.imports.prefetch_related("files") if edition.pk else ()
        return render_to_string("admin/skills/_imports.html", {"imports": imports})


class OfAnEditionAdmin(EditingAdmin):
    """The administration of what belongs to an edition directly."""

    list_filter = ("edition",)
    list_select_related = ("edition",)
    ordering = ("edition", "position")


@admin.register(Notice)
class NoticeAdmin(OfAnEditionAdmin):
    fields = ("edition", "position", "notice")
    list_display = ("notice", "position", "edition")


class ExplanatorySectionForm(EditingForm):
    markdown_under = {"explanation": 2}


@admin.register(ExplanatorySection)
class ExplanatorySectionAdmin(OfAnEditionAdmin):
    form = ExplanatorySectionForm
    fields = ("edition", "position", "heading", "explanation")
    list_display = ("heading", "position", "edition")
    search_fields = ("heading", "explanation")


@admin.register(Level)
class LevelAdmin(OfAnEditionAdmin):
    fields = ("edition", "number", "guiding_phrase", "essence")
    place = ("edition", "number")
    list_display = ("__str__", "edition")
    ordering = ("edition", "number")
    search_fields = ("guiding_phrase", "essence")


@admin.register(Category)
class CategoryAdmin(OfAnEditionAdmin):
    fields = ("edition", "name", "slug", "position")
    list_display = ("name", "slug", "position", "edition")
    search_fields = ("name",)


class CategoryChoice(forms.ModelChoiceField):
    def label_from_instance(self, category: Any) -> str:
        return f"{category.edition} › {category}"


class SubcategoryForm(EditingForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        category: Any = self.fields.get("category")
        if category and self.instance.pk:
            category.queryset = category.queryset.filter(edition=self.instance.category.edition_id)


@admin.register(Subcategory)
class SubcategoryAdmin(EditingAdmin):
    form = SubcategoryForm
    fields = ("category", "name", "slug", "position")
    list_display = ("name", "category", "position", "edition")
    list_filter = ("category__edition",)
    list_select_related = ("category__edition",)
    ordering = ("category__edition", "category__position", "position")
    search_fields = ("name",)

    @admin.display(ordering="category__edition")
    def edition(self, subcategory: Subcategory) -> str:
        return str(subcategory.category.edition)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **options: Any) -> Any:
        categories = Category.objects.select_related("edition").order_by("edition", "position")
        return super().formfield_for_foreignkey(
            db_field, request, **{"queryset": categories, "form_class": CategoryChoice, **options}
        )

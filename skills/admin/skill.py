from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from skills.models import Change, ExplanatorySection, Skill, Subcategory
from skills.models.level import in_words
from skills.models.recorded_change import Scope

from .filters import CategoryFilter, ChangeFilter, DefinedAtFilter, EditedHereFilter, ToReviewFilter
from .level_texts import DESCRIPTION, Fieldset, LevelTextsAdmin, LevelTextsForm, fields
from .skill_actions import export_as_csv, move, set_change_marker

CHANGE_AT = "level_{}_change"


def change_marker(number: int) -> forms.ChoiceField:
    choices = [("", "No marker"), *Change.choices]
    return forms.ChoiceField(choices=choices, required=False, label=f"Change marker at level {number}")


ChangeMarkers = fields(CHANGE_AT, change_marker)


class SkillForm(LevelTextsForm, ChangeMarkers):  # type: ignore[misc, valid-type]
    part_name = "skill_levels"
    copied_fields: ClassVar[dict[str, str]] = {"description": DESCRIPTION, "change": CHANGE_AT}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "subcategory" in self.fields:
            self._name_subcategories(self.fields["subcategory"])
        for part in ("overall_description", "guidance_notes"):
            if f"{part}_change" in self.fields:
                self.fields[f"{part}_change"].label = f"Change marker of the {part.replace('_', ' ')}"

    def _name_subcategories(self, choice: Any) -> None:
        """With their categories; those of the skill's own edition where it has one."""
        choice.queryset = Subcategory.objects.select_related("category__edition").order_by(
            "category__edition", "category__position", "position"
        )
        if self.instance.pk:
            choice.queryset = choice.queryset.filter(category__edition=self.instance.edition_id)
        choice.label_from_instance = lambda subcategory: " › ".join(
            ([] if self.instance.pk else [str(subcategory.category.edition)])
            + [str(subcategory.category), str(subcategory)]
        )


@admin.register(Skill)
class SkillAdmin(LevelTextsAdmin):
    """A skill is one page: its parts and its seven levels."""

    form = SkillForm
    list_display = ("name", "code", "levels", "subcategory", "edition", "state")
    list_display_links = ("name", "code")
    list_filter = (
        "edition",
        CategoryFilter,
        ChangeFilter,
        EditedHereFilter,
        ToReviewFilter,
        DefinedAtFilter,
        "is_withdrawn",
    )
    list_per_page = 200
    search_fields = ("code", "name", "overall_description", "guidance_notes", "skill_levels__description")
    search_help_text = "Words in code, name, description, guidance notes and the descriptions at levels"
    ordering = ("-edition__is_current", "edition", "code")
    actions = (set_change_marker, move, export_as_csv)
    place = ("code", "edition", "subcategory", "position")

    def own_fieldsets(self, request: HttpRequest, obj: Skill | None) -> list[Fieldset]:
        parts: list[Fieldset] = [
            (None, {"fields": ["levels_to_take_away", "name", ("code", "position"), ("edition", "subcategory")]}),
            ("Description", {"fields": ["overall_description", "overall_description_change"]}),
            ("Guidance notes", {"fields": ["guidance_notes", "guidance_notes_change"]}),
        ]
        return [*parts, *self.level_fieldsets(obj)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        edited = Skill.objects.edited_here().filter(pk=OuterRef("pk"))
        return Skill.objects.with_level_numbers().select_related("edition").annotate(edited_here=Exists(edited))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """A code in capitals finds the skills that have it, whatever texts have its letters in a word."""
        code = search_term.strip()
        of_the_code = queryset.filter(code=code) if code.isupper() else queryset.none()
        return (of_the_code, False) if of_the_code.exists() else super().get_search_results(request, queryset, code)

    def history_scope(self, obj: Skill) -> Scope:
        """With the explanatory sections, which stand on the page of each skill of the edition."""
        return {**super().history_scope(obj), ExplanatorySection: Q(edition_id=obj.edition_id)}

    @admin.display(description="Defined at")
    def levels(self, skill: Skill) -> str:
        return in_words(skill.defined_numbers) if skill.defined_numbers else "no level"

    @admin.display(description="Here")
    def state(self, skill: Any) -> str:
        states = {"withdrawn": skill.is_withdrawn, "edited": skill.edited_here}
        return ", ".join(state for state, holds in states.items() if holds)

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from skills.models import Attribute

from .level_texts import Fieldset, LevelTextsAdmin, LevelTextsForm


class AttributeForm(LevelTextsForm):
    part_name = "attribute_levels"


@admin.register(Attribute)
class AttributeAdmin(LevelTextsAdmin):
    """A generic attribute is one page: its texts and its seven levels."""

    form = AttributeForm
    list_display = ("name", "code", "kind", "edition")
    list_display_links = ("name", "code")
    list_filter = ("edition", "kind", "is_withdrawn")
    list_select_related = ("edition",)
    ordering = ("-edition__is_current", "edition", "kind", "position")
    search_fields = ("code", "name", "overall_description", "guidance_notes", "attribute_levels__description")

    def own_fieldsets(self, request: HttpRequest, obj: Any) -> list[Fieldset]:
        return [
            (None, {"fields": ["name", "code", "edition", "kind", "position", "levels_to_take_away"]}),
            ("Description", {"fields": ["overall_description"]}),
            ("Guidance notes", {"fields": ["guidance_notes"]}),
            *self.level_fieldsets(obj),
        ]

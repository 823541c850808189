from django.contrib import admin

from skills.models import Retirement

from .editing import EditingAdmin


@admin.register(Retirement)
class RetirementAdmin(EditingAdmin):
    fields = ("code", "number", "name", "last_edition", "successors")
    list_display = ("code", "number", "name", "last_edition")
    list_display_links = ("code", "name")
    search_fields = ("code", "name", "successors")
    search_help_text = "A code, or words of the name or of what took its place"

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import get_text_list

from skills.models import Edition, SearchTerm, Skill
from skills.search.words import words_of

from .editing import EditingAdmin
from .editing_form import EditingForm


class SearchTermForm(EditingForm):
    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if not words_of(words):
            raise ValidationError("There is no letter and no digit in this by which it could be found.")
        return words

    def clean_codes(self) -> str:
        """As people write lists of codes too: in small letters, with commas, one twice."""
        return " ".join(dict.fromkeys(re.split(r"[\s,;]+", self.cleaned_data["codes"].strip().upper())))


@admin.register(SearchTerm)
class SearchTermAdmin(EditingAdmin):
    form = SearchTermForm
    fields = ("words", "codes")
    list_display = ("words", "codes")
    search_fields = ("words", "codes")
    search_help_text = "A word, or the code of a skill"
    list_per_page = 200

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        edition = Edition.objects.filter(is_current=True).first()
        if edition is None:
            return
        codes = obj.codes.split()
        there = Skill.objects.in_edition(edition).listed().in_bulk_by_code(codes)
        missing = [code for code in codes if code not in there]
        if missing:
            said = f"{edition} has no skill {get_text_list(missing, 'and')}, which search passes over there."
            self.message_user(request, said, messages.WARNING)

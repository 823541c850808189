"""The texts of seven levels in the form of a skill or an attribute; one that is empty is a level that is undefined."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import conditional_escape
from django.utils.text import get_text_list

from skills.models import Edition, Level
from skills.models.level import NUMBERS

from .editing import EditingAdmin
from .editing_form import EditingForm
from .texts import tall_text

Fieldset = tuple[str | None, dict[str, Any]]

HEADING_OF_A_LEVEL = 3
DESCRIPTION = "level_{}_description"


def fields(pattern: str, make: Callable[[int], forms.Field]) -> Any:
    """A form class with a field for each level, of which another is made."""
    return type("LevelFields", (forms.Form,), {pattern.format(number): make(number) for number in NUMBERS})


Descriptions = fields(DESCRIPTION, lambda number: tall_text(f"Description at level {number}"))


class LevelTextsForm(EditingForm, Descriptions):  # type: ignore[misc, valid-type]
    """A form with a description for each level. Emptying one takes the level away, after a question."""

    part_name: ClassVar[str]
    """The related name of the levels."""
    copied_fields: ClassVar[Mapping[str, str]] = {"description": DESCRIPTION}
    """The fields of a level and the names of the form's fields for them."""
    markdown_under: ClassVar[Mapping[str, int]] = {
        "overall_description": 1,
        "guidance_notes": 2,
        **{DESCRIPTION.format(number): HEADING_OF_A_LEVEL for number in NUMBERS},
    }

    levels_to_take_away = forms.CharField(required=False, widget=forms.HiddenInput, label="Take away")

    @classmethod
    def values_of(cls, instance: Any, parts: Iterable[Any]) -> dict[str, Any]:
        levels = {part.number: part for part in parts}
        return super().values_of(instance, parts) | {
            pattern.format(number): getattr(levels.get(number), field, "")
            for number in NUMBERS
            for field, pattern in cls.copied_fields.items()
        }

    def published_texts(self) -> dict[str, str]:
        taken_away = self.instance.levels_taken_away.all() if self.instance.pk else ()
        return super().published_texts() | {
            DESCRIPTION.format(level.number): level.published_description or ""
            for level in (*taken_away, *self.levels.values())
        }

    @cached_property
    def levels(self) -> dict[int, Any]:
        """The levels that the database holds, by number."""
        if not self.instance.pk:
            return {}
        return {level.number: level for level in getattr(self.instance, self.part_name).all()}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._ask_before_taking_away()
        self._refuse_what_has_no_description()
        return cleaned

    def _refuse_what_has_no_description(self) -> None:
        for number in NUMBERS:
            beside = [name.format(number) for field, name in self.copied_fields.items() if field != "description"]
            if number not in self.levels and self.cleaned_data.get(DESCRIPTION.format(number)) == "":
                for name in filter(self.cleaned_data.get, beside):
                    self.add_error(name, f"Level {number} is not defined. Write a description, or choose no marker.")

    def _ask_before_taking_away(self) -> None:
        """Raises `ValidationError` until the question which levels go is answered with just those."""
        emptied = [str(number) for number in self.levels if self.cleaned_data.get(DESCRIPTION.format(number)) == ""]
        if not emptied or self.data.get("levels_to_take_away") == ",".join(emptied):
            return
        levels = f"level{'s' if len(emptied) > 1 else ''} {get_text_list(emptied, 'and')}"
        question = self["levels_to_take_away"]
        question.field.widget = forms.CheckboxInput(attrs={"value": ",".join(emptied)})
        question.label = f"Take {levels} away"
        self.data.pop("levels_to_take_away", None)
        raise ValidationError(
            f"The description of {levels} is empty, so it would no longer be defined. Nothing is saved yet. Tick "
            f"“{question.label}” and save again, or write a description. What is taken away stays in the history.",
            code="question",
        )

    def save_levels(self) -> None:
        """Write, add and take away levels as the fields say."""
        levels = self.levels
        for number in NUMBERS:
            values = {field: self.cleaned_data[name.format(number)] for field, name in self.copied_fields.items()}
            self._save_level(levels.get(number), number, values)

    def _save_level(self, level: Any, number: int, values: Mapping[str, str]) -> None:
        if not values["description"]:
            if level:
                level.delete()
            return
        part: Any = self.instance._meta.get_field(self.part_name)
        level = level or part.related_model(**{part.field.name: self.instance, "number": number})
        if level.pk is None or any(getattr(level, field) != value for field, value in values.items()):
            for field, value in values.items():
                setattr(level, field, value)
            level.save()


class LevelTextsAdmin(EditingAdmin):
    form: type[LevelTextsForm] = LevelTextsForm
    place: ClassVar[tuple[str, ...]] = ("code", "edition", "position")

    def level_fieldsets(self, obj: Any) -> list[Fieldset]:
        """The seven levels in order, those without a description folded."""
        edition = obj.edition if obj else Edition.objects.filter(is_current=True).first()
        levels = Level.objects.one_to_seven(edition) if edition else [Level(number=number) for number in NUMBERS]
        defined = {part.number for part in self.form.parts_of(obj)} if obj else set()
        names = self.form.copied_fields.values()
        return [
            (
                str(level) if level.number in defined else f"{level} · not defined",
                {
                    "fields": [name.format(level.number) for name in names],
                    "description": conditional_escape(level.essence),
                    "classes": [f"level-{level.number}", *([] if level.number in defined else ["collapse"])],
                },
            )
            for level in levels
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new one stands last in the current edition unless the address says otherwise."""
        edition = Edition.objects.filter(is_current=True).first()
        last = self.model._base_manager.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
        return {"edition": edition, "position": last + 1, **super().get_changeform_initial_data(request)}

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_levels()

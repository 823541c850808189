"""The fields in which people write: nothing is cut off, and what others wrote stands beside it."""

import re
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import normalize_newlines

from skills.models.code import FOUR_CAPITALS, CodeField
from skills.wording import Piece, difference

LINE_ENDS = str.maketrans(dict.fromkeys("\v\f\u2028\u2029", "\n"))
BLANK_LINES_AT_THE_BEGINNING = re.compile(r"\A(?:[^\S\n]*\n)+")


@dataclass(frozen=True)
class OtherText:
    """Another text for a field: whose it is, what it is for `_take` (see `EditingForm`), and how it differs."""

    source: str
    whose: str
    text: str
    pieces: list[Piece] = field(default_factory=list)

    @classmethod
    def of(cls, source: str, whose: str, text: str, *, against: str) -> "OtherText":
        """The pieces marked as removed stand in `against` alone, those marked as added in the other text alone."""
        return cls(source, whose, text, difference(against, text))


def normalized(text: Any) -> str:
    """A text as it was typed, with the line ends that the database keeps; word processors have others of their own."""
    return str(normalize_newlines(str(text or "").translate(LINE_ENDS)))


class WrittenText(forms.CharField):
    """A text that somebody writes, without white space round it; spaces that open its first line may be Markdown.

    The browser must not cut it off at its cap: words would go without a sign.
    """

    def __init__(self, **options: Any) -> None:
        self.longest: int | None = options.get("max_length")
        super().__init__(**{**options, "strip": False})

    def to_python(self, value: Any) -> Any:
        text = BLANK_LINES_AT_THE_BEGINNING.sub("", normalized(super().to_python(value))).rstrip()
        if value and not text:
            raise ValidationError("There is only white space here.", code="blank")
        return text if isinstance(self.widget, forms.Textarea) else text.strip()

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Not for white space that a stored text has round it and a written one would not."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class ShownBeside:
    """A widget that shows other texts beside its own."""

    others: tuple[OtherText, ...] = ()
    news: str = ""
    """What somebody else changed here meanwhile, in a sentence."""
    longest: int | None = None
    markdown_under: int | None = None
    """The rank of the heading under which the text stands on the site, where it is Markdown."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)  # type: ignore[misc]
        context |= {
            "others": self.others,
            "news": self.news,
            "longest": self.longest,
            "markdown_under": self.markdown_under,
            "length": len(normalized(value)),
        }
        return dict(context)


class ShortText(ShownBeside, AdminTextInputWidget):
    template_name = "admin/skills/short_text.html"


class TallText(ShownBeside, AdminTextareaWidget):
    template_name = "admin/skills/tall_text.html"


def tall_text(label: str) -> WrittenText:
    """A field for a text that may be left empty, as those of the levels."""
    return WrittenText(label=label, required=False, max_length=settings.LONGEST_TEXT, widget=TallText())


FIELDS: dict[type[models.Field], dict[str, Any]] = {
    models.TextField: {"form_class": WrittenText, "widget": TallText},
    models.CharField: {"form_class": WrittenText, "widget": ShortText},
    CodeField: {
        "form_class": WrittenText,
        "widget": ShortText,
        "max_length": None,
        "validators": [RegexValidator(r"^[A-Z]{4}\Z", FOUR_CAPITALS)],
    },
}
"""For `formfield_overrides`."""

"""An open question as a page shows it: three texts in columns, and a field for another one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from skills.models import Conflict, Subcategory
from skills.models.conflict import subcategory_at
from skills.wording import Mark, Piece, difference

from .level_texts import DESCRIPTION, LevelTextsForm
from .texts import FIELDS, tall_text


class OtherTextForm(forms.Form):
    """A third text for an open question."""

    def __init__(self, conflict: Conflict, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, auto_id=f"conflict-{conflict.pk}-%s", **options)
        self.conflict = conflict
        text: Any = _field_of(conflict)
        text.label = f"Another text for the {inside(conflict.label)}"
        part = DESCRIPTION.format(conflict.number) if conflict.is_of_a_level else conflict.part
        text.widget.longest = text.longest
        text.widget.markdown_under = None if conflict.level_id else LevelTextsForm.markdown_under.get(part)
        self.fields["text"] = text

    def clean_text(self) -> str:
        """Emptying a level takes it away: one button does so, and says it."""
        text = str(self.cleaned_data["text"])
        if text or not self.conflict.is_of_a_level:
            return text
        if self.conflict.newly_imported and self.conflict.ours:
            way = "empty its description in the form of what it belongs to"
        else:
            way = "press “Keep ours”" if self.conflict.newly_imported else "press “Take the publisher’s text”"
        raise ValidationError(f"Write a text here. To have the level not defined, {way}.", code="empty")


@dataclass(frozen=True)
class Column:
    """One of the three texts: what is marked in it, or in a word that there is none."""

    heading: str
    note: str
    pieces: list[Piece]
    absent: str


@dataclass(frozen=True)
class Section:
    """One open question as the page shows it. Of a place, there is no third text, and no form."""

    conflict: Conflict
    columns: list[Column]
    form: OtherTextForm | None
    problems: list[str]
    is_written: bool
    """Whether a third text was sent already, and not saved."""


@dataclass(frozen=True)
class Refusal:
    """Why nothing was written, and what somebody had typed."""

    status: HTTPStatus
    number: int | None
    """The key of the question that it is about; None where that is decided."""
    problems: list[str] = field(default_factory=list)
    form: OtherTextForm | None = None
    text: str = ""


def section_of(conflict: Conflict, refusal: Refusal | None) -> Section:
    refusal = refusal if refusal and refusal.number == conflict.pk else None
    form = refusal.form if refusal else None
    if form is None and not conflict.is_place:
        form = OtherTextForm(conflict, initial={"text": (refusal and refusal.text) or conflict.ours})
    return Section(
        conflict,
        _columns(conflict),
        form,
        refusal.problems if refusal else [],
        is_written=bool(refusal and (refusal.form or refusal.text)),
    )


def _columns(conflict: Conflict) -> list[Column]:
    """Both newer texts are compared with the last imported one; ours with the publisher's where there was none."""
    last, theirs, ours = _texts(conflict)
    absent = "Not defined" if conflict.is_of_a_level else "None" if conflict.is_place else "Empty"
    note = "" if last or not theirs or not ours else "compared with the publisher now"
    return [
        Column("Last imported", "", _same(last), absent),
        _column("The publisher now", "", _compared(theirs, last), absent),
        _column("Ours", note, _compared(ours, last or theirs), absent),
    ]


def _column(heading: str, note: str, pieces: list[Piece], absent: str) -> Column:
    """One that says in words, too, where all of its text is marked."""
    is_new = bool(pieces) and all(piece.mark is Mark.ADDED for piece in pieces)
    notes = [note, "all of it is new" if is_new else ""]
    return Column(heading, ", ".join(filter(None, notes)), pieces, absent)


def _compared(text: str, against: str) -> list[Piece]:
    """What differs from another text. One that shares nothing with it is marked as a whole; one that has nothing to be
    compared with is not marked."""
    if not text or not against:
        return _same(text)
    pieces = difference(against, text)
    shares = any(piece.mark is Mark.SAME and piece.text.strip() for piece in pieces)
    return pieces if shares else [Piece(Mark.ADDED, text)]


def _same(text: str) -> list[Piece]:
    return [Piece(Mark.SAME, text)] if text else []


def _texts(conflict: Conflict) -> tuple[str, str, str]:
    """The three as people read them: places by their names."""
    if not conflict.is_place:
        return conflict.last_imported, conflict.newly_imported, conflict.ours
    skill = conflict.owner
    theirs = subcategory_at(skill.edition_id, conflict.newly_imported)
    gone = f"{conflict.newly_imported} (gone)" if conflict.newly_imported else ""
    return _place(skill.published_subcategory), _place(theirs) or gone, _place(skill.subcategory)


def _place(subcategory: Subcategory | None) -> str:
    return f"{subcategory.category} › {subcategory}" if subcategory else ""


def _field_of(conflict: Conflict) -> Any:
    """The field in which the text is written in the form of its owner."""
    if conflict.is_of_a_level:
        return tall_text("")
    model_field = conflict.owner._meta.get_field(conflict.part)
    return model_field.formfield(**FIELDS[type(model_field)])


def named(conflict: Conflict) -> str:
    """ "KNIF, description at level 5", "Level 5, essence"."""
    owner = conflict.owner
    return f"{getattr(owner, 'code', None) or f'Level {owner.number}'}, {inside(conflict.label)}"


def inside(label: str) -> str:
    """As it stands inside a sentence."""
    return label[:1].lower() + label[1:]

"""The forms with which the publisher's files are uploaded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from skills.importing.files import read
from skills.importing.reading import EDITION_SLUG, LONGEST_SLUG
from skills.importing.sheet import UnreadableFile

MOST_FILES = 5


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several: a workbook, or its sheets as CSV."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data or [None]
        files = [self._checked(file) for file in given]
        if len(files) > MOST_FILES:
            raise ValidationError(f"These are {len(files)} files. A workbook is one, its sheets as CSV are three.")
        return files

    def _checked(self, file: Any) -> Any:
        try:
            return super().clean(file)
        except ValidationError as error:
            if file is None:
                raise
            raise ValidationError([f"{file.name}: {message}" for message in error.messages]) from error


class EditionSlugField(forms.CharField):
    def to_python(self, value: Any) -> str:
        slug = str(super().to_python(value) or "").strip().lower()
        if slug and not EDITION_SLUG.fullmatch(slug):
            raise ValidationError("Write a digit, then small letters, digits or hyphens, as in 9 or 9-fr.")
        return slug


class UploadForm(forms.Form):
    uploads = FilesField(
        label="Files",
        help_text="The publisher’s workbook (.xlsx) as you got it, or its sheets saved as CSV: choose them together.",
        error_messages={"required": "Choose a file.", "empty": "This file is empty."},
    )
    edition = EditionSlugField(
        label="Edition",
        required=False,
        max_length=LONGEST_SLUG,
        help_text="As in 9 or 8. Leave it empty for SFIA 9, whose workbook says it.",
    )
    makes_current = forms.BooleanField(label="Make it the current edition", required=False)

    def clean_uploads(self) -> list[Any]:
        """Those that cannot be read are refused here, before anything is kept."""
        files: list[Any] = self.cleaned_data["uploads"]
        problems = [problem for problem in map(_problem_of, files) if problem]
        if problems:
            raise ValidationError(problems)
        return files


class EditionForm(forms.Form):
    """For files that do not say which edition they are."""

    edition = EditionSlugField(label="Edition", max_length=LONGEST_SLUG, help_text="As in 8 for SFIA 8.")


def _problem_of(file: Any) -> str:
    """Why an uploaded file cannot be read; "" where it can."""
    try:
        read(file.name, file)
    except UnreadableFile as error:
        return str(error)
    return ""

"""The rules about texts that several models share, as named constraints of the database.

They are written with TRIM and LENGTH, which SQLite and PostgreSQL both have, not with regular expressions: SQLite knows
those only while Django is connected, and the rules hold for every other program too.
"""

import string

from django.conf import settings
from django.db.models import CheckConstraint, F, Func, Q, TextField, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact, GreaterThan, LessThanOrEqual

WHITE_SPACE = " \t\n\r\u00a0"
SLUG_CHARACTERS = string.ascii_lowercase + string.digits + "-"


class Stripped(Func):
    """A text without the given characters at both its ends."""

    function = "TRIM"
    output_field = TextField()

    def __init__(self, text: str | Func, characters: str) -> None:
        super().__init__(F(text) if isinstance(text, str) else text, Value(characters))


def consists_of(text: str | Func, characters: str) -> Exact:
    """Whether there is nothing in a text but these characters; an empty text passes."""
    return Exact(Stripped(text, characters), Value(""))


def not_blank(model: str, field: str) -> CheckConstraint:
    return CheckConstraint(
        condition=GreaterThan(Length(Stripped(field, WHITE_SPACE)), Value(0)),
        name=f"{model}_{field}_not_blank",
        violation_error_message=f"Blank: {field.replace('_', ' ')}.",
    )


def within_longest(model: str, field: str) -> CheckConstraint:
    """A text is no longer than what `skills.prose` shows as Markdown."""
    return CheckConstraint(
        condition=LessThanOrEqual(Length(field), Value(settings.LONGEST_TEXT)),
        name=f"{model}_{field}_within_longest",
        violation_error_message=f"Longer than {settings.LONGEST_TEXT:,} characters: {field.replace('_', ' ')}.",
    )


def is_slug(model: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(consists_of("slug", SLUG_CHARACTERS), GreaterThan(Length("slug"), Value(0))),
        name=f"{model}_slug_is_slug",
        violation_error_message="A slug consists of small letters, digits and hyphens.",
    )

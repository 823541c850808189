import string
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import CharField, CheckConstraint, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from .constraints import consists_of

FOUR_CAPITALS = "A code is four capital letters."


class CodeField(CharField):
    """The publisher's code of a skill or an attribute: four capital letters, the same in every edition that has it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"max_length": 4, "validators": [RegexValidator(r"^[A-Z]{4}\Z", FOUR_CAPITALS)], **options},
        )


def code_is_four_capitals(model: str) -> CheckConstraint:
    return CheckConstraint(
        condition=Q(consists_of("code", string.ascii_uppercase), Exact(Length("code"), Value(4))),
        name=f"{model}_code_is_four_capitals",
        violation_error_message=FOUR_CAPITALS,
    )

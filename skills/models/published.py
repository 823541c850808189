"""The publisher's last wording of each text, kept beside our own."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Model, Q, TextField
from django.db.models.signals import pre_save
from django.dispatch import Signal

taken_from_fixture = Signal()
"""Sent by the model of an `instance` that a fixture loads without saying the publisher's wording of its `text`."""


class PublishedTextField(TextField):
    """The publisher's last wording of the text in the field `text`; "" where the publisher has none.

    A fixture gives the publisher's words: loading one, with `loaddata` too, sets this field to the text unless the
    fixture holds it itself, as a dump of this database does. An import sets it. Nothing else does.
    """

    def __init__(self, text: str, **options: Any) -> None:
        self.text = text
        # Django's "" would not tell a fixture that does not say from one that says "none".
        super().__init__(**{**options, "default": None, "blank": True, "editable": False})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        for fixed in ("default", "blank", "editable"):
            options.pop(fixed, None)
        return name, path, [self.text, *arguments], options

    def contribute_to_class(self, cls: type[Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        if not cls._meta.abstract:
            pre_save.connect(self.take_from_fixture, sender=cls)

    def take_from_fixture(self, instance: Model, *, raw: bool, **kwargs: Any) -> None:
        if raw and getattr(instance, self.attname) is None:
            setattr(instance, self.attname, getattr(instance, self.text))
            taken_from_fixture.send(type(instance), instance=instance, text=self.text)

    def pre_save(self, model_instance: Model, add: bool) -> str:
        """Django calls this for every save but a fixture's."""
        if getattr(model_instance, self.attname) is None:
            setattr(model_instance, self.attname, "")
        return str(getattr(model_instance, self.attname))


def differs_from_publisher(model: type[Model]) -> Q:
    return reduce(
        or_,
        (
            ~Q(**{field.text: F(field.name)})
            for field in model._meta.get_fields()
            if isinstance(field, PublishedTextField)
        ),
        Q(pk__in=[]),
    )

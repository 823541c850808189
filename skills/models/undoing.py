"""Undoing one change of the history: the texts go back to what they were, what was deleted comes back."""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import ForeignKey, RestrictedError

from .level_taken_away import recall_levels_taken_away
from .recorded import RecordedModel, recorded_models
from .recorded_change import ADDED, DELETED, RecordedChange, outcome_of, owner_key


class CannotUndo(Exception):
    """Why a change cannot be undone, in a sentence; nothing was changed."""


def undo(change: RecordedChange, *, based_on: str | None = None) -> None:
    """Undo a change, in one transaction. What was done since to other fields stays.

    With `based_on`, a `mark_of` the change, only while what it changed is in that state. Raises `CannotUndo`.
    """
    if not change.can_be_undone:
        raise CannotUndo("The history begins with this: there is nothing before it to go back to.")
    with transaction.atomic():
        _lock_page(change)
        if based_on is not None and based_on != mark_of(change):
            raise CannotUndo("Somebody has changed it meanwhile. Look again at what undoing would do.")
        if change.kind == DELETED:
            _bring_back(change)
        elif change.kind == ADDED:
            _take_away(_current(change))
        else:
            _put_back(change, _current(change))


def current(change: RecordedChange) -> RecordedModel | None:
    """The object of a change as it is now; None where it is deleted."""
    return change.model._base_manager.filter(pk=change.record.id).first()


def mark_of(change: RecordedChange) -> str:
    """Which state the object of a change is in; "" where it is deleted."""
    found = current(change)
    return found.revision_mark() if found else ""


def _lock_page(change: RecordedChange) -> None:
    """Nobody else may change the object, or what it is a part of, until this is done."""
    model, number, key = change.model, change.record.id, owner_key(change.model)
    if key:
        model, number = key.related_model, getattr(change.record, key.attname)
    model._base_manager.select_for_update(no_key=True).filter(pk=number).first()


def _current(change: RecordedChange) -> RecordedModel:
    found = current(change)
    if found is None:
        raise CannotUndo(f"{change.title} was deleted since. Bring it back first.")
    return found


def _put_back(change: RecordedChange, found: RecordedModel) -> None:
    if not outcome_of(change):
        raise CannotUndo(f"{change.title} is as it was before already.")
    for field in change.fields:
        concrete: Any = change.model._meta.get_field(field.name)
        setattr(found, concrete.attname, getattr(change.previous, concrete.attname))
    _save(found, change.title)


def _take_away(found: RecordedModel) -> None:
    try:
        found.delete()
    except RestrictedError as error:
        raise CannotUndo(f"{found} still holds something: move or delete that first.") from error


def _bring_back(change: RecordedChange) -> None:
    """Bring back an object and what went with it in the same revision: a skill with its levels."""
    if current(change):
        raise CannotUndo(f"{change.title} is there already.")
    _refuse_a_place_that_is_gone_or_taken(change)
    back: set[tuple[Any, int]] = {(change.model, change.record.id)}
    found = _recorded(change.record)
    if owner_key(change.model):
        # What the publisher says of a level that was taken away is kept; where nothing is, it has none any more.
        found.published_description = ""
    _save(found, change.title, is_new=True)
    for model in recorded_models():
        keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        deleted = model.history.filter(history_type=DELETED, revision=change.record.revision).order_by("history_id")
        for record in deleted:
            if any((key.related_model, getattr(record, key.attname)) in back for key in keys):
                back.add((model, record.id))
                _save(_recorded(record), change.title, is_new=True)
    for model, pk in back:
        if hasattr(model, "levels_taken_away"):
            recall_levels_taken_away(model.objects.get(pk=pk))


def _recorded(record: Any) -> Any:
    """What a record holds, but for what it can do without and is gone since: the publisher's place of a skill."""
    found = record.instance
    for key in found._meta.concrete_fields:
        needs_no_place = isinstance(key, ForeignKey) and key.null
        if needs_no_place and not key.related_model._base_manager.filter(pk=getattr(found, key.attname)).exists():
            setattr(found, key.attname, None)
    return found


def _refuse_a_place_that_is_gone_or_taken(change: RecordedChange) -> None:
    key: Any = owner_key(change.model)
    if not key:
        return
    owner = key.related_model._base_manager.filter(pk=getattr(change.record, key.attname)).first()
    if owner is None:
        raise CannotUndo(f"The {key.related_model._meta.verbose_name} was deleted since. Bring it back first.")
    parts: Any = change.model._base_manager.filter(**{key.name: owner})
    if parts.filter(number=change.record.number).exists():
        raise CannotUndo(f"Level {change.record.number} of {owner} is defined again.")


def _save(found: RecordedModel, title: str, *, is_new: bool = False) -> None:
    try:
        found.full_clean()
    except ValidationError as error:
        reasons = [
            message if name == NON_FIELD_ERRORS else f"{name.replace('_', ' ')}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise CannotUndo(f"{title} would break a rule. {' '.join(reasons)}") from error
    found.save(force_insert=is_new)

"""Reading the history: what a revision did to each object, in words and with both texts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, ForeignKey, Model, OuterRef, Q, QuerySet, Subquery, TextField
from django.utils.text import capfirst

from .recorded import RecordedModel, latest_instances, recorded_models
from .revision import Revision, RevisionQuerySet

Scope = Mapping[type[RecordedModel], Q]
"""Of which models records are read, and which of theirs."""
Names = Mapping[tuple[type[Model], int], RecordedModel]

ADDED, CHANGED, DELETED = "+", "~", "-"


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, as people read it: "" where there was nothing. A text is one that people write."""

    name: str
    label: str
    is_text: bool
    before: str
    after: str


@dataclass(frozen=True)
class RecordedChange:
    """What one revision did to one object: `record` holds it as it was made, `previous` as it was before."""

    model: type[RecordedModel]
    record: Any
    previous: Any | None
    title: str
    edition: str
    fields: tuple[FieldChange, ...]

    @property
    def kind(self) -> str:
        return str(self.record.history_type)

    @property
    def can_be_undone(self) -> bool:
        """What a program added, such as a fixture, is where the history begins; what somebody added can be undone."""
        if self.kind == ADDED:
            return bool(self.record.revision.made_by_name)
        return self.kind == DELETED or bool(self.previous and self.fields)


def everything() -> Scope:
    return {model: Q() for model in recorded_models()}


def page_of(recorded: RecordedModel) -> Scope:
    """What is recorded of an object and of its parts."""
    relations: list[Any] = [recorded._meta.get_field(name) for name in recorded.part_names]
    parts = {part.related_model: Q(**{part.field.attname: recorded.pk}) for part in relations}
    return {type(recorded): Q(id=recorded.pk), **parts}


def revisions_in(scope: Scope) -> RevisionQuerySet:
    """The revisions that did anything to what is in scope, the latest first."""
    inside = Q()
    for model, condition in scope.items():
        inside |= Q(pk__in=model.history.filter(condition).order_by().values("revision"))
    return Revision.objects.filter(inside).select_related("made_by")


def counts_of(revisions: Iterable[Revision], scope: Scope) -> dict[int, Counter[tuple[type[RecordedModel], str]]]:
    """How many objects of each model each revision added ("+"), changed ("~") and deleted ("-")."""
    counts: dict[int, Counter[tuple[type[RecordedModel], str]]] = defaultdict(Counter)
    for model, condition in scope.items():
        records = model.history.filter(condition, revision__in=revisions).order_by()
        for made_in, kind, count in records.values_list("revision", "history_type").annotate(Count("history_id")):
            counts[made_in][model, kind] = count
    return counts


def changes_of(revisions: Collection[Revision], scope: Scope) -> dict[int, list[RecordedChange]]:
    """What each revision did, object by object, by the revisions' numbers."""
    read = [
        (model, record, previous)
        for model, condition in scope.items()
        for record, previous in _with_previous(model, model.history.filter(condition, revision__in=revisions))
    ]
    names = _names_in(read)
    changes: dict[int, list[RecordedChange]] = defaultdict(list)
    for model, record, previous in read:
        changes[record.revision_id].append(_change(model, record, previous, names))
    return changes


def change_of(model: type[RecordedModel], history_id: int) -> RecordedChange | None:
    """The change that this record made; None where there is no such record."""
    read = [(model, *pair) for pair in _with_previous(model, model.history.filter(history_id=history_id))]
    return _change(*read[0], _names_in(read)) if read else None


def outcome_of(change: RecordedChange) -> list[FieldChange]:
    """What undoing a change would do to its fields as they are now; nothing where it would do nothing."""
    now = change.model._base_manager.filter(pk=change.record.id).first()
    then = None if change.kind == ADDED else change.previous
    if change.kind == DELETED or now is None:
        return []
    names = _names_in([(change.model, now, then)])
    changed = {field.name for field in change.fields}
    return [field for field in _field_changes(change.model, now, then, names) if field.name in changed]


def _with_previous(model: type[RecordedModel], records: QuerySet[Any]) -> list[tuple[Any, Any | None]]:
    """Each record with the one before it of the same object; a deletion holds what it deleted."""
    earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id")).order_by("-history_id")
    found = list(
        records.order_by("history_id")
        .annotate(previous_id=Subquery(earlier.values("history_id")[:1]))
        .select_related("revision")
    )
    previous = model.history.in_bulk([record.previous_id for record in found if record.previous_id])
    return [(record, previous.get(record.previous_id)) for record in found]


def _names_in(read: Iterable[tuple[type[RecordedModel], Any, Any | None]]) -> Names:
    """The objects at which these records point, as they were last: some are deleted since."""
    wanted: dict[type[RecordedModel], set[int]] = defaultdict(set)
    for model, record, previous in read:
        for key in _keys(model):
            wanted[key.related_model] |= {getattr(of, key.attname) for of in (record, previous) if of}
    names: dict[tuple[type[Model], int], RecordedModel] = {}
    for model in reversed(recorded_models()):
        keys = wanted.get(model, set())
        for found in latest_instances(model.history.filter(id__in=keys), with_deleted=True) if keys else []:
            names[model, found.pk] = found
            for key in _keys(model):
                wanted[key.related_model].add(getattr(found, key.attname))
    return names


def _keys(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def _change(model: type[RecordedModel], record: Any, previous: Any | None, names: Names) -> RecordedChange:
    after = None if record.history_type == DELETED else record
    before = record if record.history_type == DELETED else previous
    return RecordedChange(
        model=model,
        record=record,
        previous=previous,
        title=_title(model, record, names),
        edition=_edition(model, record, names),
        fields=tuple(_field_changes(model, before, after, names)),
    )


def _field_changes(
    model: type[RecordedModel], before: Any | None, after: Any | None, names: Names
) -> list[FieldChange]:
    fields = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    shown = [
        FieldChange(
            name=field.name,
            label=str(capfirst(field.verbose_name)),
            is_text=isinstance(field, CharField | TextField) and not field.choices,
            before=_in_words(field, before, names),
            after=_in_words(field, after, names),
        )
        for field in fields
    ]
    return [change for change in shown if change.before != change.after]


def _in_words(field: Any, record: Any | None, names: Names) -> str:
    if record is None:
        return ""
    value = getattr(record, field.attname)
    if isinstance(field, ForeignKey):
        named = names.get((field.related_model, value))
        return "" if value is None else str(named or f"number {value}")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def owner_key(model: type[RecordedModel]) -> Any | None:
    """The key to the object that one of this model is a part of, such as the skill of a level; None for no part."""
    for key in _keys(model):
        owner = key.related_model
        if any(owner._meta.get_field(name).related_model is model for name in owner.part_names):
            return key
    return None


def _title(model: type[RecordedModel], record: Any, names: Names) -> str:
    """The object in words: "Knife sharpening (KNIF), level 5", "Category “Delivery”"."""
    key = owner_key(model)
    if key:
        owner = names.get((key.related_model, getattr(record, key.attname)), key.related_model._meta.verbose_name)
        return f"{owner}, level {record.number}"
    own = str(record.instance)
    return own if model.part_names or own.startswith("Level") else f"{capfirst(model._meta.verbose_name)} “{own}”"


def _edition(model: type[RecordedModel], record: Any, names: Names) -> str:
    """The name of the edition that the object belongs to; "" for an edition itself."""
    for key in _keys(model):
        pointed_at = names.get((key.related_model, getattr(record, key.attname)))
        if pointed_at:
            return _edition(key.related_model, pointed_at, names) or str(pointed_at)
    return ""

"""Every change of a text leaves a record, in the transaction that makes it: what it was, in which revision.

django-simple-history keeps the records. It passes over what is written in bulk and what a fixture loads; here nothing
is passed over but what goes past Django's ORM, and that is recorded by `record_what_is_unrecorded`.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db import NotSupportedError, models, transaction
from django.db.models import Max, QuerySet
from django.dispatch import receiver
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from .published import differs_from_publisher
from .revision import Revision, current_revision, one_revision, revision

M = TypeVar("M", bound="RecordedModel")
BATCH = 500
LENGTH_OF_NO_KEY = 10  # digits


class Record(models.Model):
    """What every record has beside the fields that it copies."""

    # Nothing looks for records before a revision is deleted: only one without any ever is.
    revision = models.ForeignKey(Revision, models.DO_NOTHING, related_name="+")

    class Meta:
        abstract = True


class Records(HistoryManager):  # type: ignore[misc]
    @classmethod
    @cache
    def from_queryset(cls, *args: Any) -> Any:
        """The same class each time that a history is asked for, for making one takes longer than the query."""
        return super().from_queryset(*args)


class History(HistoricalRecords):  # type: ignore[misc]
    def __init__(self, **options: Any) -> None:
        super().__init__(**{"bases": [Record], "inherit": True, "history_manager": Records, **options})

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        # Records are read and undone with the permissions of what they record.
        return {**super().get_meta_options(model), "ordering": ["-history_id"], "default_permissions": ()}


@receiver(pre_create_historical_record)
def put_into_revision(history_instance: Any, **kwargs: Any) -> None:
    history_instance.revision = current_revision(history_instance.instance_type)
    history_instance.history_date = history_instance.revision.made_at
    history_instance.history_user = history_instance.revision.made_by


class RecordedQuerySet(QuerySet[M]):
    """Records what is written in bulk.

    As with Django's own ways to do so, a transaction in which one has failed can only be rolled back.
    """

    def edited_here(self) -> "RecordedQuerySet[M]":
        """Those of which a text differs from the publisher's last wording of it."""
        return self.filter(differs_from_publisher(self.model))

    def update(self, **values: Any) -> int:
        with one_revision(), transaction.atomic(using=self.db, savepoint=False):
            # What is recorded must be what is written, also where somebody else writes at the same time.
            # But what only points at it may be written: the search index points at skills of other editions.
            chosen = self.model._base_manager.using(self.db).filter(pk__in=self.order_by().values("pk"))
            keys = list(chosen.select_for_update(no_key=True).values_list("pk", flat=True))
            written = self.model._base_manager.using(self.db).filter(pk__in=keys)
            count = written.update(**values)
            if keys:
                self.model.record(written, is_new=False)
        return count

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        with one_revision():
            return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **options: Any) -> list[M]:
        """Raises `NotSupportedError` where conflicts are to be passed over: the database does not say which were."""
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise NotSupportedError("What is created with conflicts passed over cannot be recorded.")
        with one_revision(), transaction.atomic(using=self.db, savepoint=False):
            created = super().bulk_create(objs, *args, **options)
            if created:
                self.model.record(created, is_new=True)
        return created


class RecordedModel(models.Model):
    """A model of the framework: what is written of it is recorded."""

    history = History()

    part_names: Sequence[str] = ()
    """The related names of what is edited together with an object, on one page, such as a skill's levels."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        # Django alone would commit the text first and then, in a transaction of its own, the record.
        with one_revision():
            super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """What goes with it goes in one revision, in which it can come back."""
        with one_revision():
            return super().delete(*args, **options)

    @classmethod
    def record(cls, objects: Iterable["RecordedModel"], *, is_new: bool) -> None:
        made_in = current_revision(cls)
        cls.history.bulk_history_create(
            objects,
            batch_size=BATCH,
            update=not is_new,
            default_user=made_in.made_by,
            default_date=made_in.made_at,
            custom_historical_attrs={"revision": made_in},
        )

    def part_histories(self) -> list[QuerySet[Any]]:
        """The records of this object, then those of each kind of its parts, of deleted ones too."""
        own = type(self).history.filter(id=self.pk)
        relations: list[Any] = [self._meta.get_field(name) for name in self.part_names]
        return [own, *(part.related_model.history.filter(**{part.field.attname: self.pk}) for part in relations)]

    def revision_mark(self) -> str:
        """Which state of the object and its parts the database holds: the numbers of their latest records."""
        return "-".join(
            str(records.aggregate(last=Max("history_id"))["last"] or 0) for records in self.part_histories()
        )

    def as_of(self, mark: str) -> list[list["RecordedModel"]]:
        """The object, then the parts of each kind, as they were at a `revision_mark`; nothing for one that is none."""
        numbers = [number_in(part) for part in mark.split("-")]
        histories = self.part_histories()
        if len(numbers) != len(histories) or None in numbers:
            return [[] for _ in histories]
        return [
            latest_instances(records.filter(history_id__lte=number))
            for number, records in zip(numbers, histories, strict=True)
        ]


def number_in(text: str) -> int | None:
    """A key that somebody sends; None where it is none, or larger than any that a database counts up to."""
    return int(text) if text.isdecimal() and len(text) < LENGTH_OF_NO_KEY else None


def latest_instances(records: QuerySet[Any], *, with_deleted: bool = False) -> list[Any]:
    """What the last of these records of each object holds."""
    last = records.order_by().values("id").annotate(last=Max("history_id")).values("last")
    found = records.model.objects.filter(history_id__in=last)
    return [record.instance for record in (found if with_deleted else found.exclude(history_type="-"))]


def recorded_models() -> list[type[RecordedModel]]:
    """Each model before those that point at it."""
    return [model for model in apps.get_app_config("skills").get_models() if issubclass(model, RecordedModel)]


def record_what_is_unrecorded(*, reason: str) -> None:
    """Make one revision of all objects whose last record is not what the database holds, as raw loading leaves them."""
    with revision(reason=reason):
        for model in recorded_models():
            names = [field.attname for field in model.history.model.tracked_fields]
            recorded = {instance.pk: instance for instance in latest_instances(model.history.all())}
            unrecorded = [
                found
                for found in model._base_manager.all()
                if found.pk not in recorded
                or any(getattr(found, name) != getattr(recorded[found.pk], name) for name in names)
            ]
            for is_new in (True, False):
                found_so = [found for found in unrecorded if (found.pk not in recorded) is is_new]
                if found_so:
                    model.record(found_so, is_new=is_new)

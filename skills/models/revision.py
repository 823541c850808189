"""One act of somebody's on the texts: who, when, why. The records of `recorded.py` say what it changed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.functional import cached_property

LONGEST_REASON = 200  # characters
A_PROGRAM = "A program"

revision_made = Signal()
"""Sent when a `revision` with records is complete, in its transaction: what is derived from the texts follows then."""

_current: ContextVar["Revision | None"] = ContextVar("revision", default=None)


@contextmanager
def revision(*, by: User | None = None, reason: str = "") -> Iterator["Revision"]:
    """Make one revision, in one transaction, of all that is written inside. If that is nothing, it leaves no trace.

    Of the reason, as much is kept as there is room for.
    """
    with transaction.atomic():
        words = " ".join(reason.replace("\0", " ").split())[:LONGEST_REASON]
        made = Revision.objects.create(made_by=by, made_by_name=name_of(by), reason=words)
        token = _current.set(made)
        try:
            yield made
        finally:
            _current.reset(token)
        if made.recorded:
            revision_made.send(Revision, revision=made)
        else:
            made.delete()


def one_revision() -> AbstractContextManager["Revision | None"]:
    """The revision that is open, or one of its own, for what is written inside."""
    return nullcontext(_current.get()) if _current.get() else revision()


def current_revision(recording: type[models.Model]) -> "Revision":
    """The revision that a record made now, of an object of this model, belongs to.

    Raises `LookupError` where no `revision()` is open.
    """
    current = _current.get()
    if current is None:
        raise LookupError("A record is made where no revision is open.")
    current.recorded.add(recording)
    return current


def name_of(user: User | None) -> str:
    return user.get_full_name() or user.get_username() if user else ""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def made_between(self, first: date | None, last: date | None) -> "RevisionQuerySet":
        """Those made from the first day to the last, both included; None leaves that end open."""
        found = self.filter(made_at__date__gte=first) if first else self
        return found.filter(made_at__date__lte=last) if last else found


class Revision(models.Model):
    """One act on the texts: a save, an undo, an import, a loaded fixture. Made by nobody where a program made it."""

    made_at = models.DateTimeField(default=timezone.now, db_index=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    made_by_name = models.CharField(max_length=310, blank=True, help_text="Stays when the account is deleted.")
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"Revision {self.pk}"

    @cached_property
    def recorded(self) -> set[type[models.Model]]:
        """Of which models records have been made for it in this process."""
        return set()

    @property
    def who(self) -> str:
        return self.made_by_name or A_PROGRAM

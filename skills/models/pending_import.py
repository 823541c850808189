"""Files that somebody has uploaded and not yet said yes to."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from .imported import LONGEST_FILE_NAME

KEPT_FOR = timedelta(days=1)
MOST_OF_ONE_USER = 5


class PendingImportQuerySet(models.QuerySet["PendingImport"]):
    def waiting_for(self, user: Any) -> "PendingImportQuerySet":
        """What this user has uploaded and not yet said yes to."""
        return self.filter(made_by=user.pk, made_at__gte=timezone.now() - KEPT_FOR)

    def forget_old_ones(self) -> None:
        """The publisher's words are kept for no longer than somebody may still want them."""
        self.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()
        for user in self.values_list("made_by", flat=True).distinct().order_by("made_by"):
            kept = self.filter(made_by=user).values_list("pk", flat=True)[:MOST_OF_ONE_USER]
            self.filter(made_by=user).exclude(pk__in=list(kept)).delete()


class PendingImport(models.Model):
    """An upload that waits for its user to confirm what it would do. Whatever process answers finds it here."""

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    edition_slug = models.CharField(max_length=30, blank=True, help_text="As asked for; the files may say it.")
    makes_current = models.BooleanField(default=False)

    objects = PendingImportQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Upload {self.pk}"


class PendingFile(models.Model):
    pending_import = models.ForeignKey(PendingImport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=LONGEST_FILE_NAME)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

"""Files that somebody has uploaded and not yet said yes to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from .imported import LONGEST_FILE_NAME

KEPT_FOR = timedelta(days=1)


class PendingImport(models.Model):
    """An upload that waits for its user to confirm what it would do. Whatever process answers finds it here."""

    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    edition_slug = models.CharField(max_length=30, blank=True, help_text="As asked for; the files may say it.")
    makes_current = models.BooleanField(default=False)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    @classmethod
    def forget_old_ones(cls) -> None:
        cls.objects.filter(made_at__lt=timezone.now() - KEPT_FOR).delete()


class PendingFile(models.Model):
    pending_import = models.ForeignKey(PendingImport, models.CASCADE, related_name="files")
    name = models.CharField(max_length=LONGEST_FILE_NAME)
    content = models.BinaryField()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

"""What was imported into an edition, from which files, by whom: the edition's fingerprint."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone

from .edition import Edition

LONGEST_FILE_NAME = 255  # characters


def now() -> datetime:
    """To the millisecond: Django's JSON writes no more, and in a dump an import is known by its time."""
    moment = timezone.now()
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


class ImportQuerySet(models.QuerySet["Import"]):
    def get_by_natural_key(self, edition_slug: str, imported_at: str) -> "Import":
        return self.get(edition__slug=edition_slug, imported_at=imported_at)


class Import(models.Model):
    """One import of the publisher's files into an edition. The counts are of what the files hold."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="imports")
    imported_at = models.DateTimeField(default=now)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    imported_by_name = models.CharField(max_length=310, blank=True, help_text="Stays when the account is deleted.")
    skill_count = models.PositiveIntegerField(default=0)
    skill_level_count = models.PositiveIntegerField(default=0)
    attribute_count = models.PositiveIntegerField(default=0)
    level_count = models.PositiveIntegerField(default=0)
    conflict_count = models.PositiveIntegerField(default=0, help_text="Texts that it put on the review list.")

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-imported_at", "-pk"]
        default_permissions = ("add", "view")
        constraints = [models.UniqueConstraint(fields=["edition", "imported_at"], name="import_time_unique")]

    def __str__(self) -> str:
        return f"Import {self.pk}"

    def natural_key(self) -> tuple[str, str]:
        return (*self.edition.natural_key(), self.imported_at.isoformat())

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]

    @property
    def counts(self) -> str:
        """ "147 skills, 672 skill levels, 16 attributes, 7 levels"; what the files did not hold is left out."""
        counts = {
            "skill": self.skill_count,
            "skill level": self.skill_level_count,
            "attribute": self.attribute_count,
            "level": self.level_count,
        }
        return ", ".join(f"{count} {name}{'s' if count > 1 else ''}" for name, count in counts.items() if count)

    @property
    def who(self) -> str:
        return self.imported_by_name or "The command line"


class ImportedFileQuerySet(models.QuerySet["ImportedFile"]):
    def get_by_natural_key(self, edition_slug: str, imported_at: str, sha256: str) -> "ImportedFile":
        return self.get(imported_in__edition__slug=edition_slug, imported_in__imported_at=imported_at, sha256=sha256)


class ImportedFile(models.Model):
    """A file as it was imported: its name, and the SHA-256 of its bytes in 64 small hexadecimal digits."""

    imported_in = models.ForeignKey(Import, models.CASCADE, related_name="files")
    name = models.CharField(max_length=LONGEST_FILE_NAME)
    sha256 = models.CharField(max_length=64)

    objects = ImportedFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["imported_in", "sha256"], name="imported_file_unique")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.imported_in.natural_key(), self.sha256)

    natural_key.dependencies = ["skills.import"]  # type: ignore[attr-defined]

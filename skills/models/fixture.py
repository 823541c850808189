from django.db import models


class LoadedFixtureQuerySet(models.QuerySet["LoadedFixture"]):
    def get_by_natural_key(self, subject: str) -> "LoadedFixture":
        return self.get(subject=subject)


class LoadedFixture(models.Model):
    """A subject of `fixtures/` that has been loaded, so that it never is again and what was edited since stays."""

    subject = models.CharField(max_length=100)
    loaded_at = models.DateTimeField(auto_now_add=True)

    objects = LoadedFixtureQuerySet.as_manager()

    class Meta:
        ordering = ["subject"]
        constraints = [models.UniqueConstraint(fields=["subject"], name="loaded_fixture_subject_unique")]

    def __str__(self) -> str:
        return self.subject

    def natural_key(self) -> tuple[str]:
        return (self.subject,)

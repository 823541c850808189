"""What search looks through: derived from the texts by `skills.search.index`, which keeps it as they are.

The full-text index of the database stands on `SearchDocument`; the migration that makes it says how. On SQLite
triggers keep it, which Django drops where it makes a table anew: a migration that changes `SearchDocument` has to make
them again.
"""

from django.db import models
from django.db.models import Q

from .attribute import Attribute
from .edition import Edition
from .level import NUMBERS
from .search_term import SearchTerm
from .skill import Skill

LEVEL_PARTS = {f"level_{number}": number for number in NUMBERS}
NAMES, TEXTS = ("name", "other_names"), ("overall_description", "guidance_notes")
PARTS = (*NAMES, *TEXTS, *LEVEL_PARTS)


def _words() -> models.TextField:
    return models.TextField(default="", blank=True)


class SearchDocument(models.Model):
    """The words of a listed skill or attribute, part by part, as stems with a space between them."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")
    skill = models.OneToOneField(Skill, models.CASCADE, null=True, related_name="+")
    attribute = models.OneToOneField(Attribute, models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=4)
    name = _words()
    other_names = _words()
    overall_description = _words()
    guidance_notes = _words()
    level_1 = _words()
    level_2 = _words()
    level_3 = _words()
    level_4 = _words()
    level_5 = _words()
    level_6 = _words()
    level_7 = _words()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["edition", "code"], name="search_document_code")]
        constraints = [
            models.CheckConstraint(
                condition=Q(skill__isnull=False, attribute__isnull=True)
                | Q(skill__isnull=True, attribute__isnull=False),
                name="search_document_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SearchKey(models.Model):
    """What a whole phrase is found by: a search term, or another name that a skill has or had."""

    key = models.CharField(max_length=200, db_index=True)
    term = models.ForeignKey(SearchTerm, models.CASCADE, null=True, related_name="+")
    skill = models.ForeignKey(Skill, models.CASCADE, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(term__isnull=False, skill__isnull=True) | Q(term__isnull=True, skill__isnull=False),
                name="search_key_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class SearchIndex(models.Model):
    """Which form the index has; none until it has been built."""

    form = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.form)

import string
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Left
from django.urls import get_script_prefix, reverse

from .constraints import consists_of, is_slug, not_blank
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet

ATTRIBUTION = (
    "This site contains information from the Skills Framework for the Information Age "
    "with the permission of the SFIA Foundation."
)


class EditionQuerySet(RecordedQuerySet["Edition"]):
    def get_by_natural_key(self, slug: str) -> "Edition":
        return self.get(slug=slug)

    def addressed_by(self, slug: str | None) -> "Edition":
        """The edition that an address names, or the current one where it names none.

        Raises `Edition.DoesNotExist`.
        """
        editions = list(self.prefetch_related("notices"))
        for edition in editions:
            if edition.is_current if slug is None else edition.slug == slug:
                edition.is_pinned = slug is not None
                edition.others = [other for other in editions if other is not edition]
                return edition
        raise Edition.DoesNotExist

    def with_last_import(self) -> "EditionQuerySet":
        """With the `last_imports` into each, one or none, and their files."""
        imports: Any = self.model._meta.get_field("imports").related_model
        last = imports.objects.prefetch_related("files")[:1]
        return self.prefetch_related(models.Prefetch("imports", last, to_attr="last_imports"))


class Edition(RecordedModel):
    """One published state of the framework, such as SFIA 9. Skills, levels and attributes belong to one edition."""

    slug = models.CharField(max_length=30, help_text='Stands in addresses, as in "/9/skills/". Begins with a digit.')
    name = models.CharField(max_length=60)
    published_name = PublishedTextField("name")
    tagline = models.CharField(max_length=200, blank=True)
    published_tagline = PublishedTextField("tagline")
    attribution = models.TextField(
        default=ATTRIBUTION, max_length=400, help_text="Stands at the foot of every page, print and export."
    )
    published_attribution = PublishedTextField("attribution")
    is_current = models.BooleanField(
        default=False, help_text="Shown at addresses that name no edition. One edition at most."
    )
    in_development = models.BooleanField(default=False, help_text="Not published in its final form yet.")

    objects = EditionQuerySet.as_manager()

    is_pinned: bool = False
    """Whether the reader's address names this edition; not a field (see `addressed_by`)."""
    others: Sequence["Edition"] = ()
    """The other editions that are here; not a field either."""

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="edition_slug_unique"),
            is_slug("edition"),
            models.CheckConstraint(
                condition=consists_of(Left("slug", 1), string.digits),
                name="edition_slug_begins_with_digit",
                violation_error_message="An edition's slug begins with a digit.",
            ),
            not_blank("edition", "name"),
            not_blank("edition", "attribution"),
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="edition_one_current",
                violation_error_message="Another edition is current. Take the mark from it first.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return self.lasting_address_of("edition_detail")

    def make_current(self) -> None:
        """Take the mark from another edition and give it to this one."""
        with transaction.atomic():
            Edition.objects.filter(is_current=True).exclude(pk=self.pk).update(is_current=False)
            Edition.objects.filter(pk=self.pk, is_current=False).update(is_current=True)
        self.is_current = True

    def address_of(self, page: str, **parts: str | int) -> str:
        """The address of a page, named by its view, in this edition, for a reader who is in it: pinned if theirs is."""
        return self._address(page, parts, pinned=self.is_pinned or not self.is_current)

    def pinned_address_of(self, page: str, **parts: str | int) -> str:
        """The address of a page that names this edition."""
        return self._address(page, parts, pinned=True)

    def lasting_address_of(self, page: str, **parts: str | int) -> str:
        """The address to link to: the floating one if this edition is the current one, else the pinned one."""
        return self._address(page, parts, pinned=not self.is_current)

    def _address(self, page: str, parts: dict[str, str | int], *, pinned: bool) -> str:
        return _spelled(get_script_prefix(), page, self.slug if pinned else "", **parts)


@lru_cache(maxsize=8192)
def _spelled(prefix: str, page: str, edition_slug: str, **parts: str | int) -> str:
    """Spelling the addresses is a third of the work for a page that lists a whole framework, and they stay the same.

    `reverse` puts the prefix in front, which is that of the request.
    """
    return reverse(page, kwargs={"edition_slug": edition_slug, **parts} if edition_slug else parts)

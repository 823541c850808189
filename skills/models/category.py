from django.db import models

from .constraints import is_slug, not_blank
from .edition import Edition
from .position import PositionField
from .published import PublishedTextField
from .recorded import RecordedModel, RecordedQuerySet


class CategoryQuerySet(RecordedQuerySet["Category"]):
    def get_by_natural_key(self, edition_slug: str, slug: str) -> "Category":
        return self.get(edition__slug=edition_slug, slug=slug)

    def in_edition(self, edition: Edition) -> "CategoryQuerySet":
        return self.filter(edition=edition)

    def listed(self) -> "CategoryQuerySet":
        """Those that hold skills that are listed."""
        return self.filter(models.Exists(Subcategory.objects.listed().filter(category=models.OuterRef("pk"))))

    def with_skill_counts(self) -> "CategoryQuerySet":
        """With the listed subcategories, each with its `skill_count`."""
        counted = Subcategory.objects.listed().annotate(skill_count=models.Count("skills"))
        return self.prefetch_related(models.Prefetch("subcategories", counted))


class Category(RecordedModel):
    """The publisher's first division of an edition's skills. It is no identity: skills move between editions."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="categories")
    name = models.CharField(max_length=100)
    published_name = PublishedTextField("name")
    slug = models.CharField(max_length=100)
    position = PositionField(help_text="The publisher's order.")

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(fields=["edition", "slug"], name="category_slug_unique"),
            is_slug("category"),
            not_blank("category", "name"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str]:
        return (*self.edition.natural_key(), self.slug)

    natural_key.dependencies = ["skills.edition"]  # type: ignore[attr-defined]


class SubcategoryQuerySet(RecordedQuerySet["Subcategory"]):
    def get_by_natural_key(self, edition_slug: str, category_slug: str, slug: str) -> "Subcategory":
        return self.get(category__edition__slug=edition_slug, category__slug=category_slug, slug=slug)

    def in_edition(self, edition: Edition) -> "SubcategoryQuerySet":
        return self.filter(category__edition=edition).select_related("category")

    def listed(self) -> "SubcategoryQuerySet":
        """Those that hold skills that are listed; a count of skills after it is of these."""
        return self.filter(skills__is_withdrawn=False)


class Subcategory(RecordedModel):
    """The publisher's second division, within a category."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="subcategories")
    name = models.CharField(max_length=100)
    published_name = PublishedTextField("name")
    slug = models.CharField(max_length=100)
    position = PositionField(help_text="The publisher's order within the category.")

    objects = SubcategoryQuerySet.as_manager()

    class Meta:
        ordering = ["category__position", "position"]
        verbose_name_plural = "subcategories"
        constraints = [
            models.UniqueConstraint(fields=["category", "slug"], name="subcategory_slug_unique"),
            is_slug("subcategory"),
            not_blank("subcategory", "name"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str]:
        return (*self.category.natural_key(), self.slug)

    natural_key.dependencies = ["skills.category"]  # type: ignore[attr-defined]

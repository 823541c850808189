from collections import Counter
from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from skills.models import Category, Edition, Level, Skill, SkillOutline, Subcategory

from .edition import edition_page


@edition_page
def category_detail(request: HttpRequest, edition: Edition, category: str) -> HttpResponse:
    found = get_object_or_404(Category.objects.in_edition(edition), slug=category)
    skills = Skill.objects.in_edition(edition).listed().in_category(found).outlines()
    context = {
        "edition": edition,
        "category": found,
        "categories": Category.objects.in_edition(edition).listed(),
        "skills": skills,
        "level_counts": _level_counts(edition, skills),
    }
    return render(request, "skills/category_detail.html", context)


@edition_page
def subcategory_detail(request: HttpRequest, edition: Edition, category: str, subcategory: str) -> HttpResponse:
    found = get_object_or_404(Subcategory.objects.in_edition(edition), category__slug=category, slug=subcategory)
    skills = Skill.objects.in_edition(edition).listed().in_subcategory(found).outlines()
    context = {
        "edition": edition,
        "subcategory": found,
        "subcategories": found.category.subcategories.listed().distinct(),
        "skills": skills,
        "level_counts": _level_counts(edition, skills),
    }
    return render(request, "skills/subcategory_detail.html", context)


def _level_counts(edition: Edition, skills: Sequence[SkillOutline]) -> list[tuple[Level, int]]:
    """Each level with how many of the skills are defined there."""
    counts = Counter(number for skill in skills for number in skill.defined_numbers)
    return [(level, counts[level.number]) for level in Level.objects.one_to_seven(edition)]

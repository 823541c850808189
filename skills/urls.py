"""The addresses. Every page stands under two: floating (the current edition) and pinned (under an edition's slug)."""

from django.urls import include, path, register_converter

from . import converters
from .api.resolve import resolve
from .views import (
    attribute,
    category,
    chart,
    comparison,
    copying,
    edition,
    level,
    linking,
    links_check,
    plain,
    search,
    skill,
)

register_converter(converters.EditionSlugConverter, "edition_slug")
register_converter(converters.CodeConverter, "code")
register_converter(converters.SlugConverter, "place_slug")
register_converter(converters.LevelNumberConverter, "number")

pages = [
    path("", edition.edition_detail, name="edition_detail"),
    path("about/", edition.about, name="about"),
    path("about/linking/", linking.about_linking, name="about_linking"),
    path("skills/", skill.skill_list, name="skill_list"),
    path("skills/compare/", comparison.skill_compare, name="skill_compare"),
    path("skills/<code:code>/", skill.skill_detail, name="skill_detail"),
    path("skills/<code:code>/<number:number>/", skill.skill_level_detail, name="skill_level_detail"),
    path("skills/<code:code>/compare/", comparison.skill_level_compare, name="skill_level_compare"),
    path("skills/<code:code>.md", plain.skill_plain, name="skill_plain"),
    path("skills/<code:code>/<number:number>.md", plain.skill_level_plain, name="skill_level_plain"),
    path("categories/<place_slug:category>/", category.category_detail, name="category_detail"),
    path(
        "categories/<place_slug:category>/<place_slug:subcategory>/",
        category.subcategory_detail,
        name="subcategory_detail",
    ),
    path("links/check/", links_check.links_check, name="links_check"),
    path("chart/", chart.chart, name="chart"),
    path("search/", search.search, name="search"),
    path("search/suggestions/", search.search_suggestions, name="search_suggestions"),
    path("levels/", level.level_list, name="level_list"),
    path("levels/<number:number>/", level.level_detail, name="level_detail"),
    path("levels/<number:number>.md", plain.level_plain, name="level_plain"),
    path("attributes/", attribute.attribute_list, name="attribute_list"),
    path("attributes/<code:code>/", attribute.attribute_detail, name="attribute_detail"),
    path("attributes/<code:code>.md", plain.attribute_plain, name="attribute_plain"),
    path("skills/<code:code>/copy/", copying.skill_copy, name="skill_copy"),
    path("skills/<code:code>/<number:number>/copy/", copying.skill_level_copy, name="skill_level_copy"),
    path("levels/<number:number>/copy/", copying.level_copy, name="level_copy"),
    path("attributes/<code:code>/copy/", copying.attribute_copy, name="attribute_copy"),
]

urlpatterns = [
    *pages,
    path("api/v1/resolve", resolve, name="resolve"),
    path("opensearch.xml", linking.opensearch, name="opensearch"),
    path("<edition_slug:edition_slug>/", include(pages)),
]

from django.contrib import admin

from skills.models import (
    Attribute,
    AttributeLevel,
    Category,
    Edition,
    ExplanatorySection,
    Level,
    Notice,
    Skill,
    SkillLevel,
    Subcategory,
)

admin.site.register(
    [
        Edition,
        Notice,
        ExplanatorySection,
        Level,
        Attribute,
        AttributeLevel,
        Category,
        Subcategory,
        Skill,
        SkillLevel,
    ]
)

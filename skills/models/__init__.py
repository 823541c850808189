from .attribute import Attribute, AttributeLevel
from .category import Category, Subcategory
from .change import Change
from .edition import Edition
from .explanatory_section import ExplanatorySection
from .fixture import LoadedFixture
from .level import Level
from .notice import Notice
from .revision import Revision
from .role import ROLES
from .skill import Skill, SkillLevel

__all__ = [
    "ROLES",
    "Attribute",
    "AttributeLevel",
    "Category",
    "Change",
    "Edition",
    "ExplanatorySection",
    "Level",
    "LoadedFixture",
    "Notice",
    "Revision",
    "Skill",
    "SkillLevel",
    "Subcategory",
]

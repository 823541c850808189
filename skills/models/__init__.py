from .attribute import Attribute, AttributeLevel
from .category import Category, Subcategory
from .change import Change
from .conflict import Conflict
from .edition import Edition
from .explanatory_section import ExplanatorySection
from .fixture import LoadedFixture
from .imported import Import, ImportedFile
from .level import Level
from .level_taken_away import AttributeLevelTakenAway, SkillLevelTakenAway
from .notice import Notice
from .pending_import import PendingFile, PendingImport
from .retirement import Retirement
from .revision import Revision
from .role import ROLES
from .search_index import SearchDocument, SearchIndex, SearchKey
from .search_term import SearchTerm
from .skill import Skill, SkillLevel
from .skill_outline import SkillOutline

__all__ = [
    "ROLES",
    "Attribute",
    "AttributeLevel",
    "AttributeLevelTakenAway",
    "Category",
    "Change",
    "Conflict",
    "Edition",
    "ExplanatorySection",
    "Import",
    "ImportedFile",
    "Level",
    "LoadedFixture",
    "Notice",
    "PendingFile",
    "PendingImport",
    "Retirement",
    "Revision",
    "SearchDocument",
    "SearchIndex",
    "SearchKey",
    "SearchTerm",
    "Skill",
    "SkillLevel",
    "SkillLevelTakenAway",
    "SkillOutline",
    "Subcategory",
]

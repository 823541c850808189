import unicodedata
from dataclasses import dataclass

from .category import Category, Subcategory


@dataclass(frozen=True, slots=True)
class SkillOutline:
    """What lists show of a skill: of its texts the overall description alone."""

    code: str
    name: str
    overall_description: str
    subcategory: Subcategory
    defined_numbers: tuple[int, ...]
    """The numbers of the levels at which it is defined, rising."""
    changes: frozenset[str]
    """The change markers that a part or a level has."""

    @property
    def category(self) -> Category:
        return self.subcategory.category

    @property
    def alphabetically(self) -> tuple[str, str]:
        """What to sort by for an A to Z: accents and capitals make no difference."""
        letters = unicodedata.normalize("NFKD", self.name).casefold()
        return "".join(letter for letter in letters if not unicodedata.combining(letter)), self.code

    @property
    def initial(self) -> str:
        """The letter under which it stands in an A to Z; "#" for a name that begins with none."""
        first = self.alphabetically[0][:1].upper()
        return first if first.isalpha() else "#"

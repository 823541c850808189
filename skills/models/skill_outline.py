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
    """With its category; of both the key, the slug and the name."""
    defined_numbers: tuple[int, ...]
    """The numbers of the levels at which it is defined, rising."""
    changes: frozenset[str]
    """The change markers that a part or a level has."""

    @property
    def category(self) -> Category:
        return self.subcategory.category

    @property
    def alphabetically(self) -> tuple[bool, str, str]:
        """What to sort by for an A to Z: without accents and capitals, names without an initial last."""
        return not self.initial, _bare(self.name), self.code

    @property
    def initial(self) -> str:
        """The letter under which it stands in an A to Z, without accents; "" for a name that begins with none."""
        first = _bare(self.name)[:1].upper()
        return first if first.isalpha() else ""


def _bare(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

"""What may stand in an address: an edition, a code, a category or subcategory, a level number.

Each accepts the spellings that people type and turns them into the right one (see `OneAddressMiddleware`).
"""


class SlugConverter:
    """A slug: small letters, digits and hyphens."""

    regex = "[A-Za-z0-9-]+"

    def to_python(self, value: str) -> str:
        return value.lower()

    def to_url(self, value: str) -> str:
        return value


class EditionSlugConverter(SlugConverter):
    """An edition's slug, "9" or "9-fr". It begins with a digit, so that it is never taken for a code."""

    regex = "[0-9][A-Za-z0-9-]*"


class CodeConverter:
    """The code of a skill or an attribute: four letters, right in capitals."""

    regex = "[A-Za-z]{4}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


class LevelNumberConverter:
    """The number of a level of responsibility, 1 to 7."""

    regex = "[1-7]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)

"""Which documents hold words: the database's own full-text index, behind one door.

SQLite has FTS5, PostgreSQL has tsvector. Both are given prepared stems and only look them up, so both find the same.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from skills.models import Edition, SearchDocument
from skills.models.search_index import NAMES, PARTS

from .question import Sought

# With the limit inside, the index stops as soon as it has found enough. The migration says what these are.
ON_SQLITE = """
skills_searchdocument.id IN (
    SELECT rowid FROM skills_searchdocument_text WHERE skills_searchdocument_text MATCH %s LIMIT %s
)
"""
EVERY_ON_POSTGRESQL = "skills_searchdocument.id IN (SELECT skills_searchdocument_every_{}(%s::tsquery, %s, %s))"
ANY_ON_POSTGRESQL = """
skills_searchdocument.id IN (SELECT id FROM skills_searchdocument WHERE {} @@ %s::tsquery AND edition_id = %s LIMIT %s)
"""


def holding(
    edition: Edition, sought: Sequence[Sought], *, every: bool, in_names: bool = False, most: int
) -> QuerySet[SearchDocument]:
    """So many documents of an edition at most that hold each, or any, of what is sought: in their names, or anywhere.

    A phrase counts too where a part ends and the next begins: whoever ranks what is found looks again.
    """
    condition = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor]
    return SearchDocument.objects.filter(condition(edition, sought, every, in_names, most))


def _on_sqlite(edition: Edition, sought: Sequence[Sought], every: bool, in_names: bool, most: int) -> RawSQL:
    def expression(one: Sought) -> str:
        words = f'"{" ".join(one.stems)}"'
        return f'({words} OR "{one.word}"*)' if one.is_open else words

    joined = (" AND " if every else " OR ").join(map(expression, sought))
    columns = " ".join(NAMES if in_names else PARTS)
    asked = f'edition_id : "{edition.pk}" AND {{{columns}}} : ({joined})'
    return RawSQL(ON_SQLITE, [asked, most], output_field=BooleanField())  # noqa: S611 - what is asked is a parameter


def _on_postgresql(edition: Edition, sought: Sequence[Sought], every: bool, in_names: bool, most: int) -> RawSQL:
    def expression(one: Sought) -> str:
        words = " <-> ".join(f"'{stem}'" for stem in one.stems)
        return f"({words} | '{one.word}':*)" if one.is_open else f"({words})"

    joined = (" & " if every else " | ").join(map(expression, sought))
    condition = (EVERY_ON_POSTGRESQL if every else ANY_ON_POSTGRESQL).format("names_vector" if in_names else "vector")
    asked = [joined, edition.pk, most]
    return RawSQL(condition, asked, output_field=BooleanField())  # noqa: S611 - what is asked is a parameter

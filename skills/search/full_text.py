"""Which documents hold words: the database's own full-text index, behind one door.

SQLite has FTS5, PostgreSQL has tsvector. Both are given prepared stems and only look them up, so both find the same.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from skills.models import Edition
from skills.models.search_index import NAMES, PARTS

from .question import Sought
from .ranking import Document

COLUMNS = ", ".join(f"{name}_id" if name in ("skill", "attribute") else name for name in Document._fields)
# With the limit inside, the index stops as soon as it has found enough. The migration says what these are.
ON_SQLITE = "SELECT rowid FROM skills_searchdocument_text WHERE skills_searchdocument_text MATCH %s LIMIT %s"
# What "every" asks about is the query's own affair: this is also how the index finds any, or a phrase.
ON_POSTGRESQL = "SELECT skills_searchdocument_every_{}(%s::tsquery, %s, %s)"


def holding(
    edition: Edition, sought: Sequence[Sought], *, every: bool, in_names: bool = False, most: int
) -> list[Document]:
    """So many documents of an edition at most that hold each, or any, of what is sought: in their names, or anywhere.

    A phrase counts too where a part ends and the next begins: whoever ranks what is found looks again.
    """
    keys, asked = {"sqlite": _on_sqlite, "postgresql": _on_postgresql}[connection.vendor](
        edition, sought, every, in_names, most
    )
    with connection.cursor() as cursor:
        # The ORM would take longer for this than the database. What is asked is a parameter.
        cursor.execute(f"SELECT {COLUMNS} FROM skills_searchdocument WHERE id IN ({keys})", asked)  # noqa: S608
        return [Document._make(row) for row in cursor.fetchall()]


def _on_sqlite(
    edition: Edition, sought: Sequence[Sought], every: bool, in_names: bool, most: int
) -> tuple[str, list[Any]]:
    def expression(one: Sought) -> str:
        words = f'"{" ".join(one.stems)}"'
        return f'({words} OR "{one.word}"*)' if one.is_open else words

    joined = (" AND " if every else " OR ").join(map(expression, sought))
    columns = " ".join(NAMES if in_names else PARTS)
    return ON_SQLITE, [f'edition_id : "{edition.pk}" AND {{{columns}}} : ({joined})', most]


def _on_postgresql(
    edition: Edition, sought: Sequence[Sought], every: bool, in_names: bool, most: int
) -> tuple[str, list[Any]]:
    def expression(one: Sought) -> str:
        words = " <-> ".join(f"'{stem}'" for stem in one.stems)
        return f"({words} | '{one.word}':*)" if one.is_open else f"({words})"

    joined = (" & " if every else " | ").join(map(expression, sought))
    return ON_POSTGRESQL.format("names_vector" if in_names else "vector"), [joined, edition.pk, most]

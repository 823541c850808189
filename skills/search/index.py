"""The index follows the history: with each revision it takes in what that has recorded, in the same transaction.

So it is right in every process, after every way of writing that leaves a record, and after a rollback.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeVar

from django.apps import AppConfig
from django.db import connection, connections, transaction
from django.db.models import Q
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from skills.models import (
    Attribute,
    AttributeLevel,
    Revision,
    SearchDocument,
    SearchIndex,
    SearchKey,
    SearchTerm,
    Skill,
    SkillLevel,
)
from skills.models.revision import revision_made
from skills.models.search_index import PARTS, TEXTS
from skills.prose import unmarked

from .words import folded, key, stems

# To be raised with every change of what the index holds of a text: it is built anew then.
FORM = 2
OWNERS: list[tuple[Any, Any]] = [(Skill, SkillLevel), (Attribute, AttributeLevel)]
BATCH = 500
LONGEST_KEY = 200  # characters
LOCK = 0x5EA2C4  # any number that nothing else in the database locks

T = TypeVar("T", int, str)


@receiver(revision_made)
def follow(revision: Revision, **kwargs: Any) -> None:
    """Take in what a revision has recorded."""
    _take_turns()
    for owner, part in OWNERS:
        if revision.recorded & {owner, part}:
            _index(owner, part, _codes_touched(owner, part, revision))
    if SearchTerm in revision.recorded:
        _index_terms(set(SearchTerm.history.filter(revision=revision).values_list("id", flat=True)))


def bring_up_to_date() -> bool:
    """Build the index where it has not been built in the form of this program; whether that was so."""
    if SearchIndex.objects.filter(form=FORM).exists():
        return False
    with transaction.atomic():
        _take_turns()
        if SearchIndex.objects.filter(form=FORM).exists():
            return False
        for model in (SearchDocument, SearchKey, SearchIndex):
            model.objects.all().delete()
        for owner, part in OWNERS:
            _index(owner, part, set(owner.objects.values_list("code", flat=True)))
        _index_terms(set(SearchTerm.objects.values_list("pk", flat=True)))
        SearchIndex.objects.create(form=FORM)
    return True


@receiver(post_migrate)
def build(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """A database that was migrated by itself can be searched too."""
    tables = connections[using].introspection.table_names() if sender.name == "skills" else []
    if SearchIndex._meta.db_table in tables:
        bring_up_to_date()


def _take_turns() -> None:
    """Wait until no other transaction writes the index, and have others wait for the end of this one.

    What a skill is found by is read from all editions: two at once would each write what they do not see of the other.
    """
    # SQLite lets one write at a time anyway.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _codes_touched(owner: Any, part: Any, revision: Revision) -> set[str]:
    """All codes that the skills, or attributes, of which a revision has recorded something have or had.

    What a skill is called in one edition is another name of it in the others.
    """
    keys = Q()
    for model, key_name in ((owner, "id"), (part, f"{owner._meta.model_name}_id")):
        if model in revision.recorded:
            keys |= Q(id__in=model.history.filter(revision=revision).order_by().values(key_name))
    return set(owner.history.filter(keys).order_by().values_list("code", flat=True))


def _index(owner: Any, part: Any, codes: Collection[str]) -> None:
    name = owner._meta.model_name
    for batch in _batches(codes):
        with_codes = owner.objects.filter(code__in=batch)
        found = list(with_codes.only("edition", "code", "name", "published_name", "is_withdrawn", *TEXTS))
        listed = [each for each in found if not each.is_withdrawn]
        withdrawn = [each for each in found if each.is_withdrawn]
        levels = _levels(part, name, listed)
        other_names = _index_other_names(found) if owner is Skill else {}
        if withdrawn:
            SearchDocument.objects.filter(**{f"{name}__in": withdrawn}).delete()
        SearchDocument.objects.bulk_create(
            (_document(each, levels[each.pk], other_names.get(each.pk, ())) for each in listed),
            update_conflicts=True,
            unique_fields=[name],
            update_fields=["edition", "code", *PARTS],
        )


def _levels(part: Any, name: str, owners: Collection[Any]) -> defaultdict[int, dict[str, str]]:
    """The descriptions at levels by the key of their owner, as parts of a document."""
    levels: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = part.objects.filter(**{f"{name}__in": owners}).order_by()
    for pk, number, description in rows.values_list(f"{name}_id", "number", "description"):
        levels[pk][f"level_{number}"] = description
    return levels


def _document(owner: Skill | Attribute, levels: dict[str, str], other_names: Iterable[str]) -> SearchDocument:
    texts = {text: getattr(owner, text) for text in TEXTS} | levels
    return SearchDocument(
        **{owner._meta.model_name or "": owner},
        edition_id=owner.edition_id,
        code=owner.code,
        name=stems(owner.name),
        other_names=" ".join(map(stems, other_names)),
        **{part: stems(unmarked(text)) for part, text in texts.items()},
    )


def _index_other_names(skills: Collection[Skill]) -> dict[int, list[str]]:
    """What each skill was called before, is called by the publisher and in other editions, in which it has its code.

    `skills` are all that have their codes, in every edition, withdrawn ones too.
    """
    in_editions: defaultdict[str, set[str]] = defaultdict(set)
    for skill in skills:
        in_editions[skill.code].update((skill.name, skill.published_name))
    before: defaultdict[int, set[str]] = defaultdict(set)
    for pk, name in Skill.history.filter(id__in=[skill.pk for skill in skills]).order_by().values_list("id", "name"):
        before[pk].add(name)
    others = {
        skill.pk: sorted(
            name for name in in_editions[skill.code] | before[skill.pk] if _key(name) not in ("", _key(skill.name))
        )
        for skill in skills
    }
    SearchKey.objects.filter(skill__in=others).delete()
    SearchKey.objects.bulk_create(
        SearchKey(skill_id=pk, key=key) for pk, names in others.items() for key in sorted(set(map(_key, names)))
    )
    return others


def _index_terms(keys: Collection[int]) -> None:
    for batch in _batches(keys):
        SearchKey.objects.filter(term__in=batch).delete()
        terms = SearchTerm.objects.filter(pk__in=batch)
        SearchKey.objects.bulk_create(SearchKey(term=term, key=_key(term.words)) for term in terms)


def _key(words: str) -> str:
    return key(folded(words))[:LONGEST_KEY]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    rising = sorted(items)
    for start in range(0, len(rising), BATCH):
        yield rising[start : start + BATCH]

"""The fixtures that come with the site: each subject is loaded once and never again, so that edits stay."""

import json
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import CharField, Model, TextField

from skills.models import Edition, LoadedFixture
from skills.models.recorded import record_what_is_unrecorded


class BrokenFixture(Exception):
    """A fixture that cannot be loaded: which file, which object and why, in one sentence."""


class Outcome(Enum):
    """What became of a subject; the value ends a sentence that begins with its name."""

    LOADED = "loaded"
    LOADED_BEFORE = "loaded before, left as it is"
    FOUND_IN_DATABASE = "found in the database, left as it is"


def load_fixtures(subjects: Iterable[str]) -> dict[str, Outcome]:
    """Load each subject, a file `fixtures/<subject>.json`, that has not been loaded before: all of them or none.

    An object that stands in the database already is left as it is. If the first of a subject does, somebody has loaded
    the subject by hand, and all of it is left. Raises `BrokenFixture`.
    """
    with transaction.atomic():
        return {subject: _load_once(_path_of(subject)) for subject in subjects}


def leave_the_current_edition(found: Model) -> bool:
    """Where another edition is current already, somebody has chosen it. Whether the mark was taken from this one."""
    if not isinstance(found, Edition) or not found.is_current:
        return False
    found.is_current = not Edition.objects.filter(is_current=True).exclude(slug=found.slug).exists()
    return not found.is_current


def _path_of(subject: str) -> Path:
    for folder in settings.FIXTURE_DIRS:
        path = Path(folder) / f"{subject}.json"
        if path.is_file():
            return path
    raise BrokenFixture(f"There is no fixture {subject}.json in {', '.join(map(str, settings.FIXTURE_DIRS))}.")


def _load_once(path: Path) -> Outcome:
    if LoadedFixture.objects.filter(subject=path.stem).exists():
        return Outcome.LOADED_BEFORE
    outcome = _load(path)
    record_what_is_unrecorded(reason=f"Loaded from the fixture {path.stem}")
    LoadedFixture.objects.create(subject=path.stem)
    return outcome


def _load(path: Path) -> Outcome:
    made: set[tuple[type[Model], Any]] = set()
    for number, record in enumerate(_records(path), 1):
        where = f"{path}, object {number}{_described(record)}"
        found = _deserialized(record, where)
        _refuse_what_is_no_text(found.object, record["fields"], where)
        if found.object.pk is None:
            leave_the_current_edition(found.object)
            _save(found, where)
            made.add((type(found.object), found.object.pk))
        elif (type(found.object), found.object.pk) in made:
            raise BrokenFixture(f"{where}: it stands in the file twice.")
        elif number == 1:
            return Outcome.FOUND_IN_DATABASE
    return Outcome.LOADED


def _records(path: Path) -> list[dict[str, Any]]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise BrokenFixture(f"{path}, line {error.lineno}: not JSON: {error.msg}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenFixture(f"{path}: cannot be read: {error}.") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise BrokenFixture(f"{path}: a list of objects was expected.")
    return records


def _described(record: dict[str, Any]) -> str:
    """The model and what tells this object from others of it, for people to find it by."""
    fields = record.get("fields")
    if not isinstance(fields, dict):
        return f" ({record.get('model')})"
    identity = {
        name: fields[name]
        for name in ("edition", "skill", "attribute", "code", "slug", "number", "position")
        if name in fields
    }
    return f" ({record.get('model')} {json.dumps(identity, ensure_ascii=False)})"


def _deserialized(record: dict[str, Any], where: str) -> DeserializedObject:
    try:
        return next(iter(Deserializer([record])))
    except DeserializationError as error:
        raise BrokenFixture(f"{where}: {error}") from error
    except FieldDoesNotExist as error:
        raise BrokenFixture(f"{where}: {error}.") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BrokenFixture(f'{where}: {{"model": "…", "fields": {{…}}}} was expected.') from error


def _in_words(error: ValidationError) -> str:
    return " ".join(
        " ".join(messages) if field == NON_FIELD_ERRORS else f"{field}: {' '.join(messages)}"
        for field, messages in error.message_dict.items()
    )


def _refuse_what_is_no_text(loaded: Model, fields: dict[str, Any], where: str) -> None:
    """Django would write the text of a list or a number."""
    for field in loaded._meta.concrete_fields:
        value = fields.get(field.name, "")
        if isinstance(field, (CharField, TextField)) and not isinstance(value, str):
            raise BrokenFixture(f"{where}: {field.name}: a text was expected.")
        if isinstance(value, str) and "\0" in value:
            raise BrokenFixture(f"{where}: {field.name}: it holds a null character, which PostgreSQL cannot keep.")


def _save(loaded: DeserializedObject, where: str) -> None:
    found = loaded.object
    try:
        # Django asks the database about each constraint; that takes most of the time, and it refuses by itself.
        found.full_clean(validate_unique=False, validate_constraints=False)
        try:
            with transaction.atomic():
                loaded.save()
        except IntegrityError:
            found.full_clean()
            raise
    except ValidationError as error:
        raise BrokenFixture(f"{where}: {_in_words(error)}") from error
    except DatabaseError as error:
        raise BrokenFixture(f"{where}: {error}") from error

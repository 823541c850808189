"""Editors and the publisher change an edition in turns, at random: no import ever loses what somebody here wrote.

What an import must leave is told by a model of its own, `Books`: it keeps what the publisher said last and which
questions are open, and reads nothing that an import wrote for itself.
"""

from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from skills import document
from skills.importing.apply import import_edition
from skills.importing.planning import plan_import
from skills.models import (
    Attribute,
    AttributeLevel,
    Category,
    Conflict,
    Edition,
    Level,
    Revision,
    Skill,
    SkillLevel,
    Subcategory,
)
from skills.models.conflict import subcategory_at
from skills.models.recorded import recorded_models
from skills.models.recorded_change import changes_of, everything
from skills.models.revision import revision
from skills.models.undoing import CannotUndo, undo

from .steps import FILE, everything_written, said_attribute, said_edition, said_skill

pytestmark = pytest.mark.django_db

CODES, ATTRIBUTES = ("KNIF", "SOUP", "CAKE", "RICE"), ("AUTO", "INFL")
PLACES = [(category, slug) for category in ("alpha", "beta") for slug in ("kitchen", "larder", "cellar")]
NUMBERS = (2, 3)
TEXTS = ("One.\nTwo.", "One. Two.", "- One.\n- Two.", "Three.", "Four.", "Five.")
PARTS = ("name", "overall_description", "guidance_notes")
codes, attributes, places = map(st.sampled_from, (CODES, ATTRIBUTES, PLACES))
parts, numbers, texts = map(st.sampled_from, (PARTS, NUMBERS, TEXTS))
# What is drawn of what there is: so high a number is taken round.
nth = st.integers(0, 11)

Key = tuple[type, int, str, int]
"""The model and the key of what has a text, the part, and the level or 0."""


def same(key: Key, text: Any, other: Any) -> bool:
    """Whether the publisher would say that it is one: without white space and, of Markdown, bullets."""
    if key[2] == "subcategory":
        return text == other
    marks = {"-"} if key[2] in ("overall_description", "guidance_notes", "description") else set()
    return [word for word in text.split() if word not in marks] == [word for word in other.split() if word not in marks]


@dataclass
class Publisher:
    """What the publisher's files say now."""

    skills: dict[str, document.Skill] = field(default_factory=dict)
    attributes: dict[str, document.Attribute] = field(default_factory=dict)
    essence: str = "One."

    def edition(self) -> document.Edition:
        found = tuple(replace(said, position=place) for place, said in enumerate(self.attributes.values(), 1))
        levels = (document.Level(3, "Phrase", self.essence),)
        return said_edition(*self.skills.values(), attributes=found, levels=levels)


@dataclass
class Books:
    """What the publisher said last of each text, the open questions, and which row is which of the publisher's."""

    last: dict[Key, Any] = field(default_factory=dict)
    asked: dict[Key, Any] = field(default_factory=dict)
    rows: dict[tuple[type, str], int] = field(default_factory=dict)
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)

    def last_of(self, key: Key) -> Any:
        return self.last.get(key, None if key[2] == "subcategory" else "")

    def forget_what_is_gone(self) -> None:
        """A question goes with what it is about, and so does a place."""
        here = set(Subcategory.objects.values_list("pk", flat=True))
        for key in [key for key, last in self.last.items() if key[2] == "subcategory" and last not in here]:
            del self.last[key]
        categories = set(Category.objects.values_list("pk", flat=True))
        self.categories = {slug: pk for slug, pk in self.categories.items() if pk in categories}
        self.places = {path: pk for path, pk in self.places.items() if pk in here and path[0] in self.categories}
        self.asked = {key: theirs for key, theirs in self.asked.items() if key[0].objects.filter(pk=key[1]).exists()}

    def take(self, key: Key, theirs: Any, ours: Any) -> Any:
        """Enter what the publisher says; what must stand here after the import."""
        last, asked = self.last_of(key), self.asked.get(key)
        if asked is not None and same(key, asked, theirs):
            return ours
        self.asked.pop(key, None)
        if same(key, theirs, last):
            return ours
        if ours != last and not same(key, theirs, ours):
            self.asked[key] = theirs
            return ours
        self.last[key] = theirs
        return theirs if ours == last else ours


def texts_of(owner: Any) -> dict[Key, Any]:
    """All that an import compares of a skill, an attribute or a level, as it stands here."""
    model = type(owner)
    if model is Level:
        return {(Level, owner.pk, part, 0): getattr(owner, part) for part in ("guiding_phrase", "essence")}
    described = {level.number: level.description for level in getattr(owner, owner.part_names[0]).all()}
    return {
        **{(model, owner.pk, part, 0): getattr(owner, part) for part in PARTS},
        **{(model, owner.pk, "description", number): described.get(number, "") for number in NUMBERS},
        **({(model, owner.pk, "subcategory", 0): owner.subcategory_id} if model is Skill else {}),
    }


def all_texts() -> dict[Key, Any]:
    owners = [owner for model in (Skill, Attribute, Level) for owner in model.objects.all()]
    return {key: text for owner in owners for key, text in texts_of(owner).items()}


def open_questions() -> dict[Key, tuple[Any, Any, Any]]:
    """The three texts of each; of a place, its key."""
    found = {}
    for conflict in Conflict.objects.all():
        three = conflict.last_imported, conflict.newly_imported, conflict.ours
        if conflict.is_place:
            read = [subcategory_at(conflict.owner.edition_id, path) for path in three]
            three = tuple(place.pk if place else None for place in read)
        key = type(conflict.owner), conflict.owner.pk, conflict.part, conflict.number
        assert key not in found
        found[key] = three
    return found


class NeverLose(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.ada = User.objects.create_user("ada")
        self.publisher, self.books, self.news = Publisher(), Books(), 0
        for code, (category, slug) in zip(CODES[:3], PLACES, strict=False):
            self.publisher.skills[code] = said_skill(
                code, category=category, subcategory=slug, levels=dict.fromkeys(NUMBERS, "Three.")
            )
        for code in ATTRIBUTES:
            self.publisher.attributes[code] = said_attribute(code, levels=dict.fromkeys(NUMBERS, "Three."))
        self.import_and_compare()

    def teardown(self):
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def edit(self, reason="Edited"):
        return revision(by=self.ada, reason=reason)

    def one_of(self, queryset, number):
        found = list(queryset)
        return found[number % len(found)] if found else None

    # What the publisher does.

    def says(self, about, code, **fields):
        said = getattr(self.publisher, about)
        if code in said:
            said[code] = replace(said[code], **fields)

    @rule(code=codes, part=parts, text=texts)
    def publisher_changes_a_text_of_a_skill(self, code, part, text):
        self.says("skills", code, **{part: text.replace("- ", "") if part == "name" else text})

    @rule(code=attributes, part=parts, text=texts)
    def publisher_changes_a_text_of_an_attribute(self, code, part, text):
        self.says("attributes", code, **{part: text.replace("- ", "") if part == "name" else text})

    @rule(code=codes, number=numbers, text=st.sampled_from(["", *TEXTS]))
    def publisher_changes_adds_or_drops_a_level(self, code, number, text):
        if code in self.publisher.skills:
            levels = {level.number: level.description for level in self.publisher.skills[code].skill_levels}
            said = sorted(({**levels, number: text}).items())
            new = tuple(document.SkillLevel(at, description) for at, description in said if description)
            self.says("skills", code, skill_levels=new)

    @rule(text=texts)
    def publisher_changes_an_essence(self, text):
        self.publisher.essence = text

    @rule(code=codes, place=places)
    def publisher_moves_a_skill(self, code, place):
        self.says("skills", code, category=place[0], subcategory=place[1])

    @rule(old=places, new=places)
    def publisher_renames_a_subcategory(self, old, new):
        paths = {(said.category, said.subcategory) for said in self.publisher.skills.values()}
        for code, said in self.publisher.skills.items():
            if new not in paths and (said.category, said.subcategory) == old:
                self.says("skills", code, category=new[0], subcategory=new[1])

    @rule(code=codes)
    def publisher_drops_or_brings_a_skill(self, code):
        if code not in self.publisher.skills:
            place = PLACES[CODES.index(code)]
            self.publisher.skills[code] = said_skill(code, category=place[0], subcategory=place[1], levels={2: "Four."})
        elif len(self.publisher.skills) > 1:
            del self.publisher.skills[code]

    @rule(code=attributes)
    def publisher_drops_or_brings_an_attribute(self, code):
        if self.publisher.attributes.pop(code, None) is None:
            self.publisher.attributes[code] = said_attribute(code, levels={3: "Four."})

    @rule()
    def publisher_reorders(self):
        self.publisher.skills = dict(reversed(self.publisher.skills.items()))

    # What editors do.

    @rule(about=st.sampled_from([Skill, Skill, Attribute]), number=nth, part=parts, text=texts)
    def edit_a_text(self, about, number, part, text):
        found = self.one_of(about.objects.order_by("code"), number)
        if found:
            with self.edit():
                setattr(found, part, text)
                found.save()

    @rule(about=st.sampled_from([SkillLevel, SkillLevel, AttributeLevel]), number=nth, text=texts)
    def edit_a_level(self, about, number, text):
        found = self.one_of(about.objects.order_by("pk"), number)
        if found:
            with self.edit():
                found.description = text
                found.save()

    @rule(about=st.sampled_from([Skill, Skill, Attribute]), number=nth, at=numbers, text=texts)
    def add_or_take_away_a_level(self, about, number, at, text):
        owner = self.one_of(about.objects.order_by("code"), number)
        if owner:
            levels = getattr(owner, owner.part_names[0])
            with self.edit():
                if levels.filter(number=at).exists():
                    levels.get(number=at).delete()
                else:
                    levels.create(number=at, description=text)

    @rule(number=nth, place=nth)
    def move_a_skill(self, number, place):
        skill = self.one_of(Skill.objects.order_by("code"), number)
        if skill:
            with self.edit():
                skill.subcategory = self.one_of(Subcategory.objects.order_by("pk"), place)
                skill.save()

    @rule(code=codes, place=nth, text=texts)
    def add_a_skill(self, code, place, text):
        """With a code that the publisher may give later, or once gave to what is deleted here."""
        known = self.books.rows.get((Skill, code))
        subcategory = self.one_of(Subcategory.objects.order_by("pk"), place)
        is_taken = Skill.objects.filter(code=code).exists() or Skill.objects.filter(pk=known).exists()
        if subcategory and not is_taken:
            with self.edit():
                added = Skill.objects.create(
                    edition=Edition.objects.get(),
                    subcategory=subcategory,
                    code=code,
                    name=text,
                    overall_description=text,
                    position=1,
                )
                added.skill_levels.create(number=2, description=text)

    @rule(about=st.sampled_from([Skill, Skill, Attribute]), number=nth)
    def delete_one(self, about, number):
        found = self.one_of(about.objects.order_by("code"), number)
        if found:
            with self.edit():
                found.delete()

    @rule(number=nth)
    def change_a_code(self, number):
        skill = self.one_of(Skill.objects.exclude(published_name="").order_by("code"), number)
        if skill:
            self.news += 1
            with self.edit():
                skill.code = f"XX{chr(65 + self.news // 26)}{chr(65 + self.news % 26)}"
                skill.save()

    @rule(about=st.sampled_from([Category, Subcategory]), number=nth)
    def rename_a_category(self, about, number):
        found = self.one_of(about.objects.order_by("pk"), number)
        if found:
            self.news += 1
            with self.edit():
                found.name, found.slug = f"Ours {self.news}", f"ours-{self.news}"
                found.save()

    @rule(number=nth, category=nth)
    def move_a_subcategory(self, number, category):
        found = self.one_of(Subcategory.objects.order_by("pk"), number)
        chosen = self.one_of(Category.objects.order_by("pk"), category)
        if found and not chosen.subcategories.filter(slug=found.slug).exists():
            with self.edit():
                found.category = chosen
                found.save()

    @rule(place=places)
    def add_a_subcategory(self, place):
        """One that the publisher may have later."""
        category = Category.objects.filter(slug=place[0]).first()
        if category and place not in self.books.places and not category.subcategories.filter(slug=place[1]).exists():
            with self.edit():
                category.subcategories.create(name=f"Our {place[1]}", slug=place[1], position=1)

    @rule(number=nth)
    def delete_an_empty_subcategory(self, number):
        found = self.one_of(Subcategory.objects.filter(skills=None).order_by("pk"), number)
        if found:
            with self.edit():
                found.delete()

    @rule(text=texts)
    def edit_an_essence(self, text):
        level = Level.objects.filter(number=3).first()
        if level:
            with self.edit():
                level.essence = text
                level.save()

    @rule()
    def delete_a_level_of_responsibility(self):
        with self.edit():
            Level.objects.filter(number=3).delete()

    @precondition(lambda self: self.books.asked)
    @rule(number=nth, choice=st.sampled_from(["newly_imported", "ours", *TEXTS]))
    def decide(self, number, choice):
        conflict = self.one_of(Conflict.objects.order_by("pk"), number)
        if conflict is None:
            return
        key = type(conflict.owner), conflict.owner.pk, conflict.part, conflict.number
        path_or_text = getattr(conflict, "ours" if conflict.is_place and choice in TEXTS else choice, choice)
        try:
            with self.edit("Decided"):
                conflict.decide(path_or_text)
        except ValidationError:
            assert conflict.is_place
            assert self.books.last_of((*key[:2], "subcategory", 0)) is None or choice == "newly_imported"
        else:
            self.books.last[key] = self.books.asked.pop(key)

    @rule(number=nth)
    def undo_a_change(self, number):
        latest = Revision.objects.order_by("-pk")[:4]
        found = [change for changes in changes_of(list(latest), everything()).values() for change in changes]
        # Which Kitchen is the publisher's, of two, nobody could tell.
        found = [one for one in found if one.model not in (Edition, Category, Subcategory) or one.kind == "~"]
        change = self.one_of(sorted(found, key=lambda one: (one.record.history_date, one.title)), number)
        if change:
            try:
                with self.edit("Undone"):
                    undo(change)
            except CannotUndo:
                pass

    # What an import does, and must not do.

    # Three rules of one kind, so that there are some imports among so many edits.

    @rule()
    def an_import(self):
        self.import_and_compare()

    @rule()
    def another_import(self):
        self.import_and_compare()

    @rule()
    def one_more_import(self):
        self.import_and_compare()

    def import_and_compare(self):
        said = self.publisher.edition()
        self.books.forget_what_is_gone()
        resolved, before = self.resolved(said), all_texts()
        skills_before = set(Skill.objects.values_list("pk", flat=True))
        mark = plan_import(said).mark
        with transaction.atomic():
            assert import_edition(said, [FILE], by=self.ada).mark == mark
        self.learn_places(said)
        self.learn_rows(resolved)
        self.compare(resolved, before)
        assert skills_before <= set(Skill.objects.values_list("pk", flat=True))
        self.compare_withdrawn(resolved)
        self.compare_the_history()
        written = everything_written()
        assert import_edition(said, [FILE], by=self.ada).is_empty
        assert everything_written() == written

    def compare_the_history(self):
        """The last record of each object holds what its row does."""
        for model in recorded_models():
            names = ["id", *(tracked.attname for tracked in model.history.model.tracked_fields)]
            records = model.history.order_by("history_id").values("history_type", *names)
            last = {record["id"]: record for record in records}
            there = [record for record in last.values() if record.pop("history_type") != "-"]
            assert sorted(there, key=itemgetter("id")) == list(model.objects.order_by("id").values(*names))

    def resolved(self, said):
        """Which row each of the publisher's is: None for one that is new; those deleted here are left out."""
        found = {}
        for model, coded in ((Skill, said.skills), (Attribute, said.attributes)):
            all_codes = {one.code for one in coded}
            for one in coded:
                pk = self.books.rows.get((model, one.code))
                row = model.objects.filter(code=one.code).first() or (
                    model.objects.filter(pk=pk).exclude(code__in=all_codes).first()
                )
                if row or pk is None:
                    found[model, one.code] = one, row.pk if row else None
        for one in said.levels:
            row = Level.objects.filter(number=one.number).first()
            if row or (Level, "3") not in self.books.rows:
                found[Level, "3"] = one, row.pk if row else None
        return found

    def learn_rows(self, resolved):
        for (model, code), (_, pk) in resolved.items():
            name = {"number": 3} if model is Level else {"code": code}
            self.books.rows[model, code] = pk or model.objects.get(**name).pk

    def learn_places(self, said):
        """The rows of the publisher's places: one that was there stays the same."""
        books = self.books
        for category in said.categories:
            if category.slug not in books.categories:
                found = Category.objects.filter(published_name=category.name).exclude(pk__in=books.categories.values())
                books.categories[category.slug] = found.get().pk
            for place in category.subcategories:
                if (category.slug, place.slug) not in books.places:
                    inside = Subcategory.objects.filter(category=books.categories[category.slug])
                    found = inside.filter(published_name=place.name).exclude(pk__in=books.places.values())
                    books.places[category.slug, place.slug] = found.get().pk

    def theirs(self, key, said):
        model, _, part, number = key
        if part == "subcategory":
            return self.books.places[said.category, said.subcategory]
        if part == "description":
            levels = said.skill_levels if model is Skill else said.attribute_levels
            return next((level.description for level in levels if level.number == number), "")
        return getattr(said, part)

    def compare(self, resolved, before):
        after = all_texts()
        expected = dict(before)
        for (model, code), (said, _) in resolved.items():
            pk = self.books.rows[model, code]
            for key in [key for key in after if key[:2] == (model, pk)]:
                nothing = None if key[2] == "subcategory" else ""
                expected[key] = self.books.take(key, self.theirs(key, said), before.get(key, nothing))
        assert after == expected
        asked = {key: (self.books.last_of(key), theirs, after[key]) for key, theirs in self.books.asked.items()}
        assert open_questions() == asked

    def compare_withdrawn(self, resolved):
        """One whose name somebody here has not accepted yet as the publisher's is ours."""
        for model in (Skill, Attribute):
            said = {self.books.rows[key] for key in resolved if key[0] is model}
            for pk, is_withdrawn in model.objects.values_list("pk", "is_withdrawn"):
                was_the_publishers = bool(self.books.last.get((model, pk, "name", 0)))
                assert is_withdrawn == (was_the_publishers and pk not in said)


def test_no_import_ever_loses_what_somebody_here_wrote():
    run_state_machine_as_test(
        NeverLose,
        settings=hypothesis_settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )

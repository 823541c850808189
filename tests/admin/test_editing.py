"""Editing a skill, its levels and everything else: what is saved, and how."""

import pytest
from django.urls import reverse

from skills.models import AttributeLevel, Category, Edition, Level, Skill, SkillLevel
from tests.factories import make_edition, make_subcategory

from .steps import descriptions, errors_of, make_user, opened, page_in, sent_by, signed_in

pytestmark = pytest.mark.django_db


def test_a_skill_is_one_page_with_its_seven_levels_in_order_each_with_phrase_and_essence(ada, address):
    response = ada.get(address)
    fieldsets = [fieldset for fieldset in response.context["adminform"] if (fieldset.name or "").startswith("Level")]
    assert [fieldset.name for fieldset in fieldsets] == [
        *(f"Level {number} · Phrase {number} · not defined" for number in (1, 2, 3, 4)),
        *(f"Level {number} · Phrase {number}" for number in (5, 6)),
        "Level 7 · Phrase 7 · not defined",
    ]
    assert [fieldset.description for fieldset in fieldsets] == [f"Essence of {number}." for number in range(1, 8)]
    assert [bool(fieldset.is_collapsible) for fieldset in fieldsets] == [True] * 4 + [False] * 2 + [True]


def test_what_is_not_changed_leaves_no_trace(ada, address):
    before = Skill.objects.get().revision_mark()
    data = opened(ada, address)
    data["overall_description"] = data["overall_description"].replace("\n", "\r\n")
    assert ada.post(address, data).status_code == 302
    assert Skill.objects.get().revision_mark() == before
    assert Skill.objects.get().overall_description == "One.\n\nTwo."


def test_texts_parts_and_levels_are_saved_in_one_revision_with_its_reason(ada, address):
    data = opened(ada, address) | {"name": "Blades", "level_5_description": "A\r\n\r\nB", "reason": "Clearer"}
    assert ada.post(address, data).status_code == 302
    assert (Skill.objects.get().name, descriptions()) == ("Blades", {5: "A\n\nB", 6: "KNIF at 6."})
    made = {record.revision for record in (Skill.history.first(), SkillLevel.history.first())}
    assert [(revision.made_by_name, revision.reason) for revision in made] == [("Ada", "Clearer")]


def test_an_undefined_level_is_filled_in_with_its_marker(ada, address):
    ada.post(address, opened(ada, address) | {"level_3_description": "New.", "level_3_change": "new"})
    level = SkillLevel.objects.get(number=3)
    assert (level.description, level.change, level.published_description) == ("New.", "new", "")


def test_emptying_a_description_takes_the_level_away_after_a_question(ada, address):
    data = opened(ada, address) | {"level_5_description": "", "level_6_description": "Ours."}
    asked = ada.post(address, data)
    assert "Take level 5 away" in " ".join(errors_of(asked)["__all__"])
    assert descriptions() == {5: "KNIF at 5.", 6: "KNIF at 6."}
    again = sent_by(asked)
    assert again["level_6_description"] == "Ours."
    assert ada.post(address, again | {"levels_to_take_away": "5"}).status_code == 302
    assert descriptions() == {6: "Ours."}


@pytest.mark.parametrize("answer", ["on", "6", "5,6", "true"])
def test_the_answer_to_another_question_takes_no_level_away(ada, address, answer):
    data = opened(ada, address) | {"level_5_description": "", "levels_to_take_away": answer}
    assert ada.post(address, data).status_code == 200
    assert 5 in descriptions()


def test_the_question_is_a_box_to_tick_and_names_all_levels(ada, address):
    asked = ada.post(address, opened(ada, address) | {"level_5_description": "", "level_6_description": ""})
    field = asked.context["adminform"].form["levels_to_take_away"]
    assert 'type="checkbox"' in str(field)
    assert 'value="5,6"' in str(field)
    assert field.label == "Take levels 5 and 6 away"


def test_the_publishers_wording_stands_beside_a_text_that_differs_and_is_taken_back(ada, address):
    Skill.objects.update(published_name="Knife care")
    SkillLevel.objects.filter(number=5).update(published_description="Theirs at 5.")
    SkillLevel.objects.filter(number=6).update(published_description="KNIF at 6.")
    form = ada.get(address).context["adminform"].form
    others = {name: form.fields[name].widget.others for name in form.written() if form.fields[name].widget.others}
    assert {name: other.text for name, (other,) in others.items()} == {
        "name": "Knife care",
        "level_5_description": "Theirs at 5.",
    }
    taken = ada.post(address, opened(ada, address) | {"_take": "published:level_5_description"})
    assert descriptions()[5] == "KNIF at 5."
    assert sent_by(taken)["level_5_description"] == "Theirs at 5."
    ada.post(address, sent_by(taken))
    assert descriptions()[5] == "Theirs at 5."
    assert not SkillLevel.objects.edited_here().exists()


@pytest.mark.parametrize("take", ["", ":", "published:", "published:code", "theirs:based_on", "x:name", "published:x"])
def test_a_button_that_somebody_made_up_takes_nothing(ada, address, take):
    data = opened(ada, address) | {"_take": take, "name": "Mine"}
    assert ada.post(address, data).status_code == 302
    assert Skill.objects.get().name == "Mine"


def test_an_edition_is_made_current_in_one_step(ben, skill):
    other = make_edition(slug="8", is_current=False)
    address = "/admin/skills/edition/"
    both = {"action": "make_current", "_selected_action": [other.pk, skill.edition_id]}
    assert b"choose one edition alone" in ben.post(address, both, follow=True).content
    ben.post(address, {"action": "make_current", "_selected_action": [other.pk]})
    assert Edition.objects.get(is_current=True) == other
    assert Edition.history.first().revision.made_by_name == "Ben"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("attribute", "overall_description"),
        ("attribute", "level_4_description"),
        ("category", "name"),
        ("subcategory", "name"),
        ("edition", "tagline"),
        ("explanatorysection", "explanation"),
        ("level", "essence"),
        ("notice", "notice"),
    ],
)
def test_each_kind_of_object_is_saved_and_guarded_alike(everything, ben, model, field):
    cara = signed_in(make_user("Publishers", name="cara"))
    number = ben.get(reverse(f"admin:skills_{model}_changelist")).context["cl"].result_list[0].pk
    address = reverse(f"admin:skills_{model}_change", args=[number])
    his, hers = opened(ben, address), opened(cara, address)
    assert ben.post(address, his | {field: "What Ben wrote."}).status_code == 302
    assert opened(ben, address)[field] == "What Ben wrote."
    refused = cara.post(address, hers | {field: "What Cara wrote."})
    assert refused.status_code == 409
    assert cara.post(address, sent_by(refused)).status_code == 302
    assert opened(cara, address)[field] == "What Cara wrote."
    assert cara.get(reverse(f"admin:skills_{model}_history", args=[number])).status_code == 200


def test_the_levels_of_an_attribute_are_taken_away_after_a_question(everything, ben):
    level = AttributeLevel.objects.get(number=4)
    address = f"/admin/skills/attribute/{level.attribute_id}/change/"
    asked = ben.post(address, opened(ben, address) | {"level_4_description": ""})
    ben.post(address, sent_by(asked) | {"levels_to_take_away": "4"})
    assert not AttributeLevel.objects.filter(number=4).exists()


def test_something_new_is_added_with_its_history(everything, ben):
    address = "/admin/skills/skill/add/"
    data = opened(ben, address) | {
        "name": "Forks",
        "code": "FORK",
        "position": 7,
        "edition": everything.pk,
        "subcategory": Skill.objects.get().subcategory_id,
        "overall_description": "What forks are.",
        "level_4_description": "At 4.",
        "reason": "Asked for",
    }
    assert ben.post(address, data).status_code == 302
    added = Skill.objects.get(code="FORK")
    assert added.defined_numbers == [4]
    assert Skill.history.first().revision == SkillLevel.history.first().revision
    assert Category.objects.exists()


def test_a_new_one_is_offered_last_in_the_current_edition(everything, ben):
    last = Skill.objects.get().position
    data = opened(ben, "/admin/skills/skill/add/")
    assert (data["edition"], data["position"]) == (everything.pk, last + 1)


def test_where_a_skill_stands_is_not_for_editors(ada, address, skill):
    data = opened(ada, address)
    assert {"code", "edition", "subcategory", "position"}.isdisjoint(data)
    ada.post(address, data | {"code": "HACK", "position": 99, "name": "Blades"})
    changed = Skill.objects.get()
    assert (changed.code, changed.position, changed.name) == ("KNIF", skill.position, "Blades")


def test_pressing_enter_saves_and_takes_no_other_text(ada, address):
    Skill.objects.update(published_name="Knife care")
    page = page_in(ada.get(address))
    [form] = [form for form in page.all(".//form") if form.attrib.get("id") == "skill_form"]
    buttons = [element for element in form.iter() if element.attrib.get("type") == "submit"]
    assert [button.attrib["name"] for button in buttons][:2] == ["_continue", "_take"]


def test_what_a_taken_text_replaces_stays_in_sight(ada, address):
    Skill.objects.update(published_name="Knife care")
    taken = ada.post(address, opened(ada, address) | {"_take": "published:name", "name": "What Ada wrote"})
    mine, *_ = taken.context["adminform"].form.fields["name"].widget.others
    assert (mine.source, mine.text) == ("mine", "What Ada wrote")
    assert "What Ada wrote" in taken.content.decode()


def test_white_space_that_nobody_touched_is_left_as_it_is_stored(ada, address):
    stored = "One.\r\nTwo. \n\n"
    Skill.objects.update(overall_description=stored)
    SkillLevel.objects.filter(number=5).update(description="\n  Indented.\n")
    mark = Skill.objects.get().revision_mark()
    ada.post(address, opened(ada, address))
    assert Skill.objects.get().revision_mark() == mark
    ada.post(address, opened(ada, address) | {"name": "Blades"})
    assert (Skill.objects.get().overall_description, descriptions()[5]) == (stored, "\n  Indented.\n")


def test_spaces_that_open_a_text_are_kept_for_they_may_be_markdown(ada, address):
    ada.post(address, opened(ada, address) | {"level_5_description": "\n\n    code\n\n", "name": "  Blades  "})
    assert (descriptions()[5], Skill.objects.get().name) == ("    code", "Blades")


def test_the_line_ends_of_word_processors_are_line_ends(ada, address):
    ada.post(address, opened(ada, address) | {"level_5_description": "a\vb\fc\u2028d\u2029e\r\nf\rg"})
    assert descriptions()[5] == "a\nb\nc\nd\ne\nf\ng"


def test_a_level_that_was_taken_away_still_shows_the_publishers_wording_and_gets_it_back(ada, address):
    Skill.objects.update(published_name="Knives", published_overall_description="One.\n\nTwo.")
    for level in SkillLevel.objects.all():
        level.published_description = level.description
        level.save()
    assert not Skill.objects.edited_here().exists()
    ada.post(address, opened(ada, address) | {"level_5_description": "", "levels_to_take_away": "5"})
    assert Skill.objects.edited_here().exists()
    [other] = ada.get(address).context["adminform"].form.fields["level_5_description"].widget.others
    assert other.text == "KNIF at 5."
    taken = ada.post(address, opened(ada, address) | {"_take": "published:level_5_description"})
    ada.post(address, sent_by(taken))
    level = SkillLevel.objects.get(number=5)
    assert level.published_description == level.description == "KNIF at 5."
    assert not Skill.objects.edited_here().exists()


def test_nothing_moves_to_another_edition(everything, ben):
    other = make_edition(slug="8", is_current=False)
    there = make_subcategory(edition=other)
    skill = Skill.objects.get()
    moves = {
        f"/admin/skills/skill/{skill.pk}/change/": {"edition": other.pk},
        f"/admin/skills/category/{skill.subcategory.category_id}/change/": {"edition": other.pk},
        f"/admin/skills/subcategory/{skill.subcategory_id}/change/": {"category": there.category_id},
        f"/admin/skills/level/{everything.levels.get(number=3).pk}/change/": {"edition": other.pk},
    }
    for address, move in moves.items():
        assert ben.post(address, opened(ben, address) | move).status_code in (200, 302)
    assert Skill.objects.get(edition=everything).subcategory.category.edition == everything
    assert everything.levels.count() == 7


def test_editors_neither_renumber_a_level_nor_move_it(ada, skill):
    level = Level.objects.get(number=3)
    address = f"/admin/skills/level/{level.pk}/change/"
    ada.post(address, opened(ada, address) | {"number": "4", "essence": "Ours."})
    level.refresh_from_db()
    assert (level.number, level.essence) == (3, "Ours.")

"""Editing a skill, its levels and everything else: what is saved, what is refused, and that nothing is lost."""

import pytest
from django.urls import reverse

from skills.models import AttributeLevel, Category, Edition, ExplanatorySection, Level, Notice, Skill, SkillLevel
from tests.factories import make_attribute, make_edition, make_skill, make_subcategory
from tests.pages import words_of

from .steps import errors_of, make_user, opened, sent_by, signed_in
from .test_sign_in import page_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill():
    return make_skill(
        edition=make_edition(), code="KNIF", name="Knives", overall_description="One.\n\nTwo.", defined_at=(5, 6)
    )


@pytest.fixture
def address(skill):
    return f"/admin/skills/skill/{skill.pk}/change/"


@pytest.fixture
def ada():
    return signed_in(make_user("Editors", name="ada"))


@pytest.fixture
def ben():
    return signed_in(make_user("Publishers", name="ben"))


def descriptions() -> dict[int, str]:
    return dict(SkillLevel.objects.values_list("number", "description"))


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


# Two people, one skill


def test_the_second_save_is_refused_with_both_texts_and_nothing_is_lost(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"level_5_description": "What Ada wrote."})
    refused = ben.post(address, his | {"level_5_description": "What Ben wrote."})
    assert refused.status_code == 409
    assert descriptions()[5] == "What Ada wrote."
    form = refused.context["adminform"].form
    assert form["level_5_description"].value() == "What Ben wrote."
    [other] = form.fields["level_5_description"].widget.others
    assert (other.whose, other.text) == ("Ada", "What Ada wrote.")
    assert [(piece.mark, piece.text.strip()) for piece in other.pieces if piece.mark != "same"] == [
        ("removed", "Ben"),
        ("added", "Ada"),
    ]
    assert "Ada changed this too" in errors_of(refused)["level_5_description"][0]


def test_after_choosing_the_second_save_goes_through(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"name": "Ada's"})
    refused = ben.post(address, his | {"name": "Ben's"})
    assert ben.post(address, sent_by(refused) | {"name": "Both"}).status_code == 302
    assert Skill.objects.get().name == "Both"


def test_what_only_the_other_changed_is_taken_into_the_form(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"level_5_description": "What Ada wrote.", "level_6_change": "new", "name": "Ada's"})
    refused = ben.post(address, his | {"level_6_description": "What Ben wrote."})
    assert refused.status_code == 409
    assert ben.post(address, sent_by(refused)).status_code == 302
    assert descriptions() == {5: "What Ada wrote.", 6: "What Ben wrote."}
    assert (Skill.objects.get().name, SkillLevel.objects.get(number=6).change) == ("Ada's", "new")


def test_what_both_wrote_alike_is_no_conflict(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"name": "Same"})
    refused = ben.post(address, his | {"name": "Same"})
    assert list(errors_of(refused)) == ["__all__"]
    assert ben.post(address, sent_by(refused)).status_code == 302


def test_a_third_save_meets_the_second(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"name": "First"})
    refused = ben.post(address, his | {"name": "Second"})
    ada.post(address, opened(ada, address) | {"name": "Third"})
    again = ben.post(address, sent_by(refused))
    assert again.status_code == 409
    assert again.context["adminform"].form.fields["name"].widget.others[0].text == "Third"


def test_a_level_that_one_takes_away_while_another_edits_it_is_not_lost(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"level_5_description": "", "levels_to_take_away": "5"})
    refused = ben.post(address, his | {"level_5_description": "What Ben wrote."})
    assert refused.status_code == 409
    assert ben.post(address, sent_by(refused)).status_code == 302
    assert descriptions()[5] == "What Ben wrote."


def test_a_level_that_both_fill_in_is_written_once_and_after_a_choice(ada, ben, address):
    hers, his = opened(ada, address), opened(ben, address)
    ada.post(address, hers | {"level_2_description": "Ada"})
    refused = ben.post(address, his | {"level_2_description": "Ben"})
    assert refused.status_code == 409
    assert descriptions()[2] == "Ada"


def test_what_is_no_text_is_compared_too(ben, address, skill):
    cara = signed_in(make_user("Publishers", name="cara"))
    there, elsewhere = (make_subcategory(edition=skill.edition, name=name) for name in ("There", "Elsewhere"))
    hers, his = opened(cara, address), opened(ben, address)
    cara.post(address, hers | {"subcategory": there.pk, "level_5_change": "new"})
    refused = ben.post(address, his | {"subcategory": elsewhere.pk, "level_5_change": "modified"})
    assert refused.status_code == 409
    assert any("There" in message for message in errors_of(refused)["subcategory"])
    assert any("New" in message for message in errors_of(refused)["level_5_change"])
    assert refused.context["adminform"].form["subcategory"].value() == str(elsewhere.pk)


@pytest.mark.parametrize("mark", ["", "nonsense", "1-1-1", "0-0", "99999999999999999999-1"])
def test_a_form_that_does_not_know_what_it_was_filled_from_overwrites_nothing_unseen(ada, address, mark):
    data = opened(ada, address)
    Skill.objects.update(name="Theirs")
    refused = ada.post(address, data | {"based_on": mark, "name": "Mine"})
    assert refused.status_code == 409
    assert Skill.objects.get().name == "Theirs"


def test_a_change_in_bulk_is_met_too(ada, address):
    data = opened(ada, address)
    SkillLevel.objects.update(change="new")
    assert ada.post(address, data | {"name": "Mine"}).status_code == 409


def test_words_for_a_skill_that_was_deleted_meanwhile_are_shown_to_be_copied(ada, ben, address, skill):
    data = opened(ada, address) | {"level_5_description": "What Ada wrote."}
    ben.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes"})
    answer = ada.post(address, data)
    assert answer.status_code == 409
    assert "What Ada wrote." in answer.content.decode()
    assert not Skill.objects.exists()
    assert ben.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes"}).status_code == 302


# The publisher's wording


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


# What is wrong is said beside the field


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "abcd", "A code is four capital letters."),
        ("code", "ABCDE", "A code is four capital letters."),
        ("code", "ABC", "A code is four capital letters."),
        ("code", "", "This field is required."),
        ("name", "   ", "There is only white space here."),
        ("overall_description", " \r\n\t\xa0 ", "There is only white space here."),
        ("overall_description", "", "This field is required."),
        ("level_5_description", "   ", "There is only white space here."),
        ("level_1_description", "\n", "There is only white space here."),
        ("guidance_notes", "x" * 10_001, "Ensure this value has at most 10000 characters (it has 10001)."),
        ("level_2_description", "x" * 10_001, "Ensure this value has at most 10000 characters (it has 10001)."),
        ("name", "a\0b", "Null characters are not allowed."),
        ("level_3_description", "a\0b", "Null characters are not allowed."),
        ("position", "-1", "Ensure this value is greater than or equal to 0."),
        ("position", "99999", "Ensure this value is less than or equal to 32767."),
        ("subcategory", "999", "Select a valid choice. That choice is not one of the available choices."),
        ("level_5_change", "old", "Select a valid choice. old is not one of the available choices."),
        ("reason", "x" * 201, "Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_what_is_wrong_with_a_skill_is_said_beside_the_field_and_nothing_is_saved(ben, address, field, value, message):
    refused = ben.post(
        address,
        opened(ben, address) | {field: value, "guidance_notes": "Mine." if field != "guidance_notes" else value},
    )
    assert errors_of(refused) == {field: [message]}
    assert Skill.objects.get().guidance_notes == ""
    assert refused.context["adminform"].form["guidance_notes"].value()


def test_a_text_of_exactly_the_cap_is_accepted_however_its_lines_end(ada, address):
    text = "\r\n".join(["x" * 99] * 100) + "y"
    assert len(text.replace("\r\n", "\n")) == 10_000
    assert ada.post(address, opened(ada, address) | {"level_5_description": text}).status_code == 302


def test_the_browser_cuts_no_text_off(ben, address):
    form = ben.get(address).context["adminform"].form
    for name in form.written():
        assert "maxlength" not in str(form[name])


def test_a_code_that_another_skill_has_is_said(ben, address, skill):
    make_skill(edition=skill.edition, code="OTHR")
    refused = ben.post(address, opened(ben, address) | {"code": "OTHR"})
    assert refused.status_code == 200
    assert errors_of(refused) == {"code": ["Skill OTHR (OTHR) has this code already."]}


def test_a_subcategory_of_another_edition_is_not_offered(ben, address):
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    refused = ben.post(address, opened(ben, address) | {"subcategory": other.pk})
    assert list(errors_of(refused)) == ["subcategory"]


def test_a_level_of_responsibility_out_of_range_is_said(ben, skill):
    level = Level.objects.get(number=3)
    address = f"/admin/skills/level/{level.pk}/change/"
    refused = ben.post(address, opened(ben, address) | {"number": "8"})
    assert errors_of(refused) == {"number": ["Ensure this value is less than or equal to 7."]}


def test_that_another_edition_is_current_is_said_beside_the_field_by_its_name(ben, skill):
    other = make_edition(slug="8", is_current=False)
    address = f"/admin/skills/edition/{other.pk}/change/"
    refused = ben.post(address, opened(ben, address) | {"is_current": "on"})
    assert list(errors_of(refused)) == ["is_current"]
    assert "Edition 9 is the current edition" in errors_of(refused)["is_current"][0]


def test_an_edition_is_made_current_in_one_step(ben, skill):
    other = make_edition(slug="8", is_current=False)
    address = "/admin/skills/edition/"
    both = {"action": "make_current", "_selected_action": [other.pk, skill.edition_id]}
    assert b"choose one edition alone" in ben.post(address, both, follow=True).content
    ben.post(address, {"action": "make_current", "_selected_action": [other.pk]})
    assert Edition.objects.get(is_current=True) == other
    assert Edition.history.first().revision.made_by_name == "Ben"


# Everything else is edited in the same way


@pytest.fixture
def everything(skill):
    edition = skill.edition
    make_attribute(edition=edition)
    Notice.objects.create(edition=edition, position=1, notice="A notice.")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="So.")
    return edition


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


def test_a_skill_in_a_subcategory_of_another_edition_is_refused_when_it_is_added(everything, ben):
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    data = opened(ben, "/admin/skills/skill/add/") | {
        "name": "Forks",
        "code": "FORK",
        "position": 7,
        "edition": everything.pk,
        "subcategory": other.pk,
        "overall_description": "What forks are.",
    }
    refused = ben.post("/admin/skills/skill/add/", data)
    assert errors_of(refused) == {"subcategory": ["This subcategory belongs to another edition than the skill."]}


def test_where_a_skill_stands_is_not_for_editors(ada, address, skill):
    data = opened(ada, address)
    assert {"code", "edition", "subcategory", "position"}.isdisjoint(data)
    ada.post(address, data | {"code": "HACK", "position": 99, "name": "Blades"})
    changed = Skill.objects.get()
    assert (changed.code, changed.position, changed.name) == ("KNIF", skill.position, "Blades")


# What a hostile, a careless or an unlucky person would do


def test_a_save_while_the_form_is_being_made_is_met_later(ada, ben, address, monkeypatch):
    """The form must never hold older texts than the mark that it is based on says."""
    mark_of = Skill.revision_mark

    def mark_and_be_overtaken(skill):
        mark = mark_of(skill)
        SkillLevel.objects.filter(number=5).update(description="What Ben wrote.")
        return mark

    with monkeypatch.context() as patch:
        patch.setattr(Skill, "revision_mark", mark_and_be_overtaken)
        data = opened(ada, address)
    assert ada.post(address, data | {"level_5_description": "What Ada wrote."}).status_code == 409
    assert descriptions()[5] == "What Ben wrote."


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


@pytest.mark.parametrize("number", ["9" * 5000, "٣" * 4400, "1" * 19, "x", "1/../2"])
def test_a_number_that_no_database_counts_up_to_is_no_fault(ben, address, number):
    assert ben.get(f"/admin/skills/skill/{number}/history/").status_code == 404
    assert ben.get(f"/admin/skills/skill/{number}/change/").status_code in (302, 404)
    data = opened(ben, address)
    assert ben.post(address, data | {"based_on": f"{number}-1"}).status_code == 409
    chosen = {"action": "export_as_csv", "_selected_action": [number]}
    assert ben.post("/admin/skills/skill/", chosen, follow=True).status_code == 200


def test_a_reason_with_a_null_character_is_cleaned_everywhere(ben, skill):
    ben.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes", "reason": f"a\0b\n{'c' * 300}"})
    reason = Skill.history.first().revision.reason
    assert reason.startswith("a b ccc")
    assert len(reason) == 200


def test_a_place_of_zero_survives_when_two_saves_meet(ben, address):
    cara = signed_in(make_user("Publishers", name="cara"))
    hers, his = opened(cara, address), opened(ben, address)
    cara.post(address, hers | {"position": "0"})
    refused = ben.post(address, his | {"name": "Mine"})
    assert str(refused.context["adminform"].form["position"].value()) == "0"


def test_ones_own_save_in_another_window_is_said_so(ada, address):
    first, second = opened(ada, address), opened(ada, address)
    ada.post(address, first | {"name": "First"})
    refused = ada.post(address, second | {"name": "Second"})
    assert errors_of(refused)["__all__"][0].startswith("You saved this in another window")


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


def test_a_refused_form_names_at_its_top_what_is_wrong_and_leads_there(ben, address):
    page = page_in(ben.post(address, opened(ben, address) | {"code": "x", "level_5_description": " "}))
    summary = page.one(".//div[@class='refused']")
    assert [link.attrib["href"] for link in summary.iter("a")] == ["#id_code", "#id_level_5_description"]
    assert "Nothing is saved yet, and nothing that you wrote is lost." in words_of(summary)


def test_a_category_with_skills_says_what_to_do_before_it_can_be_deleted(ben, skill):
    page = page_in(ben.get(f"/admin/skills/category/{skill.subcategory.category_id}/delete/"))
    assert "cannot be deleted while it holds skills" in page.text(".//main")
    assert "/admin/skills/skill/" in list(page.links(".//main//p/a"))


def test_a_marker_without_a_description_is_not_dropped_unseen(ada, address):
    refused = ada.post(address, opened(ada, address) | {"level_3_change": "new"})
    assert errors_of(refused) == {
        "level_3_change": ["Level 3 is not defined. Write a description, or choose no marker."]
    }


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


def test_a_skill_that_stands_in_another_editions_subcategory_all_the_same_is_said_so(ada, address):
    """Raw SQL can do it, and an editor, who may not move the skill, must get a sentence."""
    other = make_subcategory(edition=make_edition(slug="8", is_current=False))
    Skill.objects.update(subcategory=other)
    refused = ada.post(address, opened(ada, address) | {"name": "Mine"})
    assert errors_of(refused) == {"__all__": ["This subcategory belongs to another edition than the skill."]}


def test_words_for_what_is_gone_are_named_as_on_the_form_and_only_those_that_were_written(ada, ben, address, skill):
    data = opened(ada, address) | {"level_5_description": "What Ada wrote.", "reason": "Because"}
    skill.delete()
    page = page_in(ada.post(address, data))
    assert page.texts(".//main//label") == ["Description at level 5"]
    assert "Ask a publisher to bring it back" in page.text(".//main")
    assert "Bring it back from" in page_in(ben.post(address, data)).text(".//main")

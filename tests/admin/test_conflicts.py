"""Two people change one thing: nothing that either wrote is lost."""

import pytest

from skills.models import Skill, SkillLevel
from tests.factories import make_subcategory

from .steps import descriptions, errors_of, make_user, opened, page_in, sent_by, signed_in

pytestmark = pytest.mark.django_db


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


def test_words_for_what_is_gone_are_named_as_on_the_form_and_only_those_that_were_written(ada, ben, address, skill):
    data = opened(ada, address) | {"level_5_description": "What Ada wrote.", "reason": "Because"}
    skill.delete()
    page = page_in(ada.post(address, data))
    assert page.texts(".//main//label") == ["Description at level 5"]
    assert "Ask a publisher to bring it back" in page.text(".//main")
    assert "Bring it back from" in page_in(ben.post(address, data)).text(".//main")

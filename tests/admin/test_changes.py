"""The history as people read it, and how they undo what they find there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from skills.models import ExplanatorySection, Revision, Skill, SkillLevel
from skills.models.recorded import record_what_is_unrecorded
from skills.models.revision import revision
from tests.factories import code_for, make_edition, make_skill, make_skill_level, make_subcategory, one_revision_each
from tests.pages import words_of

from .steps import make_user, opened, page_in, signed_in

pytestmark = pytest.mark.django_db

CHANGES = "/admin/skills/changes/"


@pytest.fixture
@one_revision_each
def skill():
    with revision(reason="Loaded"):
        return make_skill(edition=make_edition(), code="KNIF", name="Knives", defined_at=(5, 6))


@pytest.fixture
def ada():
    return make_user("Editors", name="ada")


@pytest.fixture
def ben():
    return make_user("Publishers", name="ben")


def history_of(client, skill):
    response = client.get(f"/admin/skills/skill/{skill.pk}/history/")
    assert response.status_code == 200
    return page_in(response)


def words(page) -> str:
    return page.text(".//main")


def undo_links(page) -> list[str]:
    return [address for address in page.links(".//main//a") if address.endswith("/undo/")]


def sent_by_undo(page) -> dict[str, str]:
    return {"based_on": page.one(".//input[@name='based_on']").attrib["value"]}


def confirm(client, undo):
    return client.post(undo, sent_by_undo(page_in(client.get(undo))))


def test_one_history_has_parts_levels_and_explanatory_sections_with_marked_words(skill, ada):
    client = signed_in(ada)
    address = f"/admin/skills/skill/{skill.pk}/change/"
    new = {
        "name": "Blades",
        "level_5_description": "KNIF sharply at 5.",
        "level_7_description": "At 7.",
        "reason": "Clearer",
    }
    client.post(address, opened(client, address) | new)
    with revision(by=ada):
        ExplanatorySection.objects.create(edition=skill.edition, position=1, heading="How to read", explanation="So.")
    page = history_of(client, skill)
    headings = page.texts(".//article/h2")
    assert [heading.split()[0] for heading in headings] == ["Ada", "Ada", "A"]
    assert page.texts(".//article/section/h3")[:4] == [
        "Explanatory section “How to read” added · Edition 9",
        "Blades (KNIF) changed · Edition 9",
        "Blades (KNIF), level 5 changed · Edition 9",
        "Blades (KNIF), level 7 added · Edition 9",
    ]
    assert "Clearer" in page.texts(".//p[@class='reason']")
    assert page.texts(".//del")[:1] == ["Knives"]
    assert page.texts(".//ins")[:2] == ["Blades", "sharply"]


def test_the_history_ends_with_the_text_as_loaded(skill, ada):
    page = history_of(signed_in(ada), skill)
    assert "A program" in words(page)
    assert "KNIF at 5." in words(page)
    assert undo_links(page) == []


def test_what_another_skill_went_through_is_not_in_it(skill, ada):
    with revision(by=ada):
        make_skill(edition=skill.edition, code="OTHR", name="Other")
        Skill.objects.filter(pk=skill.pk).update(name="Blades")
    assert "Other" not in words(history_of(signed_in(ada), skill))


def test_a_change_is_undone_after_its_outcome_is_shown(skill, ada):
    client = signed_in(ada)
    with revision(by=ada):
        SkillLevel.objects.filter(number=5).update(description="KNIF sharply at 5.")
    SkillLevel.objects.filter(number=5).update(description="KNIF sharply at 5. Later.")
    [_, undo] = undo_links(history_of(client, skill))
    shown = page_in(client.get(undo))
    assert "Later." in shown.texts(".//dl[@class='recorded-change']//del")[-1]
    answer = client.post(undo, sent_by_undo(shown), follow=True)
    assert "Undone" in answer.content.decode()
    assert SkillLevel.objects.get(number=5).description == "KNIF at 5."
    last = Revision.objects.first()
    assert last.made_by == ada
    assert last.reason.startswith("Undid what Ada had changed on ")


def test_what_somebody_wrote_after_the_outcome_was_shown_is_not_undone_unseen(skill, ada):
    client = signed_in(ada)
    with revision(by=ada):
        SkillLevel.objects.filter(number=5).update(description="Ours.")
    undo = undo_links(history_of(client, skill))[0]
    shown = page_in(client.get(undo))
    SkillLevel.objects.filter(number=5).update(description="Later.")
    again = page_in(client.post(undo, sent_by_undo(shown)))
    assert "Somebody has changed it meanwhile" in again.text(".//p[@role='alert']")
    assert "Later." in again.texts(".//dl[@class='recorded-change']//del")
    assert SkillLevel.objects.get(number=5).description == "Later."
    client.post(undo, sent_by_undo(again))
    assert SkillLevel.objects.get(number=5).description == "KNIF at 5."


def test_a_deleted_skill_is_found_in_the_latest_changes_and_comes_back_with_its_levels(skill, ben):
    client = signed_in(ben)
    client.post(f"/admin/skills/skill/{skill.pk}/delete/", {"post": "yes", "reason": "Mistake"})
    assert not SkillLevel.objects.exists()
    page = page_in(client.get(f"{CHANGES}?deleted=on"))
    assert page.texts(".//article/section/h3")[0] == "Knives (KNIF) deleted · Edition 9"
    assert history_of(client, skill).texts(".//article/h2")[0].startswith("Ben")
    confirm(client, undo_links(page)[0])
    assert Skill.objects.get().defined_numbers == [5, 6]


def test_a_deleted_level_comes_back(skill, ada):
    client = signed_in(ada)
    address = f"/admin/skills/skill/{skill.pk}/change/"
    client.post(address, opened(client, address) | {"level_5_description": "", "levels_to_take_away": "5"})
    confirm(client, undo_links(history_of(client, skill))[0])
    assert SkillLevel.objects.get(number=5).description == "KNIF at 5."


def test_what_cannot_be_undone_says_why_and_changes_nothing(skill, ben):
    client = signed_in(ben)
    Skill.objects.update(code="NEWC")
    undo = undo_links(history_of(client, skill))[0]
    make_skill(edition=skill.edition, code="KNIF")
    answer = page_in(confirm(client, undo))
    assert "would break a rule" in answer.text(".//p[@role='alert']")
    assert Skill.objects.get(pk=skill.pk).code == "NEWC"


@pytest.mark.parametrize(
    "address",
    ["skill/999/undo/", "revision/1/undo/", "historicalskill/1/undo/", "user/1/undo/", "nothing/1/undo/", "9999999/"],
)
def test_an_address_of_nothing_to_undo_is_not_found(skill, ben, address):
    client = signed_in(ben)
    assert client.get(f"{CHANGES}{address}").status_code == 404
    assert client.post(f"{CHANGES}{address}").status_code in (404, 200) if address == "9999999/" else 404


@pytest.mark.parametrize("number", ["999", "x", "0", "9" * 30])
def test_the_history_of_what_never_was_is_not_found(skill, ada, number):
    assert signed_in(ada).get(f"/admin/skills/skill/{number}/history/").status_code == 404


def test_the_latest_changes_are_filtered_by_person_and_time(skill, ada, ben):
    client = signed_in(ada)
    for number, user in enumerate((ada, ben)):
        with revision(by=user) as made:
            Skill.objects.update(name=f"Name {number}")
        Revision.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=10 * number))
    day = (timezone.now() - timedelta(days=5)).date().isoformat()

    def who(query):
        return [heading.split()[0] for heading in page_in(client.get(f"{CHANGES}?{query}")).texts(".//article/h2")]

    assert who("") == ["Ben", "Ada", "A"]
    assert who("by=Ada") == ["Ada"]
    assert who("by=A+program") == ["A"]
    assert who(f"last={day}") == ["Ben"]
    assert who(f"first={day}&by=Ben") == []
    assert who(f"first={day}&last={day}") == []


@pytest.mark.parametrize(
    "query", ["by=nobody", "first=yesterday", "last=99999999999", "p=x", "p=999", "by=%00", "first=%00"]
)
def test_an_answer_that_is_not_understood_is_passed_over(skill, ada, query):
    page = page_in(signed_in(ada).get(f"{CHANGES}?{query}"))
    assert page.all(".//article")


def test_a_revision_of_many_is_summed_up_and_shown_whole_on_its_own_page(skill, ada):
    client = signed_in(ada)
    with revision(reason="Import") as made:
        for number in range(30):
            make_skill(edition=skill.edition, code=code_for(number), defined_at=(1,))
    page = page_in(client.get(CHANGES))
    assert "30 skills and 30 skill levels added." in page.texts(".//article/p")[1]
    whole = page_in(client.get(f"{CHANGES}{made.pk}/"))
    assert len(whole.all(".//article/section")) == 25
    assert "?p=2" in list(whole.links())


def test_a_long_history_has_pages_that_keep_the_filter(skill, ada):
    with revision(by=ada):
        skill.save()
    for number in range(30):
        with revision(by=ada):
            Skill.objects.update(name=f"Name {number}")
    page = page_in(signed_in(ada).get(f"{CHANGES}?by=Ada"))
    assert len(page.all(".//article")) == 25
    assert "?by=Ada&p=2" in list(page.links())


def test_what_came_into_the_database_without_django_is_told_apart(skill, ada):
    record_what_is_unrecorded(reason="Found in the database")
    Skill.objects.filter(pk=skill.pk).update(name="Blades")
    assert "Found in the database" not in words(history_of(signed_in(ada), skill))
    assert words_of(history_of(signed_in(ada), skill).all(".//article/h2")[0]).startswith("A program")


def test_an_editor_does_not_undo_what_only_publishers_may_change(skill, ada):
    client = signed_in(ada)
    Skill.objects.update(code="NEWC")
    record = Skill.history.first()
    assert undo_links(history_of(client, skill)) == []
    assert (
        client.post(f"{CHANGES}skill/{record.history_id}/undo/", {"based_on": skill.revision_mark()}).status_code == 403
    )
    assert Skill.objects.get().code == "NEWC"


def test_what_one_may_not_undo_is_not_offered(skill, ada, ben):
    skill.delete()
    own = f"{CHANGES}skill/{Skill.history.first().history_id}/undo/"
    assert own not in undo_links(page_in(signed_in(ada).get(CHANGES)))
    assert own in undo_links(page_in(signed_in(ben).get(CHANGES)))


def test_an_addition_that_may_hold_more_by_now_is_deleted_by_the_page_that_lists_it(skill, ben):
    with revision(by=ben):
        added = make_skill(edition=skill.edition, code="NEWS", defined_at=(1,))
    links = list(history_of(signed_in(ben), added).links(".//article//a"))
    assert f"/admin/skills/skill/{added.pk}/delete/" in links


def test_undoing_an_added_level_shows_the_words_that_go_now(skill, ada):
    client = signed_in(ada)
    with revision(by=ada):
        make_skill_level(skill=skill, number=7, description="First.")
    SkillLevel.objects.filter(number=7).update(description="Written since.")
    added = next(change for change in undo_links(history_of(client, skill))[::-1])
    shown = page_in(client.get(added))
    assert "Written since." in shown.texts(".//dl[@class='recorded-change']//del")


def test_what_is_as_it_was_already_is_not_undone_again(skill, ada):
    client = signed_in(ada)
    with revision(by=ada):
        SkillLevel.objects.filter(number=5).update(description="Ours.")
    undo = undo_links(history_of(client, skill))[0]
    confirm(client, undo)
    revisions = Revision.objects.count()
    page = page_in(client.get(undo))
    assert "it is as it was before already" in page.text(".//main")
    client.post(undo, {"based_on": skill.revision_mark()})
    assert Revision.objects.count() == revisions


def test_the_outcome_names_what_a_key_points_at(skill, ben):
    with revision(by=ben):
        Skill.objects.update(subcategory=make_subcategory(edition=skill.edition, name="Elsewhere"))
    Skill.objects.update(subcategory=make_subcategory(edition=skill.edition, name="Somewhere"))
    client = signed_in(ben)
    page = page_in(client.get(undo_links(history_of(client, skill))[1]))
    outcome = page.one(".//dl[@class='recorded-change']")
    assert words_of(outcome) == "Subcategory Somewhere Subcategory"


def test_a_save_while_the_outcome_is_being_shown_is_not_undone_unseen(skill, ada, monkeypatch):
    client = signed_in(ada)
    with revision(by=ada):
        SkillLevel.objects.filter(number=5).update(description="Ours.")
    undo = undo_links(history_of(client, skill))[0]
    mark_of = SkillLevel.revision_mark

    def mark_and_be_overtaken(level):
        mark = mark_of(level)
        SkillLevel.objects.filter(number=5).update(description="What Ben wrote.")
        return mark

    with monkeypatch.context() as patch:
        patch.setattr(SkillLevel, "revision_mark", mark_and_be_overtaken)
        shown = page_in(client.get(undo))
    client.post(undo, sent_by_undo(shown))
    assert SkillLevel.objects.get(number=5).description == "What Ben wrote."


def test_a_reason_for_undoing_is_kept_behind_what_was_undone(skill, ada):
    client = signed_in(ada)
    with revision(by=ada):
        SkillLevel.objects.filter(number=5).update(description="Ours.")
    undo = undo_links(history_of(client, skill))[0]
    client.post(undo, {**sent_by_undo(page_in(client.get(undo))), "reason": "Too short"})
    assert Revision.objects.first().reason.endswith(": Too short")

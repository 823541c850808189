"""The review list: what both the publisher and somebody here changed, one decision each."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skills.models import Conflict, Revision, Skill, SkillLevel
from skills.models.revision import one_revision, revision
from tests.factories import (
    code_for,
    make_attribute,
    make_conflict,
    make_edition,
    make_skill,
    make_skill_level,
    make_subcategory,
)
from tests.pages import words_of

from .steps import make_user, page_in, signed_in

pytestmark = pytest.mark.django_db

LIST = "/admin/skills/review/"
COMPARED = ("The publisher now", "Ours")


def ask(owner, part="name", *, last="Before", theirs="Theirs", ours="Ours"):
    """A question about a text of an object itself."""
    setattr(owner, f"published_{part}", last)
    setattr(owner, part, ours)
    owner.save()
    return make_conflict(about=owner, part=part, newly_imported=theirs)


def ask_about_level(owner, number=5, *, last="Before.", theirs="Theirs.", ours="Ours."):
    owner.skill_levels.filter(number=number).delete()
    if ours:
        make_skill_level(skill=owner, number=number, description=ours, published_description=last)
    elif last:
        owner.levels_taken_away.create(number=number, published_description=last)
    return make_conflict(about=owner, part="description", number=number, newly_imported=theirs)


def ask_about_place(skill):
    """Moved here and by the publisher."""
    skill.published_subcategory = make_subcategory(edition=skill.edition, name="Larder")
    skill.save()
    make_subcategory(edition=skill.edition, name="Kitchen")
    return make_conflict(about=skill, part="subcategory", newly_imported="category/kitchen")


def address_of(owner) -> str:
    return f"{LIST}{owner._meta.model_name}/{owner.pk}/"


def shown(client, owner):
    response = client.get(address_of(owner))
    assert response.status_code == 200
    return page_in(response)


def sent(conflict, decision, **fields):
    """What the form of a question sends as the page shows it now."""
    return {"conflict": conflict.pk, "based_on": conflict.mark, "decision": decision, **fields}


def decide(client, conflict, decision, **fields):
    return client.post(address_of(conflict.owner), sent(conflict, decision, **fields))


def alerts(response) -> list[str]:
    return page_in(response).texts(".//main//*[@role='alert']")


def buttons(page) -> list[str]:
    return page.texts(".//main//button[@name='decision']")


def column(page, number, *, question=0):
    """What stands in a column under its heading."""
    section = page.all(".//section")[question]
    return section.findall(".//div[@class='review-column']")[number][1]


# The list


def test_an_empty_list_says_so_and_offers_nothing(skill, ada):
    page = page_in(ada.get(LIST))
    assert "Nothing waits." in page.text(".//main")
    assert page.all(".//main//progress") == []
    assert [link for link in page.links() if link.startswith(LIST)] == []


def test_what_waits_is_listed_by_edition_skill_by_skill_then_attributes_and_levels(skill, ben):
    eight = make_edition(slug="8", is_current=False)
    ask(make_skill(edition=eight, code="AAAA"))
    ask(skill.edition.levels.get(number=3), "essence")
    ask(make_attribute(edition=skill.edition))
    ask(make_skill(edition=skill.edition, code="ABCD"))
    ask_about_level(skill, 6)
    ask(skill)
    page = page_in(ben.get(LIST))
    assert page.texts(".//main//h2") == ["Edition 9", "Edition 8"]
    assert page.texts(".//main//li/a") == [
        *("Ours (ABCD)", "Ours (KNIF)", "Ours (AUTO)", "Level 3 · Phrase 3"),
        "Ours (AAAA)",
    ]
    assert page.texts(".//main//li/span")[1] == "2 texts: name, description at level 6"


def test_progress_is_kept_in_words_and_as_a_bar(skill, ada):
    first = ask(skill)
    ask_about_level(skill, 6)
    ask(make_edition(slug="8", is_current=False).levels.first(), "essence")
    page = page_in(ada.get(LIST))
    assert page.text(".//main//p/b") == "0 of 3 decided"
    start = page.one(".//main//a[@class='button default']")
    assert (words_of(start), start.attrib["href"]) == ("Start", f"{address_of(skill)}#content-start")
    decide(ada, first, "ours")
    page = page_in(ada.get(LIST))
    assert page.text(".//main//p/b") == "1 of 3 decided"
    assert page.one(".//main//progress").attrib["value"] == "1"
    go_on = page.one(".//main//a[@class='button default']")
    assert (words_of(go_on), go_on.attrib["href"]) == ("Go on", f"{address_of(skill)}#content-start")


def test_an_import_of_which_nothing_is_open_any_more_does_not_count(skill, ada):
    ask(skill).found_by.edition.imports.create(conflict_count=40)
    assert page_in(ada.get(LIST)).text(".//main//p/b") == "0 of 1 decided"


def test_every_page_leads_to_the_list_while_something_waits_for_whoever_looks(skill, ada, ben):
    assert LIST not in list(page_in(ada.get("/admin/")).links())
    ask(make_attribute(edition=skill.edition))
    assert LIST not in list(page_in(ada.get("/admin/")).links())
    ask(skill)
    assert "Review (1)" in page_in(ada.get("/admin/")).text(".//header")
    assert "Review (2)" in page_in(ben.get("/admin/")).text(".//header")


# One skill, attribute or level


def test_three_texts_stand_side_by_side_with_the_differing_words_marked(skill, ada):
    ask_about_level(
        skill, last="Cuts bread. Uses a knife.", theirs="Cuts bread. Uses a saw.", ours="Cuts cake. Uses a knife."
    )
    page = shown(ada, skill)
    assert page.texts(".//section//h3") == ["Last imported", "The publisher now", "Ours"]
    assert words_of(column(page, 0)) == "Cuts bread. Uses a knife."
    theirs, ours = column(page, 1), column(page, 2)
    assert [(mark.tag, words_of(mark)) for mark in theirs] == [("del", "knife"), ("ins", "saw")]
    assert [(mark.tag, words_of(mark)) for mark in ours] == [("del", "bread"), ("ins", "cake")]


def test_a_text_that_differs_wholly_is_marked_wholly_and_said_to_be_new(skill, ada):
    ask(skill)
    page = shown(ada, skill)
    assert page.texts(".//section//h3") == ["Last imported", *(f"{of} all of it is new" for of in COMPARED)]
    for number, text in ((1, "Theirs"), (2, "Ours")):
        assert [(mark.tag, words_of(mark)) for mark in column(page, number)] == [("ins", text)]


def test_a_place_in_another_category_is_marked_wholly_and_said_to_be_new(skill, ben):
    ask_about_place(skill)
    make_subcategory(edition=skill.edition, category="House", name="Cellar")
    Conflict.objects.update(newly_imported="house/cellar")
    page = shown(ben, skill)
    assert [(mark.tag, words_of(mark)) for mark in column(page, 1)] == [("ins", "House › Cellar")]
    assert page.texts(".//section//h3")[1] == "The publisher now all of it is new"


def test_where_nothing_was_imported_before_all_of_ours_may_be_new_beside_the_publishers(skill, ada):
    ask_about_level(skill, 3, last="")
    assert shown(ada, skill).texts(".//section//h3")[2] == "Ours compared with the publisher now, all of it is new"


@pytest.mark.parametrize(
    ("three", "number", "word"),
    [(("Before.", "Theirs.", ""), 2, "Not defined"), (("Before.", "", "Ours."), 1, "Not defined")],
)
def test_a_level_that_is_not_defined_says_so(skill, ada, three, number, word):
    last, theirs, ours = three
    ask_about_level(skill, last=last, theirs=theirs, ours=ours)
    assert words_of(column(shown(ada, skill), number)) == word


def test_a_text_that_is_empty_says_so(skill, ada):
    ask(skill, "guidance_notes", theirs="")
    assert words_of(column(shown(ada, skill), 1)) == "Empty"


def test_where_nothing_was_imported_before_ours_is_compared_with_the_publishers(skill, ada):
    ask_about_level(skill, 3, last="", theirs="Cuts bread.", ours="Cuts cake.")
    page = shown(ada, skill)
    assert words_of(column(page, 0)) == "Not defined"
    assert [len(column(page, number)) for number in (1, 2)] == [0, 2]
    assert page.texts(".//section//h3")[2] == "Ours compared with the publisher now"


def test_a_place_is_shown_in_words_and_has_no_third_text(skill, ben):
    ask_about_place(skill)
    page = shown(ben, skill)
    assert words_of(column(page, 0)) == "Category › Larder"
    assert words_of(column(page, 1)[1]) == "Kitchen"
    assert page.all(".//main//details") == []
    assert f"/admin/skills/skill/{skill.pk}/change/" in list(page.links(".//section//a"))


def test_the_buttons_of_different_questions_are_told_apart_and_nothing_is_chosen(skill, ada):
    ask(skill)
    ask_about_level(skill)
    page = shown(ada, skill)
    assert buttons(page) == [
        f"{words}: {label}"
        for label in ("Name", "Description at level 5")
        for words in ("Take the publisher’s text", "Keep ours", "Save this text")
    ]
    assert [
        element for element in page.root.iter() if {"checked", "selected", "autofocus"} & element.attrib.keys()
    ] == []
    assert all("open" not in details.attrib for details in page.all(".//main//details"))


def test_headings_and_identifiers_are_in_order(skill, ada):
    ask(skill)
    ask_about_level(skill)
    page = shown(ada, skill)
    ranks = [element.tag for element in page.one(".//main").iter() if element.tag in ("h1", "h2", "h3")]
    assert ranks == ["h1", *["h2", "h3", "h3", "h3"] * 2]
    identifiers = [element.attrib["id"] for element in page.root.iter() if "id" in element.attrib]
    assert len(identifiers) == len(set(identifiers))
    labelled = [
        element.attrib["aria-labelledby"] for element in page.root.iter() if "aria-labelledby" in element.attrib
    ]
    assert set(labelled) <= set(identifiers)
    assert {label.attrib["for"] for label in page.all(".//main//label")} <= set(identifiers)


def test_one_goes_from_one_to_the_next_and_to_the_form_and_the_site(skill, ben):
    before, after = make_skill(edition=skill.edition, code="AAAA"), make_attribute(edition=skill.edition)
    for owner in (before, skill, after):
        ask(owner)
    page = shown(ben, skill)
    assert list(page.links(".//main//nav//a")) == [address_of(before), LIST, address_of(after)]
    assert list(page.links(".//main//p/a")) == [f"/admin/skills/skill/{skill.pk}/change/", "/skills/KNIF/"]
    assert list(shown(ben, after).links(".//main//nav//a")) == [address_of(skill), LIST]


def test_where_all_is_decided_the_page_says_so(skill, ada):
    page = shown(ada, skill)
    assert "Nothing waits for you here: all is decided." in page.text(".//main")
    assert buttons(page) == []


# Deciding


TEXTS = {"theirs": "Theirs", "ours": "Ours", "other": "A third"}


@pytest.mark.parametrize("part", ["name", "overall_description", "guidance_notes"])
@pytest.mark.parametrize("decision", TEXTS)
def test_a_text_of_a_skill_is_decided(skill, ada, part, decision):
    assert decide(ada, ask(skill, part), decision, text="A third").status_code == 302
    skill.refresh_from_db()
    assert (getattr(skill, part), getattr(skill, f"published_{part}")) == (TEXTS[decision], "Theirs")
    assert not Conflict.objects.exists()


@pytest.mark.parametrize("decision", TEXTS)
def test_the_description_at_a_level_is_decided(skill, ada, decision):
    decide(ada, ask_about_level(skill, last="Before", theirs="Theirs", ours="Ours"), decision, text="A third")
    level = SkillLevel.objects.get(number=5)
    assert (level.description, level.published_description) == (TEXTS[decision], "Theirs")


@pytest.mark.parametrize(
    ("three", "decision", "then"),
    [
        (("Before.", "Theirs.", ""), "theirs", "Theirs."),
        (("Before.", "Theirs.", ""), "ours", None),
        (("Before.", "Theirs.", ""), "other", "A third."),
        (("Before.", "", "Ours."), "theirs", None),
        (("Before.", "", "Ours."), "ours", "Ours."),
        (("Before.", "", "Ours."), "other", "A third."),
        (("", "Theirs.", "Ours."), "theirs", "Theirs."),
        (("", "Theirs.", "Ours."), "ours", "Ours."),
        (("", "Theirs.", "Ours."), "other", "A third."),
    ],
)
def test_a_level_that_somebody_added_or_took_away_is_decided(skill, ada, three, decision, then):
    last, theirs, ours = three
    decide(ada, ask_about_level(skill, last=last, theirs=theirs, ours=ours), decision, text="A third.")
    level = SkillLevel.objects.filter(number=5).first()
    assert (level.description if level else None) == then
    assert not Conflict.objects.exists()


@pytest.mark.parametrize(("decision", "slug"), [("theirs", "kitchen"), ("ours", "subcategory")])
def test_a_place_is_decided(skill, ben, decision, slug):
    decide(ben, ask_about_place(skill), decision)
    skill.refresh_from_db()
    assert (skill.subcategory.slug, skill.published_subcategory.slug) == (slug, "kitchen")


def test_attributes_and_levels_of_responsibility_are_decided(skill, ben):
    attribute, level = make_attribute(edition=skill.edition), skill.edition.levels.get(number=3)
    decide(ben, make_conflict(about=attribute, part="description", number=2), "theirs")
    decide(ben, ask(level, "essence"), "other", text="A third.")
    level.refresh_from_db()
    decide(ben, ask(level, "guiding_phrase"), "theirs")
    level.refresh_from_db()
    assert attribute.attribute_levels.get(number=2).description == "Theirs."
    assert (level.essence, level.guiding_phrase) == ("A third.", "Theirs")


def test_the_publishers_text_takes_the_marker_of_the_text_before_away(skill, ada):
    skill.guidance_notes_change = "modified"
    decide(ada, ask(skill, "guidance_notes"), "theirs")
    assert Skill.objects.get().guidance_notes_change == ""


def test_the_history_says_who_decided_what_and_why(skill, ada):
    decide(ada, ask_about_level(skill), "theirs")
    made = Revision.objects.first()
    assert (made.who, made.reason) == (
        "Ada",
        "Reviewed an import: took the publisher’s text (KNIF, description at level 5)",
    )
    page = page_in(ada.get(f"/admin/skills/skill/{skill.pk}/history/"))
    assert page.texts(".//article//ins")[0] == "Theirs."
    assert any(address.endswith("/undo/") for address in page.links(".//main//a"))


def test_keeping_ours_leaves_a_record_too(skill, ada):
    decide(ada, ask_about_level(skill, ours=""), "ours")
    assert Revision.objects.first().reason == "Reviewed an import: kept ours (KNIF, description at level 5)"


def test_after_a_decision_one_is_led_to_the_next_question_and_told_what_is_left(skill, ada):
    other = make_skill(edition=skill.edition, code="AAAA")
    name, level, elsewhere = ask(skill), ask_about_level(skill), ask(other)
    answer = decide(ada, name, "ours")
    assert answer.url == f"{address_of(skill)}#conflict-{level.pk}"
    assert "Kept ours: KNIF, name. 2 left." in page_in(ada.get(answer.url)).text(".//ul[@class='messagelist']")
    answer = decide(ada, level, "theirs")
    assert answer.url == f"{address_of(other)}#content-start"
    assert "Took the publisher’s text: KNIF, description at level 5. 1 left." in ada.get(answer.url).content.decode()
    answer = decide(ada, elsewhere, "other", text="A third")
    assert answer.url == f"{LIST}#content-start"
    assert "Saved another text: AAAA, name. Nothing is left." in ada.get(LIST).content.decode()


def test_the_last_question_of_a_page_leads_back_to_one_that_was_passed_over(skill, ada):
    first, last = ask(skill), ask_about_level(skill)
    assert decide(ada, last, "ours").url == f"{address_of(skill)}#conflict-{first.pk}"


# What is refused


@pytest.mark.parametrize(
    ("part", "text"), [("name", ""), ("name", " "), ("name", "x" * 101), ("overall_description", "")]
)
def test_a_text_that_breaks_a_rule_is_refused_beside_its_field_and_kept(skill, ada, part, text):
    conflict = ask(skill, part)
    answer = decide(ada, conflict, "other", text=text)
    assert answer.status_code == 400
    page = page_in(answer)
    assert len(page.all(".//main//details[@open]//ul[@class='errorlist']")) == 1
    field = page.one(f".//*[@id='conflict-{conflict.pk}-text']")
    assert field.attrib.get("value", field.text or "").strip("\n") == text
    assert field.attrib["aria-invalid"] == "true"
    assert Conflict.objects.get() == conflict


@pytest.mark.parametrize("text", ["x" * 10_001, "x" * 20_000, "a\0b", "", " \n "])
def test_a_description_that_breaks_a_rule_is_refused(skill, ada, text):
    conflict = ask_about_level(skill)
    answer = decide(ada, conflict, "other", text=text)
    assert answer.status_code == 400
    assert alerts(answer)
    assert SkillLevel.objects.get(number=5).description == "Ours."
    assert Conflict.objects.get() == conflict


@pytest.mark.parametrize(
    ("three", "way"),
    [
        (("Before.", "Theirs.", ""), "press “Keep ours”"),
        (("Before.", "", "Ours."), "press “Take the publisher’s text”"),
        (("Before.", "Theirs.", "Ours."), "empty its description in the form"),
    ],
)
def test_an_empty_description_is_refused_with_the_way_to_have_none(skill, ada, three, way):
    last, theirs, ours = three
    answer = decide(ada, ask_about_level(skill, last=last, theirs=theirs, ours=ours), "other", text="")
    assert way in alerts(answer)[0]


@pytest.mark.parametrize("decision", TEXTS)
def test_what_changed_since_it_was_shown_is_not_decided_unseen(skill, ada, decision):
    conflict = ask_about_level(skill)
    posted = sent(conflict, decision, text="What I wrote.")
    with revision(by=make_user("Publishers", name="eve")):
        SkillLevel.objects.filter(number=5).update(description="Somebody's.")
    answer = ada.post(address_of(skill), posted)
    assert answer.status_code == 409
    assert "Eve changed or decided this after you had opened it here. Nothing was written." in alerts(answer)[0]
    assert SkillLevel.objects.get(number=5).description == "Somebody's."
    assert Revision.objects.first().who == "Eve"
    page = page_in(answer)
    assert (page.one(".//textarea").text.strip() == "What I wrote.") is (decision == "other")
    assert page.all(".//input[@name='based_on']")[0].attrib["value"] == Conflict.objects.get().mark


def test_what_was_written_for_a_question_that_is_closed_is_kept_to_be_copied(skill, ada, ben):
    conflict = ask_about_level(skill)
    posted = sent(conflict, "other", text="What I wrote.")
    decide(ben, conflict, "theirs")
    answer = ada.post(address_of(skill), posted)
    assert answer.status_code == 409
    assert "Ben changed or decided this" in alerts(answer)[0]
    kept = page_in(answer).one(".//textarea[@readonly]")
    assert kept.text.strip() == "What I wrote."
    assert SkillLevel.objects.get(number=5).description == "Theirs."


def test_what_was_written_for_a_skill_that_is_deleted_is_kept_to_be_copied(skill, ada):
    conflict = ask_about_level(skill)
    posted, address = sent(conflict, "other", text="What I wrote."), address_of(skill)
    skill.delete()
    answer = ada.post(address, posted)
    assert answer.status_code == 409
    assert page_in(answer).one(".//textarea[@readonly]").text.strip() == "What I wrote."
    assert ada.get(address).status_code == 404


def test_a_second_click_decides_nothing_more(skill, ada):
    conflict = ask(skill)
    ask_about_level(skill)
    posted = sent(conflict, "theirs")
    assert ada.post(address_of(skill), posted).status_code == 302
    before = Revision.objects.count()
    again = ada.post(address_of(skill), posted)
    assert again.status_code == 409
    assert "You changed or decided this" in alerts(again)[0]
    assert (Revision.objects.count(), Conflict.objects.count()) == (before, 1)


def test_a_place_that_is_gone_is_refused_with_what_to_do(skill, ben):
    conflict = ask_about_place(skill)
    Conflict.objects.update(newly_imported="category/gone")
    conflict.refresh_from_db()
    answer = decide(ben, conflict, "theirs")
    assert answer.status_code == 400
    assert "This subcategory is gone. Keep ours" in alerts(answer)[0]
    assert "category/gone (gone)" in words_of(column(page_in(answer), 1))


@pytest.mark.parametrize("decision", ["", "both", "THEIRS", "\0", "x" * 20_000])
def test_a_decision_that_is_none_decides_nothing(skill, ada, decision):
    conflict = ask(skill)
    answer = decide(ada, conflict, decision)
    assert answer.status_code == 400
    assert "press one of the buttons" in alerts(answer)[0]
    assert Conflict.objects.get() == conflict


def test_a_third_text_for_a_place_decides_nothing(skill, ben):
    assert decide(ben, ask_about_place(skill), "other", text="category/larder").status_code == 400


@pytest.mark.parametrize("number", ["", "x", "0", "-1", "\0", "²", "9" * 30, "99999"])
def test_a_question_that_is_none_decides_nothing(skill, ada, number):
    conflict = ask(skill)
    answer = ada.post(address_of(skill), sent(conflict, "theirs") | {"conflict": number})
    assert answer.status_code == 409
    page_in(answer)
    assert Conflict.objects.get() == conflict


def test_a_question_is_decided_on_its_own_page_alone(skill, ada):
    conflict, other = ask(skill), make_skill(edition=skill.edition, code="AAAA")
    assert ada.post(address_of(other), sent(conflict, "theirs")).status_code == 409
    assert Conflict.objects.exists()


@pytest.mark.parametrize("based_on", [None, "", "\0", "x" * 64])
def test_a_form_that_does_not_say_what_it_was_shown_decides_nothing(skill, ada, based_on):
    posted = sent(ask(skill), "theirs") | {"based_on": based_on}
    posted = {name: value for name, value in posted.items() if value is not None}
    assert ada.post(address_of(skill), posted).status_code == 409
    assert Conflict.objects.exists()


@pytest.mark.parametrize(
    "page", ["skill/999/", f"skill/{'9' * 30}/", "edition/1/", "nothing/1/", "skill/x/", "skill/0/"]
)
def test_an_address_of_nothing_is_not_found(skill, ben, page):
    assert ben.get(f"{LIST}{page}").status_code == 404


# Who may


def test_editors_neither_see_nor_decide_what_only_publishers_may_change(skill, ada):
    attribute = make_attribute(edition=skill.edition)
    of_attribute, of_place, of_skill = ask(attribute), ask_about_place(skill), ask(skill)
    page = page_in(ada.get(LIST))
    assert page.texts(".//main//li/a") == ["Ours (KNIF)"]
    assert "2 more wait for a publisher" in page.text(".//main")
    assert ada.get(address_of(attribute)).status_code == 403
    assert len(buttons(shown(ada, skill))) == 3
    assert "A publisher decides it." in shown(ada, skill).text(".//main")
    for conflict in (of_attribute, of_place):
        assert decide(ada, conflict, "theirs").status_code == 403
    assert decide(ada, of_skill, "theirs").status_code == 302
    assert set(Conflict.objects.all()) == {of_attribute, of_place}
    assert "you have decided all that you may" in page_in(ada.get(LIST)).text(".//main")


def test_those_who_may_change_none_of_the_three_get_nothing(skill):
    reader = User.objects.create_user("rita", password="a long password", is_staff=True)
    reader.user_permissions.add(*Permission.objects.filter(codename__in=["view_skill", "view_revision"]))
    conflict, client = ask(skill), signed_in(reader)
    assert client.get(LIST).status_code == 403
    assert client.get(address_of(skill)).status_code == 403
    assert decide(client, conflict, "theirs").status_code == 403
    assert LIST not in client.get("/admin/").content.decode()
    assert client.get("/admin/skills/skill/?review=yes").status_code == 200
    assert list(client.get("/admin/skills/skill/?review=no").context["cl"].result_list) == [skill]
    assert Conflict.objects.exists()


# Elsewhere in the administration


def test_the_form_of_what_has_open_questions_says_so_and_leads_to_them(skill, ada, ben):
    attribute = make_attribute(edition=skill.edition)
    change = "/admin/skills/{}/{}/change/"
    pages = {owner: change.format(owner._meta.model_name, owner.pk) for owner in (skill, attribute)}
    assert page_in(ben.get(pages[skill])).all(".//p[@class='news']") == []
    ask(skill)
    ask_about_level(skill)
    ask(attribute)
    news = page_in(ada.get(pages[skill])).one(".//p[@class='news']")
    assert words_of(news) == "The publisher changed 2 texts that were changed here too. Review them"
    assert news.find("a").attrib["href"] == address_of(skill)
    assert "1 text that was changed here too. Review it" in page_in(ben.get(pages[attribute])).text(
        ".//p[@class='news']"
    )
    assert ben.get("/admin/skills/skill/add/").status_code == 200
    assert ben.get(change.format("edition", skill.edition_id)).status_code == 200


def test_skills_are_filtered_by_what_waits(skill, ada):
    ask(skill)
    make_skill(edition=skill.edition, code="AAAA")
    found = {
        answer: [one.code for one in ada.get(f"/admin/skills/skill/?review={answer}").context["cl"].result_list]
        for answer in ("yes", "no", "perhaps")
    }
    assert found == {"yes": ["KNIF"], "no": ["AAAA"], "perhaps": ["AAAA", "KNIF"]}


# Undoing what was decided


UNDO_SENTENCE = "The question stays decided: the text that comes back stands as ours, against the publisher’s."


def sentences_of_undoing(client, skill) -> list[str]:
    """What the page says that asks whether the last change is to be undone."""
    history = page_in(client.get(f"/admin/skills/skill/{skill.pk}/history/"))
    undo = next(address for address in history.links(".//main//a") if address.endswith("/undo/"))
    return page_in(client.get(undo)).texts(".//main//p")


def test_undoing_a_decision_says_that_the_question_stays_decided(skill, ada):
    conflict = ask(skill)
    decide(ada, conflict, "theirs")
    assert UNDO_SENTENCE in sentences_of_undoing(ada, skill)


def test_undoing_an_edit_says_nothing_of_questions(skill, ada):
    with revision(reason="Reviewed"):
        Skill.objects.update(name="Blades")
    assert UNDO_SENTENCE not in sentences_of_undoing(ada, skill)


# How often the database is asked


def queries(client, address) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_more_questions_raise_no_number_of_queries(skill, ben):
    ask(skill)
    ask_about_level(skill, 5)
    ask_about_place(skill)
    pages = (LIST, address_of(skill), f"/admin/skills/skill/{skill.pk}/change/", "/admin/skills/skill/?review=yes")
    before = [queries(ben, page) for page in pages]
    for part in ("overall_description", "guidance_notes"):
        ask(skill, part)
    for number in (1, 2, 3, 4, 6):
        ask_about_level(skill, number, ours="" if number == 2 else "Ours.")
    with one_revision():
        for number in range(20):
            eight = make_edition(slug=f"8-{number}", is_current=False)
            ask(make_skill(edition=eight, code=code_for(number)))
            ask(eight.levels.first(), "essence")
            ask(make_attribute(edition=eight))
    assert [queries(ben, page) for page in pages] == before
    assert before[:2] == [8, 14]

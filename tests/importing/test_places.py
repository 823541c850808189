"""What becomes of categories and subcategories, told by the publisher's names and by ours."""

import pytest

from skills import document
from skills.importing.places import emptied, plan_places
from skills.models import Category, Subcategory
from skills.models.recorded_change import change_of
from skills.models.revision import revision
from skills.models.undoing import undo
from tests.factories import make_edition, make_subcategory

pytestmark = pytest.mark.django_db

KITCHEN, PATH = "Food › Kitchen", ("food", "kitchen")


@pytest.fixture
def edition():
    return make_edition()


@pytest.fixture
def kitchen(edition):
    return published_place(edition)


def published_place(edition, name="Kitchen", category="Food", *, position=1):
    """A subcategory as an import leaves it."""
    place = make_subcategory(edition=edition, category=category, name=name)
    for found, at in ((place.category, 1), (place, position)):
        found.published_name, found.position = found.name, at
        found.save()
    return place


def said(*names, slug="food", name="Food", position=1):
    """A category of the publisher's with these subcategories."""
    inside = (document.Subcategory(document.slug_of(name), name, place) for place, name in enumerate(names, 1))
    return document.Category(slug, name, position, tuple(inside))


def edit(found, **fields):
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()


def emptied_names(edition, *categories, used=()):
    return [gone.name for gone in emptied(edition, plan_places(edition, categories), {place.pk for place in used})]


def test_all_places_of_an_edition_that_is_not_there_are_new():
    places = plan_places(None, (said("Kitchen", "Larder"),))
    assert places.new == ("Food", KITCHEN, "Food › Larder")
    assert places.stored == {}
    assert places.names[PATH] == KITCHEN


def test_what_the_files_do_not_speak_of_stays(edition, kitchen):
    places = plan_places(edition, None)
    assert not places.writes
    assert places.names_by_key == {kitchen.pk: KITCHEN}


def test_places_that_are_there_are_known_by_their_keys(edition, kitchen):
    places = plan_places(edition, (said("Kitchen"),))
    assert places.stored == {PATH: kitchen.pk}
    assert places.stored_categories == {"food": kitchen.category_id}
    assert places.keys_by_slugs == {"food/kitchen": kitchen.pk}
    assert not places.writes


def test_a_new_subcategory_in_a_category_that_is_there_is_named_with_it(edition, kitchen):
    assert plan_places(edition, (said("Kitchen", "Larder"),)).new == ("Food › Larder",)


def test_a_category_that_was_renamed_here_is_the_same_and_keeps_our_name(edition, kitchen):
    edit(kitchen.category, name="Ours", slug="ours")
    places = plan_places(edition, (said("Kitchen", "Larder"),))
    assert places.stored == {PATH: kitchen.pk}
    assert places.new == ("Ours › Larder",)
    assert (places.renamed, places.kept_names) == ((), ())


def test_a_name_that_the_publisher_changed_is_taken(edition, kitchen):
    [renamed] = plan_places(edition, (said("Kitchen", name="Foods"),)).renamed
    assert (renamed.model, renamed.pk) == (Category, kitchen.category_id)
    assert (renamed.name, renamed.published_name, renamed.is_ours) == ("Foods", "Foods", False)


def test_a_name_that_both_changed_stays_ours_and_is_said(edition, kitchen):
    edit(kitchen.category, name="Ours")
    places = plan_places(edition, (said("Kitchen", name="Foods"),))
    assert [(renamed.name, renamed.published_name) for renamed in places.renamed] == [("Ours", "Foods")]
    assert places.kept_names == ("Ours (the publisher calls it Foods now)",)


def test_another_place_in_the_order_is_taken(edition, kitchen):
    [renamed] = plan_places(edition, (said("Kitchen", position=4),)).renamed
    assert (renamed.name, renamed.position) == ("Food", 4)


def test_a_slug_that_somebody_here_gave_to_another_category_does_not_make_it_that_one(edition, kitchen):
    edit(kitchen.category, slug="drinks")
    places = plan_places(edition, (said("Bar", slug="drinks", name="Drinks"), said("Kitchen")))
    assert places.stored_categories == {"food": kitchen.category_id}
    assert places.new == ("Drinks", "Drinks › Bar")


def test_a_subcategory_that_was_moved_here_is_still_the_one_of_its_first_category(edition, kitchen):
    bar = published_place(edition, "Bar", "Drinks")
    edit(kitchen, category=bar.category)
    places = plan_places(edition, (said("Kitchen"), said("Bar", slug="drinks", name="Drinks")))
    assert places.stored[PATH] == kitchen.pk
    assert places.new == ()


def test_what_the_publisher_has_no_more_goes_once_nothing_stands_there(edition, kitchen):
    assert emptied_names(edition, said("Larder", slug="store", name="Store")) == [KITCHEN, "Food"]


def test_a_place_in_which_a_skill_stands_stays_and_its_category_too(edition, kitchen):
    published_place(edition, "Larder", position=2)
    assert emptied_names(edition, used=[kitchen]) == ["Food › Larder"]


def test_a_place_that_the_publisher_has_stays_though_it_is_empty(edition, kitchen):
    assert emptied_names(edition, said("Kitchen")) == []


@pytest.mark.parametrize("fields", [{"name": "Ours"}, {"published_name": ""}])
def test_a_place_that_was_renamed_or_added_here_stays(edition, kitchen, fields):
    edit(kitchen, **fields)
    assert emptied_names(edition) == []


def test_a_category_that_was_renamed_here_stays_without_what_was_in_it(edition, kitchen):
    edit(kitchen.category, name="Ours")
    assert emptied_names(edition) == ["Ours › Kitchen"]


def test_a_place_that_somebody_brought_back_stays(edition, kitchen):
    kitchen.delete()
    with revision(reason="Undone"):
        undo(change_of(Subcategory, Subcategory.history.latest("history_id").history_id))
    assert emptied_names(edition) == []

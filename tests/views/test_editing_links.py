"""Who may change what a page shows finds the way to its form there; readers see nothing of it."""

import pytest

from tests.admin.steps import make_user
from tests.factories import make_attribute, make_edition, make_skill, one_revision_each

pytestmark = pytest.mark.django_db


@pytest.fixture
@one_revision_each
def forms():
    """Each page with the form that its content is edited in."""
    edition = make_edition()
    skill = make_skill(edition=edition, code="KNIF", defined_at=(5,))
    attribute = make_attribute(edition=edition, code="AUTO")
    level = edition.levels.get(number=5)
    return {
        "/skills/KNIF/": f"/admin/skills/skill/{skill.pk}/change/",
        "/skills/KNIF/5/": f"/admin/skills/skill/{skill.pk}/change/#id_level_5_description",
        "/skills/KNIF/2/": f"/admin/skills/skill/{skill.pk}/change/#id_level_2_description",
        "/attributes/AUTO/": f"/admin/skills/attribute/{attribute.pk}/change/",
        "/levels/5/": f"/admin/skills/level/{level.pk}/change/",
    }


def edit_links(page):
    return [address for address in page.links() if address.startswith("/admin/")]


def test_readers_see_no_way_to_edit(get, forms):
    for page in forms:
        assert edit_links(get(page)) == []


def test_publishers_find_the_form_of_each_page(get, client, forms):
    client.force_login(make_user("Publishers"))
    for page, form in forms.items():
        assert edit_links(get(page)) == [form]


def test_editors_find_the_forms_that_are_theirs(get, client, forms):
    client.force_login(make_user("Editors"))
    assert edit_links(get("/skills/KNIF/")) == [forms["/skills/KNIF/"]]
    assert edit_links(get("/attributes/AUTO/")) == []


def test_a_level_that_the_edition_does_not_describe_has_no_form(get, client, forms):
    client.force_login(make_user("Publishers"))
    make_edition(slug="8", is_current=False).levels.all().delete()
    assert edit_links(get("/8/levels/5/")) == []

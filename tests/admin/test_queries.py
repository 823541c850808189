"""No page of the administration asks the database more often because there is more to show."""

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from skills.models import ExplanatorySection, Notice, Revision, Skill
from skills.models.recorded import recorded_models
from skills.models.revision import revision
from tests.factories import code_for, make_attribute, make_edition, make_skill, make_skill_level, make_subcategory

from .steps import make_user, signed_in

pytestmark = pytest.mark.django_db

FEW, MORE = 3, 20


@pytest.fixture
def ben():
    return make_user("Publishers", name="ben")


@pytest.fixture
def edition(ben):
    edition = make_edition()
    make_skill(edition=edition, code="KNIF", defined_at=(5, 6))
    add(ben, edition, range(FEW))
    return edition


def add(user, edition, numbers):
    """For each number something more of everything, and a revision of several changes."""
    skill = Skill.objects.get(code="KNIF")
    for number in numbers:
        make_edition(slug=f"1-{number}", is_current=False)
        make_attribute(edition=edition, code=code_for(number))
        Notice.objects.create(edition=edition, position=number, notice="A notice.")
        ExplanatorySection.objects.create(edition=edition, position=number, heading="Heading", explanation="So.")
        subcategory = make_subcategory(edition=edition, category=f"Category{number}")
        with revision(by=user):
            make_skill(edition=edition, code=code_for(500 + number), subcategory=subcategory, defined_at=(1, 2))
            skill.name = f"Name {number}"
            skill.save()
            skill.skill_levels.update(description=f"Text {number}")


def queries(client, address) -> int:
    # What Django looks up once in a process, such as the kinds of content, is not counted.
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def addresses() -> dict[str, str]:
    lists = [model._meta.model_name for model in recorded_models() if model in admin.site._registry]
    skill = Skill.objects.get(code="KNIF")
    # The first is the one that made the skill: it gets no more to show.
    made = Revision.objects.filter(pk__in=Skill.history.filter(code="KNIF").values("revision"))[0]
    return {
        **{f"list of {name}": reverse(f"admin:skills_{name}_changelist") for name in lists},
        "latest changes": reverse("admin:changes"),
        "what was deleted": f"{reverse('admin:changes')}?deleted=on",
        "history of a skill": reverse("admin:skills_skill_history", args=[skill.pk]),
        "one revision": reverse("admin:revision", args=[made.pk]),
        "form of a skill": reverse("admin:skills_skill_change", args=[skill.pk]),
        "form that adds a skill": reverse("admin:skills_skill_add"),
        "form of an attribute": reverse("admin:skills_attribute_change", args=[skill.edition.attributes.first().pk]),
    }


def test_twenty_more_of_everything_raise_no_number_of_queries(edition, ben):
    client = signed_in(ben)
    before = {name: queries(client, address) for name, address in addresses().items()}
    add(ben, edition, range(FEW, FEW + MORE))
    after = {name: queries(client, address) for name, address in addresses().items()}
    assert after == before


def test_more_levels_raise_no_number_of_queries(edition, ben):
    client = signed_in(ben)
    skill = Skill.objects.get(code="KNIF")
    pages = [reverse(f"admin:skills_skill_{page}", args=[skill.pk]) for page in ("change", "history", "delete")]
    before = [queries(client, page) for page in pages]
    for number in (1, 2, 3, 4, 7):
        make_skill_level(skill=skill, number=number)
    assert [queries(client, page) for page in pages] == before


def test_the_form_of_a_skill_and_the_list_take_so_many_queries(edition, ben):
    client = signed_in(ben)
    found = {name: queries(client, address) for name, address in addresses().items()}
    assert (found["form of a skill"], found["list of skill"], found["latest changes"]) == (15, 11, 39)

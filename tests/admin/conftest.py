"""What is edited, and by whom."""

import pytest

from skills.models import ExplanatorySection, Notice
from tests.factories import make_attribute, make_edition, make_skill, one_revision_each

from .steps import make_user, signed_in


@pytest.fixture
@one_revision_each
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


@pytest.fixture
@one_revision_each
def everything(skill):
    edition = skill.edition
    make_attribute(edition=edition)
    Notice.objects.create(edition=edition, position=1, notice="A notice.")
    ExplanatorySection.objects.create(edition=edition, position=1, heading="Heading", explanation="So.")
    return edition

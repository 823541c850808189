"""Retirements in the administration."""

import pytest
from django.urls import reverse

from skills.models import Retirement
from tests.factories import make_retirement

from .steps import errors_of, opened

pytestmark = pytest.mark.django_db

ADD = "/admin/skills/retirement/add/"
FIELDS = {"code": "BUAN", "name": "Business analysis", "last_edition": "SFIA 7", "successors": "KNIF 3: cuts"}


def test_an_editor_adds_a_retirement_and_its_page_says_so_at_once(ada, skill, client):
    data = opened(ada, ADD) | FIELDS | {"reason": "Asked for"}
    assert ada.post(ADD, data).status_code == 302
    found = Retirement.objects.get()
    assert (found.code, found.number, found.history.get().revision.reason) == ("BUAN", None, "Asked for")
    assert "cuts" in client.get("/skills/BUAN/").content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "BUA", "A code is four capital letters."),
        ("code", "GONE", "There is an entry for this code already."),
        ("name", " ", "There is only white space here."),
        ("successors", "KNIF", "This line is not understood: “KNIF”."),
        ("successors", "KNIF: cuts\nKNIF 8: cuts", "This line is not understood: “KNIF 8: cuts”."),
        ("number", "8", "less than or equal to 7"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(ada, skill, field, value, message):
    make_retirement(code="GONE")
    response = ada.post(ADD, opened(ada, ADD) | FIELDS | {field: value})
    assert response.status_code == 200
    assert message in str(errors_of(response))
    assert Retirement.objects.count() == 1


def test_it_is_found_in_the_list_and_leads_to_its_page(ada, skill):
    found = make_retirement(code="BUAN", name="Business analysis")
    listed = ada.get(reverse("admin:skills_retirement_changelist"), {"q": "business"})
    assert listed.context["cl"].result_count == 1
    assert found.get_absolute_url() == "/skills/BUAN/"
    assert make_retirement(code="BUAN", number=3).get_absolute_url() == "/skills/BUAN/3/"

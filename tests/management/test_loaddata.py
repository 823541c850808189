import json
from io import StringIO

import pytest
from django.core.management import call_command

from skills.models import Edition
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    """Load an edition that calls itself current; what the command says."""

    def load(slug):
        fields = {"slug": slug, "name": f"Loaded {slug}", "is_current": True}
        path = tmp_path / "edition.json"
        path.write_text(json.dumps([{"model": "skills.edition", "fields": fields}]))
        said = StringIO()
        call_command("loaddata", str(path), stdout=said)
        return said.getvalue()

    return load


def test_an_edition_that_is_current_already_stays_so_and_it_is_said(load):
    make_edition(slug="8")
    assert "Loaded 9 is not made the current edition: another one is." in load("9")
    assert Edition.objects.get(is_current=True).slug == "8"
    assert Edition.objects.filter(slug="9").exists()


def test_an_edition_is_current_where_none_is_and_stays_so_when_it_is_loaded_again(load):
    for _ in range(2):
        assert "current" not in load("9")
        assert Edition.objects.get(is_current=True).slug == "9"

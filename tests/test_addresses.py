"""An example of every address ever published. Lines are added to it, never edited: people hold links to them."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db

PUBLISHED = [
    # The reference works: ITMG, its levels
    "/",
    "/skills/",
    "/skills/ITMG/",
    "/skills/ITMG/?levels=all",
    "/skills/ITMG/?levels=all&sections=all",
    "/skills/ITMG/5/",
    "/skills/ITMG/2/",
    "/levels/",
    "/levels/5/",
    "/attributes/",
    "/about/",
    "/9/",
    "/9/skills/",
    "/9/skills/ITMG/",
    "/9/skills/ITMG/5/",
    "/9/levels/",
    "/9/levels/5/",
    "/9/attributes/",
    "/9/about/",
    # The whole framework: lists and chart
    "/skills/?sort=name",
    "/skills/?category=delivery-and-operation",
    "/skills/?category=delivery-and-operation&subcategory=technology-management",
    "/skills/?level=5",
    "/skills/?change=modified",
    "/skills/?category=delivery-and-operation&level=5&change=modified&sort=name",
    "/chart/",
    "/chart/?category=delivery-and-operation&level=5&change=modified&sort=name",
    "/9/skills/?level=5",
    "/9/chart/",
    # Comparison
    "/skills/ITMG/compare/",
    "/skills/ITMG/compare/?levels=5,6",
    "/skills/compare/",
    "/skills/compare/?skills=ITMG,PROG",
    "/skills/compare/?skills=ITMG,PROG&level=5",
    "/9/skills/ITMG/compare/?levels=5,6",
    "/9/skills/compare/?skills=ITMG",
    # Search
    "/search/",
    "/search/?q=service",
    "/search/?q=service&category=delivery-and-operation&level=5&change=modified&sort=name",
    "/search/suggestions/?q=service",
    "/9/search/?q=service",
    "/9/search/suggestions/?q=service",
]
PUBLISHED_IN_THE_DEMO = [
    "/1/attributes/AUTO/",
    "/1/skills/CLHD/3/",
    "/1/categories/cloud-and-herd/",
    "/1/categories/cloud-and-herd/herding/",
]

IDS_IN_THE_PAGE_OF_A_SKILL = ["main", "guidance-notes", "levels", *(f"level-{number}" for number in range(1, 8))]


@pytest.mark.parametrize("address", PUBLISHED)
def test_a_published_address_answers_on_the_sample(client, address):
    call_command("loaddata", "sfia-9-sample", verbosity=0)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PUBLISHED_IN_THE_DEMO)
def test_a_published_address_answers_on_the_demo(client, address):
    call_command("loaddata", "invented", verbosity=0)
    assert client.get(address).status_code == 200


def test_the_ids_that_links_point_at_stay(get):
    call_command("loaddata", "sfia-9-sample", verbosity=0)
    page = get("/skills/ITMG/")
    for identifier in IDS_IN_THE_PAGE_OF_A_SKILL:
        page.one(f".//*[@id='{identifier}']")

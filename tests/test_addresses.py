"""An example of every address ever published. Lines are added to it, never edited: people hold links to them."""

import re

import pytest
from django.core.management import call_command

from skills.models import Edition
from skills.page_memory.layer import PUBLIC, Public

from .remembering import RememberingClient

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
    # Links that last: other editions, retired codes, what programs ask
    "/skills/ITMG/?edition=7",
    "/skills/BUAN/",
    "/skills/BUAN/5/",
    "/9/skills/BUAN/",
    "/links/check/",
    "/9/links/check/",
    "/about/linking/",
    "/9/about/linking/",
    "/opensearch.xml",
    "/api/v1/resolve?q=ITMG",
    "/api/v1/resolve?q=ITMG&q=BUAN&from=9&to=9",
    # Plain twins
    "/skills/ITMG.md",
    "/skills/ITMG/5.md",
    "/skills/ITMG/2.md",
    "/levels/5.md",
    "/9/skills/ITMG.md",
    "/9/skills/ITMG/5.md",
    "/9/levels/5.md",
    # Ways to copy
    "/skills/ITMG/copy/",
    "/skills/ITMG/copy/?as=quotation&to=pinned",
    "/skills/ITMG/5/copy/",
    "/skills/ITMG/5/copy/?as=definition",
    "/skills/ITMG/2/copy/",
    "/levels/5/copy/",
    "/9/skills/ITMG/copy/",
    "/9/skills/ITMG/5/copy/?as=link&to=floating",
    "/9/levels/5/copy/",
]
# Each leads, for now, to what stands beside it: short, by name, of the publisher's site and its RDF.
LEADING_ELSEWHERE = {
    "/ITMG": "/skills/ITMG/",
    "/ITMG/5": "/skills/ITMG/5/",
    "/ITMG5": "/skills/ITMG/5/",
    "/ITMG-5": "/skills/ITMG/5/",
    "/itmg/5": "/skills/ITMG/5/",
    "/9/ITMG/5": "/9/skills/ITMG/5/",
    "/BUAN": "/skills/BUAN/",
    "/technology-service-management": "/skills/ITMG/",
    "/9/technology-service-management": "/9/skills/ITMG/",
    "/en/skillcode/9/ITMG": "/9/skills/ITMG/",
    "/en/skillcode/ITMG": "/skills/ITMG/",
    "/skillcode/ITMG": "/skills/ITMG/",
    "/en/skillcode/7/ITMG": "/skills/ITMG/?edition=7",
    "/en/sfia-9/skills/technology-service-management": "/9/skills/ITMG/",
    "/en/framework/sfia-8/skills/technology-service-management": "/skills/ITMG/?edition=8",
    "/en/legacy-sfia/sfia-7/skills/technology-service-management": "/skills/ITMG/?edition=7",
    "/en/shortcode/9/ITMG": "/9/skills/ITMG/",
    "/en/lor/9/5": "/9/levels/5/",
    "/en/sfia-9/responsibilities/level-5": "/9/levels/5/",
    "/en/sfia-9/all-skills-a-z": "/9/skills/?sort=name",
    "/9/skilllevels/ITMG_5": "/9/skills/ITMG/5/",
    "/9/lor/5": "/9/levels/5/",
    "/7/skills/ITMG/5/": "/skills/ITMG/5/?edition=7",
}
PUBLISHED_IN_THE_DEMO = [
    "/1/attributes/AUTO/",
    "/1/attributes/AUTO.md",
    "/1/skills/CLHD/3/",
    "/1/categories/cloud-and-herd/",
    "/1/categories/cloud-and-herd/herding/",
    "/1/attributes/AUTO/copy/",
    "/1/attributes/AUTO/copy/?as=quotation",
]

IDS_IN_THE_PAGE_OF_A_SKILL = ["main", "guidance-notes", "levels", *(f"level-{number}" for number in range(1, 8))]


@pytest.fixture(scope="module", autouse=True)
def all_that_is_shipped(shared_db):
    call_command("loaddata", "sfia-9-sample", "retirements", "invented", verbosity=0)


def statuses(client, addresses):
    return {address: client.get(address).status_code for address in addresses}


@pytest.fixture
def sample_alone():
    Edition.objects.get(slug="1").delete()


def test_a_published_address_answers_on_the_sample(client, sample_alone):
    assert statuses(client, PUBLISHED) == dict.fromkeys(PUBLISHED, 200)


def test_an_address_of_another_shape_leads_to_one_of_ours(client, sample_alone):
    assert {address: client.get(address).headers.get("Location") for address in LEADING_ELSEWHERE} == LEADING_ELSEWHERE
    assert statuses(client, LEADING_ELSEWHERE) == dict.fromkeys(LEADING_ELSEWHERE, 302)


def test_a_published_address_answers_on_the_demo(client):
    Edition.objects.filter(is_current=True).update(is_current=False)
    Edition.objects.filter(slug="1").update(is_current=True)
    assert statuses(client, PUBLISHED_IN_THE_DEMO) == dict.fromkeys(PUBLISHED_IN_THE_DEMO, 200)


def test_memory_answers_every_published_address_as_django_does():
    """`RememberingClient` compares them.

    Not kept are questions in somebody's own words, what is not here, and queries that a page would write otherwise.
    """
    client = RememberingClient()
    not_kept = [
        address
        for address in [*PUBLISHED, *PUBLISHED_IN_THE_DEMO]
        if client.get(address).wsgi_request.META.get(PUBLIC) is not Public.TO_BE_KEPT
    ]
    asking_freely = [address for address in PUBLISHED if re.search(r"q=|edition=|PROG|as=link", address)]
    assert not_kept == asking_freely


def test_the_ids_that_links_point_at_stay(get):
    page = get("/skills/ITMG/")
    for identifier in IDS_IN_THE_PAGE_OF_A_SKILL:
        page.one(f".//*[@id='{identifier}']")

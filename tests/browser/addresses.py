"""A page of every kind, on both sites, with everything unfolded too."""

import pytest

NOT_FOUND = {"/skills/ITMX/", "/no-such-page/"}
SAMPLE = [
    "/",
    "/skills/",
    "/skills/ITMG/",
    "/skills/ITMG/?levels=all&sections=all",
    "/skills/ITMG/5/",
    "/skills/ITMG/2/",
    "/levels/",
    "/levels/5/",
    "/levels/2/",
    "/attributes/",
    "/search/?q=service",
    "/about/",
    "/9/",
    "/9/skills/ITMG/?levels=all&sections=all",
    *sorted(NOT_FOUND),
]
DEMO = [
    "/",
    "/skills/",
    "/skills/?sort=name",
    "/search/",
    "/search/?q=moving+clouds",
    "/search/?q=autonomy+hrding&level=3",
    "/search/?q=xyzzy",
    "/skills/?category=parish-and-conscience&level=1&change=9",
    "/chart/",
    "/chart/?category=cloud-and-herd&sort=name",
    "/categories/cloud-and-herd/",
    "/categories/cloud-and-herd/herding/",
    "/skills/DROV/",
    "/skills/CLHD/compare/?levels=2,3",
    "/skills/BECA/compare/?levels=3,4",
    "/skills/compare/",
    "/skills/compare/?skills=CLHD,DROV,ITMX",
    "/skills/compare/?skills=CLHD,DROV,GUST,BECA&level=3",
    "/skills/REDS/?levels=all&sections=all",
    "/skills/CLHD/?levels=all&sections=all",
    "/skills/TRTY/7/",
    "/skills/BECA/1/",
    "/levels/",
    "/levels/5/",
    "/attributes/",
    "/attributes/AUTO/",
    "/about/",
    "/1/skills/DROV/",
    "/9/skills/",
    "/9/skills/ITMG/?levels=all&sections=all",
    "/9/skills/ITMG/2/",
    "/9/levels/5/",
    "/9/about/",
]
PAGES = {"sample": SAMPLE, "demo": DEMO}
EVERY_PAGE = [pytest.param((site, path), id=f"{site}{path}") for site, paths in PAGES.items() for path in paths]

import pytest

from skills.links.shapes import Meant, meant_by, meant_by_path


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/skills/ITMG/", Meant("skill", code="ITMG")),
        ("/skills/itmg/5.md", Meant("skill", code="ITMG", number=5)),
        ("/9/skills/ITMG/5/", Meant("skill", "9", "ITMG", 5)),
        ("/skills/ITMG/compare/", Meant("skill", code="ITMG")),
        ("/attributes/AUTO/", Meant("attribute", code="AUTO")),
        ("/levels/5/", Meant("level", number=5)),
        ("/ITMG", Meant("either", code="ITMG")),
        ("/ITMG/5", Meant("either", code="ITMG", number=5)),
        ("/ITMG5", Meant("either", code="ITMG", number=5)),
        ("/ITMG-5", Meant("either", code="ITMG", number=5)),
        ("/itmg/5/", Meant("either", code="ITMG", number=5)),
        ("/9/ITMG/5", Meant("either", "9", "ITMG", 5)),
        ("/9-fr/ITMG", Meant("either", "9-fr", "ITMG")),
        ("/technology-service-management", Meant("named", slug="technology-service-management")),
        ("/9/technology-service-management", Meant("named", "9", slug="technology-service-management")),
        ("/föhn-gentling", Meant("named", slug="fohn-gentling")),
        ("/en/skillcode/9/ITMG", Meant("skill", "9", "ITMG")),
        ("/en/skillcode/ITMG", Meant("skill", code="ITMG")),
        ("/skillcode/ITMG", Meant("skill", code="ITMG")),
        ("/fr/skillcode/8/ITMG/5", Meant("skill", "8", "ITMG", 5)),
        ("/en/sfia-9/skills/programming", Meant("named", "9", slug="programming")),
        ("/en/framework/sfia-8/skills/programming", Meant("named", "8", slug="programming")),
        ("/en/legacy-sfia/sfia-7/skills/programming", Meant("named", "7", slug="programming")),
        ("/en/shortcode/9/AUTO", Meant("either", "9", "AUTO")),
        ("/en/lor/9/5", Meant("level", "9", number=5)),
        ("/en/sfia-9/responsibilities/level-5", Meant("level", "9", number=5)),
        ("/en/sfia-9/all-skills-a-z", Meant("list", "9")),
        ("/9/skilllevels/ITMG_5", Meant("skill", "9", "ITMG", 5)),
        ("/9/lor/5", Meant("level", "9", number=5)),
        ("/9/categories/delivery", Meant("category", "9", slug="delivery")),
        ("/9/categories/delivery/boats", Meant("category", "9", slug="delivery", subcategory="boats")),
    ],
)
def test_an_address_of_each_shape_means_something(path, meant):
    assert meant_by_path(path) == meant
    assert meant_by(f"https://sfia-online.org{path}?x=1#level-5") == meant


@pytest.mark.parametrize(
    "path", ["", "/", "/skills/ITMG/8/", "/a b", "/en/lor/9/9", "/-", "/%00", "/" + "x" * 5000, "/a/b/c/d/e"]
)
def test_what_has_no_known_shape_means_nothing(path):
    meant = meant_by_path(path)
    assert meant is None or (meant.kind == "named" and len(meant.slug) <= 400)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("ITMG", Meant("either", code="ITMG")),
        (" itmg5 ", Meant("either", code="ITMG", number=5)),
        ("ITMG level 5", Meant("either", code="ITMG", number=5)),
        ("ITMG: 5", Meant("either", code="ITMG", number=5)),
        ("Programming/software development", Meant("named", slug="programming-software-development")),
        ("", None),
        ("\0", None),
        ("http://[", None),
        ("https://user:pw@evil.example/skills/ITMG/", Meant("skill", code="ITMG")),
    ],
)
def test_what_somebody_writes_means_something(text, meant):
    assert meant_by(text) == meant

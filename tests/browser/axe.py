"""What axe-core finds wrong with a page."""

from pathlib import Path

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SCHEMES = ["light", "dark"]
HEIGHT = "document.documentElement.scrollHeight"
WIDTHS = [1280, 320]

# Every rule but those of level AAA: best practice, the experimental ones and the size of targets (WCAG 2.2) too.
# Without preloading, which rewrites style sheets in a way that the content security policy refuses.
SCAN = """async ({passedOver, isAboutColours, isAboutTheRest}) => {
  for (const animation of document.getAnimations()) animation.finish();
  const chosen = axe.getRules().filter(({tags}) => !tags.includes("wcag2aaa") && !tags.includes("deprecated"));
  const about = chosen.filter(({tags}) => tags.includes("cat.color") ? isAboutColours : isAboutTheRest);
  const {violations} = await axe.run(document, {
    runOnly: {type: "rule", values: about.map(({ruleId}) => ruleId)},
    resultTypes: ["violations"], preload: false, elementRef: true,
  });
  return violations.flatMap(({id, help, nodes}) => nodes
    .filter(({element}) => !(id in passedOver && element.matches(passedOver[id])))
    .map(({html, failureSummary}) => `${id}: ${help}\\n  ${html}\\n  ${failureSummary}`));
}"""


def violations(page, *, widths=WIDTHS, schemes=SCHEMES, passing_over=None):
    """What axe-core finds wrong in light and dark, without the rules of `passing_over` on the elements it selects.

    The second scheme differs in nothing but colours (see test_conventions), and those are the same at each width: what
    is about them is looked at in both schemes at the first width, and everything else at each width in one scheme.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        # So that it is sent to the browser once: whatever this window shows next comes with it.
        page.add_init_script(AXE)
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        # As high as the page: nothing then lies half under what stays in sight, which axe takes for its true size.
        page.set_viewport_size({"width": width, "height": max(900, page.evaluate(HEIGHT))})
        for scheme in schemes if width == widths[0] else schemes[:1]:
            page.emulate_media(color_scheme=scheme)
            is_about = {"isAboutColours": width == widths[0], "isAboutTheRest": scheme == schemes[0]}
            options = {"passedOver": passing_over or {}, **is_about}
            found += [f"{scheme}, {width} px: {fault}" for fault in page.evaluate(SCAN, options)]
    return found

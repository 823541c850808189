"""Real Chromium against the real server. A complaint of the browser's fails the test that caused it (see `Watch`)."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.visitor import SESSION

from .addresses import EVERY_PAGE, NOT_FOUND
from .axe import violations
from .server import PLAIN_HTTP_HOST, UNKNOWN_HOST, environment_on, manage, served
from .steps import UNFOLD, with_session
from .watch import Watch

PEOPLE = """
from django.contrib.auth.models import Group, User
from tests.admin.steps import make_session
for name, role in {"ada": "Editors", "ben": "Publishers", "rita": None, "root": None}.items():
    user = User.objects.create_user(
        name, password=name * 4, first_name=name.capitalize(), is_staff=True, is_superuser=name == "root"
    )
    user.groups.set(Group.objects.filter(name=role))
    make_session(user, key=name * 8)
"""

FRAMEWORK = """
from bench.generated import make_edition
from skills.models import Edition, SkillLevel
from skills.models.revision import revision
with revision(reason="For tests"):
    Edition.objects.create(slug="0-0", name="Empty")
    odd = SkillLevel.objects.filter(skill__edition=make_edition(147), number=5)
    odd.filter(skill__code="AAAA").update(description="Works with Dr. Gale (e.g. at dusk). Then rests.")
    address, code = "https://intranet.example.org/" + "passage-" * 20, "code " * 60
    odd.filter(skill__code="AAAB").update(description=f"See {address}\\n\\n    {code}")
"""

HERE = Path(__file__).parent
# The one without windows first: it is the same browser, and takes a third less time.
CHROMIUM = [Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")]

DISABLED_FEATURES = [
    # What Playwright disables, since its own list gives way to this one.
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    # Each new window would load the pages that the address bar is made of, which takes longer than most tests.
    *("PreloadTopChromeWebUI", "WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup"),
    # Each page would get a frame of its own, and each window a second process, in case another site is gone to.
    *("RenderDocument", "SpareRendererForSitePerProcess"),
]

# Colours depend on the one and places on the other.
LOOKS = [("light", 1280), ("dark", 390)]
PASSED_OVER = {
    # The label of Django's search field is a picture that says "Search" to those who do not see it.
    "label-title-only": "#searchbar",
    # Django's own pages of users and groups, which only administrators see: its choosers, and its dates of two fields.
    "aria-prohibited-attr": ".help-tooltip",
    "label": ".vDateField, .vTimeField",
}

# A busy machine may be slow, but is not wrong.
expect.set_options(timeout=15_000)


# After pytest has put together the tests that share a parametrized fixture.
@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """The browser tests come last.

    Once Playwright has started, an event loop runs in the thread of the tests until the end of the session, and Django
    refuses to query a database in such a thread.
    """
    items.sort(key=lambda item: HERE in item.path.parents)


@pytest.fixture(scope="session")
def chromium():
    installed = next(filter(Path.exists, CHROMIUM), None)
    if not installed:
        reason = f"Chromium is missing: there is no {CHROMIUM[-1]}. On Debian: apt install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return installed


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, chromium):
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [
            # As root, which containers and CI machines often are, Chromium has no sandbox.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            # Each window is new, and most of the scripts in it, axe-core's before all, run too briefly to be optimised.
            "--js-flags=--always-sparkplug --no-maglev --no-turbofan --single-threaded-gc",
            f"--disable-features={','.join(DISABLED_FEATURES)}",
            f"--host-resolver-rules=MAP {PLAIN_HTTP_HOST} 127.0.0.1, MAP {UNKNOWN_HOST} 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def base_url():
    """None: there are two sites. (The plugin's own is a method, which pytest 9 warns about.)"""
    return


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {"viewport": {"width": 1280, "height": 720}, "locale": "en-GB", **browser_context_args}


@pytest.fixture(scope="session")
def sample(chromium, prepared, tmp_path_factory):
    """What `make run` serves: edition 9, with ITMG alone."""
    with served(prepared, tmp_path_factory.mktemp("sample")) as site:
        yield site


@pytest.fixture(scope="session")
def demo(chromium, made_once, prepared_demo, tmp_path_factory):
    """What `make demo` serves: edition 1 is current, the sample stands beside it.

    With the accounts of `page_of` beside the administrator, the edition of `framework` and one without skills, 0-0.
    """

    def make(folder: Path) -> None:
        shutil.copytree(prepared_demo, folder)
        manage(environment_on(folder), "shell", "--command", PEOPLE + FRAMEWORK)

    with served(made_once("demo-with-more", make), tmp_path_factory.mktemp("demo"), "--demo") as site:
        yield site


@pytest.fixture
def framework(demo):
    """What gives the address of a page of an edition of 147 skills. AAAA and AAAB say something odd at level 5."""
    return lambda path: demo.at(f"/0-147{path}")


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def new_context(new_context, watch):
    contexts = []

    def make(**options):
        contexts.append(watch.over(new_context(**options)))
        return contexts[-1]

    yield make
    for context in contexts:
        for page in context.pages:
            # What the browser has already reported reaches us before the answer to this.
            page.evaluate("0")
    complaints = watch.all_complaints()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def whole_address(request, watch):
    """The address of a page by the name of its site and its path, with the watch told where there is none."""

    def whole(site: str, path: str) -> str:
        address = request.getfixturevalue(site).at(path)
        if path in NOT_FOUND:
            watch.expect_status(address, 404)
        return address

    return whole


@pytest.fixture
def address(request, whole_address):
    return whole_address(*request.param)


@pytest.fixture(params=EVERY_PAGE)
def every_address(request, whole_address):
    """Many pages of a site: opening a window takes a browser longer than showing a page, so one does for them all."""
    site, paths = request.param
    return [whole_address(site, path) for path in paths]


@pytest.fixture
def page_without_scripts(new_context):
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def admin_page(new_context):
    """A window of the sample's administrator."""
    return new_context(storage_state=with_session(SESSION)).new_page()


@pytest.fixture
def page_of(demo, new_context):
    """A window of somebody who is signed in to the demo: ada, an editor; ben, a publisher; rita, who only reads; root,
    an administrator."""

    def page_of(name: str, **options):
        return new_context(storage_state=with_session(name * 8), **options).new_page()

    return page_of


@pytest.fixture
def looked_at():
    """Looks at a page in light and dark, wide and narrow, unfolded. What it finds fails the test at its end."""
    found = []

    def look(page, heading):
        expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
        page.wait_for_load_state()
        page.evaluate(UNFOLD)
        for scheme, width in LOOKS:
            faults = violations(page, schemes=[scheme], widths=[width], passing_over=PASSED_OVER)
            found.extend(f"{page.url} ({heading}), {fault}" for fault in faults)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{page.url} ({heading}) is wider than {width} px")
        page.set_viewport_size({"width": LOOKS[0][1], "height": 720})

    yield look
    assert not found, "\n".join(found)

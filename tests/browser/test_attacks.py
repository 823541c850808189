"""Every text that can be edited is an attack: what the browser makes of the pages that show it."""

import csv
import io
import json
from itertools import cycle
from urllib.parse import quote

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import CharField, TextField
from playwright.sync_api import expect

from skills.models import Edition, SearchTerm, Skill
from skills.models.published import PublishedTextField
from skills.models.recorded import recorded_models
from skills.models.recorded_change import CHANGED, DELETED
from skills.models.revision import Revision, revision
from skills.prose import MOST_BRACKETS
from tests.attacks import attacks
from tests.factories import code_for, make_attribute, make_skill
from tests.visitor import SESSION

from .server import served
from .steps import with_session

PAGES = "pages.json"
SITE = [
    *("/", "/skills/", "/levels/", "/levels/5/", "/attributes/", "/attributes/AUTO/", "/about/"),
    *("/skills/ITMG/?levels=all&sections=all", "/skills/ITMG/5/", "/skills/ITMG/2/", "/9/skills/ITMG/6/"),
    *(f"{page}copy/?as={form}" for page in ("/skills/ITMG/", "/levels/5/") for form in ("definition", "quotation")),
    *("/skills/AAAC/", "/skills/?show=%3Cscript%3Ealert(1)%3C/script%3E"),
    *("/search/?q=%3Cscript%3Ealert(1)%3C/script%3E", "/search/?q=onerror+%22javascript%22"),
]
NOT_FOUND = ["/skills/ITMX/", "/skills/AAAA/", "/%3Cscript%3Ealert(1)%3C/script%3E/", "/skills/%22onclick=alert(1)/"]
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
NOT_FREE = {"slug", "code", "codes"}

# What no page of ours holds, whatever it says.
FOREIGN = """(() => {
  const leads = (address) => {
    try {
      const {protocol, origin} = new URL(address, document.baseURI);
      return ["javascript:", "data:", "vbscript:"].includes(protocol) ? "script" : origin === location.origin || "away";
    } catch {
      return "nowhere";
    }
  };
  return [...document.querySelectorAll("*")].filter((element) =>
    element.matches("iframe, object, embed, base, style, audio, video, meta[http-equiv]")
    || element.matches("script:not([src], [type='application/json'])")
    || element.matches("script, img, link:not([rel=canonical]), form, input, button")
      && ["src", "href", "action", "formaction"].some((name) => leads(element.getAttribute(name) ?? "") !== true)
    || [...element.attributes].some(({name, value}) => name.startsWith("on")
      || ["href", "xlink:href"].includes(name) && leads(value) === "script")
  ).map((element) => element.outerHTML.slice(0, 200));
})()"""


TYPE = "(field, text) => { field.value = text; field.dispatchEvent(new Event('input', {bubbles: true})); }"


# In a process of the server's: the data


def long_texts():
    """All attacks in as few texts as are rendered as Markdown, one below the other."""
    texts = [""]
    for attack in attacks():
        longer = f"{texts[-1]}{attack}\n\n"
        if len(longer) > settings.LONGEST_TEXT or any(longer.count(mark) > MOST_BRACKETS for mark in "[<"):
            texts.append("")
        texts[-1] += f"{attack}\n\n"
    return [text.strip() for text in texts]


def short_attacks():
    return [attack for attack in attacks() if attack.strip() and len(attack) <= 100]


def text_fields(model):
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices and field.name not in NOT_FREE
    ]


class Attacker:
    """Hands out attacks, each in its turn: to short texts those with tags, for the list of skills has all of them."""

    def __init__(self):
        self.short = cycle(attack for attack in short_attacks() if "<" in attack and len(attack) <= 60)
        self.long = cycle(long_texts())

    def attack(self, found):
        for field in text_fields(type(found)):
            text = found._meta.get_field(field.text) if isinstance(field, PublishedTextField) else field
            setattr(found, field.name, next(self.long if text.max_length > 1000 else self.short))
        found.save()


def fill():
    """Fill every text of the sample, twice so that there is a history, and say at which addresses they stand."""
    attacker = Attacker()
    user = User.objects.get()
    user.first_name, user.last_name = next(attacker.short), next(attacker.short)
    user.save()
    edition = Edition.objects.get()
    make_attribute(edition=edition)
    SearchTerm.objects.exclude(words="coding").delete()
    for _ in range(2):
        with revision(by=user, reason=next(attacker.short)):
            for model in recorded_models():
                for found in model.objects.all():
                    attacker.attack(found)
    with revision(by=user, reason=next(attacker.short)):
        shared = {"edition": edition, "subcategory": Skill.objects.get().subcategory}
        attacker.attack(make_skill(code="GONE", defined_at=(5,), **shared))
        Skill.objects.bulk_create(
            Skill(
                **shared, code=code_for(number), position=number, **{field.name: attack for field in text_fields(Skill)}
            )
            for number, attack in enumerate(short_attacks())
        )
    with revision(by=user):
        Skill.objects.filter(code="AAAA").update(code="ZZZZ")
        Skill.objects.get(code="GONE").delete()
    (settings.DATA_DIR / PAGES).write_text(json.dumps(sorted(pages_of_the_administration())))


def pages_of_the_administration():
    yield from ("/admin/", "/admin/auth/user/", "/admin/auth/user/1/change/", "/admin/auth/user/1/delete/")
    yield from ("/admin/skills/changes/", "/admin/skills/changes/?deleted=on", "/admin/skills/skill/?p=2")
    yield from (f"/admin/skills/changes/{made.pk}/" for made in Revision.objects.all())
    for model in recorded_models():
        name, records = model._meta.model_name, model.history.all()
        if admin.site.is_registered(model):
            number = Skill.objects.get(code="ITMG").pk if model is Skill else model.objects.first().pk
            yield f"/admin/skills/{name}/"
            yield from (f"/admin/skills/{name}/{number}/{page}/" for page in ("change", "history", "delete"))
        for kind in (CHANGED, DELETED):
            yield from (
                f"/admin/skills/changes/{name}/{record.pk}/undo/" for record in records.filter(history_type=kind)[:1]
            )


# The browser


@pytest.fixture(scope="module")
def attacked(chromium, prepared, tmp_path_factory):
    with served(prepared, tmp_path_factory.mktemp("attacked")) as site:
        site.manage("shell", "--command", "from tests.browser.test_attacks import fill; fill()")
        yield site


@pytest.fixture
def victim(attacked, new_context):
    """A window of an administrator's, which tells of all that an attack could do in it."""
    context = new_context(storage_state=with_session(SESSION))
    seen = []

    def on_dialog(dialog):
        seen.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def on_request(request):
        if not request.url.startswith(attacked.at("/")):
            seen.append(f"request: {request.url}")

    def on_console(message):
        # Which statuses are expected is for the watch to say.
        if not message.text.startswith("Failed to load resource"):
            seen.append(f"console: {message.text}")

    context.on("dialog", on_dialog)
    context.on("console", on_console)
    context.on("request", on_request)
    page = context.new_page()
    page.goto(attacked.at("/admin/"))
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()
    yield page
    assert not seen, "\n".join(seen)


def expect_only_our_own(page):
    foreign = page.evaluate(FOREIGN)
    assert not foreign, "\n".join([page.url, *foreign])


def look_at(page, *addresses):
    for address in addresses:
        page.goto(address)
        expect_only_our_own(page)


def type_at(page, number, text):
    """As a paste does, in a field that may be folded."""
    page.locator(f"#id_level_{number}_description").evaluate(TYPE, text)


def test_no_attack_runs_on_any_page_of_the_site(victim, attacked, watch):
    look_at(victim, *(attacked.at(path) for path in SITE))
    for path in NOT_FOUND:
        watch.expect_status(attacked.at(path), 404)
        look_at(victim, attacked.at(path))


def test_no_attack_runs_on_any_page_of_the_administration(victim, attacked):
    paths = json.loads((attacked.data / PAGES).read_text())
    assert len(paths) > 50
    look_at(victim, *(attacked.at(path) for path in paths))
    attack = quote("\"'><script>alert(1)</script><img src=x onerror=alert(1)>")
    for query in ("skill/?q", "skill/?category", "changes/?by", "changes/?p"):
        look_at(victim, attacked.at(f"/admin/skills/{query}={attack}"))


def test_no_attack_runs_while_texts_are_edited(victim, attacked, watch):
    forms = [victim, victim.context.new_page(), victim.context.new_page()]
    for form in forms:
        form.goto(attacked.at("/skills/ITMG/"))
        form.get_by_role("link", name="Edit", exact=True).click()
        expect(form.get_by_role("heading", name="Change skill", exact=True)).to_be_visible()
    first, second, third = forms
    for number, text in enumerate(long_texts(), start=1):
        type_at(first, number, f"Previewed {number}\n\n{text}"[: settings.LONGEST_TEXT])
    for number, _ in enumerate(long_texts(), start=1):
        preview = first.locator(f"[data-preview-of=id_level_{number}_description]")
        expect(preview).to_contain_text(f"Previewed {number}")
    expect_only_our_own(first)
    first.get_by_role("button", name="Save and continue editing").click()
    expect(first.get_by_text("was changed successfully")).to_be_visible()
    expect_only_our_own(first)
    watch.expect_status(second.url, 409)
    type_at(second, 1, long_texts()[-1])
    second.get_by_role("button", name="Save and continue editing").click()
    expect(second.get_by_text("Nothing of yours is lost")).to_be_visible()
    expect_only_our_own(second)
    second.locator(".other-text button.take").first.click()

    first.get_by_role("link", name="Delete", exact=True).click()
    first.get_by_role("button", name="Delete").click()
    expect(first.get_by_text("was deleted successfully")).to_be_visible()
    expect_only_our_own(first)
    third.get_by_role("button", name="Save and continue editing").click()
    expect(third.get_by_role("heading", name="Skill was deleted meanwhile")).to_be_visible()
    expect_only_our_own(third)

    for action in ("Set or clear the change marker", "Move to a subcategory"):
        first.goto(attacked.at("/admin/skills/skill/?q=AAD"))
        first.get_by_label("Select all objects on this page for an action").check()
        first.get_by_label("Action:").select_option(action)
        first.get_by_role("button", name="Go").click()
        expect(first.get_by_role("heading", name=action)).to_be_visible()
        expect_only_our_own(first)


def test_the_table_for_a_spreadsheet_holds_every_attack_and_no_formula(victim, attacked):
    victim.goto(attacked.at("/admin/skills/skill/"))
    token = victim.locator("#changelist-form [name=csrfmiddlewaretoken]").input_value()
    number = victim.locator("[name=_selected_action]").first.input_value()
    answer = victim.request.post(
        victim.url,
        form={
            "csrfmiddlewaretoken": token,
            "action": "export_as_csv",
            "select_across": "1",
            "_selected_action": number,
            "index": "0",
        },
    )
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.body().decode("utf-8-sig"), newline="")))
    assert len(rows) > 400
    cells = {cell for row in rows for cell in row}
    assert not [cell for cell in cells if cell.lstrip().startswith(FORMULAS)]
    assert set(short_attacks()) <= cells | {cell.removeprefix("'") for cell in cells}

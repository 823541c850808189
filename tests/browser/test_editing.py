"""What editors do on the page of a skill, each test on a skill of its own in the demo."""

import re

import pytest
from playwright.sync_api import expect

from .steps import HAS_FOCUS, open_form, tab_to

CONTINUE = "Save and continue editing"


@pytest.fixture
def opened(page_of, demo):
    """The form of a skill in a new window of somebody's."""

    def opened(code, name="ada", **options):
        return open_form(page_of(name, **options), demo, code)

    return opened


def text_at(page, number):
    return page.get_by_label(f"Description at level {number}:")


def around(page, field):
    """The field with its preview, its count and the texts beside it."""
    return page.locator(".written").filter(has=page.locator(f"#{field.get_attribute('id')}"))


def preview_of(page, field):
    return around(page, field).get_by_role("group", name="Preview")


def save(page, button=CONTINUE):
    page.get_by_role("button", name=button, exact=True).click()


def expect_saved(page):
    expect(page.get_by_text("was changed successfully")).to_be_visible()


def change(page, field, text):
    field.fill(text)
    save(page)
    expect_saved(page)


def marked(region, element):
    return [re.sub(r"\s+", " ", words).strip() for words in region.locator(element).all_inner_texts()]


def leave(page):
    page.get_by_role("link", name="Home").click()


def expect_question_when_leaving(page, *, stay):
    page.once("dialog", lambda dialog: dialog.dismiss() if stay else dialog.accept())
    with page.expect_event("dialog") as asked:
        leave(page)
    assert asked.value.type == "beforeunload"
    if not stay:
        expect_to_be_gone(page)


def expect_to_be_gone(page):
    """Away from the form. Playwright stays where a question is asked that nobody answers."""
    expect(page.get_by_role("heading", name="Site administration")).to_be_visible()


def press(page, locator, key="Enter"):
    """Reach something by keyboard, past the head of a page that has just been opened, and press it."""
    expect(locator).to_be_visible()
    if locator.evaluate("element => element.closest('main') && document.activeElement === document.body"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
        page.keyboard.press("Enter")
    tab_to(page, locator)
    page.keyboard.press(key)


# Preview and count


def test_the_preview_waits_for_a_pause_and_is_what_the_site_then_shows(opened, demo):
    page = opened("STRY")
    page.clock.install()
    page.reload()
    asked = []
    page.on("request", lambda request: asked.append(request.post_data) if "/preview/" in request.url else None)
    page.clock.pause_at(page.evaluate("Date.now()") + 1000)
    field = text_at(page, 2)
    shown = preview_of(page, field)
    field.fill("One")
    page.clock.run_for(350)
    field.press_sequentially(" **two** <b>three</b>\n\n# Four\n\n- [five](https://example.org/)")
    expect(around(page, field).locator(".count")).to_have_text("64 of 10,000 characters")
    page.clock.run_for(350)
    assert asked == []
    page.clock.run_for(100)
    expect(shown.get_by_role("heading", name="Four", level=4)).to_be_visible()
    assert len(asked) == 1
    page.clock.resume()
    save(page)
    expect_saved(page)
    html = preview_of(page, text_at(page, 2)).locator(".prose").inner_html()
    assert "&lt;b&gt;three&lt;/b&gt;" in html
    page.get_by_role("link", name="View on site").click()
    assert html.strip() in page.locator("#level-2").inner_html()


def test_a_preview_that_cannot_be_had_says_so_and_nothing_typed_is_cut_off(opened, demo, watch):
    page = opened("FOLD")
    field = text_at(page, 3)
    shown, count = preview_of(page, field), around(page, field).locator(".count")
    colour = count.evaluate("element => getComputedStyle(element).color")
    watch.expect_status(demo.at("/admin/skills/preview/"), 400)
    field.fill("x" * 10_000)
    expect(count).to_have_text("10,000 of 10,000 characters")
    expect(count).to_have_css("color", colour)
    field.press("End")
    field.press_sequentially("\N{SHEEP}y")
    expect(count).to_have_text("10,002 of 10,000 characters")
    expect(count).not_to_have_css("color", colour)
    expect(shown.get_by_role("status")).to_have_text("No preview now. The text is too long to be shown.")
    assert field.input_value() == "x" * 10_000 + "\N{SHEEP}y"
    save(page)
    expect(
        page.get_by_text("Ensure this value has at most 10000 characters (it has 10002).", exact=True)
    ).to_be_visible()
    expect(text_at(page, 3)).to_have_value("x" * 10_000 + "\N{SHEEP}y")
    text_at(page, 3).fill("Short **again**")
    expect(preview_of(page, text_at(page, 3)).locator("strong")).to_have_text("again")
    watch.expect_status(demo.at("/admin/skills/preview/"), 401)
    page.context.clear_cookies(name="sessionid")
    text_at(page, 3).fill("Without a session")
    expect(preview_of(page, text_at(page, 3)).get_by_role("status")).to_have_text(
        "No preview now. Saving still keeps what you wrote."
    )


# The publisher's wording


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_publishers_wording_is_taken_back_at_one_click(opened, demo, scripts):
    code = "SHRN" if scripts else "ROLL"
    number = 3 if scripts else 1
    page = opened(code, java_script_enabled=scripts)
    theirs = text_at(page, number).input_value()
    first = theirs.split()[0]
    expect(around(page, text_at(page, number)).get_by_role("group", name="The publisher")).to_have_count(0)
    change(page, text_at(page, number), theirs.replace(first, "Gladly", 1))
    beside = around(page, text_at(page, number)).get_by_role("group", name="The publisher")
    assert marked(beside, "del") == ["Gladly"]
    assert marked(beside, "ins") == [first]
    beside.get_by_role("button", name="Take the publisher’s wording").click()
    expect(text_at(page, number)).to_have_value(theirs)
    if scripts:
        assert text_at(page, number).evaluate(HAS_FOCUS)
        expect(around(page, text_at(page, number)).locator(".count")).to_have_text(
            f"{len(theirs)} of 10,000 characters"
        )
        expect_question_when_leaving(page, stay=True)
    else:
        expect(page.get_by_text("The other text is in the field now. Nothing is saved yet.")).to_be_visible()
    save(page)
    expect_saved(page)
    expect(page.get_by_role("group", name="The publisher")).to_have_count(0)


# Saving and leaving


def test_ctrl_s_saves_and_leaving_asks_only_with_unsaved_words(opened):
    page = opened("HUSB")
    form = page.url
    text_at(page, 5).fill("Not saved yet.")
    expect_question_when_leaving(page, stay=True)
    expect(text_at(page, 5)).to_have_value("Not saved yet.")
    page.keyboard.press("Control+s")
    expect_saved(page)
    expect(page).to_have_url(form)
    expect(text_at(page, 5)).to_have_value("Not saved yet.")
    leave(page)
    expect_to_be_gone(page)
    page.goto(form)
    page.get_by_label("Change marker at level 5:").select_option("New")
    expect_question_when_leaving(page, stay=False)
    page.goto(form)
    expect(page.get_by_label("Change marker at level 5:")).not_to_have_value("new")


def test_going_back_to_unsaved_words_finds_them_and_asks_again(opened):
    page = opened("WNTN")
    text_at(page, 4).fill("Words **left** behind.")
    expect_question_when_leaving(page, stay=False)
    page.go_back()
    expect(text_at(page, 4)).to_have_value("Words **left** behind.")
    expect(preview_of(page, text_at(page, 4)).locator("strong")).to_have_text("left")
    expect_question_when_leaving(page, stay=True)


def test_holding_ctrl_s_down_is_not_taken_for_somebody_else(opened):
    page = opened("GUST")
    text_at(page, 4).fill("Pressed thrice.")
    for _ in range(3):
        page.keyboard.press("Control+s")
    expect_saved(page)
    expect(text_at(page, 4)).to_have_value("Pressed thrice.")


# Two people, one skill


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_second_save_is_refused_and_both_texts_stand_there_to_be_chosen_or_merged(opened, watch, scripts):
    code = "FOHN" if scripts else "EQNX"
    ada, ben = opened(code, "ada"), opened(code, "ben", java_script_enabled=scripts)
    refusal = ben.get_by_text("Nothing of yours is lost, and nothing of it is saved yet.")
    ada.get_by_label("Name:", exact=True).fill("Named by Ada")
    text_at(ada, 4).fill("Sheep are counted by Ada.\n\nTwice.")
    change(ada, text_at(ada, 5), "Only Ada wrote here.")

    ben.get_by_label("Name:", exact=True).fill("Named by Ben")
    text_at(ben, 4).fill("Sheep are counted by Ben.\n\nTwice.")
    text_at(ben, 6).fill("Only Ben wrote here.")
    watch.expect_status(ben.url, 409)
    if scripts:
        # From where the words of the refusal are far away.
        text_at(ben, 6).press("Control+s")
    else:
        save(ben)
    expect(refusal).to_be_in_viewport()
    expect(ben.get_by_label("Name:", exact=True)).to_have_value("Named by Ben")
    expect(text_at(ben, 4)).to_have_value("Sheep are counted by Ben.\n\nTwice.")
    expect(text_at(ben, 5)).to_have_value("Only Ada wrote here.")
    expect(text_at(ben, 6)).to_have_value("Only Ben wrote here.")
    for field in (ben.get_by_label("Name:", exact=True), text_at(ben, 4)):
        theirs = around(ben, field).get_by_role("group", name="Ada")
        assert (marked(theirs, "del"), marked(theirs, "ins")) == (["Ben"], ["Ada"])
    expect(around(ben, text_at(ben, 5))).to_contain_text("the field holds the new text.")

    around(ben, ben.get_by_label("Name:", exact=True)).get_by_role("button", name="Take this text").click()
    expect(ben.get_by_label("Name:", exact=True)).to_have_value("Named by Ada")
    change(ben, text_at(ben, 4), "Sheep are counted by Ada and Ben.\n\nTwice.")
    ada.reload()
    expect(ada.get_by_label("Name:", exact=True)).to_have_value("Named by Ada")
    expect(text_at(ada, 4)).to_have_value("Sheep are counted by Ada and Ben.\n\nTwice.")
    expect(text_at(ada, 5)).to_have_value("Only Ada wrote here.")
    expect(text_at(ada, 6)).to_have_value("Only Ben wrote here.")


# Levels


def test_an_emptied_description_takes_its_level_away_only_after_the_question(opened, demo):
    page = opened("MIST")
    text_at(page, 4).fill("")
    save(page)
    expect(page.get_by_text("The description of level 4 is empty")).to_be_visible()
    page.get_by_label("Take level 4 away").check()
    save(page)
    expect_saved(page)
    expect(page.get_by_text("Level 4", exact=False).filter(has_text="not defined")).to_be_visible()
    page.get_by_role("link", name="View on site").click()
    expect(page.get_by_text("defined at 1, 2 and 3")).to_be_visible()


def test_an_undefined_level_is_unfolded_filled_in_and_saved_by_keyboard(opened):
    page = opened("DEWS")
    fold = page.locator("summary").filter(has_text="Level 5")
    expect(text_at(page, 5)).to_be_hidden()
    press(page, fold)
    tab_to(page, text_at(page, 5))
    page.keyboard.type("Lays dew from the keyboard.")
    tab_to(page, page.get_by_label("Reason for the change"))
    page.keyboard.type("Asked for")
    press(page, page.get_by_role("button", name=CONTINUE))
    expect_saved(page)
    expect(text_at(page, 5)).to_be_visible()
    expect(text_at(page, 5)).to_have_value("Lays dew from the keyboard.")


def test_words_for_a_skill_outlast_a_session(opened, watch):
    page = opened("RIME")
    text_at(page, 4).fill("Written while the session ended.\n\nTwice.")
    watch.expect_status(page.url, 401)
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", name="Sign in again")).to_be_visible()
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("ada" * 4)
    page.get_by_role("button", name="Sign in and go on").click()
    expect_saved(page)
    expect(text_at(page, 4)).to_have_value("Written while the session ended.\n\nTwice.")


# The history


def test_a_change_is_undone_from_the_history_by_keyboard(opened):
    page = opened("SEAK")
    before = text_at(page, 6).input_value()
    change(page, text_at(page, 6), "Keeps no season.")
    press(page, page.get_by_role("link", name="History", exact=True))
    entry = page.get_by_role("article").first
    expect(entry).to_contain_text("Ada")
    assert marked(entry, "ins")
    press(page, entry.get_by_role("link", name=re.compile("^Undo.*level 6 changed")))
    expect(page.get_by_role("heading", name="What undoing changes")).to_be_visible()
    press(page, page.get_by_role("button", name="Undo this change"))
    expect(page.get_by_text("Undone: Season keeping (SEAK), level 6.")).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("Undid what Ada had changed")
    press(page, page.get_by_role("link", name="Season keeping (SEAK)").first)
    expect(text_at(page, 6)).to_have_value(before)


def test_a_deleted_skill_is_brought_back_from_the_latest_changes_by_keyboard(opened, demo, watch):
    page = opened("ALMA", "ben")
    press(page, page.get_by_role("link", name="Delete", exact=True))
    press(page, page.get_by_role("button", name="Delete"))
    expect(page.get_by_text("was deleted successfully")).to_be_visible()
    watch.expect_status(demo.at("/skills/ALMA/"), 404)
    page.goto(demo.at("/skills/ALMA/"))
    page.goto(demo.at("/admin/"))
    press(page, page.get_by_role("link", name="Latest changes"))
    press(page, page.get_by_label("Only what was deleted"), "Space")
    press(page, page.get_by_role("button", name="Show"))
    press(page, page.get_by_role("link", name=re.compile(r"^Bring back.*\(ALMA\)$")))
    press(page, page.get_by_role("button", name="Bring back"))
    expect(page.get_by_text("Brought back: Almanac making (ALMA).")).to_be_visible()
    watch.expected.clear()
    page.goto(demo.at("/skills/ALMA/"))
    expect(page.get_by_text("defined at 6 and 7")).to_be_visible()


# Between the site and the administration


def test_edit_leads_to_the_form_for_those_who_may_and_readers_see_the_same_page_without_it(page, page_of, demo):
    ada, ben, rita = page_of("ada"), page_of("ben"), page_of("rita")
    forms = {
        "/skills/WCOM/": "Change skill",
        "/skills/WCOM/4/": "Change skill",
        "/skills/WCOM/1/": "Change skill",
        "/levels/4/": "Change level",
        "/attributes/AUTO/": "Change attribute",
    }
    for path, heading in forms.items():
        ben.goto(demo.at(path))
        with_edit = ben.locator("body").inner_text()
        ben.get_by_role("link", name="Edit", exact=True).click()
        expect(ben.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        ben.get_by_role("link", name="View on site").click()
        expect(ben.get_by_role("navigation", name="Main")).to_be_visible()
        for reader in (page, rita):
            reader.goto(demo.at(path))
            assert reader.locator("body").inner_text() == with_edit.replace("Edit\n\n", "", 1), path
            expect(reader.get_by_role("link", name="Edit", exact=True)).to_have_count(0)
    ada.goto(demo.at("/levels/4/"))
    expect(ada.get_by_role("link", name="Edit", exact=True)).to_be_visible()
    ada.goto(demo.at("/attributes/AUTO/"))
    expect(ada.get_by_role("link", name="Edit", exact=True)).to_have_count(0)


# A telephone


def test_the_form_is_usable_on_a_telephone(opened):
    page = opened("STIN")
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    field = text_at(page, 4)
    below = field.bounding_box()["y"] + field.bounding_box()["height"]
    assert preview_of(page, field).bounding_box()["y"] >= below
    change(page, field, "Written on the road.")
    beside = around(page, text_at(page, 4)).get_by_role("group", name="The publisher").bounding_box()
    assert beside["x"] >= 0
    assert beside["x"] + beside["width"] <= 390
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    button = page.get_by_role("button", name=CONTINUE)
    button.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport(ratio=1)

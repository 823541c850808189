"""What the publisher's three sheets say, in the layout of SFIA 9 and of SFIA 8."""

import pytest

from skills import document
from skills.importing.content import ATTRIBUTES, LEVELS, SKILLS, Content, name_of, read_sheet
from skills.importing.rows import Report

from .tables import (
    ATTRIBUTE_COLUMNS,
    LEVEL_COLUMNS,
    NUMBERS,
    SKILL_COLUMNS,
    attribute_row,
    attributes_sheet,
    level_row_of_sfia_8,
    levels_sheet,
    levels_sheet_of_sfia_8,
    sheet_of,
    skill_address,
    skill_row,
    skills_sheet,
)


@pytest.fixture
def report():
    return Report()


@pytest.fixture
def content():
    return Content()


@pytest.fixture
def read(content, report):
    """Read sheets one after the other into the same content."""

    def read_sheets(*sheets):
        for sheet in sheets:
            read_sheet(sheet, name_of(sheet), content, report)
        return content

    return read_sheets


def said(found):
    """What stands in a report, by row and column."""
    return [(problem.row, problem.column, problem.message) for problem in found]


def codes_of(content):
    return [(skill.position, skill.code) for skill in content.skills]


def without(columns, *left_out):
    return [column for column in columns if column not in left_out]


# Which sheet is which.


def test_a_sheet_that_has_a_name_is_known_by_it():
    assert name_of(attributes_sheet(attribute_row(), name="Skills")) == SKILLS


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        (skills_sheet(skill_row(), name=""), SKILLS),
        (skills_sheet(name="", above=["Our skills", "2025"]), SKILLS),
        (skills_sheet(columns=without(SKILL_COLUMNS, "Code", "Subcategory"), name=""), SKILLS),
        (attributes_sheet(attribute_row(), name=""), ATTRIBUTES),
        (attributes_sheet(columns=without(ATTRIBUTE_COLUMNS, "Code"), name=""), ATTRIBUTES),
        (levels_sheet(name=""), LEVELS),
        (levels_sheet_of_sfia_8(level_row_of_sfia_8(1), name=""), LEVELS),
    ],
)
def test_a_sheet_without_a_name_is_known_by_its_headings(sheet, name):
    assert name_of(sheet) == name


@pytest.mark.parametrize(
    "columns", [[], ["Person", "Skill", "Level", "Since"], ["Code", "Country"], ["1", "2", "3", "4", "5", "6", "7"]]
)
def test_a_sheet_of_another_table_is_none_of_them(columns):
    assert name_of(sheet_of(columns, [dict.fromkeys(columns, "1")])) == ""


# Skills.


def test_a_skill_has_all_that_its_row_says(read, report, content):
    cells = {
        "Skill": " Tide\xa0keeping ",
        "Category": "Tides & currents",
        "Subcategory": "Ebb/flood",
        "Overall description": "Keeping *tides*.",
        "Guidance notes": "Kept by:\r\n\r\nvoice\r\nlantern",
    }
    read(skills_sheet(skill_row("TIDE", cells, levels={2: "Calls.\nWrites.", 3: "Teaches."})))
    assert content.skills == (
        document.Skill(
            code="TIDE",
            name="Tide keeping",
            position=1,
            category="tides-currents",
            subcategory="ebb-flood",
            overall_description="Keeping \\*tides\\*.",
            guidance_notes="Kept by:\n\n- voice\n- lantern",
            skill_levels=(document.SkillLevel(2, "Calls.\n\nWrites."), document.SkillLevel(3, "Teaches.")),
        ),
    )
    assert report == Report()


def test_the_skills_of_sfia_8_are_the_same_without_addresses(read, report, content):
    columns = without(SKILL_COLUMNS, "URL")
    assert len(columns) == 21
    read(skills_sheet(skill_row("TIDE"), skill_row("LAMP"), columns=columns))
    assert codes_of(content) == [(1, "TIDE"), (2, "LAMP")]
    assert content.addresses == []
    assert report == Report()


def test_columns_may_stand_in_any_order(read, report, content):
    columns = ["Level 7 description", "Subcategory", "Skill", *NUMBERS, *without(SKILL_COLUMNS, *NUMBERS)[::-1]]
    read(skills_sheet(skill_row("TIDE", levels={6: "Six.", 7: "Seven."}), columns=columns))
    (skill,) = content.skills
    assert [skill.code, skill.name, skill.category, skill.subcategory] == ["TIDE", "Skill TIDE", "lights", "lamps"]
    assert skill.skill_levels == (document.SkillLevel(6, "Six."), document.SkillLevel(7, "Seven."))
    assert report == Report()


def test_a_title_may_stand_above_the_headings(read, report, content):
    read(skills_sheet(skill_row("TIDE"), skill_row("", levels={}), above=["Our skills"]))
    assert codes_of(content) == [(1, "TIDE")]
    assert said(report.problems) == [(4, "Code", "a code of four capital letters was expected; there is none.")]


def test_the_numbers_give_back_the_order_of_a_sheet_that_somebody_sorted(read, content):
    rows = [skill_row("FOGS", {"#": "10"}), skill_row("LAMP", {"#": "2"}), skill_row("TIDE", {"#": "1"})]
    assert codes_of(read(skills_sheet(*rows))) == [(1, "TIDE"), (2, "LAMP"), (3, "FOGS")]


def test_without_numbers_the_order_is_that_of_the_rows(read, report, content):
    read(skills_sheet(skill_row("TIDE"), skill_row("LAMP"), columns=without(SKILL_COLUMNS, "#")))
    assert codes_of(content) == [(1, "TIDE"), (2, "LAMP")]
    assert report == Report()


@pytest.mark.parametrize(
    ("cell", "words"),
    [("", "an empty cell"), ("two", "“two”"), ("1.5", "“1.5”"), ("-1", "“-1”"), ("#REF!", "“#REF!”"), ("²", "“²”")],
)
def test_a_number_in_the_order_that_is_none_is_a_problem(read, report, cell, words):
    read(skills_sheet(skill_row("TIDE"), skill_row("LAMP", {"#": cell})))
    assert said(report.problems) == [(3, "#", f"a whole number was expected, not {words}.")]


def test_a_number_of_thousands_of_digits_is_a_problem_and_not_a_crash(read, report):
    read(skills_sheet(skill_row("TIDE", {"#": "9" * 5000})))
    assert [problem.column for problem in report.problems] == ["#"]


def test_a_code_that_stands_twice_is_a_problem_that_names_both_rows(read, report, content):
    read(skills_sheet(skill_row("TIDE"), skill_row("LAMP"), skill_row("TIDE"), skill_row("tide ")))
    twice = "TIDE stands in row 2 already."
    assert said(report.problems) == [(4, "Code", twice), (5, "Code", twice)]


def test_a_row_with_an_odd_code_is_passed_over_and_the_others_are_read(read, report, content):
    read(skills_sheet(skill_row("TIDES"), skill_row("LAMP")))
    assert codes_of(content) == [(1, "LAMP")]
    assert [(problem.row, problem.column) for problem in report.warnings] == [(2, "Code")]
    assert not report.problems


def test_addresses_say_the_edition_and_one_of_another_code_is_a_warning(read, report, content):
    read(skills_sheet(skill_row("TIDE", {"URL": skill_address("LAMP")}), skill_row("LAMP")))
    assert [address.edition for address in content.addresses] == ["9"]
    assert said(report.warnings) == [(2, "URL", "the address of TIDE was expected, not that of “LAMP”.")]
    assert not report.problems


def test_a_level_is_defined_where_the_digit_and_the_description_say_so(read, report):
    rows = [skill_row("TIDE", {2: ""}), skill_row("LAMP", {5: "5"}), skill_row("FOGS", {"Level 6 description": "-"})]
    read(skills_sheet(*rows))
    assert said(report.problems) == [
        (2, "Levels", "a 2 was expected in the column of level 2, for it is described."),
        (3, "Level 5 description", "a description was expected, for “Levels” has a 5."),
        (4, "Level 6 description", "a description or an empty cell was expected, not “-”."),
    ]


def test_trimmed_columns_of_digits_are_not_missed(read, report, content):
    read(skills_sheet(skill_row("TIDE"), columns=without(SKILL_COLUMNS, *range(2, 8))))
    assert [level.number for level in content.skills[0].skill_levels] == [2]
    assert report == Report()


def test_a_skill_at_no_level_is_a_warning(read, report):
    read(skills_sheet(skill_row("TIDE", levels={})))
    assert said(report.warnings) == [(2, "Levels", "TIDE is described at no level.")]
    assert not report.problems


@pytest.mark.parametrize("heading", ["Skill", "Category", "Subcategory", "Overall description"])
def test_a_skill_needs_its_names_and_its_overall_description(read, report, heading):
    read(skills_sheet(skill_row("TIDE", {heading: " "})))
    assert said(report.problems) == [(2, heading, "a text was expected; the cell is empty.")]


@pytest.mark.parametrize("heading", ["Skill", "Category", "Subcategory"])
def test_a_name_has_a_hundred_characters_at_most(read, report, heading):
    read(skills_sheet(skill_row("TIDE", {heading: "x" * 100}), skill_row("LAMP", {heading: "x" * 101})))
    assert said(report.problems) == [(3, heading, "the text is too long: 101 characters, 100 at most.")]


# Categories.


def test_categories_and_subcategories_stand_in_the_order_of_the_skills(read, content):
    divisions = [("Tides", "Ebb"), ("Tides", "Flood"), ("Lights", "Ebb")]
    rows = [skill_row(f"AAA{'ABC'[n]}", {"Category": c, "Subcategory": s}) for n, (c, s) in enumerate(divisions)]
    assert read(skills_sheet(*rows)).categories == (
        document.Category(
            "tides", "Tides", 1, (document.Subcategory("ebb", "Ebb", 1), document.Subcategory("flood", "Flood", 2))
        ),
        document.Category("lights", "Lights", 2, (document.Subcategory("ebb", "Ebb", 1),)),
    )


def test_a_subcategory_need_not_be_one_run_of_rows(read, report, content):
    divisions = [("Tides", "Ebb"), ("Lights", "Lamps"), ("Tides", "Flood"), ("Lights", "Lamps"), ("Tides", "Ebb")]
    rows = [skill_row(f"AAA{'ABCDE'[n]}", {"Category": c, "Subcategory": s}) for n, (c, s) in enumerate(divisions)]
    read(skills_sheet(*rows))
    found = {category.slug: [part.slug for part in category.subcategories] for category in content.categories}
    assert found == {"tides": ["ebb", "flood"], "lights": ["lamps"]}
    assert [(skill.category, skill.subcategory) for skill in content.skills][-2:] == [
        ("lights", "lamps"),
        ("tides", "ebb"),
    ]
    assert report == Report()


def test_two_names_with_one_address_are_one_and_a_warning(read, report, content):
    rows = [
        skill_row("TIDE", {"Category": "Lights & bells"}),
        skill_row("LAMP", {"Category": "Lights, bells", "Subcategory": "LAMPS"}),
    ]
    read(skills_sheet(*rows))
    assert [category.name for category in content.categories] == ["Lights & bells"]
    assert said(report.warnings) == [
        (3, "Category", "“Lights, bells” is read as “Lights & bells”: both have the same address."),
        (3, "Subcategory", "“LAMPS” is read as “Lamps”: both have the same address."),
    ]


@pytest.mark.parametrize("heading", ["Category", "Subcategory"])
@pytest.mark.parametrize("name", ["???", "—", "灯"])
def test_a_name_without_a_letter_or_digit_for_its_address_is_a_problem(read, report, heading, name):
    read(skills_sheet(skill_row("TIDE", {heading: name})))
    assert said(report.problems) == [
        (2, heading, f"a letter from A to Z or a digit was expected in “{name}”, for its address.")
    ]


def test_a_slug_is_no_longer_than_a_name_may_be(read, report, content):
    read(skills_sheet(skill_row("TIDE", {"Category": "ﬃ" * 100})))
    assert len(content.categories[0].slug) == 100
    assert report == Report()


# Attributes.


def test_an_attribute_has_all_that_its_row_says(read, report, content):
    cells = {
        "Attribute name": "Autonomy",
        "Overall description": "Alone.",
        "Guidance notes": "So:\n\nalone",
        "URL": "https://sfia-online.org/fr/shortcode/9/AUTO",
        "Level 3 description": "\nRows alone.\nBy day.",
    }
    read(attributes_sheet(attribute_row("AUTO", cells), attribute_row("COLL", {"Type": "Attributes"})))
    first, second = content.attributes
    assert (first.code, first.name, first.kind, first.position) == ("AUTO", "Autonomy", "attribute", 1)
    assert (first.overall_description, first.guidance_notes) == ("Alone.", "So:\n\n- alone")
    assert first.attribute_levels[2] == document.AttributeLevel(3, "Rows alone.\n\nBy day.")
    assert [level.number for level in first.attribute_levels] == [*NUMBERS]
    assert (second.code, second.position, second.overall_description) == ("COLL", 2, "")
    assert [address.edition for address in content.addresses] == ["9-fr"]
    assert report == Report()


@pytest.mark.parametrize("kind", ["Business skills/Behavioural factors", " business skills/behavioural\xa0factors "])
def test_the_lines_of_a_behaviour_are_list_items(read, report, content, kind):
    read(attributes_sheet(attribute_row("COLL", {"Type": kind, "Level 1 description": "Rows.\r\nHails.\n\n\n"})))
    assert content.attributes[0].kind == "behaviour"
    assert content.attributes[0].attribute_levels[0].description == "- Rows.\n- Hails."
    assert report == Report()


def test_a_type_that_is_not_known_is_a_problem(read, report):
    read(attributes_sheet(attribute_row("AUTO", {"Type": "Skill"}), attribute_row("INFL", {"Type": ""})))
    expected = "“Attributes” or “Business skills/Behavioural factors” was expected, not"
    assert said(report.problems) == [(2, "Type", f"{expected} “Skill”."), (3, "Type", f"{expected} an empty cell.")]


def test_an_attribute_is_described_at_every_level(read, report):
    cells = {4: "", "Level 4 description": "", "Level 5 description": "", "Level 6 description": "N/A"}
    read(attributes_sheet(attribute_row("AUTO", cells)))
    assert said(report.problems) == [
        (2, "Level 4 description", "a description was expected; the cell is empty."),
        (2, "Level 5 description", "a description was expected, for “Levels” has a 5."),
        (2, "Level 6 description", "a description or an empty cell was expected, not “N/A”."),
    ]


def test_a_trimmed_sheet_without_codes_names_the_column(read, report):
    read(
        skills_sheet(skill_row("TIDE"), columns=without(SKILL_COLUMNS, "Code")),
        attributes_sheet(attribute_row("AUTO"), columns=without(ATTRIBUTE_COLUMNS, "Code")),
    )
    assert [*map(str, report.problems)] == [
        "Skills, column “Code”: this column is missing.",
        "Attributes, column “Code”: this column is missing.",
    ]


@pytest.mark.parametrize("heading", ["Attribute name", "Type", "Overall description", "Level 7 description"])
def test_an_attribute_sheet_needs_all_its_columns(read, report, heading):
    read(attributes_sheet(attribute_row("AUTO"), columns=without(ATTRIBUTE_COLUMNS, heading)))
    assert said(report.problems) == [(None, heading, "this column is missing.")]


# Levels of responsibility.


def test_the_levels_of_sfia_9_stand_across_and_lose_the_label_of_the_essence(read, report, content):
    essences = ["Essence of the level: One.", "essence of the level :\xa0Two.", "Three.", *["E"] * 4]
    phrases = ["Follow the essence of the level: it", *["P"] * 6]
    read(levels_sheet({"Guiding phrase": phrases, "Essence of the level": essences}))
    assert content.levels[:3] == (
        document.Level(1, "Follow the essence of the level: it", "One."),
        document.Level(2, "P", "Two."),
        document.Level(3, "P", "Three."),
    )
    assert [level.number for level in content.levels] == [*NUMBERS]
    assert content.attributes is None
    assert report == Report()


def test_the_levels_may_stand_in_any_order_of_rows_and_columns(read, report, content):
    columns = [*LEVEL_COLUMNS[::-1]]
    essence = {"Level": "ESSENCE  of the level:", **{str(number): f"Essence {number}" for number in NUMBERS}}
    phrase = {"Level": " Guiding phrase", **{str(number): f"Phrase {number}" for number in NUMBERS}}
    read(sheet_of(columns, [essence, {"Level": "Notes"}, phrase], name=LEVELS))
    assert content.levels == tuple(
        document.Level(number, f"Phrase {number}", f"Essence {number}") for number in NUMBERS
    )
    assert report == Report()


def test_the_addresses_of_the_levels_say_the_edition_and_the_level(read, report, content):
    addresses = [f"https://sfia-online.org/en/lor/9/{number}" for number in (1, 2, 3, 4, 5, 6, 6)]
    read(levels_sheet({"URL": addresses}))
    assert {address.edition for address in content.addresses} == {"9"}
    assert said(report.warnings) == [(4, "7", "the address of 7 was expected, not that of “6”.")]
    assert not report.problems


@pytest.mark.parametrize("label", ["Guiding phrase", "Essence of the level"])
def test_the_levels_need_a_row_of_phrases_and_one_of_essences(read, report, label):
    read(levels_sheet({label: []}))
    assert said(report.problems) == [(None, "Level", f"a row “{label.capitalize()}” was expected.")]


def test_each_level_needs_its_phrase_and_its_essence(read, report):
    read(
        levels_sheet({"Guiding phrase": ["", *"PPPPPP"], "Essence of the level": [*"EEEEEE", "Essence of the level: "]})
    )
    expected = "a text was expected; the cell is empty."
    assert said(report.problems) == [(2, "1", expected), (3, "7", expected)]


def test_a_level_that_has_no_column_is_a_problem(read, report):
    read(sheet_of(LEVEL_COLUMNS[:-1], [{"Level": "Guiding phrase"}], name=LEVELS))
    assert said(report.problems) == [(None, "7", "this column is missing.")]


def test_the_levels_of_sfia_8_say_its_five_attributes_and_no_word_of_their_own(read, report, content):
    cells = {"Autonomy": "Alone.\nBy day.", "Business skills": "Hails.\nWrites."}
    read(levels_sheet_of_sfia_8(*(level_row_of_sfia_8(number, cells if number == 3 else {}) for number in NUMBERS)))
    assert content.levels == tuple(document.Level(number, None, None) for number in NUMBERS)
    found = [(attribute.code, attribute.name, attribute.kind, attribute.position) for attribute in content.attributes]
    assert found == [
        ("AUTO", "Autonomy", "attribute", 1),
        ("INFL", "Influence", "attribute", 2),
        ("COMP", "Complexity", "attribute", 3),
        ("BUSI", "Business skills", "behaviour", 4),
        ("KNGE", "Knowledge", "attribute", 5),
    ]
    assert content.attributes[0].attribute_levels[2] == document.AttributeLevel(3, "Alone.\n\nBy day.")
    assert content.attributes[3].attribute_levels[2] == document.AttributeLevel(3, "- Hails.\n- Writes.")
    assert content.attributes[0].overall_description is content.attributes[0].guidance_notes is None
    assert report == Report()


def test_the_levels_of_sfia_8_may_stand_in_any_order_and_have_a_phrase(read, report, content):
    labels = {1: "1 - Follow", 2: "2", 3: "3 – Apply it", 4: "4 -", 5: "5\xa0-\xa0", 6: "6-Lead", 7: "7 - "}
    rows = [level_row_of_sfia_8(number, {"": label}) for number, label in labels.items()]
    read(levels_sheet_of_sfia_8(*rows[::-1]))
    phrases = [level.guiding_phrase for level in content.levels]
    assert phrases == ["Follow", None, "Apply it", None, None, "Lead", None]
    assert content.attributes[0].attribute_levels[0] == document.AttributeLevel(1, "Autonomy at 1.")
    assert report == Report()


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("8 - ", "“8 -”"),
        ("", "an empty cell"),
        ("Level one", "“Level one”"),
        (f"1 - {'x' * 101}", f"“1 - {'x' * 36}…”"),
    ],
)
def test_a_row_of_sfia_8_that_is_no_level_is_a_problem(read, report, label, words):
    rows = [level_row_of_sfia_8(number) for number in NUMBERS]
    read(levels_sheet_of_sfia_8(*rows, level_row_of_sfia_8(8, {"": label})))
    assert said(report.problems) == [
        (9, "", f"a level, “1 - ” to “7 - ”, was expected in the first column, not {words}.")
    ]


def test_a_level_of_sfia_8_that_stands_twice_is_a_problem_and_so_is_one_that_is_missing(read, report):
    read(levels_sheet_of_sfia_8(*(level_row_of_sfia_8(number) for number in (1, 2, 3, 4, 4, 6, 7))))
    assert said(report.problems) == [
        (6, "", "level 4 stands in row 5 already."),
        (None, "", "a row for level 5 was expected."),
    ]


def test_each_cell_of_the_levels_of_sfia_8_is_needed(read, report):
    rows = [level_row_of_sfia_8(number, {"Knowledge": ""} if number == 2 else {}) for number in NUMBERS]
    read(levels_sheet_of_sfia_8(*rows))
    assert said(report.problems) == [(3, "Knowledge", "a text was expected; the cell is empty.")]


@pytest.mark.parametrize("order", [1, -1])
def test_the_levels_of_sfia_8_beside_the_attributes_of_sfia_9_are_a_problem(read, report, order):
    levels = levels_sheet_of_sfia_8(*(level_row_of_sfia_8(number) for number in NUMBERS))
    read(*[attributes_sheet(attribute_row()), levels][::order])
    assert [*map(str, report.problems)] == [
        "Levels of responsibility: SFIA 9's levels were expected beside a sheet “Attributes”; these are SFIA 8's."
    ]


# Sheets that would take everything away.


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        (skills_sheet(), SKILLS),
        (skills_sheet(skill_row("TIDES")), SKILLS),
        (attributes_sheet(), ATTRIBUTES),
        (sheet_of(LEVEL_COLUMNS, [], name=LEVELS), LEVELS),
        (levels_sheet_of_sfia_8(), LEVELS),
    ],
)
def test_a_sheet_without_a_row_that_can_be_read_is_a_problem(read, report, sheet, name):
    read(sheet)
    assert [*map(str, report.problems)] == [f"{name}: at least one row that can be read was expected; there is none."]


def test_it_is_one_beside_the_problems_of_other_sheets_too(read, report):
    read(skills_sheet(skill_row("")), attributes_sheet())
    assert [problem.sheet for problem in report.problems] == [SKILLS, ATTRIBUTES]

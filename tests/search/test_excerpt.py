"""Where the words of a question stand, and what stands round them."""

import pytest

from skills.models import Skill
from skills.models.revision import one_revision
from skills.search.answer import answer
from skills.search.excerpt import LENGTH, excerpts
from tests.factories import code_for, make_attribute, make_search_term, make_skill, make_skill_level

pytestmark = pytest.mark.django_db

FILLER = "over the hills and far away "


@pytest.fixture
def excerpt(edition):
    """The excerpt of the one thing that answers a question."""

    def one(text, **options):
        answered = answer(edition, text)
        [found] = excerpts(answered.question, answered.found, **options)
        return found

    return one


def shown(excerpt) -> str:
    """What it says, with what is marked in brackets."""
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in excerpt.pieces)


def test_the_words_that_were_found_are_marked_in_context(edition, excerpt):
    make_skill(edition=edition, overall_description="Moulds clay, and is moulding it still; Moulded clay.")
    assert shown(excerpt("moulding clay")) == "[Moulds] [clay], and is [moulding] it still; [Moulded] [clay]."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("cafe", "Runs [cafés] — [CAFÉS]!"),
        ("ru", "[Runs] cafés — CAFÉS!"),
        ('"runs cafes"', "[Runs] [cafés] — CAFÉS!"),
        ("cafés xyzzy", "Runs [cafés] — [CAFÉS]!"),
    ],
)
def test_accents_beginnings_and_phrases_are_marked_as_they_are_found(edition, excerpt, question, expected):
    make_skill(edition=edition, overall_description="Runs cafés — CAFÉS!")
    assert shown(excerpt(question)) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ('"risk management" "risk audit"', "Does [risk] [management], a [risk] [audit] and takes a risk."),
        ('"risk audit" "risk management"', "Does [risk] [management], a [risk] [audit] and takes a risk."),
        ('"risk management" risk', "Does [risk] [management], a [risk] audit and takes a [risk]."),
        ('risk "risk audit"', "Does [risk] management, a [risk] [audit] and takes a [risk]."),
    ],
)
def test_of_phrases_that_begin_with_one_word_each_is_marked(edition, excerpt, question, expected):
    make_skill(edition=edition, overall_description="Does risk management, a risk audit and takes a risk.")
    assert shown(excerpt(question)) == expected


def test_of_a_long_text_it_shows_what_stands_round_the_words(edition, excerpt):
    make_skill(edition=edition, overall_description=f"{FILLER * 20}Moulding clay {FILLER * 20}")
    said = shown(excerpt("clay moulding"))
    assert said.startswith("… ")
    assert said.endswith(" …")
    assert "away [Moulding] [clay] over" in said
    assert len(said.split()) == LENGTH + 2


def test_it_shows_as_many_different_words_as_it_can(edition, excerpt):
    text = f"Moulding, moulding {FILLER * 20} Moulding clay. {FILLER * 20}"
    make_skill(edition=edition, overall_description=text)
    assert "[Moulding] [clay]" in shown(excerpt("moulding clay"))


def test_the_level_that_holds_the_words_is_named_and_the_others_too(edition, excerpt):
    skill = make_skill(edition=edition, code="AAAA", overall_description="So.")
    for number, description in {2: "Moulds.", 4: "Moulds clay.", 6: "Clay."}.items():
        make_skill_level(skill=skill, number=number, description=description)
    found = excerpt("moulding clay")
    assert (found.number, shown(found), found.also_at) == (4, "[Moulds] [clay].", [2, 6])


def test_of_equal_parts_the_description_comes_first_and_the_guidance_last(edition, excerpt):
    skill = make_skill(edition=edition, overall_description="Clay.", guidance_notes="Clay!")
    make_skill_level(skill=skill, number=3, description="Clay?")
    assert (excerpt("clay").part, excerpt("clay").also_at) == ("overall_description", [3])
    Skill.objects.update(overall_description="So.")
    assert excerpt("clay").number == 3
    skill.skill_levels.get().delete()
    assert (excerpt("clay").part, excerpt("clay").number) == ("guidance_notes", None)


def test_the_level_that_was_asked_for_comes_first(edition, excerpt):
    skill = make_skill(edition=edition, overall_description="Clay.")
    for number in (3, 5):
        make_skill_level(skill=skill, number=number, description=f"Clay {number}.")
    assert shown(excerpt("clay", number=5)) == "[Clay] 5."
    assert shown(excerpt("clay", number=4)) == "[Clay]."


def test_what_only_a_term_stands_for_shows_its_description(edition, excerpt):
    make_skill(edition=edition, code="AAAA", overall_description=f"Begins here. {FILLER * 20}")
    make_search_term(words="kelp", codes="AAAA")
    found = excerpt("kelp")
    assert (found.part, shown(found)[:13]) == ("overall_description", "Begins here. ")


def test_markdown_and_markup_are_shown_as_words(edition, excerpt):
    make_skill(
        edition=edition, overall_description="Has **bold clay** and:\n\n- [items](https://x.example/) <b>here</b>"
    )
    assert shown(excerpt("clay")) == "Has bold [clay] and: items <b>here</b>"


def test_a_word_that_stands_in_markup_alone_marks_nothing(edition, excerpt):
    make_skill(edition=edition, overall_description="See [there](https://clay.example/).")
    assert shown(excerpt("clay")) == "See there."


def test_an_attribute_has_excerpts_too(edition, excerpt):
    attribute = make_attribute(edition=edition, code="AUTO")
    attribute.attribute_levels.filter(number=4).update(description="Works alone.")
    assert (excerpt("alone").number, shown(excerpt("alone"))) == (4, "Works [alone].")


def test_more_of_them_take_no_more_queries(edition, django_assert_num_queries):
    with one_revision():
        for number in range(20):
            skill = make_skill(edition=edition, code=code_for(number), overall_description="So.")
            make_skill_level(skill=skill, number=1 + number % 7, description="Clay.")
        for number in range(3):
            make_attribute(edition=edition, code=code_for(number), guidance_notes="Clay.")
    answered = answer(edition, "clay")
    with django_assert_num_queries(3):
        assert len(excerpts(answered.question, answered.found)) == 23

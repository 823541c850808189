from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from skills.models import Attribute, Edition, Level, Skill, SkillOutline, Subcategory
from skills.search.answer import Answer, answer
from skills.search.destination import Destination, Model
from skills.search.excerpt import Excerpt, excerpts
from skills.search.question import parsed
from skills.search.ranking import Found

from .edition import edition_page
from .filters import Filters
from .gone import known_of

# Of the rest only the names are shown, as in a list.
MOST_EXCERPTS = 20
MOST_ATTRIBUTES = 5
MOST_SUGGESTIONS = 8


@dataclass(frozen=True)
class Place:
    """Where words of a question stand, and the address of that."""

    words: str
    address: str


@dataclass(frozen=True)
class Result:
    """A skill or an attribute that was found, its address, and the search terms that stand for it."""

    shown: SkillOutline | Attribute
    address: str
    terms: Sequence[str]
    place: Place
    """Where the excerpt is from."""
    pieces: Sequence[tuple[str, bool]]
    """The excerpt, in pieces, each with whether it is what was asked for."""
    also: Sequence[Place]
    """The other levels that hold words of the question."""


@edition_page
def search(request: HttpRequest, edition: Edition) -> HttpResponse:
    asked = request.GET.get("q", "")
    question, answered = parsed(asked), answer(edition, asked)
    if answered.goes_to:
        return redirect(_address(edition, answered.goes_to))
    # In small letters it may be a word, and is one where anything holds it.
    if question.code and (question.is_written_as_code or not answered.found) and known_of(edition, question.code):
        return redirect(_address(edition, Destination(Skill, question.code, question.number)))
    found = {one.document.code: one for one in answered.found if one.document.skill}
    filters = Filters(
        request,
        _outlines(edition, found),
        Subcategory.objects.in_edition(edition),
        order="Best first",
        kept={"q": question.text},
    )
    best = filters.shown[:MOST_EXCERPTS]
    attributes = {} if filters.in_words else _attributes(answered)
    first = answered.found[0].document if answered.found else None
    context = {
        "edition": edition,
        "question": question,
        "answer": answered,
        "query": filters.query,
        "filters": filters,
        "skills": _results(edition, answered, best, [found[skill.code] for skill in best], number=filters.level),
        "more_skills": filters.shown[MOST_EXCERPTS:],
        "attributes": _results(edition, answered, attributes.keys(), attributes.values()),
        "attributes_first": bool(first and first.attribute),
    }
    return render(request, "skills/search.html", context)


@edition_page
def search_suggestions(request: HttpRequest, edition: Edition) -> HttpResponse:
    """What the search box offers while somebody types, the best first, as JSON.

    `{"q": "kube", "suggestions": [{"name", "code", "level", "address", "for": ["kubernetes"]}]}`
    """
    asked = request.GET.get("q", "")
    answered = answer(edition, asked)
    best = answered.found[:MOST_SUGGESTIONS]
    offered = {Destination(_model(one), one.document.code): one.terms for one in best}
    if answered.goes_to:
        offered = {answered.goes_to: ()}
    names = _names(edition, offered)
    suggestions = [
        {"name": name, "code": one.code, "level": one.number, "address": _address(edition, one), "for": terms}
        for one, terms in offered.items()
        if (name := names.get((one.model, one.code)))
    ]
    return JsonResponse({"q": asked, "suggestions": suggestions})


def _names(edition: Edition, offered: Collection[Destination]) -> dict[tuple[Model, str], str]:
    """The names by model and code; a query for each model of which something is offered."""
    names: dict[tuple[Model, str], str] = {}
    for model in {one.model for one in offered}:
        coded = model.objects.in_edition(edition).filter(code__in=[one.code for one in offered if one.model is model])
        names.update({(model, code): name for code, name in coded.values_list("code", "name")})
    return names


def _model(found: Found) -> Model:
    return Skill if found.document.skill else Attribute


def _address(edition: Edition, destination: Destination) -> str:
    code, number = destination.code, destination.number
    if destination.model is Attribute:
        return edition.address_of("attribute_detail", code=code) + (f"#level-{number}" if number else "")
    if number:
        return edition.address_of("skill_level_detail", code=code, number=number)
    return edition.address_of("skill_detail", code=code)


def _outlines(edition: Edition, found: Mapping[str, Found]) -> list[SkillOutline]:
    """The skills, in the order in which they were found."""
    pks = [one.document.skill for one in found.values() if one.document.skill]
    skills = {skill.code: skill for skill in Skill.objects.in_edition(edition).listed().filter(pk__in=pks).outlines()}
    return [skills[code] for code in found if code in skills]


def _attributes(answered: Answer) -> dict[Attribute, Found]:
    found = [one for one in answered.found if one.document.attribute][:MOST_ATTRIBUTES]
    attributes = Attribute.objects.in_bulk([one.document.attribute for one in found]) if found else {}
    return {attributes[one.document.attribute]: one for one in found if one.document.attribute in attributes}


def _results(
    edition: Edition,
    answered: Answer,
    shown: Collection[SkillOutline | Attribute],
    found: Collection[Found],
    *,
    number: int | None = None,
) -> list[Result]:
    levels = Level.objects.one_to_seven(edition) if shown else []
    where = excerpts(answered.question, found, number=number)
    return [_result(edition, levels, *each) for each in zip(shown, found, where, strict=True)]


def _result(
    edition: Edition, levels: Sequence[Level], shown: SkillOutline | Attribute, found: Found, excerpt: Excerpt
) -> Result:
    model = _model(found)

    def address(number: int | None = None) -> str:
        return _address(edition, Destination(model, shown.code, number))

    if excerpt.number:
        place = Place(str(levels[excerpt.number - 1]), address(excerpt.number))
    elif excerpt.part == "guidance_notes":
        place = Place("Guidance notes", f"{address()}#guidance-notes")
    else:
        place = Place("Definition", address())
    also = [Place(str(number), address(number)) for number in excerpt.also_at]
    return Result(shown, address(), found.terms, place, excerpt.pieces, also)

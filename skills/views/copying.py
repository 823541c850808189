"""Ways to copy a page into a document: what is copied, and which address it leads to, stand in the address."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from skills.links.formats import DEFINITION, FORMATS, LINK, QUOTATION, Copied, Passage
from skills.models import Attribute, AttributeLevel, Edition, Level, Skill
from skills.prose import as_lines, as_words

from . import asked
from .edition import edition_page
from .gone import gone
from .public import shows
from .site import site_of

FORMS = {LINK: "Link", DEFINITION: "Link with definition", QUOTATION: "Full quotation"}
FLOATING, PINNED = "floating", "pinned"


@dataclass(frozen=True)
class Option:
    """A value that can be chosen, and the address of the page with it."""

    label: str
    address: str
    is_chosen: bool


@edition_page
def skill_copy(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return gone(request, edition, code)
    described = [(level, skill.at_level(level.number)) for level in Level.objects.one_to_seven(edition)]
    subject = Copied(
        name=skill.name,
        code=code,
        definition=_in_words(skill.overall_description),
        passages=[
            Passage(as_lines(skill.overall_description)),
            *_guidance(skill),
            *(Passage(as_lines(at.description), str(level)) for level, at in described if at),
        ],
    )
    return _copying(request, edition, "skill_detail", {"code": code}, subject, skill=skill)


@edition_page
def skill_level_copy(request: HttpRequest, edition: Edition, code: str, number: int) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return gone(request, edition, code)
    skill_level = skill.at_level(number)
    undefined = f"{skill.name} has no description at level {number} in {edition.name}."
    subject = Copied(
        name=skill.name,
        code=code,
        number=number,
        definition=_in_words(skill_level.description) if skill_level else undefined,
        passages=[Passage(as_lines(skill_level.description) if skill_level else [(False, undefined)])],
    )
    return _copying(request, edition, "skill_level_detail", {"code": code, "number": number}, subject, skill=skill)


@edition_page
def level_copy(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    level = Level.objects.one_to_seven(edition)[number - 1]
    essence = " ".join(level.essence.split())
    subject = Copied(
        name=str(level),
        definition=essence,
        passages=[
            *([Passage([(False, essence)])] if essence else []),
            *(
                Passage(as_lines(attribute_level.description), str(attribute_level.attribute))
                for attribute_level in AttributeLevel.objects.at_level(edition, number)
            ),
        ],
    )
    return _copying(request, edition, "level_detail", {"number": number}, subject)


@edition_page
def attribute_copy(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    attributes = Attribute.objects.in_edition(edition).prefetch_related("attribute_levels")
    attribute = get_object_or_404(attributes, code=code)
    steps = attribute.progression(Level.objects.one_to_seven(edition))
    subject = Copied(
        name=attribute.name,
        code=code,
        definition=_in_words(attribute.overall_description),
        passages=[
            Passage(as_lines(attribute.overall_description)),
            *_guidance(attribute),
            *(Passage(as_lines(at.description), str(step.level)) for step in steps if (at := step.attribute_level)),
        ],
    )
    return _copying(request, edition, "attribute_detail", {"code": code}, subject, attribute=attribute)


def _copying(
    request: HttpRequest,
    edition: Edition,
    page: str,
    parts: Mapping[str, Any],
    subject: Copied,
    **shown: Any,
) -> HttpResponse:
    """The page of ways to copy another one, of which `subject` says what it is about."""
    addresses = {FLOATING: reverse(page, kwargs=dict(parts)), PINNED: edition.pinned_address_of(page, **parts)}
    targets = {FLOATING: "Floating", PINNED: f"Pinned to {edition.name}"}
    # First comes what should be linked to, as in `lasting_address_of`.
    choices = {"as": FORMS, "to": targets if edition.is_current else dict(reversed(targets.items()))}
    chosen, passed_over = _chosen(request, choices)
    copied = replace(
        subject,
        address=site_of(request) + addresses[chosen["to"]],
        edition=edition.name,
        copied_on=timezone.localdate(),
        attribution=edition.attribution,
    )
    query = _query(choices, chosen)
    shows(request, query)
    context = {
        "edition": edition,
        "copied": copied,
        "page_address": edition.address_of(page, **parts),
        "forms": _options(request, choices, chosen, "as"),
        "targets": _options(request, choices, chosen, "to"),
        "written": [(format_, format_.write(copied, chosen["as"])) for format_ in FORMATS],
        "rows": 8 if chosen["as"] == QUOTATION else 3 if chosen["as"] == DEFINITION else 1,
        "passed_over": passed_over,
        "query": query,
        **shown,
    }
    return render(request, "skills/copying.html", context)


def _chosen(request: HttpRequest, choices: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, str], list[str]]:
    """What the address asks for of each choice, else the first option, and sentences about what there is not."""
    chosen, passed_over = {}, []
    for parameter, what in (("as", "way to copy"), ("to", "kind of address")):
        given = asked.values(request, parameter)
        known = [value for value in given if value in choices[parameter]]
        passed_over += asked.passed_over(what, [value for value in given if value not in known])
        passed_over += asked.only_first(what, len(known))
        chosen[parameter] = next(iter(known or choices[parameter]))
    return chosen, passed_over


def _query(choices: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str]) -> str:
    """What is not the first option of its choice."""
    return asked.query({name: value for name, value in chosen.items() if value != next(iter(choices[name]))})


def _options(
    request: HttpRequest, choices: Mapping[str, Mapping[str, str]], chosen: Mapping[str, str], parameter: str
) -> list[Option]:
    return [
        Option(label, request.path + _query(choices, {**chosen, parameter: value}), chosen[parameter] == value)
        for value, label in choices[parameter].items()
    ]


def _in_words(text: str) -> str:
    return " ".join(as_words(text).split())


def _guidance(described: Skill | Attribute) -> Iterator[Passage]:
    if described.guidance_notes:
        yield Passage(as_lines(described.guidance_notes), "Guidance notes")

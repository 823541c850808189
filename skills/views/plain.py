"""The twins of pages as Markdown. Each answers as its page does; what the edition does not have has no twin."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from skills.links.gone import gone_from
from skills.links.plain import (
    attribute_in_markdown,
    level_in_markdown,
    skill_in_markdown,
    skill_level_in_markdown,
)
from skills.models import Attribute, AttributeLevel, Edition, Level, Skill

from .edition import edition_page


@edition_page
def skill_plain(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_edition(edition).with_levels(), code=code)
    address = _absolute(request, edition.lasting_address_of("skill_detail", code=code))
    text = skill_in_markdown(edition, skill, Level.objects.one_to_seven(edition), address=address)
    return _answer(text, is_gone=skill.is_withdrawn)


@edition_page
def skill_level_plain(request: HttpRequest, edition: Edition, code: str, number: int) -> HttpResponse:
    skill = get_object_or_404(Skill.objects.in_edition(edition).with_levels(), code=code)
    is_gone = skill.is_withdrawn or (not skill.at_level(number) and gone_from(edition, code, number) is not None)
    level = Level.objects.one_to_seven(edition)[number - 1]
    address = _absolute(request, edition.lasting_address_of("skill_level_detail", code=code, number=number))
    return _answer(skill_level_in_markdown(edition, skill, level, address=address), is_gone=is_gone)


@edition_page
def level_plain(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    text = level_in_markdown(
        edition,
        Level.objects.one_to_seven(edition)[number - 1],
        AttributeLevel.objects.at_level(edition, number),
        Skill.objects.in_edition(edition).listed().defined_at(number).outlines(),
        address=_absolute(request, edition.lasting_address_of("level_detail", number=number)),
    )
    return _answer(text)


@edition_page
def attribute_plain(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    attributes = Attribute.objects.in_edition(edition).prefetch_related("attribute_levels")
    attribute = get_object_or_404(attributes, code=code)
    address = _absolute(request, edition.lasting_address_of("attribute_detail", code=code))
    return _answer(attribute_in_markdown(edition, attribute, Level.objects.one_to_seven(edition), address=address))


def _answer(text: str, *, is_gone: bool = False) -> HttpResponse:
    status = settings.RETIRED_STATUS if is_gone else HTTPStatus.OK
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", status=status)


def _absolute(request: HttpRequest, path: str) -> str:
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)

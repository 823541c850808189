"""The twins of pages as Markdown. Each answers as its page does; what the edition does not have has no twin."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from skills.links.gone import gone_from
from skills.links.plain import (
    attribute_in_markdown,
    gone_in_markdown,
    level_in_markdown,
    skill_in_markdown,
    skill_level_in_markdown,
)
from skills.models import Attribute, AttributeLevel, Edition, Level, Skill

from .edition import edition_page
from .gone import known_as_gone
from .site import site_of


@edition_page
def skill_plain(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return _gone(request, edition, code)
    address = site_of(request) + edition.lasting_address_of("skill_detail", code=code)
    text = skill_in_markdown(edition, skill, Level.objects.one_to_seven(edition), address=address)
    return _answer(edition, address, text, is_gone=skill.is_withdrawn)


@edition_page
def skill_level_plain(request: HttpRequest, edition: Edition, code: str, number: int) -> HttpResponse:
    skill = Skill.objects.in_edition(edition).with_levels().filter(code=code).first()
    if skill is None:
        return _gone(request, edition, code)
    level_gone = None if skill.at_level(number) else gone_from(edition, code, number)
    is_gone = skill.is_withdrawn or bool(level_gone and not level_gone.is_in_current)
    level = Level.objects.one_to_seven(edition)[number - 1]
    address = site_of(request) + edition.lasting_address_of("skill_level_detail", code=code, number=number)
    text = skill_level_in_markdown(edition, skill, level, address=address)
    return _answer(edition, address, text, is_gone=is_gone)


@edition_page
def level_plain(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    address = site_of(request) + edition.lasting_address_of("level_detail", number=number)
    text = level_in_markdown(
        edition,
        Level.objects.one_to_seven(edition)[number - 1],
        AttributeLevel.objects.at_level(edition, number),
        Skill.objects.in_edition(edition).listed().defined_at(number).outlines(),
        address=address,
    )
    return _answer(edition, address, text)


@edition_page
def attribute_plain(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    attributes = Attribute.objects.in_edition(edition).prefetch_related("attribute_levels")
    attribute = get_object_or_404(attributes, code=code)
    address = site_of(request) + edition.lasting_address_of("attribute_detail", code=code)
    text = attribute_in_markdown(edition, attribute, Level.objects.one_to_seven(edition), address=address)
    return _answer(edition, address, text)


def _gone(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    found = known_as_gone(edition, code)
    address = site_of(request) + edition.lasting_address_of("skill_detail", code=code)
    text = gone_in_markdown(edition, found, address=address)
    return _answer(edition, address, text, is_gone=not found.is_in_current)


def _answer(edition: Edition, address: str, text: str, *, is_gone: bool = False) -> HttpResponse:
    """The page at `address` is what is to be found and linked to, not its twin."""
    headers = {"Link": f'<{address}>; rel="canonical"'}
    if is_gone or not edition.is_current:
        headers["X-Robots-Tag"] = "noindex"
    status = settings.RETIRED_STATUS if is_gone else HTTPStatus.OK
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", status=status, headers=headers)

"""Each check finds its own fault and no other, in a copy of the settings that has just that fault."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.checks import ERROR, WARNING, CheckMessage, run_checks

PROFILE = "under-h2"


@pytest.fixture
def profile(settings) -> dict[str, Any]:
    """One of the profiles that the site uses, to be spoilt."""
    settings.MARKDOWNIFY = deepcopy(settings.MARKDOWNIFY)
    return settings.MARKDOWNIFY[PROFILE]


def found() -> list[CheckMessage]:
    return [message for message in run_checks() if message.id.startswith("skills.")]


def assert_finds_only(identifier: str, *words: str) -> None:
    assert [message.id for message in found()] == [identifier]
    for word in words:
        assert word in found()[0].msg


def test_the_settings_of_the_site_are_in_order():
    assert found() == []


def test_a_profile_that_is_not_there_is_an_error(settings):
    settings.PROSE_PROFILES = {**settings.PROSE_PROFILES, 2: "under-h22"}
    assert_finds_only("skills.E001", "under-h22")


def test_no_profiles_at_all_are_an_error_each(settings):
    del settings.MARKDOWNIFY
    assert [message.id for message in found()] == ["skills.E001"] * 3


def test_a_setting_that_does_nothing_is_an_error(profile):
    profile["WHITELIST_TAG"] = ["p"]
    assert_finds_only("skills.E002", PROFILE, "WHITELIST_TAG")


@pytest.mark.parametrize("tag", ["p", "ul", "ol", "li", "strong", "em", "a"])
def test_a_profile_without_a_tag_that_descriptions_need_is_an_error(profile, tag):
    profile["WHITELIST_TAGS"].remove(tag)
    assert_finds_only("skills.E003", PROFILE, f" {tag},")


def test_a_profile_that_names_no_tags_is_an_error(profile):
    del profile["WHITELIST_TAGS"]
    assert_finds_only("skills.E003")


@pytest.mark.parametrize("value", [False, None, 0])
def test_a_profile_that_lets_scripts_through_is_an_error(profile, value):
    profile["BLEACH"] = value
    assert_finds_only("skills.E004", PROFILE)


@pytest.mark.parametrize("tag", ["script", "iframe", "style", "svg", "form", "base"])
def test_a_profile_that_allows_an_unsafe_tag_is_an_error(profile, tag):
    profile["WHITELIST_TAGS"].append(tag)
    assert_finds_only("skills.E005", PROFILE, f" {tag},")


@pytest.mark.parametrize("scheme", ["javascript", "data", "ftp"])
def test_a_profile_that_allows_links_of_another_scheme_is_an_error(profile, scheme):
    profile["WHITELIST_PROTOCOLS"].append(scheme)
    assert_finds_only("skills.E006", PROFILE)


def test_a_profile_that_names_no_schemes_is_an_error(profile):
    del profile["WHITELIST_PROTOCOLS"]
    assert_finds_only("skills.E006")


@pytest.mark.parametrize("value", [{"PARSE_URLS": True}, {}, {"PARSE_EMAIL": True}])
def test_a_profile_that_makes_links_of_plain_words_is_an_error(profile, value):
    profile["LINKIFY_TEXT"] = value
    assert_finds_only("skills.E007", PROFILE)


def test_a_profile_that_does_not_say_whether_it_makes_links_is_an_error(profile):
    del profile["LINKIFY_TEXT"]
    assert_finds_only("skills.E007")


@pytest.mark.parametrize("attribute", ["onclick", "onerror", "style"])
def test_a_profile_that_allows_an_unsafe_attribute_is_an_error(profile, attribute):
    profile["WHITELIST_ATTRS"]["p"] = [attribute]
    assert_finds_only("skills.E008", PROFILE, attribute)


def test_a_profile_that_does_not_say_which_tag_may_have_which_attribute_is_an_error(profile):
    profile["WHITELIST_ATTRS"] = ["href"]
    assert_finds_only("skills.E009", PROFILE)


@pytest.mark.parametrize("name", ["SFIA", "Our sfia site", "MySFIAskills"])
def test_a_site_that_has_sfia_in_its_name_is_warned(settings, name):
    settings.SITE_NAME = name
    assert_finds_only("skills.W001", name)


def test_faults_of_profiles_are_errors_and_the_name_is_a_warning(settings, profile):
    settings.SITE_NAME = "SFIA"
    profile["BLEACH"] = False
    assert {message.id: message.level for message in found()} == {"skills.E004": ERROR, "skills.W001": WARNING}


def test_each_fault_of_each_profile_is_found(profile, settings):
    profile["BLEACH"] = False
    settings.MARKDOWNIFY["under-h3"]["LINKIFY_TEXT"] = {}
    assert [message.id for message in found()] == ["skills.E004", "skills.E007"]


def test_every_fault_says_where_to_mend_it(profile):
    profile["BLEACH"] = False
    assert "sfia_site/settings.py" in found()[0].hint

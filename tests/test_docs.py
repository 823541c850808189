"""The README is true: every setting, command and address in it exists, and the other way round."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve

from skills.urls import pages

ROOT = Path(settings.BASE_DIR)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_setting_is_in_the_readme_and_no_other():
    read = set(re.findall(r'environment\.\w+\(\s*"([A-Z_]+)"', (ROOT / "sfia_site" / "settings.py").read_text()))
    table = README.split("| Variable |")[1].split("\n\n")[0]
    described = {name for row in table.splitlines() for name in re.findall(r"`([A-Z_]+)`", row.split("|")[1:2][0])}
    assert described == read


def test_every_make_command_is_in_the_readme_and_no_other():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    offered = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)) - {"help"}
    assert set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", README, re.MULTILINE)) == offered


def test_every_management_command_of_ours_is_in_the_readme_and_all_of_those_exist():
    application_of = get_commands()
    ours = {name for name, application in application_of.items() if application == "skills"}
    described = set(re.findall(r"manage\.py ([a-z_]+)", README))
    assert ours <= described <= application_of.keys()


def test_every_address_in_the_readme_exists_and_every_page_is_there():
    table = README.split("| Address |")[1].split("\n\n")[0]
    addresses = re.findall(r"`(/[^`]*)`", table)
    shown = {resolve(address).url_name for address in addresses}
    assert {page.name for page in pages} <= shown


def test_every_file_and_folder_that_the_readme_names_exists():
    tree = README.split("## Development")[1]
    named = set(re.findall(r"^ {4}(?: {2})?((?:[\w.]+/? )*?[\w.]+(?:/|\.py))", tree, re.MULTILINE))
    assert named
    for line in named:
        for name in line.split():
            assert (ROOT / name).exists() or (ROOT / "skills" / name).exists(), name


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)]+)\)", README))
def test_every_link_in_the_readme_leads_to_a_file(link):
    assert (ROOT / link).exists()

"""The rules of the house that a program can see."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from zeal import zeal_context
from zeal.errors import NPlusOneError

from skills.models import Skill
from tests.factories import make_edition, make_skill

ROOT = Path(settings.BASE_DIR)
SKILLS = ROOT / "skills"
MODULES = sorted(path for path in SKILLS.rglob("*.py") if "migrations" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LAYERS = {
    4: {"urls"},
    3: {"views", "api", "admin", "templatetags", "management"},
    2: {"search", "links", "importing", "exporting"},
    1: {"models", "converters", "prose", "document", "wording", "middleware", "checks"}
    | {"page_memory", "posted", "log"},
    # The application's own declaration, below all: its import registers the checks.
    0: {"apps"},
}
LAYER_OF = {part: layer for layer, parts in LAYERS.items() for part in parts}
MAY_IMPORT_BESIDE_THE_LAYERS = {("apps", "checks"), ("apps", "page_memory"), ("middleware", "page_memory")}
WITHOUT_DJANGO = {"document", "wording"}
KNOWS_REQUESTS = {"views", "api", "admin", "templatetags", "management", "middleware", "urls"} | {
    "page_memory",
    "posted",
}


def part_of(path: Path) -> str:
    return path.relative_to(SKILLS).parts[0].removesuffix(".py")


def imported(tree: ast.AST, path: Path) -> Iterator[str]:
    """The dotted names of what a module imports, relative ones made absolute."""
    package = ["skills", *path.relative_to(SKILLS).parent.parts]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.parent != SKILLS or path.name != "__init__.py"], ids=named
)
def test_imports_point_down(path):
    part = part_of(path)
    assert part in LAYER_OF, f"{part} has no layer"
    for name in imported(parsed(path), path):
        if not name.startswith("skills."):
            continue
        other = name.split(".")[1]
        below = other in LAYER_OF and LAYER_OF[other] < LAYER_OF[part]
        assert other == part or below or (part, other) in MAY_IMPORT_BESIDE_THE_LAYERS, f"{part} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_only_the_upper_layers_know_requests_and_some_parts_not_even_django(path):
    part = part_of(path)
    for name in imported(parsed(path), path):
        if part not in KNOWS_REQUESTS:
            assert not name.startswith(("django.http", "django.shortcuts")), name
        if part in WITHOUT_DJANGO:
            assert not name.startswith("django"), name


@pytest.mark.parametrize("path", sorted([*MODULES, *(ROOT / "sfia_site").rglob("*.py")]), ids=named)
def test_nothing_is_imported_inside_a_function(path):
    for function in ast.walk(parsed(path)):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = [node.lineno for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
            assert not inside, f"{function.name}, lines {inside}"


def test_markdown_has_one_door():
    readers = {"markdown", "markdownify", "bleach", "nh3"}
    users = {
        part_of(path) for path in MODULES for name in imported(parsed(path), path) if name.split(".")[0] in readers
    }
    assert users == {"prose"}


def test_one_module_knows_excel_and_what_reads_files_knows_no_django():
    importing = SKILLS / "importing"
    readers = [importing / f"{name}.py" for name in ("files", "sheet", "workbook", "archive", "comma_separated")]
    knowing = {path for path in MODULES for name in imported(parsed(path), path) if name.split(".")[0] == "openpyxl"}
    assert knowing == {importing / "workbook.py"}
    for path in readers:
        assert not [name for name in imported(parsed(path), path) if name.startswith("django")], path


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_has_nothing_inline_and_names_no_other_host(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", text)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_nothing_escapes_the_escaping(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape off|\|\s*markdownify", text)


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.name.startswith("_")], ids=named)
def test_a_partial_says_first_what_it_needs(path):
    assert re.match(r"\{# .+\. Needs: .+ #\}\n", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_partial_is_given_what_it_needs_and_nothing_else(path):
    for tag in re.findall(r"\{% include .+? %\}", path.read_text(encoding="utf-8")):
        assert tag.endswith(" only %}"), tag


@pytest.mark.parametrize("path", sorted((ROOT / "static").glob("*.css")), ids=named)
def test_a_stylesheet_takes_every_colour_from_a_token(path):
    text = path.read_text(encoding="utf-8")
    rules = text.split("}", 1)[1]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", rules)


@pytest.mark.parametrize("path", sorted((ROOT / "static").glob("*.css")), ids=named)
def test_dark_differs_from_light_in_tokens_of_colours_alone(path):
    """So the scan for accessibility may pass over what is not about colours in the second of them."""
    text = path.read_text(encoding="utf-8")
    tokens, rules = text.split("}", 1)
    assert not re.findall(r"prefers-color-scheme|light-dark", rules)
    assert tokens.count("light-dark(") == len(re.findall(r"^  --[\w-]+: light-dark\(#", tokens, re.MULTILINE))


def test_dark_differs_from_light_in_tokens_of_colours_alone_in_djangos_administration_too():
    of_django = Path(finders.find("admin/css/dark_mode.css"))
    dark = of_django.read_text(encoding="utf-8").split("html[data-theme")[0]
    declared = re.findall(r"^\s*([\w-]+): *([^;]+);", dark, re.MULTILINE)
    assert len(declared) > 20
    assert {name for name, _ in declared if not name.startswith("--")} == {"color-scheme"}
    assert all(re.fullmatch(r"#\w{3,6}|var\(--[\w-]+\)", value) for name, value in declared if name.startswith("--"))
    others = (path for path in of_django.parent.rglob("*.css") if path != of_django)
    assert not [path for path in others if "prefers-color-scheme" in path.read_text(encoding="utf-8")]


def test_the_administration_wears_the_colours_of_the_site():
    """It cannot load the site's style sheet, which would change Django's pages, and so says the same tokens again."""
    site, administration = (
        dict(re.findall(r"(--[\w-]+): ([^;]+);", (ROOT / "static" / name).read_text(encoding="utf-8").split("}", 1)[0]))
        for name in ("site.css", "administration.css")
    )
    shared = site.keys() & administration.keys() - {"--accent"}  # Django has another meaning for this name
    assert len(shared) >= 7
    assert {name: administration[name] for name in shared} == {name: site[name] for name in shared}


@pytest.mark.parametrize("path", sorted((ROOT / "static").rglob("*.js")), ids=named)
def test_a_script_keeps_no_state_and_writes_no_markup(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"localStorage|sessionStorage|document\.cookie|document\.write|\beval\(|innerHTML", text)


def test_packages_are_empty_but_for_those_that_gather():
    for path in SKILLS.rglob("__init__.py"):
        if path.parent.name not in ("models", "admin"):
            assert path.read_text() == "", path


def test_no_file_is_named_for_nothing():
    vague = {"utils", "helpers", "common", "services", "manager", "misc", "base"}
    assert not [path for path in MODULES if path.stem in vague]


def test_the_lock_names_no_host_and_every_package_has_a_hash():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text()
        assert "://" not in text
        assert all("--hash=sha256:" in package for package in re.split(r"\n(?=[a-z0-9])", text.strip()))


@pytest.mark.django_db
def test_the_watch_for_a_query_a_row_is_awake():
    """It finds nothing, silently, where it is not among the installed applications."""
    edition = make_edition()
    for code in ("AAAA", "BBBB"):
        make_skill(edition=edition, code=code)
    with zeal_context(), pytest.raises(NPlusOneError):
        [skill.edition.name for skill in Skill.objects.all()]

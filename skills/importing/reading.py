"""From files to the description of an edition, with everything that is wrong with them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from skills import document

from .content import ATTRIBUTES, LEVELS, SKILLS, Content, name_of, read_sheet
from .rows import Problem, Report
from .sheet import File

EDITION_SLUG = re.compile("[0-9][a-z0-9]*(?:-[a-z0-9]+)*")
LONGEST_SLUG = 30
KNOWN_SHEETS = f"“{SKILLS}”, “{ATTRIBUTES}” or “{LEVELS}”"
# What each edition is known to hold, by what its slug begins with.
KNOWN_COUNTS = {
    "9": {"categories": 6, "subcategories": 22, "skills": 147, "skill levels": 672, "attributes": 16},
    "8": {"categories": 6, "subcategories": 19, "skills": 121, "skill levels": 495},
}


@dataclass(frozen=True)
class Reading:
    """What files say: the edition, None where there are problems. `asks_for_edition`: they do not say which it is."""

    edition: document.Edition | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    asks_for_edition: bool = False


def read_edition(files: Sequence[File], *, edition_slug: str = "") -> Reading:
    """Describe the edition in these files; its slug is in their addresses, or given.

    What no sheet speaks of is None in the description. Every problem in every sheet is found.
    """
    content, report = Content(), Report()
    names: dict[str, str] = {}
    for file in files:
        for sheet in file.sheets:
            name = name_of(sheet)
            if not name:
                _refuse(report, file.name, f"the headings of {KNOWN_SHEETS} were expected; this is another table.")
            elif name in names:
                _refuse(report, file.name, f"“{name}” was given twice; it stands in {names[name]} too.")
            else:
                names[name] = file.name
                read_sheet(sheet, name, content, report)
    slug = _slug_of(content, edition_slug, report)
    if content.is_of_sfia_8 and slug[:1] == "9":
        _refuse(report, "Edition", f"the files are laid out as SFIA 8 is, and edition {slug} was asked for.")
    asks = not slug and not report.problems
    if not slug and asks:
        _refuse(report, "", "the files do not say which edition they are.")
    if report.problems:
        return Reading(None, tuple(sorted(report.problems, key=_place_of)), tuple(report.warnings), asks)
    edition = document.Edition(
        slug,
        name=name_of_edition(slug),
        levels=content.levels,
        attributes=content.attributes,
        categories=content.categories,
        skills=content.skills,
    )
    _compare_with_known(edition, report)
    return Reading(edition, (), tuple(report.warnings))


def name_of_edition(slug: str) -> str:
    """ "SFIA 9", "SFIA 9 (fr)"."""
    number, _, rest = slug.partition("-")
    return f"SFIA {number} ({rest})" if rest else f"SFIA {number}"


def _place_of(problem: Problem) -> tuple[int, str, int]:
    """What is about files first, then sheet by sheet and row by row."""
    sheets = (SKILLS, ATTRIBUTES, LEVELS)
    return sheets.index(problem.sheet) if problem.sheet in sheets else -1, problem.sheet, problem.row or 0


def _refuse(report: Report, place: str, message: str) -> None:
    report.problems.append(Problem(place, None, "", message))


def _slug_of(content: Content, given: str, report: Report) -> str:
    """The slug of the edition: as given, if the publisher's addresses do not speak against it; else as they say."""
    if given and (not EDITION_SLUG.fullmatch(given) or len(given) > LONGEST_SLUG):
        _refuse(report, "Edition", "a digit was expected, then small letters, digits or hyphens, as in “9” or “9-fr”.")
        return ""
    said = Counter(address.edition for address in content.addresses)
    if not said:
        return given
    ((most, count),) = said.most_common(1)
    if given and not _is_of(given, most):
        _refuse(report, "Edition", f"the addresses in the files say {most}, not {given}.")
    for address in content.addresses if count < said.total() else ():
        if address.edition != most:
            message = f"an address of {name_of_edition(most)} was expected, as most are, not {address.edition}."
            address.row.problem(address.heading, message)
    return given or most


def _is_of(given: str, said: str) -> bool:
    """Whether an edition may be kept under this slug: "9-trial" is one of 9."""
    return given == said or given.startswith(f"{said}-") or said.startswith(f"{given}-")


def counts_of(edition: document.Edition) -> dict[str, int]:
    """How many of each there are; what the edition does not speak of is left out."""
    counts = {}
    if edition.categories is not None and edition.skills is not None:
        counts = {
            "categories": len(edition.categories),
            "subcategories": sum(len(category.subcategories) for category in edition.categories),
            "skills": len(edition.skills),
            "skill levels": sum(len(skill.skill_levels) for skill in edition.skills),
        }
    if edition.attributes is not None:
        counts["attributes"] = len(edition.attributes)
    if edition.levels is not None:
        counts["levels"] = len(edition.levels)
    return counts


def _compare_with_known(edition: document.Edition, report: Report) -> None:
    counts, known = counts_of(edition), KNOWN_COUNTS.get(edition.slug.partition("-")[0], {})
    for name, count in known.items():
        if name in counts and counts[name] != count:
            message = f"{name}: {counts[name]}, where {name_of_edition(edition.slug)} is known to have {count}."
            report.warnings.append(Problem("", None, "", message))

"""What several tests of search make."""

from tests.factories import make_skill, make_skill_level, one_revision_each


@one_revision_each
def skill_with(edition, code, **texts):
    """A skill of which no text but these holds a telling word."""
    level_texts = {int(part[-1]): texts.pop(part) for part in list(texts) if part.startswith("level_")}
    skill = make_skill(
        edition=edition, code=code, **{"name": f"Xx{code}", "overall_description": "And so on.", **texts}
    )
    for number, description in level_texts.items():
        make_skill_level(skill=skill, number=number, description=description)
    return skill

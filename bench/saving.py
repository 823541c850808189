"""What editing costs: the pages that editors use, a save, and marking what differs between two texts."""

from collections.abc import Iterator
from functools import partial
from statistics import median
from time import perf_counter

import measure
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from skills.models import Edition, Skill
from skills.wording import difference
from tests.visitor import fields_in

RUNS = 15
SAVES = 20


def signed_in() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.create_superuser("editor"))
    return client


def pages(client: Client, edition: Edition) -> Iterator[tuple[str, measure.Page, float]]:
    """Each page with what it costs and the milliseconds that it takes."""
    skill = Skill.objects.in_edition(edition).earliest("position")
    addresses = {
        "the list of skills": f"{reverse('admin:skills_skill_changelist')}?edition__id__exact={edition.pk}",
        "the form of a skill": reverse("admin:skills_skill_change", args=[skill.pk]),
        "the history of a skill": reverse("admin:skills_skill_history", args=[skill.pk]),
        "the latest changes": reverse("admin:changes"),
    }
    for name, address in addresses.items():
        yield name, measure.fetch(client, address), milliseconds(client, address)


def milliseconds(client: Client, address: str) -> float:
    return median(measure.seconds(partial(client.get, address)) for _ in range(RUNS)) * 1000


def milliseconds_to_save(client: Client, edition: Edition) -> float:
    """The median of some saves, each of another text at one level; they leave the skill with a history."""
    skill = Skill.objects.in_edition(edition).earliest("position")
    address, taken = reverse("admin:skills_skill_change", args=[skill.pk]), []
    for number in range(SAVES):
        fields = fields_in(client.get(address).content.decode())
        fields["level_5_description"] = f"{fields['level_5_description']} Save {number}."
        begun = perf_counter()
        response = client.post(address, fields)
        taken.append((perf_counter() - begun) * 1000)
        if response.status_code != 302:
            raise SystemExit(f"Saving at {address} answered {response.status_code}")
    return median(taken)


def differences() -> Iterator[tuple[str, float]]:
    """Milliseconds to mark what differs between two texts."""
    sentence = "Plans, schedules and monitors work to meet given objectives and standards, and says so in time. "
    text = sentence.strip() * 8
    longest = (sentence * 200)[:10_000]
    cases = {
        "a word changed in a text of 8 sentences": (text, text.replace("objectives", "aims", 1)),
        "every sentence changed in one of 10,000 characters": (longest, longest.replace("work", "effort")),
        "two unlike texts of 10,000 characters": (longest, longest[::-1]),
    }
    for name, (before, after) in cases.items():
        yield name, median(measure.seconds(partial(difference, before, after)) for _ in range(5)) * 1000

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from skills.models.role import ROLES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ROLES)
def test_a_role_has_what_it_needs_after_migrating(role):
    held = set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))
    assert held == {f"{action}_{model}" for model, actions in ROLES[role].items() for action in actions}


def test_publishers_may_do_all_that_editors_may():
    for model, actions in ROLES["Editors"].items():
        assert set(actions) <= set(ROLES["Publishers"][model])


@pytest.mark.django_db(transaction=True)
def test_migrating_again_adds_what_is_missing_and_takes_nothing_away():
    editors = Group.objects.get(name="Editors")
    editors.permissions.remove(editors.permissions.get(codename="change_skill"))
    extra = Group.objects.get(name="Publishers").permissions.get(codename="change_edition")
    editors.permissions.add(extra)
    call_command("migrate", verbosity=0)
    assert editors.permissions.filter(codename="change_skill").exists()
    assert editors.permissions.filter(pk=extra.pk).exists()


@pytest.mark.own_database
def test_the_roles_are_there_on_a_new_database(tmp_path):
    """From nothing, in a process of its own: permissions do not exist when the first migrations run."""
    question = (
        "from django.contrib.auth.models import Group; "
        "print(sorted((group.name, group.permissions.count()) for group in Group.objects.all()))"
    )
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sfia_site.settings",
    }
    for command in (["migrate", "-v0"], ["shell", "-v0", "-c", question]):
        answer = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
    expected = sorted((role, sum(map(len, models.values()))) for role, models in ROLES.items())
    assert answer.stdout.strip() == str(expected)


def test_history_has_no_permissions_of_its_own():
    assert not Permission.objects.filter(codename__contains="historical").exists()

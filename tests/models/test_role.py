import sqlite3
from contextlib import closing

import pytest
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
def test_the_roles_are_there_on_a_new_database(prepared):
    """From nothing, in a process of its own: permissions do not exist when the first migrations run."""
    query = (
        "SELECT name, count(*) FROM auth_group JOIN auth_group_permissions ON group_id = auth_group.id"
        " GROUP BY name ORDER BY name"
    )
    with closing(sqlite3.connect(prepared / "db.sqlite3")) as database:
        found = database.execute(query).fetchall()
    assert found == sorted((role, sum(map(len, models.values()))) for role, models in ROLES.items())


def test_history_has_no_permissions_of_its_own():
    assert not Permission.objects.filter(codename__contains="historical").exists()

"""Who may do what in the administration: a group of users for each role."""

from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models.signals import post_migrate
from django.dispatch import receiver

ALL = ("add", "change", "delete", "view")
READ_AND_CHANGE = ("change", "view")

EDITORS = {
    "skill": READ_AND_CHANGE,
    "skilllevel": ALL,
    "explanatorysection": ALL,
    "level": READ_AND_CHANGE,
    "revision": ("view",),
}
PUBLISHERS = EDITORS | {
    "skill": ALL,
    "level": ALL,
    "edition": ALL,
    "notice": ALL,
    "category": ALL,
    "subcategory": ALL,
    "attribute": ALL,
    "attributelevel": ALL,
}
ROLES = {"Editors": EDITORS, "Publishers": PUBLISHERS}
"""The actions on each model, by the group's name. Users are for administrators, who need no role."""


@receiver(post_migrate)
def create_roles(sender: AppConfig, **kwargs: Any) -> None:
    """Give each role what it needs after migrating, for permissions are made only then.

    What an administrator has given a role beside stays. What they have taken from it comes back: a role that should
    have less is a group of their own.
    """
    if sender.name != "skills":
        return
    # Django makes them at this signal too, but perhaps after this receiver.
    create_permissions(sender, verbosity=0)
    for name, actions_on in ROLES.items():
        codenames = [f"{action}_{model}" for model, actions in actions_on.items() for action in actions]
        permissions = Permission.objects.filter(content_type__app_label="skills", codename__in=codenames)
        Group.objects.get_or_create(name=name)[0].permissions.add(*permissions)

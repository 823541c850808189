"""Who may do what in the administration: a group of users for each role."""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as all_apps
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.dispatch import receiver

ALL = ("add", "change", "delete", "view")
READ_AND_CHANGE = ("change", "view")

EDITORS = {
    "skill": READ_AND_CHANGE,
    "skilllevel": ALL,
    "explanatorysection": ALL,
    "level": READ_AND_CHANGE,
    "searchterm": ALL,
    "retirement": ALL,
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
    "import": ("add", "view"),
}
ROLES = {"Editors": EDITORS, "Publishers": PUBLISHERS}
"""The actions on each model, by the group's name. Users are for administrators, who need no role."""


@receiver(post_migrate)
def create_roles(sender: AppConfig, using: str, apps: Any = all_apps, **kwargs: Any) -> None:
    """Give each role what it needs after migrating, for permissions are made only then.

    What an administrator has given a role beside stays. What they have taken from it comes back: a role that should
    have less is a group of their own. `apps` are the models as far as they are migrated, perhaps none of users.
    """
    if sender.name != "skills":
        return
    try:
        group, permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    except LookupError:
        return
    # Django makes them at this signal too, but perhaps after this receiver.
    create_permissions(sender, verbosity=0, using=using, apps=apps)
    for name, actions_on in ROLES.items():
        codenames = [f"{action}_{model}" for model, actions in actions_on.items() for action in actions]
        permissions = permission.objects.using(using).filter(content_type__app_label="skills", codename__in=codenames)
        group.objects.using(using).get_or_create(name=name)[0].permissions.add(*permissions)

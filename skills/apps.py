from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from . import checks  # noqa: F401 - checks register themselves when they are imported
from .page_memory import revision  # noqa: F401 - so does what follows the content


class SkillsConfig(AppConfig):
    name = "skills"
    verbose_name = "Skills framework"

    def ready(self) -> None:
        # What follows the history has to listen in every process, in those that load no page too.
        import_module("skills.search.index")


class FrameworkAdminConfig(admin.AdminConfig):
    default = False
    default_site = "skills.admin.site.FrameworkAdminSite"

    def ready(self) -> None:
        # Django makes the site when it is first used. Were that in the search for administrations, the package that
        # holds the site would be imported on the way, and what it registers would be lost with a site made too early.
        import_module("skills.admin")
        super().ready()

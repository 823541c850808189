from django.apps import AppConfig

from . import checks  # noqa: F401 - checks register themselves when they are imported


class SkillsConfig(AppConfig):
    name = "skills"
    verbose_name = "Skills framework"

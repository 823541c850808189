from . import attribute, framework, skill

__all__ = ["attribute", "framework", "skill"]

from . import attribute, framework, search_term, skill

__all__ = ["attribute", "framework", "search_term", "skill"]

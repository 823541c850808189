from . import attribute, framework, retirement, search_term, skill

__all__ = ["attribute", "framework", "retirement", "search_term", "skill"]

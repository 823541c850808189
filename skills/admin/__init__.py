from . import framework

__all__ = ["framework"]

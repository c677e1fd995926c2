"""Families of interchangeable modules (question kinds, templates), found by name."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names(package: ModuleType) -> list[str]:
    """Return the name of every public module of `package`, in order."""
    return sorted(m.name for m in iter_modules(package.__path__) if not m.name.startswith("_"))


def discover(package: ModuleType) -> dict[str, ModuleType]:
    """Return every public module of `package`, by name: adding a file adds a kind."""
    return {name: import_module(f"{package.__name__}.{name}") for name in names(package)}


def N_(msgid: str) -> str:
    """Mark an English sentence for the catalogue; the edge translates it when it is shown."""
    return msgid

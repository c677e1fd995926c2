"""Families of interchangeable modules (question kinds, templates), found by name."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def discover(package: ModuleType) -> dict[str, ModuleType]:
    """Return every public module of `package`, by name: adding a file adds a kind."""
    names = sorted(m.name for m in iter_modules(package.__path__) if not m.name.startswith("_"))
    return {name: import_module(f"{package.__name__}.{name}") for name in names}


def N_(msgid: str) -> str:
    """Mark an English sentence for the catalogue; the edge translates it when it is shown."""
    return msgid

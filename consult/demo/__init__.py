"""The texts of the demonstration, in data files beside this one: every person is invented."""

import tomllib
from importlib import resources
from typing import Any

CONSULTATIONS = ("grand_est", "reglement", "horaires", "suite")
ANSWERS = {"grand_est": ("grand_est_answers_1", "grand_est_answers_2")}


def read(name: str) -> dict[str, Any]:
    """Return what one file says."""
    path = resources.files(__name__) / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def consultation(name: str) -> dict[str, Any]:
    """Return a consultation with its themes, and the answers and drafts of its other files."""
    whole = read(name)
    for other in ANSWERS.get(name, ()):
        for kind, entries in read(other).items():
            whole.setdefault(kind, []).extend(entries)
    return whole

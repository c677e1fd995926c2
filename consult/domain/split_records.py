"""What is kept of a split so that anyone can make it again: one canonical text, and its digest."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from . import chain
from .splits import Split


def record(split: Split, projects: Sequence[str], *, seed: str = "") -> dict[str, Any]:
    """Return the inputs, the rule and the output of a split as JSON, in the order of the demand."""
    demand, terms = split.demand, split.terms
    columns = {
        "asked": demand.asked,
        "minimum": demand.minimum,
        "maximum": demand.maximum,
        "weight": [str(weight) for weight in demand.weight],
        "priority": demand.priority,
        "tie": demand.ties,
        "award": split.awards,
    }
    given = {name: column for name, column in columns.items() if column}
    rows = [
        {"project": project, **{name: column[place] for name, column in given.items()}}
        for place, project in enumerate(projects)
    ]
    return {
        "rule": terms.rule,
        "version": split.version,
        "floor": terms.floor,
        "cap": terms.cap,
        "seed": seed,
        "envelope": split.envelope,
        "awarded": split.awarded,
        "left": split.left,
        "projects": rows,
    }


def digest(kept: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record in canonical JSON: keys in order, no spaces, ASCII."""
    return sha256(chain.encode(kept).encode()).hexdigest()

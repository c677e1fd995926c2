"""What the two kinds of texts share: only the number of lines and the length differ."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

ANSWERS = N_("Answers")

Clean = Callable[..., str]


def settings(raw: Mapping[str, Any], default: int, most: int) -> dict[str, Any]:
    """Return the organiser's only setting, the greatest number of characters."""
    return {"max_length": _raw.setting(raw, "max_length", default, 1, most)}


def from_json(clean: Clean, raw: object, options: Mapping[str, Any]) -> str:
    """Return the text the API received."""
    if not isinstance(raw, str):
        raise RuleBroken("value-unreadable")
    return clean(raw, options["max_length"], required="answer-empty")


def count(values: Iterable[str]) -> list[tuple[str, int]]:
    """Count the texts; what they say is for people to read."""
    return [(ANSWERS, sum(1 for _ in values))]

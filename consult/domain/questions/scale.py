"""A whole number on a scale whose two ends are named."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

LABEL = N_("Scale")
_LOWEST, _HIGHEST, _STEPS = -10, 100, 10


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the two ends, at most ten steps apart, and the words for each."""
    low = _raw.setting(raw, "min", 1, _LOWEST, _HIGHEST - 1)
    high = _raw.setting(raw, "max", low + 4, low + 1, low + _STEPS)
    words = {name: clean.line(raw.get(name), 80) for name in ("min_label", "max_label")}
    return {"min": low, "max": high, **words}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> int:
    """Return the step ticked."""
    ticked = clean.line(_raw.single(raw, "value"), required="answer-empty")
    return _raw.bounded(ticked, "scale-out", options["min"], options["max"])


def read_json(raw: object, options: Mapping[str, Any]) -> int:
    """Return the step received, a whole number."""
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise RuleBroken("value-unreadable")
    return _raw.bounded(raw, "scale-out", options["min"], options["max"])


def as_text(value: int, options: Mapping[str, Any]) -> str:
    """Return the step, with the words of the end it stands at."""
    ends = {options["min"]: options["min_label"], options["max"]: options["max_label"]}
    words = ends.get(value)
    return f"{value} ({words})" if words else str(value)


def form_value(value: int, options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the step ticked."""
    return {"value": [str(value)]}


def summarise(values: Iterable[int], options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Count each step, from the lowest."""
    counts = Counter(values)
    steps = range(options["min"], options["max"] + 1)
    return [(as_text(step, options), counts[step]) for step in steps]

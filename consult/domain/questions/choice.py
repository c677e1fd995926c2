"""One option among several; "Other" with its own words where the organiser allows it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..kinds import N_
from . import _other, _raw

LABEL = N_("Single choice")
OTHER = _other.OTHER
OTHER_LABEL = N_("Other")


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the choices, and whether "Other" is offered."""
    return _other.settings(raw)


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> _other.Chosen:
    """Return the option ticked; a text typed beside nothing ticked counts as "Other"."""
    ticked, detail = _raw.single(raw, "value"), _raw.single(raw, "detail")
    if not ticked and options["allow_other"] and clean.line(detail, _other.OTHER_LIMIT):
        ticked = OTHER
    return _other.from_form(ticked, detail, options)


def read_json(raw: object, options: Mapping[str, Any]) -> _other.Chosen:
    """Return the option received: its words, or {"other": text}."""
    return _other.from_json(raw, options)


def as_text(value: _other.Chosen, options: Mapping[str, Any]) -> str:
    """Return the words of the option."""
    return _other.label(value)


def form_value(value: _other.Chosen, options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the option ticked and the text beside it."""
    form = {"value": [_other.to_form(value)]}
    return form if isinstance(value, str) else {**form, "detail": [value["other"]]}


def summarise(values: Iterable[_other.Chosen], options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Count each option, then "Other" where it is offered."""
    counts = Counter(_other.to_form(value) for value in values)
    table = [(choice, counts[choice]) for choice in options["choices"]]
    return [*table, (OTHER_LABEL, counts[OTHER])] if options["allow_other"] else table

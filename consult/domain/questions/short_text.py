"""A text of one line."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..kinds import N_
from . import _raw, _writing

LABEL = N_("Short text")


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the greatest number of characters, at most 300."""
    return _writing.settings(raw, clean.LINE_LIMIT, clean.LINE_LIMIT)


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> str:
    """Return the text typed, cleaned."""
    return clean.line(_raw.single(raw, "value"), options["max_length"], required="answer-empty")


def read_json(raw: object, options: Mapping[str, Any]) -> str:
    """Return the text received, cleaned."""
    return _writing.from_json(clean.line, raw, options)


def is_empty(value: Any) -> bool:
    """Tell whether nothing was written."""
    return not value


def as_text(value: str, options: Mapping[str, Any]) -> str:
    """Return the text itself."""
    return value


def form_value(value: str, options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the one field of the form."""
    return {"value": [value]}


def summarise(values: Iterable[str], options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Count the texts."""
    return _writing.count(values)

"""The file of ballots that `consult tally` reads: one object of JSON."""

import json
from typing import Any, BinaryIO

from .report import COMMAND, FormatError


def read(source: BinaryIO, name: str, limit: int = COMMAND.file) -> dict[str, Any]:
    """Return the object, or raise FormatError; an inner name that stands twice makes a tuple."""
    raw = source.read(limit + 1)
    if len(raw) > limit:
        raise FormatError("too-large", file=name, limit=limit)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("not-utf-8", file=name) from error
    del raw
    if not text.strip():
        raise FormatError("empty", file=name)
    try:
        found = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FormatError("not-json", file=name, detail=_detail(error)) from error
    if not isinstance(found, dict):
        raise FormatError("not-one-object", file=name)
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any] | tuple[tuple[str, Any], ...]:
    found = dict(pairs)
    return found if len(found) == len(pairs) else tuple(pairs)


def _detail(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}, column {error.colno}"
    return "too deep" if isinstance(error, RecursionError) else "a number is too long"

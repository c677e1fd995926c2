"""How the kinds take a value out of a form, out of JSON and out of an organiser's settings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken

MOST_CHOICES = 50
CHOICE_LIMIT = 200
_WHOLE = re.compile(r"[-−]?[0-9]{1,9}")


def single(raw: Mapping[str, Sequence[str]], name: str) -> str:
    """Return the one value of a field, "" when it is absent, or raise one-answer-only."""
    values = raw.get(name, ())
    if len(values) > 1:
        raise RuleBroken("one-answer-only")
    return values[0] if values else ""


def whole(raw: object) -> int | None:
    """Return a whole number, given as such or written in ASCII digits; None for anything else."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if not isinstance(raw, str) or not _WHOLE.fullmatch(raw.strip()):
        return None
    return int(raw.strip().replace("−", "-"))


def bounded(raw: object, code: str, low: int, high: int) -> int:
    """Return a whole number between two bounds, or raise `code` with `min` and `max`."""
    number = whole(raw)
    if number is None or not low <= number <= high:
        raise RuleBroken(code, min=low, max=high)
    return number


def setting(raw: Mapping[str, Any], name: str, default: int, low: int, high: int) -> int:
    """Return a whole setting of the organiser, its default when it is left blank."""
    value = raw.get(name)
    return default if value is None or value == "" else bounded(value, "options-out", low, high)


def ticked(raw: Mapping[str, Any], name: str) -> bool:
    """Return a yes-or-no setting of the organiser, from a checkbox or from JSON."""
    return raw.get(name) in (True, "y", "on", "1", "true")


def offered(raw: Mapping[str, Any]) -> list[str]:
    """Return the choices the organiser offers, from a list or from one per line."""
    given = raw.get("choices", ())
    lines = given.splitlines() if isinstance(given, str) else given
    if not isinstance(lines, Iterable) or isinstance(lines, Mapping):
        raise RuleBroken("options-choices-few")
    choices = [choice for choice in (clean.line(one, CHOICE_LIMIT) for one in lines) if choice]
    if len(choices) < 2:
        raise RuleBroken("options-choices-few")
    if len(choices) > MOST_CHOICES:
        raise RuleBroken("options-choices-many", max=MOST_CHOICES)
    if len(set(choices)) < len(choices):
        raise RuleBroken("options-choices-twice")
    if any(choice.startswith("~") for choice in choices):
        raise RuleBroken("options-choices-tilde")
    return choices


def a_list(raw: object) -> list[object]:
    """Return what the API received when it is a list, or raise value-unreadable."""
    if not isinstance(raw, list):
        raise RuleBroken("value-unreadable")
    return raw

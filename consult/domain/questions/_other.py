"""The "Other" box that a choice may carry: its text stands among the options of the organiser."""

from collections.abc import Mapping
from typing import Any

from .. import clean
from ..errors import RuleBroken
from . import _raw

OTHER = "~other"  # the form's value for the box; no option of an organiser starts with a tilde
OTHER_LIMIT = 300

Chosen = str | dict[str, str]


def from_form(ticked: str, detail: str, options: Mapping[str, Any]) -> Chosen:
    """Return the option ticked on a form, with its text when it is the "Other" box."""
    if ticked == OTHER and options["allow_other"]:
        return {"other": clean.line(detail, OTHER_LIMIT, required="other-missing")}
    return _known(ticked, options)


def from_json(raw: object, options: Mapping[str, Any]) -> Chosen:
    """Return the option the API received: its words, or {"other": text}."""
    if isinstance(raw, dict) and list(raw) == ["other"] and options["allow_other"]:
        return from_form(OTHER, raw["other"], options)
    return _known(raw, options)


def label(chosen: Chosen) -> str:
    """Return the words of an option, the typed ones for "Other"."""
    return chosen if isinstance(chosen, str) else chosen["other"]


def to_form(chosen: Chosen) -> str:
    """Return the form's value of an option."""
    return chosen if isinstance(chosen, str) else OTHER


def settings(raw: Any) -> dict[str, Any]:
    """Return the organiser's settings that every choice shares."""
    return {"choices": _raw.offered(raw), "allow_other": _raw.ticked(raw, "allow_other")}


def _known(raw: object, options: Mapping[str, Any]) -> str:
    chosen = clean.line(raw, _raw.CHOICE_LIMIT, required="answer-empty")
    if chosen not in options["choices"]:
        raise RuleBroken("option-unknown")
    return chosen

"""Yes or no, with a few words of detail where the organiser asks for them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

LABEL = N_("Yes or no, with detail")
WORDS = ("yes", "no")
DETAILS = ("none", "optional", "required")
DETAIL_LIMIT = 2_000


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the organiser's words for yes and no, and whether a detail is asked for."""
    detail = raw.get("detail") or "optional"
    if detail not in DETAILS:
        raise RuleBroken("option-unknown")
    # An answer is content and stays as it was read: its words are the organiser's, not the
    # reader's, and French unless they say otherwise.
    words = {"yes": clean.line(raw.get("yes"), 60) or "Oui"}
    words["no"] = clean.line(raw.get("no"), 60) or "Non"
    if words["yes"] == words["no"]:
        raise RuleBroken("options-choices-twice")
    return {**words, "detail": detail}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> dict[str, str]:
    """Return {"choice": "yes" or "no", "detail": text}."""
    return _checked(_raw.single(raw, "value"), _raw.single(raw, "detail"), options)


def read_json(raw: object, options: Mapping[str, Any]) -> dict[str, str]:
    """Return what was received: true, false, "yes", "no", or an object with a detail."""
    if isinstance(raw, bool):
        return _checked("yes" if raw else "no", "", options)
    if isinstance(raw, dict) and set(raw) <= {"choice", "detail"}:
        return _checked(raw.get("choice"), raw.get("detail", ""), options)
    return _checked(raw, "", options)


def as_text(value: Mapping[str, str], options: Mapping[str, Any]) -> str:
    """Return the word chosen, then the detail in its own paragraph."""
    return "\n\n".join(filter(None, (options[value["choice"]], value["detail"])))


def form_value(value: Mapping[str, str], options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the box ticked and the detail typed."""
    return {"value": [value["choice"]], "detail": [value["detail"]]}


def summarise(
    values: Iterable[Mapping[str, str]], options: Mapping[str, Any]
) -> list[tuple[str, int]]:
    """Count yes and no."""
    counts = Counter(value["choice"] for value in values)
    return [(options[word], counts[word]) for word in WORDS]


def _checked(choice: object, detail: object, options: Mapping[str, Any]) -> dict[str, str]:
    chosen = clean.line(choice, required="answer-empty")
    if chosen not in WORDS:
        raise RuleBroken("option-unknown")
    if options["detail"] == "none":
        return {"choice": chosen, "detail": ""}
    required = "detail-missing" if options["detail"] == "required" else ""
    return {"choice": chosen, "detail": clean.text(detail, DETAIL_LIMIT, required=required)}

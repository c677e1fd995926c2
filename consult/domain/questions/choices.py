"""Several options among those offered, between a least and a greatest number of them."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _other, _raw, choice

LABEL = N_("Several choices")
OTHER = _other.OTHER


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the choices, whether "Other" is offered, and how many may be ticked."""
    options = _other.settings(raw)
    offered = len(options["choices"]) + options["allow_other"]
    most = _raw.setting(raw, "max", offered, 1, offered)
    return {**options, "min": _raw.setting(raw, "min", 1, 1, most), "max": most}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> list[_other.Chosen]:
    """Return the options ticked, in the order of the question.

    A text typed beside "Other" counts as ticked: nobody loses words for a box forgotten.
    """
    ticked, detail = list(raw.get("value", ())), _raw.single(raw, "detail")
    typed = options["allow_other"] and clean.line(detail, _other.OTHER_LIMIT)
    if typed and OTHER not in ticked:
        ticked.append(OTHER)
    return _checked([_other.from_form(one, detail, options) for one in ticked], options)


def read_json(raw: object, options: Mapping[str, Any]) -> list[_other.Chosen]:
    """Return the options received as a list, in the order of the question."""
    chosen = [_other.from_json(one, options) for one in _raw.a_list(raw)]
    return _checked(chosen, options)


def as_text(value: Sequence[_other.Chosen], options: Mapping[str, Any]) -> str:
    """Return the words of each option on its own line."""
    return "\n".join(map(_other.label, value))


def form_value(value: Sequence[_other.Chosen], options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the options ticked and the text beside "Other"."""
    form = {"value": [_other.to_form(one) for one in value]}
    detail = [one["other"] for one in value if isinstance(one, dict)]
    return {**form, "detail": detail} if detail else form


def summarise(
    values: Iterable[Sequence[_other.Chosen]], options: Mapping[str, Any]
) -> list[tuple[str, int]]:
    """Count how many ticked each option; one person may count in several rows."""
    return choice.summarise(chain.from_iterable(values), options)


def _checked(chosen: list[_other.Chosen], options: Mapping[str, Any]) -> list[_other.Chosen]:
    places = [*options["choices"], OTHER]
    keys = [_other.to_form(one) for one in chosen]
    if not chosen:
        raise RuleBroken("answer-empty")
    if len(set(keys)) < len(keys):
        raise RuleBroken("option-twice")
    if len(chosen) < options["min"]:
        raise RuleBroken("choices-too-few", min=options["min"])
    if len(chosen) > options["max"]:
        raise RuleBroken("choices-too-many", max=options["max"])
    return sorted(chosen, key=lambda one: places.index(_other.to_form(one)))

"""The options in order of preference: each gets a rank, the first ones only where allowed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

LABEL = N_("Ranking")


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep the choices and the least number of them to rank: all, unless it is said."""
    choices = _raw.offered(raw)
    return {"choices": choices, "min": _raw.setting(raw, "min", len(choices), 1, len(choices))}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> list[str]:
    """Return the options from the first rank on; field rank-0 holds the first option's rank."""
    choices = options["choices"]
    ranks: dict[int, str] = {}
    for place, choice in enumerate(choices):
        typed = clean.line(_raw.single(raw, f"rank-{place}"))
        if not typed:
            continue
        rank = _raw.bounded(typed, "rank-out", 1, len(choices))
        if rank in ranks:
            raise RuleBroken("rank-twice", rank=rank)
        ranks[rank] = choice
    return _checked([ranks[rank] for rank in sorted(ranks)], options)


def read_json(raw: object, options: Mapping[str, Any]) -> list[str]:
    """Return the options received as a list, the preferred first."""
    ranked = [clean.line(one, _raw.CHOICE_LIMIT) for one in _raw.a_list(raw)]
    if not set(ranked) <= set(options["choices"]):
        raise RuleBroken("option-unknown")
    if len(set(ranked)) < len(ranked):
        raise RuleBroken("option-twice")
    return _checked(ranked, options)


def as_text(value: Sequence[str], options: Mapping[str, Any]) -> str:
    """Return the options in order, each on its own line after its rank."""
    return "\n".join(f"{rank}. {choice}" for rank, choice in enumerate(value, start=1))


def form_value(value: Sequence[str], options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the rank of each option ranked."""
    places = {choice: place for place, choice in enumerate(options["choices"])}
    return {f"rank-{places[choice]}": [str(rank)] for rank, choice in enumerate(value, start=1)}


def summarise(values: Iterable[Sequence[str]], options: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Count how many put each option first."""
    firsts = Counter(value[0] for value in values)
    return [(choice, firsts[choice]) for choice in options["choices"]]


def _checked(ranked: list[str], options: Mapping[str, Any]) -> list[str]:
    if not ranked:
        raise RuleBroken("answer-empty")
    if len(ranked) < options["min"]:
        raise RuleBroken("choices-too-few", min=options["min"])
    return ranked

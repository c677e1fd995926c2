"""A list of actors: people, places or structures, each with a name, a place and a link."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from .. import clean
from ..errors import RuleBroken
from ..kinds import N_
from . import _raw

LABEL = N_("List of actors")
FIELDS = ("name", "place", "link")
MOST = 50
_FIELD = re.compile(r"(?:name|place|link)-([0-9]{1,3})")
_ROWS = 30

Actor = dict[str, str]


def normalise_options(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Keep how many actors one answer may list."""
    return {"max": _raw.setting(raw, "max", 20, 1, MOST)}


def read(raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> list[Actor]:
    """Return the actors typed; fields are name-0, place-0, link-0, name-1 and so on."""
    rows = sorted({match[1] for match in map(_FIELD.fullmatch, raw) if match}, key=int)
    typed = [{field: _raw.single(raw, f"{field}-{row}") for field in FIELDS} for row in rows]
    return _checked(typed, options)


def read_json(raw: object, options: Mapping[str, Any]) -> list[Actor]:
    """Return the actors received, a list of {"name", "place", "link"}; only the name is needed."""
    received = _raw.a_list(raw)
    for one in received:
        if not isinstance(one, dict) or not set(one) <= set(FIELDS):
            raise RuleBroken("value-unreadable")
    return _checked(received, options)


def as_text(value: Sequence[Actor], options: Mapping[str, Any]) -> str:
    """Return one actor a line: its name, its place, its link."""
    return "\n".join(", ".join(actor[field] for field in FIELDS if actor[field]) for actor in value)


def form_value(value: Sequence[Actor], options: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the three fields of each actor."""
    return {f"{field}-{row}": [actor[field]] for row, actor in enumerate(value) for field in FIELDS}


def summarise(
    values: Iterable[Sequence[Actor]], options: Mapping[str, Any]
) -> list[tuple[str, int]]:
    """Count how many answers list each name, the most listed first, thirty at most."""
    spellings: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for value in values:
        for name in {actor["name"].casefold(): actor["name"] for actor in value}.items():
            spellings.setdefault(*name)
            counts[name[0]] += 1
    most = sorted(counts, key=lambda key: (-counts[key], key))[:_ROWS]
    return [(spellings[key], counts[key]) for key in most]


def _checked(rows: Iterable[Any], options: Mapping[str, Any]) -> list[Actor]:
    actors = [actor for actor in map(_actor, rows) if any(actor.values())]
    if not actors:
        raise RuleBroken("answer-empty")
    if len(actors) > options["max"]:
        raise RuleBroken("actors-too-many", max=options["max"])
    if not all(actor["name"] for actor in actors):
        raise RuleBroken("actor-name-missing")
    return actors


def _actor(row: Mapping[str, object]) -> Actor:
    return {
        "name": clean.line(row.get("name"), 200),
        "place": clean.line(row.get("place"), 200),
        "link": clean.link(row.get("link")),
    }

"""Facts of the platform that a project must meet, one module each: found by name."""

import sys
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy.orm import Session

from ...domain.errors import RuleBroken
from ...domain.kinds import discover


class Missing(NamedTuple):
    """What is missing for a condition: a sentence to translate, and its facts."""

    sentence: str
    facts: Mapping[str, Any] = {}


Found = dict[str, list[Missing]]  # by the code of a territory; one that is not there lacks nothing


class Condition(Protocol):
    """What a module of this package provides."""

    LABEL: str
    HINT: str

    def missing(self, session: Session, codes: Collection[str], today: date) -> Found:
        """Return what the territories of these codes lack, read in a few statements for all."""


CONDITIONS = cast(Mapping[str, Condition], discover(sys.modules[__name__]))


def read(raw: object) -> str:
    """Read the name of a condition, or raise condition-unknown."""
    if not isinstance(raw, str) or raw not in CONDITIONS:
        raise RuleBroken("condition-unknown")
    return raw


def unmet(
    session: Session, names: Sequence[str], codes: Collection[str], today: date
) -> dict[str, dict[str, list[Missing]]]:
    """Return, by territory, the conditions among `names` that it does not meet.

    One whose module is no longer there is left out.
    """
    found: dict[str, dict[str, list[Missing]]] = {}
    for name in names if codes else ():
        if name in CONDITIONS:
            for code, lacks in CONDITIONS[name].missing(session, codes, today).items():
                found.setdefault(code, {})[name] = lacks
    return found

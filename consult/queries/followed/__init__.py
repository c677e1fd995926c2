"""What can be followed: each kind is a module here, found by name; adding one adds a file.

A kind has `RANK`, the narrowest first, so that a piece of news is told where it is nearest;
`LABEL`, its name; `LABELS`, what its news are called; `named(keys, reader, now)`, which selects
the key, the title, the path and the time zone of subjects that a reader may know of; and
`news(key, window)`, the selects of what happened to it.
"""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import ModuleType
from typing import Any

from sqlalchemy import CompoundSelect, literal, union_all

from ...domain.kinds import discover
from .. import consultations
from ._rows import MOST, Rows, Window, replies

__all__ = ["MOST", "Window", "kinds", "named", "replies"]


def kinds() -> dict[str, ModuleType]:
    """Return every kind of subject, by name."""
    return discover(sys.modules[__name__])


def named(
    asked: Mapping[str, Sequence[str]], reader: consultations.Reader, now: datetime
) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what a reader may know of among the keys of some kinds, each with its kind."""
    selects: list[Rows] = [
        kinds()[kind].named(keys, reader, now).add_columns(literal(kind).label("kind"))
        for kind, keys in asked.items()
    ]
    return union_all(*selects)

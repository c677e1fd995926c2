"""How each family of what is moderated is held and changed: the modules of `queries.moderated`.

A family has `ASKS`, its module of reads; `NAME`, by which the journal names its texts; and
`hold(session, ids, by)`, which reads again what someone may decide about and keeps it until the
end; `claim(session, item)`, which does so with one text; `state_of(item)`, `reason_of(item)` and
`published_at(item)`; and `move(session, item, move)`, false when the text changed meanwhile.
"""

import sys
from types import ModuleType
from typing import Any

from ...domain.kinds import discover
from ._held import Held, Move

__all__ = ["Held", "Move", "families", "key", "of"]


def families() -> list[ModuleType]:
    """Return every family, in the order in which their rows are held."""
    return list(discover(sys.modules[__name__]).values())


def of(item: Any) -> ModuleType:
    """Return the family of a text."""
    return next(one for one in families() if isinstance(item, one.ASKS.ITEM))


def key(item: Any) -> dict[str, str]:
    """Return the column, and its value, by which a row is about a text."""
    return {of(item).ASKS.KEY: item.id}

"""Matters: what a room has to settle, and how it passes from one level to the next and back.

`table` says what can happen, `states` where a matter stands, `moves` applies one to the other,
`delays` says when silence counts, `votes` reads the vote of a room.
"""

from .moves import apply, offered, replay
from .states import Event, State, begin
from .table import MOVES, STAGES

__all__ = ["MOVES", "STAGES", "Event", "State", "apply", "begin", "offered", "replay"]

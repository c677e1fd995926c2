"""The kinds of reading aids, one module each: adding a file adds a kind.

A kind says `LABEL`, its name, `ABOUT`, what it is for, `BUTTON`, what asks for it, `UNIT`, how far
it is ("%(done)s of %(total)s ..."), `UNABLE`, what to do without it, `PAGE`, where what it found is
looked at ("" when it shows in what is read), `FEWEST`, the fewest texts it takes, and `NEEDS`, the
packages without which it cannot work. These are imported in `compute` alone. One that wants more
than texts has a `check` too: it raises what people have to do first.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy.orm import Session

from ...domain.errors import RuleBroken
from ...domain.kinds import discover

Beat = Callable[[int, int], None]


class AidKind(Protocol):
    """What a module of this package provides."""

    LABEL: str
    ABOUT: str
    BUTTON: str
    UNIT: str
    UNABLE: str
    PAGE: str
    FEWEST: int
    NEEDS: Sequence[str]

    def compute(self, session: Session, consultation_id: str, beat: Beat) -> Any:
        """Find something, writing nothing; `beat` is told how far this is, out of how much.

        `beat` commits, and raises when the work is no longer to be done.
        """

    def keep(self, session: Session, consultation_id: str, found: Any, now: datetime) -> int:
        """Put what was found in the place of what was there; return how much it is."""


KINDS = cast(Mapping[str, AidKind], discover(sys.modules[__name__]))


def kind(name: str) -> AidKind:
    """Return the kind of this name, or raise aid-unknown (404)."""
    if name not in KINDS:
        raise RuleBroken("aid-unknown", 404)
    return KINDS[name]


def check(session: Session, consultation_id: str, name: str) -> None:
    """Raise what people have to do before an aid of this kind may be asked for."""
    own: Callable[[Session, str], None] | None = getattr(kind(name), "check", None)
    if own is not None:
        own(session, consultation_id)

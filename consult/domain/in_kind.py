"""Help that is no money: its kinds, and how many of a thing."""

import re

from .errors import RuleBroken
from .kinds import N_

EQUIPMENT = "equipment"
KINDS = {
    EQUIPMENT: N_("Equipment lent"),
    "room": N_("A room"),
    "training": N_("A training"),
    "other": N_("Something else"),
}
MOST = 1_000_000
_NUMBER = re.compile(r"[0-9]{1,7}", re.ASCII)


def quantity(typed: object) -> int:
    """Return how many, 1 when nothing was typed; raises quantity-number."""
    bare = typed.strip() if isinstance(typed, str) else ""
    if typed in (None, "") or (isinstance(typed, str) and not bare):
        return 1
    if not _NUMBER.fullmatch(bare) or not 1 <= int(bare) <= MOST:
        raise RuleBroken("quantity-number", max=MOST)
    return int(bare)

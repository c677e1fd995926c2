"""Rooms at three levels: which may stand below which, and what each level is for.

A level is what a room is for. The tree is as deep as wanted: a hub may stand below a wider hub, a
local room below a wider local one.
"""

from .errors import RuleBroken
from .kinds import N_

LOCAL, HUB, NATIONAL = "local", "hub", "national"
LEVELS = (LOCAL, HUB, NATIONAL)
LABELS = {
    LOCAL: N_("Local room"),
    HUB: N_("Hub room"),
    NATIONAL: N_("National room"),
}
FUNCTIONS = {
    LOCAL: N_("It tries things out, close to people."),
    HUB: N_("It links the places of one large territory. It passes needs up, and decisions down."),
    NATIONAL: N_("It sets the common frame. It decides when the others cannot, and says why."),
}
FACILITATOR, MEMBER = "facilitator", "member"
ROLES = {
    FACILITATOR: N_("Facilitator: runs the room"),
    MEMBER: N_("Member"),
}


def level(raw: object) -> str:
    """Read a level, or raise level-unknown."""
    if raw not in LEVELS:
        raise RuleBroken("level-unknown")
    return str(raw)


def role(raw: object) -> str:
    """Read what someone is in a room, or raise role-unknown."""
    if not isinstance(raw, str) or raw not in ROLES:
        raise RuleBroken("role-unknown")
    return raw


def rank(name: str) -> int:
    """Return how far above the ground a level is."""
    return LEVELS.index(name)


def check_parent(own: str, above: str | None) -> None:
    """Check that a room's parent is of its level or above; without a parent, nothing is wrong.

    Raises parent-not-above. Nothing stands above the national level. Rooms of one level could
    stand in a ring: `services.rooms` refuses it.
    """
    if above is not None and (own == NATIONAL or rank(above) < rank(own)):
        raise RuleBroken("parent-not-above")

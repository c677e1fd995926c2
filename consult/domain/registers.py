"""What a room keeps: minutes, decisions, resources; and who committed to what."""

from collections.abc import Mapping
from datetime import date

from .errors import RuleBroken
from .kinds import N_

MINUTES, DECISION, RESOURCE = "minutes", "decision", "resource"
ROAD_MAP, CHARTER = "road_map", "charter"
BY_HAND = (DECISION, RESOURCE, ROAD_MAP, CHARTER)
KINDS: Mapping[str, str] = {
    MINUTES: N_("Minutes"),
    DECISION: N_("Decision"),
    RESOURCE: N_("Resource"),
    ROAD_MAP: N_("Road map"),
    CHARTER: N_("Charter of the room"),
}
KEPT, LATE, KEPT_LATE, UNDER_WAY = "kept", "late", "kept_late", "under_way"
STATES: Mapping[str, str] = {
    KEPT: N_("kept"),
    KEPT_LATE: N_("kept, late"),
    LATE: N_("late"),
    UNDER_WAY: N_("under way"),
}


def kind(raw: object) -> str:
    """Read what one adds by hand, or raise document-kind-unknown."""
    if raw not in BY_HAND:
        raise RuleBroken("document-kind-unknown")
    return str(raw)


def state(due: date | None, kept: date | None, today: date) -> str:
    """Say how a commitment stands; it is late from the day after the one it was due."""
    if kept is not None:
        return KEPT if due is None or kept <= due else KEPT_LATE
    return LATE if due is not None and today > due else UNDER_WAY

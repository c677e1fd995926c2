"""Commitments: who does what, by when, and whether it was kept."""

from collections.abc import Mapping
from datetime import date

from .kinds import N_

KEPT, LATE, KEPT_LATE, UNDER_WAY = "kept", "late", "kept_late", "under_way"
LABELS: Mapping[str, str] = {
    KEPT: N_("kept"),
    KEPT_LATE: N_("kept, late"),
    LATE: N_("late"),
    UNDER_WAY: N_("under way"),
}


def state(due: date | None, kept: date | None, today: date) -> str:
    """Say how a commitment stands; it is late from the day after the one it was due."""
    if kept is not None:
        return KEPT if due is None or kept <= due else KEPT_LATE
    return LATE if due is not None and today > due else UNDER_WAY

"""An answer that was promised by a date: kept in time, kept late, late today, or still waiting."""

from .kinds import N_

LATE, WAITING, KEPT, KEPT_LATE = "late", "waiting", "kept", "kept_late"
STATES = (LATE, WAITING, KEPT_LATE, KEPT)
LABELS = {
    LATE: N_("Late"),
    WAITING: N_("Expected"),
    KEPT_LATE: N_("Given after the date"),
    KEPT: N_("Given in time"),
}


def state(raw: object) -> str | None:
    """Return the state that a list is narrowed to; what is not one narrows nothing."""
    return str(raw) if raw in STATES else None

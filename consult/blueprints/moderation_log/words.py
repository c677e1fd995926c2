"""The words of the log: what was decided, by whom as a role, how long it took."""

from datetime import date
from typing import Any

from babel import dates

from ...domain import moderation, roles
from ...domain.kinds import N_
from ...i18n import gettext, locale, ngettext

RESULTS = {
    "published": N_("Published"),
    "kept": N_("Left public"),
    "to_correct": N_("Sent back"),
    "hidden": N_("Hidden ones"),
}
ONE = {
    "kept": N_("Reported, and left public"),
    "to_correct": N_("Sent back to be corrected"),
    "hidden": N_("Hidden"),
}
SECOND = {
    "waiting": N_("Second reading asked"),
    "confirmed": N_("Second reading: the decision stays"),
    "overturned": N_("Second reading: the decision is changed"),
    "ended": N_("Second reading without object: the text changed"),
}
BY = {
    roles.ADMINISTRATOR: N_("An administrator"),
    roles.ORGANISER: N_("An organiser"),
    roles.CALL_OFFICER: N_("Someone who runs the call"),
}
REASONS = {**moderation.REASONS, **moderation.KEPT_REASONS}
HOUR, DAY = 3_600, 86_400


def month(first: date) -> str:
    """Write a month in full: novembre 2026."""
    return dates.format_date(first, "LLLL yyyy", locale=locale())


def by(row: Any) -> str:
    """Say in which role a decision was taken, never by whom."""
    if row.role in BY:
        return gettext(BY[row.role])
    if row.room_name:
        return gettext("A facilitator, %(room)s", room=row.room_name)
    return gettext("A facilitator")


def delay(seconds: float | None) -> str:
    """Say a delay in hours or days, "" when there is none."""
    if seconds is None:
        return ""
    if seconds < HOUR:
        return gettext("less than an hour")
    if seconds < 2 * DAY:
        return ngettext("%(num)s hour", "%(num)s hours", round(seconds / HOUR))
    return ngettext("%(num)s day", "%(num)s days", round(seconds / DAY))

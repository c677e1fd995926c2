"""The life of a text in public steps: sent, read, published, answered."""

from datetime import datetime
from typing import Any

from ...domain import moderation
from ...i18n import day
from ...i18n import gettext as _


def step(title: str, state: str, at: datetime | None, zone: str, why: str = "") -> dict[str, Any]:
    """Return one step as the life line shows it."""
    return {"title": title, "state": state, "when": day(at, zone) if at else "", "why": why}


def steps(statement: Any, zone: str, outcome: Any = None) -> list[dict[str, Any]]:
    """Return the steps of a text, those to come included; the words of a reply stand elsewhere."""
    found = [step(_("Sending"), "past", statement.created_at, zone)]
    found += _published(statement, zone)
    if statement.decision:
        found[-1]["state"] = "past"
        found.append(_decided(statement, zone))
    elif outcome is not None:
        found[-1]["state"] = "past"
        found.append(step(_("Reply of the organiser"), "current", outcome.created_at, zone))
    elif statement.state == "published":
        found.append(step(_("Reply of the organiser"), "coming", None, zone))
    return found


def _decided(amendment: Any, zone: str) -> dict[str, Any]:
    title = _("Accepted") if amendment.decision == "accepted" else _("Refused")
    return step(title, "current", amendment.decided_at, zone, amendment.decision_reason)


def _published(statement: Any, zone: str) -> list[dict[str, Any]]:
    at, kept = statement.updated_at, statement.state_reason
    why = _(moderation.REASONS[kept]) if kept in moderation.REASONS else kept
    if statement.state == "published":
        return [step(_("Publication"), "current", statement.published_at, zone)]
    if statement.state == "awaiting":
        return [
            step(_("Waiting for your address"), "current", None, zone),
            step(_("Publication"), "coming", None, zone),
        ]
    if statement.state == "pending":
        return [
            step(_("Under review"), "current", None, zone),
            step(_("Publication"), "coming", None, zone),
        ]
    names = {
        "to_correct": _("To correct"),
        "hidden": _("Text hidden"),
        "withdrawn": _("Text withdrawn"),
    }
    return [step(names[statement.state], "current", at, zone, why)]

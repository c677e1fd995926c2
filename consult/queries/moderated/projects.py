"""Projects of open calls, as what is moderated: public once sent, read when they are reported."""

import sys
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from ...domain import roles
from ...domain import rooms as levels
from ...models import CallOfficer, OpenCall, Project, Territory, TerritoryModerator
from .. import projects as queries
from .. import reports, rooms
from . import _columns, _who

Rows = Select[*tuple[Any, ...]]
ITEM, KEY, KINDS = Project, "project_id", ("project",)
WORDS = (
    Project.search,
    Project.title,
    Project.what.label("body"),
    Project.for_whom.label("explanation"),
)


def state() -> Any:
    """Give what whoever moderates made of a project."""
    return Project.moderation


def in_reach(by: _who.Moderator) -> ColumnElement[bool]:
    """Tell which projects someone may decide about.

    Those of the calls they run, and those whose place is read by a room they facilitate or by one
    below it; none of a call where they have a part: what one project loses goes to the others.
    """
    shown = and_(Project.state == "submitted", ~has_part(by.account_id))
    if by.sees_all:
        return shown
    return and_(shown, or_(runs_place(by), _is_of_their_rooms(by)))


def has_part(account_id: str) -> ColumnElement[bool]:
    """Tell which projects are of a call where someone wrote or carries one that was sent."""
    other = aliased(Project)
    theirs = or_(other.account_id == account_id, other.id.in_(queries.carried_by(account_id)))
    return exists().where(other.call_id == Project.call_id, other.state == "submitted", theirs)


def role_here(by: _who.Moderator) -> ColumnElement[str]:
    """Name the role in which someone decides about a project in their reach."""
    if by.sees_all:
        return literal(roles.ADMINISTRATOR)
    return case((runs_place(by), roles.CALL_OFFICER), else_=levels.FACILITATOR)


def runs_place(by: _who.Moderator) -> ColumnElement[bool]:
    """Tell which projects are of the calls that someone runs."""
    if not by.runs_calls:
        return false()
    runs = select(CallOfficer.call_id).where(CallOfficer.account_id == by.account_id)
    return Project.call_id.in_(runs)


def _is_of_their_rooms(by: _who.Moderator) -> ColumnElement[bool]:
    if not by.facilitates:
        return false()
    return room_of().in_(rooms.held_by(by.account_id))


def room_of() -> ColumnElement[str | None]:
    """Give the room that reads a project: that of its own territory, else that of its call's."""
    own, asked, about = aliased(TerritoryModerator), aliased(TerritoryModerator), aliased(OpenCall)
    of_project = select(own.room_id).where(own.territory_code == Project.territory_code)
    of_call = (
        select(asked.room_id)
        .join(about, about.territory_code == asked.territory_code)
        .where(about.id == Project.call_id)
    )
    return func.coalesce(
        of_project.correlate(Project).scalar_subquery(),
        of_call.correlate(Project).scalar_subquery(),
    )


def is_in(wanted: str) -> ColumnElement[bool]:
    """Tell which of the projects that were sent are in a state."""
    sent = Project.state == "submitted"
    if _who.known(wanted) == _who.REPORTED:
        return and_(queries.is_public(), Project.id.in_(reports.waiting(Project)))
    return and_(sent, Project.moderation == wanted)


def due(wanted: str) -> Any:
    """Give the instant since when a project of a state waits."""
    return reports.first(Project) if wanted == _who.REPORTED else Project.updated_at


def narrowed_to(filters: _who.Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of a narrowing to a consultation, a call or a kind."""
    if filters.consultation is not None or filters.kind not in (None, *KINDS):
        return [false()]
    if filters.call is None:
        return []
    named = select(OpenCall.id).where(OpenCall.slug == filters.call)
    return [Project.call_id == named.scalar_subquery()]


def rows(now: datetime) -> Rows:
    """Select projects whole, with what is needed to judge them."""
    told = {
        name: getattr(Project, name)
        for name in ("id", "version", "created_at", "updated_at", "title", "place", "for_whom")
    }
    told |= {name: getattr(Project, name) for name in ("help_wanted", "help_offered", "group_name")}
    told |= {
        "kind": literal(KINDS[0]),
        "state": Project.moderation,
        "state_reason": Project.moderation_reason,
        "body": Project.what,
        "time_zone": OpenCall.time_zone,
        "organisation_name": queries.LEAD.name,
        "territory_name": Territory.name,
        "place_title": OpenCall.title,
        "place_path": literal("/open-calls/") + OpenCall.slug,
    }
    led = and_(queries.LED_BY.project_id == Project.id, queries.LED_BY.leads)
    return (
        _columns.whole(sys.modules[__name__], told, now)
        .join(OpenCall, OpenCall.id == Project.call_id)
        .outerjoin(queries.LED_BY, led)
        .outerjoin(queries.LEAD, queries.LEAD.id == queries.LED_BY.organisation_id)
        .outerjoin(Territory, Territory.code == Project.territory_code)
    )


def places(by: _who.Moderator) -> Rows:
    """Select the calls of the projects that wait or are reported: as `statements.places`."""
    waiting = or_(is_in("pending"), is_in(_who.REPORTED))
    number = func.count()
    return (
        select(literal("call"), OpenCall.slug, OpenCall.title, number)
        .join(Project, Project.call_id == OpenCall.id)
        .where(waiting, in_reach(by))
        .group_by(OpenCall.id, OpenCall.slug, OpenCall.title)
        .order_by(number.desc(), OpenCall.id)
        .limit(_who.MOST_CHOICES)
    )


def named(ids: list[str]) -> Select[Project, str]:
    """Select some projects, each with the title of its call."""
    return (
        select(Project, OpenCall.title)
        .join(OpenCall, OpenCall.id == Project.call_id)
        .where(Project.id.in_(ids))
        .order_by(Project.id)
    )

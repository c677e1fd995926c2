"""Help that is no money: recorded beside what a project receives, and given back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import clean, days, in_kind
from ..domain.errors import RuleBroken
from ..models import Account, AwardInKind, OpenCall, Project
from . import journal, payments

MOST = 50


@dataclass(frozen=True)
class Lent:
    """What a form says of a help in kind."""

    kind: object
    what: object
    quantity: object = "1"
    begins_on: object = ""
    ends_on: object = ""


def add(
    session: Session, call: OpenCall, project_id: str, lent: Lent, *, by: Account, now: datetime
) -> AwardInKind:
    """Record a help in kind for a project of a call.

    Raises in-kind-project, pays-own-project (403), in-kind-unknown, in-kind-missing,
    quantity-number, day-unreadable, lent-ends-first, in-kind-too-many.
    """
    made = _read(lent)
    payments.claim(session, call)
    project = session.get(Project, project_id)
    if project is None or project.call_id != call.id or project.state != "submitted":
        raise RuleBroken("in-kind-project")
    payments.refuse_own(session, call, project.id, by)
    held = select(func.count()).where(AwardInKind.project_id == project.id)
    if (session.scalar(held) or 0) >= MOST:
        raise RuleBroken("in-kind-too-many", max=MOST)
    made.project_id, made.created_at = project.id, now
    session.add(made)
    session.flush()
    _record(session, made, "in_kind.given", by, now)
    return made


def give_back(
    session: Session, call: OpenCall, award_id: str, on: object, *, by: Account, now: datetime
) -> AwardInKind:
    """Write the day when lent equipment came back.

    Raises in-kind-unknown (404), in-kind-back (409), payment-day-future, pays-own-project (403).
    """
    today = days.today(now, call.time_zone)
    day = days.read(on) or today
    if day > today:
        raise RuleBroken("payment-day-future")
    payments.claim(session, call)
    found = session.get(AwardInKind, award_id, populate_existing=True)
    project = session.get(Project, found.project_id) if found else None
    if found is None or project is None or project.call_id != call.id:
        raise RuleBroken("in-kind-gone", 404)
    payments.refuse_own(session, call, project.id, by)
    if found.kind != in_kind.EQUIPMENT or found.given_back_on is not None:
        raise RuleBroken("in-kind-back", 409)
    found.given_back_on = day
    _record(session, found, "in_kind.given_back", by, now)
    return found


def _read(lent: Lent) -> AwardInKind:
    if lent.kind not in in_kind.KINDS:
        raise RuleBroken("in-kind-unknown")
    begins, ends = days.read(lent.begins_on), days.read(lent.ends_on)
    if begins and ends and ends < begins:
        raise RuleBroken("lent-ends-first")
    return AwardInKind(
        kind=lent.kind,
        what=clean.line(lent.what, 200, required="in-kind-missing"),
        quantity=in_kind.quantity(lent.quantity),
        begins_on=begins,
        ends_on=ends,
    )


def _record(session: Session, made: AwardInKind, act: str, by: Account, now: datetime) -> None:
    journal.record(
        session,
        act,
        f"award_in_kind:{made.id}",
        actor=f"account:{by.id}",
        now=now,
        project=made.project_id,
        kind=made.kind,
    )

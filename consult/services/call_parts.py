"""What hangs on a call: its principles, its envelopes, its instalments; and its journal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..domain import call_terms, clean, money
from ..domain.errors import RuleBroken
from ..models import CallEnvelope, Instalment, OpenCall, Principle
from . import consultations, journal, pots, territories

MOST_PRINCIPLES = 30
SENTENCE_LIMIT = 200
HINT_LIMIT = 600
Rows = Sequence[Mapping[str, Any]]
NAMES: Mapping[type[Any], tuple[str, ...]] = {
    CallEnvelope: ("funder", "amount_cents", "territory_code", "priority", "pot_id"),
    Instalment: ("label", "share", "due_on", "after_report"),
    Principle: ("title", "hint"),
}


def subject(call: OpenCall) -> str:
    """Name a call as the journal does."""
    return f"open_call:{call.id}"


def record(
    session: Session, call: OpenCall, act: str, *, actor: str, now: datetime, **facts: Any
) -> None:
    """Write in the journal that something was done to a call."""
    journal.record(session, act, subject(call), actor=actor, now=now, **facts)


def claim(session: Session, call: OpenCall) -> None:
    """Count one change of a call and read it again; until the commit, nobody else makes one."""
    session.execute(
        update(OpenCall)
        .where(OpenCall.id == call.id)
        .values(version=OpenCall.version + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(call)


def require_draft(call: OpenCall) -> None:
    """Raise call-locked (409) once the call is published: its terms are."""
    if call.published_at is not None:
        raise RuleBroken("call-locked", 409)


def bounds(call: OpenCall) -> call_terms.Bounds:
    """Return the rule of a call and what bounds it."""
    names = call_terms.Bounds.__dataclass_fields__
    return call_terms.Bounds(**{name: getattr(call, name) for name in names})


def state(session: Session, call: OpenCall) -> call_terms.State:
    """Return what the readiness of a call looks at, and what publication locks."""
    return call_terms.State(
        title=call.title,
        opened_by=call.opened_by,
        may_apply=call.may_apply,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        bounds=bounds(call),
        contact=bool(call.contact_name or call.contact_phone),
        principles=[row["title"] for row in rows(session, call, Principle)],
        envelopes=[call_terms.Envelope(**row) for row in rows(session, call, CallEnvelope)],
        priorities=call.priorities,
        instalments=[call_terms.Instalment(**row) for row in rows(session, call, Instalment)],
    )


def rows(session: Session, call: OpenCall, model: type[Any]) -> list[dict[str, Any]]:
    """Return the envelopes, instalments or principles of a call as their forms show them."""
    found = session.scalars(select(model).where(model.call_id == call.id).order_by(model.position))
    return [{name: getattr(row, name) for name in NAMES[model]} for row in found]


def set_principles(
    session: Session, call: OpenCall, *, given: Rows, version: str, actor: str, now: datetime
) -> None:
    """Replace the checklist: `title` and `hint` of each principle, in order."""
    read = [
        {
            "title": clean.line(row["title"], SENTENCE_LIMIT, required="principle-missing"),
            "hint": clean.text(row["hint"], HINT_LIMIT),
        }
        for row in given
    ]
    if len(read) > MOST_PRINCIPLES:
        raise RuleBroken("rows-too-many", max=MOST_PRINCIPLES)
    _replace(session, call, Principle, read, version)
    record(session, call, "call.principles", actor=actor, now=now, number=len(read))


def set_envelopes(
    session: Session, call: OpenCall, *, given: Rows, version: str, actor: str, now: datetime
) -> None:
    """Replace the envelopes, in the order in which they are shared."""
    read = [
        {
            "funder": clean.line(row["funder"], 200, required="funder-missing"),
            "amount_cents": _whole(row["amount_cents"], money.MOST, "amount-missing"),
            "territory_code": row["territory_code"] or None,
            "priority": row["priority"],
            "pot_id": pots.known(session, row["pot_id"]),
        }
        for row in given
    ]
    for row in read:
        territories.known(session, row["territory_code"], groupings=True)
    _replace(session, call, CallEnvelope, read, version)
    envelopes = [call_terms.Envelope(**row) for row in read]
    call_terms.check_envelopes(envelopes, call.priorities)
    total = sum(one.amount_cents for one in envelopes)
    record(session, call, "call.envelopes", actor=actor, now=now, number=len(read), cents=total)


def set_instalments(
    session: Session, call: OpenCall, *, given: Rows, version: str, actor: str, now: datetime
) -> None:
    """Replace the instalments of every award; together they make the whole, or there are none."""
    read: list[dict[str, Any]] = [
        {
            "label": clean.line(row["label"], 120),
            "share": _whole(row["share"], call_terms.WHOLE, "share-out"),
            "due_on": row["due_on"] if isinstance(row["due_on"], date) else None,
            "after_report": bool(row["after_report"]),
        }
        for row in given
    ]
    _replace(session, call, Instalment, read, version)
    call_terms.check_instalments([call_terms.Instalment(**row) for row in read])
    record(session, call, "call.instalments", actor=actor, now=now, number=len(read))


def _whole(raw: object, most: int, code: str) -> int:
    if not isinstance(raw, int) or not 0 <= raw <= most:
        raise RuleBroken(code)
    return raw


def _replace(
    session: Session, call: OpenCall, model: type[Any], given: Sequence[Any], version: str
) -> None:
    """Put rows in place of those the form was filled from; stale or call-locked (409)."""
    claim(session, call)
    require_draft(call)
    consultations.check_stamp({"rows": rows(session, call, model)}, version)
    session.execute(delete(model).where(model.call_id == call.id))
    for position, row in enumerate(given, start=1):
        session.add(model(call_id=call.id, position=position, **row))
    session.flush()


def stamp(session: Session, call: OpenCall, model: type[Any]) -> str:
    """Return the stamp of what a form of rows is filled from."""
    return consultations.stamp({"rows": rows(session, call, model)})

"""Open a call as a draft, and change what it says of itself until its terms are locked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import (
    call_templates,
    call_terms,
    clean,
    local_times,
    money,
    searching,
    sharing,
)
from ..domain.errors import RuleBroken
from ..models import (
    CallEnvelope,
    CallOfficer,
    Instalment,
    OpenCall,
    Principle,
    new_id,
)
from . import call_conditions, call_parts, consultations, inserting, slugs, territories

TITLE_LIMIT = 200
MOST_PRIORITIES, PRIORITY_LIMIT = 10, 120


def _cents(raw: object) -> int | None:
    """Take whole cents, or nothing."""
    if raw is None:
        return None
    if not isinstance(raw, int) or not 0 <= raw <= money.MOST:
        raise RuleBroken("amount-unreadable", example="1234")
    return raw


def _share(raw: object) -> int | None:
    if raw is None:
        return None
    if not isinstance(raw, int) or not 1 <= raw <= call_terms.WHOLE:
        raise RuleBroken("share-out")
    return raw


def _rule(raw: object) -> str:
    if raw not in sharing.payable():
        raise RuleBroken("sharing-rule-unknown")
    return str(raw)


def priorities(raw: object) -> list[str]:
    """Read priorities, or themes, one a line, in order."""
    lines = (clean.line(line, PRIORITY_LIMIT) for line in clean.text(raw).split("\n"))
    found = list(dict.fromkeys(line for line in lines if line))
    if len(found) > MOST_PRIORITIES:
        raise RuleBroken("rows-too-many", max=MOST_PRIORITIES)
    return found


def conditions(raw: object) -> list[str]:
    """Read the conditions ticked, in the order in which they are offered.

    Raises condition-unknown.
    """
    names = {call_conditions.read(one) for one in (raw if isinstance(raw, list) else [raw])}
    return [name for name in call_conditions.CONDITIONS if name in names]


FIELDS: dict[str, Callable[..., Any]] = {
    "title": partial(clean.line, limit=TITLE_LIMIT, required="title-missing"),
    "opened_by": partial(clean.line, limit=200, required="opened-by-missing"),
    "about": partial(clean.text, limit=5_000),
    "may_apply": partial(clean.text, limit=2_000),
    "audience": partial(clean.text, limit=2_000),
    "rule": _rule,
    "floor_cents": lambda raw: _cents(raw) or 0,
    "cap_cents": _cents,
    "cap_share": _share,
    "one_per_carrier": bool,
    "carrier_cap_cents": _cents,
    "priorities": priorities,
    "themes": priorities,
    "conditions": conditions,
    "surplus": partial(clean.text, limit=2_000),
    "lines_above_cents": _cents,
    "needs_two": bool,
    "fiscal_host": partial(clean.line, limit=200),
    "promises": partial(clean.text, limit=5_000),
    "contact_name": partial(clean.line, limit=200),
    "contact_phone": partial(clean.line, limit=40),
}
DATES = ("opens_at", "closes_at", "territory_code", "time_zone")
# What may still change once the call is published: nothing that anyone counts on.
FREE = frozenset({"about", "promises", "contact_name", "contact_phone"})
LISTS = ("priorities", "themes", "conditions")
COPIED = tuple(name for name in FIELDS if name not in ("title", "opened_by", *LISTS))


def values_of(call: OpenCall) -> dict[str, Any]:
    """Return what the edit form shows of a call."""
    found = {name: getattr(call, name) for name in (*FIELDS, *DATES)}
    return found | {name: "\n".join(getattr(call, name)) for name in ("priorities", "themes")}


def create(
    session: Session,
    *,
    owner_id: str,
    template: str,
    values: Mapping[str, Any],
    words: Mapping[str, Any],
    now: datetime,
) -> OpenCall:
    """Open a draft from a template, run by whoever opens it.

    `values` holds title, opened_by, the dates and the territory, `amount_cents` of the first
    envelope and, for a room, `room_id`; `words` the template's texts and its `principles`, in the
    officer's language.
    """
    found = call_templates.template(template)
    given = {name: FIELDS[name](words[name]) for name in call_templates.WORDS if name in words}
    settings = {
        name: value for name, value in found.SETTINGS.items() if name not in call_templates.WORDS
    }
    amount = _cents(values["amount_cents"])
    call = _opened(session, owner_id, {**settings, **given, "template": template}, values, now)
    session.add(
        CallEnvelope(call_id=call.id, position=1, funder=call.opened_by, amount_cents=amount)
    )
    principles: Sequence[str] = words.get("principles", found.PRINCIPLES)
    for position, title in enumerate(principles, start=1):
        session.add(Principle(call_id=call.id, position=position, title=title))
    session.flush()
    call_parts.record(
        session, call, "call.created", actor=f"account:{owner_id}", now=now, template=template
    )
    return call


def copy(
    session: Session, source: OpenCall, *, owner_id: str, values: Mapping[str, Any], now: datetime
) -> OpenCall:
    """Open a draft with the rule, the principles and the envelopes of a call one can read."""
    settings: dict[str, Any] = {name: getattr(source, name) for name in COPIED}
    settings |= {name: list(getattr(source, name)) for name in LISTS}
    settings |= {"template": source.template}
    call = _opened(session, owner_id, settings | {"follows_id": source.id}, values, now)
    kinds: tuple[tuple[Any, str], ...] = (
        (CallEnvelope, "funder amount_cents territory_code priority"),
        (Instalment, "label share after_report"),
        (Principle, "title hint"),
    )
    for model, names in kinds:
        rows = select(model).where(model.call_id == source.id).order_by(model.position)
        for row in session.scalars(rows):
            kept = {name: getattr(row, name) for name in names.split()}
            session.add(model(call_id=call.id, position=row.position, **kept))
    session.flush()
    actor = f"account:{owner_id}"
    call_parts.record(session, call, "call.copied", actor=actor, now=now, source=source.id)
    return call


def revise(
    session: Session,
    call: OpenCall,
    *,
    values: Mapping[str, Any],
    version: str,
    actor: str,
    now: datetime,
) -> None:
    """Change what a call says; `version` is the stamp of the values it was shown with.

    Raises stale (409), call-locked (409) for what publication has locked, dates-order, and what
    `call_terms` refuses.
    """
    call_parts.claim(session, call)
    before = values_of(call)
    consultations.check_stamp(before, version)
    given = {name: FIELDS[name](values[name]) for name in FIELDS if name in values}
    given |= {name: values[name] for name in DATES if name in values}
    changed = {name for name, value in given.items() if getattr(call, name) != value}
    if call.published_at is not None and changed - FREE:
        raise RuleBroken("call-locked", 409)
    _check_dates(session, {**before, **given})
    for name, value in given.items():
        setattr(call, name, value)
    call_terms.check(call_parts.bounds(call))
    envelopes = call_parts.state(session, call).envelopes
    call_terms.check_envelopes(envelopes, call.priorities)
    call.search = _search(call)
    call_parts.record(session, call, "call.revised", actor=actor, now=now, fields=sorted(changed))
    session.flush()


def _opened(
    session: Session,
    owner_id: str,
    settings: Mapping[str, Any],
    values: Mapping[str, Any],
    now: datetime,
) -> OpenCall:
    """Insert a draft under a free address, and let whoever opens it run it."""
    row = {
        **settings,
        **{name: FIELDS[name](values[name]) for name in ("title", "opened_by")},
        **{name: values.get(name) for name in DATES},
        "room_id": values.get("room_id"),
        "owner_id": owner_id,
        "created_at": now,
        "id": new_id(),
    }
    row["time_zone"] = row["time_zone"] or "Europe/Paris"
    _check_dates(session, row)
    next(
        slug
        for slug in slugs.free(session, row["title"], OpenCall)
        if inserting.once(session, OpenCall, row | {"slug": slug})
    )
    call = session.get_one(OpenCall, row["id"])
    call.search = _search(call)
    session.add(CallOfficer(call_id=call.id, account_id=owner_id, created_at=now))
    session.flush()
    return call


def _check_dates(session: Session, values: Mapping[str, Any]) -> None:
    local_times.zone(values["time_zone"])
    territories.known(session, values["territory_code"] or None, groupings=True)
    opens_at, closes_at = values["opens_at"], values["closes_at"]
    if opens_at is not None and closes_at is not None and opens_at >= closes_at:
        raise RuleBroken("dates-order")


def _search(call: OpenCall) -> str:
    return searching.normalise(f"{call.title} {call.opened_by} {call.about}")

"""Casting a ballot: once for each elector, changeable in an open vote, in a secret one for good."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ..domain import ballots, receipts, voting
from ..domain import polls as rules
from ..domain.errors import RuleBroken
from ..models import PollBallot, PollTurnout, PollUrn
from ..queries import polls as queries
from ..queries.rooms import Reader
from . import inserting, polls

ABSTAIN = "abstain"
ABSTENTION = {ABSTAIN: ["yes"]}
NAME_BYTES = 16
TABLE: Table = PollBallot.__table__  # type: ignore[assignment]


@dataclass(frozen=True)
class Cast:
    """A ballot as it is cast: what the form says, and the code that its voter keeps."""

    fields: ballots.Fields
    code: object


def read(kind: str, paper: Mapping[str, Any], fields: ballots.Fields) -> object:
    """Return the ballot of a form in the shape of its method, None for an abstention.

    Raises what the kind and the method raise on what is not on the paper.
    """
    if ABSTAIN in fields:
        if fields != ABSTENTION:
            raise RuleBroken("ballot-unreadable")
        return None
    shown = ballots.kind(kind)
    method = voting.kind(shown.METHOD)
    ballot = shown.from_form(fields, paper)
    method.read(ballot, method.paper(paper))
    return ballot


def cast(
    session: Session, poll_id: str, sent: Cast, *, account_id: str, reader: Reader, now: datetime
) -> None:
    """Count a ballot, or change it where the vote is open to that.

    Four SQL statements: the vote, held; the turnout; the ballot; the journal. Sending the same
    form again changes nothing. Raises poll-unknown (404), what `check_open` raises,
    not-an-elector and mandate-ended (403), receipt-unreadable, receipt-taken (409), voted-already
    (409) in a secret vote, and what `read` raises.
    """
    target = session.execute(queries.target(poll_id, account_id, reader)).one_or_none()
    if target is None:
        raise RuleBroken("poll-unknown", 404)
    rules.check_open(target, now)
    _check_right(target)
    said = read(target.kind, target.paper, sent.fields)
    mark = receipts.mark(poll_id, receipts.normalise(sent.code))
    turnout = {"elector_id": target.elector_id, "poll_id": poll_id}
    is_first = inserting.once(session, PollTurnout, turnout)
    entry = {"name": secrets.token_hex(NAME_BYTES), "receipt": mark, "said": {"ballot": said}}
    if target.is_secret:
        act = _drop(session, target, entry, is_first)
    else:
        act = _write(session, turnout | entry, is_first)
    if act:
        polls.record(session, act, target, f"account:{account_id}", now)
        session.flush()


def _check_right(target: Any) -> None:
    if target.elector_id is None:
        raise RuleBroken("not-an-elector", 403)
    if not target.is_member:
        raise RuleBroken("mandate-ended", 403)


def _drop(session: Session, target: Any, entry: Mapping[str, Any], is_first: bool) -> str:
    """Put a ballot among the others of a secret vote, in the order of their random names."""
    held = target.ballots["ballots"]
    same = [one for one in held if one["receipt"] == entry["receipt"]]
    if not is_first:
        # The same form again, because no answer came: its ballot is there, and so is its receipt.
        if same and same[0]["said"] == entry["said"]:
            return ""
        raise RuleBroken("voted-already", 409)
    if same:
        raise RuleBroken("receipt-taken", 409)
    together = sorted([*held, entry], key=lambda one: str(one["name"]))
    session.execute(
        update(PollUrn).where(PollUrn.poll_id == target.id).values(ballots={"ballots": together})
    )
    return "poll.voted"


def _write(session: Session, values: Mapping[str, Any], is_first: bool) -> str:
    """Write the ballot of an open vote, or change it; "" when it says the same already."""
    insert = (sqlite if session.get_bind().dialect.name == "sqlite" else postgresql).insert(TABLE)
    new = insert.values(**values)
    changed = new.on_conflict_do_update(
        index_elements=[TABLE.c.elector_id],
        set_={name: new.excluded[name] for name in ("name", "receipt", "said")},
        where=or_(TABLE.c.receipt != new.excluded.receipt, TABLE.c.said != new.excluded.said),
    ).returning(TABLE.c.elector_id)
    try:
        done = session.execute(changed).first()
    except IntegrityError as error:
        raise RuleBroken("receipt-taken", 409) from error
    if is_first:
        return "poll.voted"
    return "poll.voted-again" if done else ""

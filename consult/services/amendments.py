"""What the organiser makes of an amendment: accepted, it is the next version of the text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain import clean, phases, searching
from ..domain.errors import RuleBroken
from ..models import Account, Consultation, Revision, Statement
from . import journal

ACCEPTED, REFUSED = VERDICTS = ("accepted", "refused")


@dataclass(frozen=True)
class Decision:
    """What is decided and why; accepted, also the text kept and the version it replaces."""

    verdict: str
    reason: str
    text: str = ""
    version: int = 0


def decide(
    session: Session, amendment: Statement, decision: Decision, *, account: Account, now: datetime
) -> Statement:
    """Accept or refuse an amendment, once, with a reason; return the proposal.

    The version replaced is kept in the history. Raises decision-unknown, decision-reason-missing,
    amendment-empty (422), amendment-decided, statement-not-published and stale (409).
    """
    if decision.verdict not in VERDICTS:
        raise RuleBroken("decision-unknown")
    reason = clean.text(decision.reason, required="decision-reason-missing")
    consultation = session.get_one(Consultation, amendment.consultation_id)
    phases.check("decide", phases.of(consultation, now))
    if amendment.state != "published":
        raise RuleBroken("statement-not-published", 409)
    proposal = session.get_one(Statement, amendment.parent_id)
    _mark(session, amendment, decision.verdict, reason, now)
    if decision.verdict == ACCEPTED:
        _replace(session, proposal, decision, reason, now)
    journal.record(
        session,
        f"amendment.{decision.verdict}",
        f"statement:{amendment.id}",
        actor=f"account:{account.id}",
        now=now,
        consultation_id=consultation.id,
        proposal=proposal.id,
        version=proposal.version,
    )
    return proposal


def text_of_version(session: Session, proposal: Statement, version: object) -> str | None:
    """Return the text of a proposal as it was in a version, None when it is not known."""
    if version == proposal.version or not isinstance(version, int):
        return proposal.body
    kept = session.get(Revision, (proposal.id, version))
    return kept.body if kept else None


def _mark(session: Session, amendment: Statement, verdict: str, reason: str, now: datetime) -> None:
    """Write the decision unless another was written meanwhile."""
    done: Any = session.execute(
        update(Statement)
        .where(Statement.id == amendment.id, Statement.decision.is_(None))
        .values(decision=verdict, decision_reason=reason, decided_at=now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("amendment-decided", 409)
    session.refresh(amendment)


def _replace(
    session: Session, proposal: Statement, decision: Decision, reason: str, now: datetime
) -> None:
    text = clean.text(decision.text, required="amendment-empty")
    before = Revision(
        statement_id=proposal.id,
        version=proposal.version,
        title=proposal.title,
        body=proposal.body,
        value=proposal.value,
        reason=reason,
        created_at=proposal.updated_at,
    )
    done: Any = session.execute(
        update(Statement)
        .where(Statement.id == proposal.id, Statement.version == decision.version)
        .values(
            body=text,
            search=searching.normalise(f"{proposal.title} {text}"),
            version=decision.version + 1,
            updated_at=now,
        )
        .execution_options(synchronize_session=False)
    )
    if done.rowcount != 1:
        raise RuleBroken("stale", 409)
    session.add(before)
    session.flush()
    session.refresh(proposal)

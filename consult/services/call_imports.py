"""Import of calls: written once, met again unchanged, never touched once a split was decided."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import chain, searching
from ..formats.call_records import Call, CallRecord, Project
from ..models import CallEnvelope, OpenCall, SplitDecision, new_id
from ..models import Project as ProjectRow
from . import journal, slugs
from .imports import Counts

DAY = timedelta(days=1)


def run(
    session: Session, stream: Iterable[CallRecord], *, kind: str, now: datetime
) -> tuple[list[OpenCall], Counts]:
    """Write the calls of a stream and their projects; nothing is shown before the commit.

    A call that was met before is brought up to date, unless its split was published since.
    """
    found: list[OpenCall] = []
    counts, writer = Counts(), None
    for record in stream:
        if isinstance(record, Call):
            writer = _Writer(session, kind, record, counts, now)
            found.append(writer.call)
        elif writer is not None:
            writer.project(record)
    for call in found:
        sent = select(func.count()).where(
            ProjectRow.call_id == call.id, ProjectRow.state == "submitted"
        )
        session.flush()
        call.projects = session.scalar(sent) or 0
        subject = f"open_call:{call.id}"
        journal.record(session, "call.imported", subject, actor="system", now=now, kind=kind)
    session.flush()
    return found, counts


class _Writer:
    """Writes one call and its projects."""

    def __init__(
        self, session: Session, kind: str, record: Call, counts: Counts, now: datetime
    ) -> None:
        self.session, self.counts, self.now = session, counts, now
        origin = f"{kind}:{record.key}"[:200]
        known = session.scalar(select(OpenCall).where(OpenCall.origin == origin))
        self.call = known or self._create(origin, record)
        decided = select(SplitDecision.id).where(SplitDecision.call_id == self.call.id)
        self.is_decided = session.scalar(decided.limit(1)) is not None
        mine = select(ProjectRow).where(ProjectRow.call_id == self.call.id)
        rows = session.scalars(mine.order_by(ProjectRow.number)).all()
        self.known = {row.origin: row for row in rows}
        self.last = max((row.number or 0 for row in rows), default=0)
        if known is not None and not self.is_decided:
            self._envelope(record)

    def _create(self, origin: str, record: Call) -> OpenCall:
        opens = record.opens_at or self.now - 2 * DAY
        closes = record.closes_at or max(opens, self.now - 2 * DAY) + DAY
        terms = {"rule": "equal_awards", "envelope": record.amount_cents, "origin": origin}
        call = OpenCall(
            id=new_id(),
            slug=next(slugs.free(self.session, record.title, OpenCall)),
            origin=origin,
            opened_by=record.funder,
            title=record.title,
            about=record.about,
            opens_at=opens,
            closes_at=closes,
            published_at=opens,
            one_per_carrier=False,
            seed=secrets.token_hex(32),
            terms=terms,
            terms_digest=sha256(chain.encode(terms).encode()).hexdigest(),
            search=searching.normalise(f"{record.title} {record.about}"),
            created_at=self.now,
        )
        self.session.add(call)
        self.session.flush()
        given = {"funder": record.funder, "amount_cents": record.amount_cents}
        self.session.add(CallEnvelope(call_id=call.id, position=1, **given))
        self.session.flush()
        return call

    def _envelope(self, record: Call) -> None:
        query = select(CallEnvelope).where(
            CallEnvelope.call_id == self.call.id, CallEnvelope.position == 1
        )
        self.session.scalars(query).one().amount_cents = record.amount_cents

    def project(self, record: Project) -> None:
        """Write a project, or bring it up to date."""
        facts = {
            "title": record.title,
            "what": record.theme,
            "place": record.place,
            "asked_cents": record.asked_cents,
            "search": searching.normalise(f"{record.title} {record.theme} {record.place}"),
        }
        row = self.known.get(record.key)
        if row is not None:
            self._meet(row, facts)
        elif not self.is_decided:
            self.last += 1
            at = dict.fromkeys(("created_at", "updated_at", "submitted_at"), self.now)
            of_call = {"call_id": self.call.id, "origin": record.key, "number": self.last}
            self.session.add(ProjectRow(state="submitted", **of_call, **at, **facts))
            self.counts.created[record.type] += 1

    def _meet(self, row: ProjectRow, facts: Mapping[str, Any]) -> None:
        changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
        if not changed or self.is_decided:
            self.counts.unchanged["project"] += 1
            return
        for name, value in changed.items():
            setattr(row, name, value)
        row.version, row.updated_at = row.version + 1, self.now
        self.counts.updated["project"] += 1

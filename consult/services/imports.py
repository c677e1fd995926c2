"""Import: write the neutral records of another tool, in one transaction, as often as wished.

A row's id is derived from the consultation and the record's key, so that nothing has to be
remembered while a file streams by, and a second import meets the same rows again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from ..formats import records
from ..models import (
    AnswerQuestion,
    Consultation,
    JournalEntry,
    Participant,
    Question,
    Revision,
    Stance,
    Theme,
)
from ..models.base import ALPHABET, ID_LENGTH
from ..models.statements import Statement
from . import import_rows, import_targets, journal

BATCH = 2_000
ORDER = (
    "person",
    "theme",
    "question",
    "proposal",
    "answer",
    "amendment",
    "argument",
    "source",
    "comment",
    "stance",
)
TABLES: Mapping[str, Any] = {
    "person": Participant,
    "theme": Theme,
    "question": Question,
    "stance": Stance,
}
TEXT_COLUMNS = ("title", "body", "value")


@dataclass
class Counts:
    """What an import did, by type of record."""

    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)


def derive_id(consultation_id: str, kind: str, key: str) -> str:
    """Return the id of a record's row: always the same for the same consultation and key."""
    number = int.from_bytes(hashlib.sha256(f"{consultation_id}/{kind}/{key}".encode()).digest())
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(ID_LENGTH))


class Import:
    """One import into one consultation: takes records, writes rows by batches."""

    def __init__(self, session: Session, consultation: Consultation, now: datetime) -> None:
        self.session = session
        self.consultation = consultation
        self.now = now
        self.counts = Counts()
        self.maker = import_rows.Maker(session, consultation.id, now, derive_id)
        self._waiting: dict[str, list[records.Record]] = {kind: [] for kind in ORDER}
        self._count = 0

    def take(self, stream: Iterable[records.Record]) -> None:
        """Write every record of the stream; parents come before their children."""
        for record in stream:
            self._waiting[record.type].append(record)
            self._count += 1
            if self._count >= BATCH:
                self.write()
        self.write()

    def write(self) -> None:
        """Write what waits, parents first."""
        for kind in ORDER:
            waiting, self._waiting[kind] = self._waiting[kind], []
            if waiting:
                self._write_kind(kind, waiting)
        self._count = 0

    def _write_kind(self, kind: str, waiting: Sequence[records.Record]) -> None:
        rows = [self.maker.row(record) for record in waiting]
        table = TABLES.get(kind, Statement)
        keys = ("statement_id", "participant_id") if kind == "stance" else ("id",)
        known = self._known(table, keys, rows)
        fresh, changed = [], []
        for row in rows:
            old = known.get(tuple(row[name] for name in keys))
            if old is None:
                fresh.append(row)
            elif import_rows.differs(old, row):
                changed.append((old, row))
            else:
                self.counts.unchanged[kind] += 1
        if fresh:
            self.session.execute(insert(table), fresh)
        kept = self._kept(kind, changed)
        changed = [(old, row) for old, row in changed if row.get("id") not in kept]
        self.counts.unchanged[kind] += len(kept)
        self.counts.created[kind] += len(fresh)
        self.counts.updated[kind] += len(changed)
        for old, row in changed:
            self._change(table, keys, old, row)
        if kind == "answer":
            self._address(waiting)

    def _kept(self, kind: str, changed: Sequence[tuple[Any, dict[str, Any]]]) -> set[str]:
        """Return the rows that people changed here since: what they did stands."""
        space = kind if kind in TABLES else "statement"
        subjects = {f"{space}:{row['id']}": row["id"] for _old, row in changed if "id" in row}
        query = select(JournalEntry.subject).where(
            JournalEntry.subject.in_(subjects), JournalEntry.act.not_like("stance.%")
        )
        return {subjects[subject] for subject in self.session.scalars(query)} if subjects else set()

    def _known(
        self, table: Any, keys: tuple[str, ...], rows: Sequence[dict[str, Any]]
    ) -> dict[tuple[str, ...], Mapping[str, Any]]:
        """Read the rows that are already there, by their keys."""
        names = import_rows.compared(rows)
        columns = [getattr(table, name) for name in dict.fromkeys([*keys, *names, *extra(table)])]
        found: dict[tuple[str, ...], Any] = {}
        first = getattr(table, keys[0])
        ids = list({row[keys[0]] for row in rows})
        for start in range(0, len(ids), 500):
            query = select(*columns).where(first.in_(ids[start : start + 500]))
            for line in self.session.execute(query).mappings():
                found[tuple(line[name] for name in keys)] = line
        return found

    def _change(
        self, table: Any, keys: tuple[str, ...], old: Mapping[str, Any], row: dict[str, Any]
    ) -> None:
        """Write a row over its older self; a statement keeps its former text as a revision."""
        row = dict(row)
        if table is Statement and any(row[name] != old[name] for name in TEXT_COLUMNS):
            self.session.execute(insert(Revision), [revision(old)])
            row["version"] = old["version"] + 1
        query = update(table).values({k: v for k, v in row.items() if k not in keys})
        for name in keys:
            query = query.where(getattr(table, name) == row[name])
        self.session.execute(query)

    def _address(self, waiting: Sequence[records.Record]) -> None:
        """Tie long answers to their further questions."""
        ties = self.maker.ties(waiting)
        if not ties:
            return
        ids = [tie["statement_id"] for tie in ties]
        query = select(AnswerQuestion.statement_id, AnswerQuestion.question_id)
        known = {tuple(line) for line in self.session.execute(
            query.where(AnswerQuestion.statement_id.in_(ids)))}  # fmt: skip
        fresh = [t for t in ties if (t["statement_id"], t["question_id"]) not in known]
        if fresh:
            self.session.execute(insert(AnswerQuestion), fresh)


def extra(table: Any) -> tuple[str, ...]:
    """Return the columns needed to keep the former text of a statement."""
    return ("version", "updated_at") if table is Statement else ()


def revision(old: Mapping[str, Any]) -> dict[str, Any]:
    """Return the revision that keeps a statement's former text."""
    return {
        "statement_id": old["id"],
        "version": old["version"],
        "title": old["title"],
        "body": old["body"],
        "value": old["value"],
        "reason": "import",
        "created_at": old["updated_at"],
    }


def run(
    session: Session,
    stream: Iterator[records.Record],
    *,
    kind: str,
    into: str | None,
    title: str | None,
    now: datetime,
) -> tuple[Consultation, Counts]:
    """Write a stream, whose first record says what it is; nothing is shown before the commit."""
    header = next(stream)
    if not isinstance(header, records.Consultation):
        raise TypeError("a stream begins with its consultation")
    consultation = import_targets.find(session, kind, header, into)
    if consultation is None:
        consultation = import_targets.create(session, kind, header, title, now)
    work = Import(session, consultation, now)
    work.take(stream)
    import_targets.show_what_came(session, consultation)
    journal.record(
        session,
        "consultation.imported",
        f"consultation:{consultation.id}",
        actor="system",
        now=now,
        consultation_id=consultation.id,
        kind=kind,
        created=dict(work.counts.created),
        updated=dict(work.counts.updated),
        unchanged=dict(work.counts.unchanged),
    )
    session.flush()
    session.refresh(consultation)
    return consultation, work.counts

"""What people make of tags: made, renamed, removed, put on texts, accepted when proposed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from ..domain import reading_tags as rules
from ..domain.errors import RuleBroken
from ..models import (
    Account,
    Consultation,
    ProposedTag,
    ReadingTag,
    RefusedTag,
    Statement,
    TaggedStatement,
    new_id,
)
from ..queries import reading_tags as queries
from . import inserting, journal


@dataclass(frozen=True)
class Seen:
    """A proposal as a person saw it: its text, the version of that, the tag."""

    statement_id: str
    tag_id: str
    version: int


@dataclass(frozen=True)
class Counts:
    """How many texts are each thing, which adds up to the total; how many bear each tag."""

    total: int
    of: dict[str, int]
    tags: dict[str, int]


def counts(session: Session, consultation_id: str) -> Counts:
    """Count the texts of a consultation by what they are, those that people tagged by tag."""
    of: dict[str, int] = dict.fromkeys(rules.COUNTS, 0)
    tags: dict[str, int] = {}
    for row in session.execute(queries.counts(consultation_id)):
        of[row.what] += row.number
        if row.what == rules.TAGGED:
            tags[row.tag_id] = row.number
    return Counts(sum(of.values()), of, tags)


def make(
    session: Session, consultation: Consultation, typed: object, *, by: Account, now: datetime
) -> ReadingTag:
    """Make a tag; raises tag-unnamed, tag-exists (409), tag-most (409) beyond thirty."""
    name = rules.name(typed)
    _hold(session, consultation.id)
    held = session.scalars(queries.of_consultation(consultation.id)).all()
    if len(held) >= rules.MOST:
        raise RuleBroken("tag-most", 409, most=rules.MOST)
    values = {
        "id": new_id(),
        "consultation_id": consultation.id,
        "name": name,
        "folded": rules.folded(name),
        "created_at": now,
    }
    if not inserting.once(session, ReadingTag, values):
        raise RuleBroken("tag-exists", 409)
    tag = session.get_one(ReadingTag, values["id"])
    _record(session, tag, "made", by, now, name=name)
    return tag


def rename(
    session: Session, tag: ReadingTag, typed: object, *, was: str, by: Account, now: datetime
) -> None:
    """Give a tag another name; raises tag-changed (409) when it was not as seen, tag-exists."""
    name = rules.name(typed)
    _hold(session, tag.consultation_id)
    held = session.scalars(_locked(tag.consultation_id)).all()
    if not any(one.id == tag.id and one.name == was for one in held):
        raise RuleBroken("tag-changed", 409)
    folded = rules.folded(name)
    if any(one.folded == folded and one.id != tag.id for one in held):
        raise RuleBroken("tag-exists", 409)
    tag.name, tag.folded = name, folded
    _record(session, tag, "renamed", by, now, name=name, was=was)


def remove(
    session: Session, tag: ReadingTag, *, confirmed: bool, by: Account, now: datetime
) -> None:
    """Remove a tag; raises tag-used (409) while texts bear it, unless that is confirmed.

    Raises tag-changed (409) for one that somebody removed meanwhile.
    """
    if _tag(session, tag.consultation_id, tag.id) is None:
        raise RuleBroken("tag-changed", 409)
    bear = select(func.count()).where(TaggedStatement.tag_id == tag.id)
    used = session.scalar(bear) or 0
    if used and not confirmed:
        raise RuleBroken("tag-used", 409, number=used)
    _record(session, tag, "removed", by, now, name=tag.name, texts=used)
    for table in (TaggedStatement, ProposedTag, RefusedTag):
        session.execute(_gone(table, table.tag_id == tag.id))
    session.delete(tag)
    session.flush()


def put(
    session: Session, statement: Statement, seen: Seen, was: str, *, by: Account, now: datetime
) -> None:
    """Put a tag on a text in the place of the one it bears, or with "" take that away.

    Raises tag-unknown, reading-changed (409) when the text or its tag is not as it was seen,
    text-not-public (409).
    """
    own = statement.consultation_id
    if seen.tag_id and _tag(session, own, seen.tag_id) is None:
        raise RuleBroken("tag-unknown")
    _lock(session, [seen.statement_id])
    row = session.execute(queries.seen(own, [seen.statement_id])).one_or_none()
    if row is None or row.state != "published":
        raise RuleBroken("text-not-public", 409)
    if (row.version, row.tag_id or "") != (seen.version, was):
        raise RuleBroken("reading-changed", 409)
    session.execute(_gone(TaggedStatement, TaggedStatement.statement_id == seen.statement_id))
    if seen.tag_id:
        _bear(session, seen, by, now)
    act = "tagged" if seen.tag_id else "untagged"
    _told(session, own, seen, act, by=by, now=now)


def answer(
    session: Session,
    consultation: Consultation,
    chosen: Sequence[Seen],
    said: str,
    *,
    by: Account,
    now: datetime,
) -> None:
    """Accept or refuse what is proposed, all of it or nothing.

    Raises proposal-none without any, proposal-answer, proposals-changed (409) when one is no
    longer as it was seen; its `changed` says which, each with the reason.
    """
    if said not in rules.ANSWERS:
        raise RuleBroken("proposal-answer")
    if not chosen:
        raise RuleBroken("proposal-none")
    chosen = list(dict.fromkeys(chosen))
    tags = {one.tag_id for one in chosen}
    session.scalars(_locked(consultation.id).where(ReadingTag.id.in_(tags))).all()
    keys = sorted({one.statement_id for one in chosen})
    _lock(session, keys)
    rows = session.execute(queries.seen(consultation.id, keys)).all()
    changed = _changed(chosen, {row.id: row for row in rows})
    if changed:
        raise RuleBroken("proposals-changed", 409, number=len(changed), changed=changed)
    session.execute(_gone(ProposedTag, ProposedTag.statement_id.in_(keys)))
    if said == rules.ACCEPT:  # what was put on an earlier version
        session.execute(_gone(TaggedStatement, TaggedStatement.statement_id.in_(keys)))
    act = "tag-accepted" if said == rules.ACCEPT else "tag-refused"
    for one in chosen:
        if said == rules.ACCEPT:
            _bear(session, one, by, now)
        else:
            values = {"statement_id": one.statement_id, "tag_id": one.tag_id, "refused_at": now}
            inserting.once(session, RefusedTag, values)
        _told(session, consultation.id, one, act, by=by, now=now)


def _changed(chosen: Sequence[Seen], rows: dict[str, Any]) -> list[tuple[Any, str]]:
    """Return the texts of which the proposal is no longer as it was seen, each with the reason."""
    found = []
    for one in chosen:
        row = rows.get(one.statement_id)
        if row is None or row.version != one.version or row.state != "published":
            found.append((row, rules.CHANGED))
        elif row.tag_id is not None:
            found.append((row, rules.TAKEN))
        elif row.proposed_id != one.tag_id or row.leader is not None:
            found.append((row, rules.GONE))
    return found


def _hold(session: Session, consultation_id: str) -> None:
    """Let nobody else make or rename a tag of a consultation meanwhile."""
    query = select(Consultation.id).where(Consultation.id == consultation_id)
    session.execute(query.with_for_update(key_share=True))


def _locked(consultation_id: str) -> Select[ReadingTag]:
    return queries.locked(consultation_id).execution_options(populate_existing=True)


def _tag(session: Session, consultation_id: str, tag_id: str) -> ReadingTag | None:
    """Return a tag that nobody else changes nor removes meanwhile."""
    return session.scalars(_locked(consultation_id).where(ReadingTag.id == tag_id)).one_or_none()


def _lock(session: Session, keys: Sequence[str]) -> None:
    query = select(Statement.id).where(Statement.id.in_(keys)).order_by(Statement.id)
    session.execute(query.with_for_update())


def _bear(session: Session, seen: Seen, by: Account, now: datetime) -> None:
    row = TaggedStatement(
        statement_id=seen.statement_id,
        tag_id=seen.tag_id,
        version=seen.version,
        account_id=by.id,
        tagged_at=now,
    )
    session.add(row)
    session.flush()


def _gone(table: Any, *which: Any) -> Any:
    return delete(table).where(*which).execution_options(synchronize_session="fetch")


def _told(
    session: Session, consultation_id: str, seen: Seen, act: str, *, by: Account, now: datetime
) -> None:
    journal.record(
        session,
        f"reading.{act}",
        f"statement:{seen.statement_id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=consultation_id,
        **({"tag": seen.tag_id} if seen.tag_id else {}),
    )
    session.flush()


def _record(
    session: Session, tag: ReadingTag, act: str, by: Account, now: datetime, **facts: Any
) -> None:
    journal.record(
        session,
        f"reading-tag.{act}",
        f"reading-tag:{tag.id}",
        actor=f"account:{by.id}",
        now=now,
        consultation_id=tag.consultation_id,
        **facts,
    )
    session.flush()

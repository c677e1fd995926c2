"""Local editions: a consultation offered to rooms, and opened by each with its own questions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from ..domain import phases
from ..domain.errors import RuleBroken
from ..models import Account, CommonQuestion, Consultation, CoOrganiser, EditionOffer, Room
from ..queries import editions as queries
from . import consultations, copies, inserting

SOON = timedelta(hours=1)
TITLE_LIMIT = 200


def offer(
    session: Session,
    consultation: Consultation,
    room_ids: Sequence[str],
    *,
    account: Account,
    now: datetime,
) -> int:
    """Offer a consultation to rooms; return to how many it was not offered yet.

    Raises edition-private (409) for one kept to a list, edition-unpublished (409) for a draft,
    edition-of-edition (409) for a local edition, edition-late (409) once it is closed, and
    edition-rooms-missing for no room at all.
    """
    check_offerable(session, consultation, now)
    if not room_ids:
        raise RuleBroken("edition-rooms-missing")
    facts = {"consultation_id": consultation.id, "offered_by_id": account.id, "offered_at": now}
    rows = [{**facts, "room_id": room_id} for room_id in dict.fromkeys(room_ids)]
    count = inserting.many(session, EditionOffer, rows)
    _record(session, consultation, "edition.offered", account, now, rooms=count)
    return count


def check_offerable(session: Session, consultation: Consultation, now: datetime) -> None:
    """Raise what `offer` does of a consultation."""
    if consultation.published_at is None or consultation.published_at > now:
        raise RuleBroken("edition-unpublished", 409)
    if consultation.access == "listed":
        raise RuleBroken("edition-private", 409)
    if source_of(session, consultation) is not None:
        raise RuleBroken("edition-of-edition", 409)
    if phases.of(consultation, now) not in (phases.PREPARATION, phases.OPEN):
        raise RuleBroken("edition-late", 409)


def take_back(
    session: Session, consultation: Consultation, room_id: str, *, account: Account, now: datetime
) -> None:
    """Take back an offer that a room has not taken up; edition-taken (409) once it has."""
    gone: Any = session.execute(
        delete(EditionOffer).where(
            EditionOffer.consultation_id == consultation.id,
            EditionOffer.room_id == room_id,
            EditionOffer.edition_id.is_(None),
        )
    )
    if gone.rowcount:
        _record(session, consultation, "edition.taken-back", account, now, room=room_id)
    elif session.get(EditionOffer, (consultation.id, room_id)) is not None:
        raise RuleBroken("edition-taken", 409)


def open_one(
    session: Session, source: Consultation, room: Room, *, account: Account, now: datetime
) -> Consultation:
    """Open the edition of a room: a draft with the common questions, for its own territory.

    Its dates are those of the consultation it comes from, until they are changed. Raises
    edition-not-offered (404), edition-taken (409), and what `offer` does of the consultation.
    """
    check_offerable(session, source, now)
    if session.get(EditionOffer, (source.id, room.id)) is None:
        raise RuleBroken("edition-not-offered", 404)
    title = f"{source.title} – {room.name}"[:TITLE_LIMIT]
    made = copies.copy(
        session,
        source,
        owner_id=account.id,
        title=title,
        territory_code=room.territory_code,
        now=now,
    )
    _take(session, source, room, made, now)
    opens_at = source.opens_at
    made.opens_at = opens_at if opens_at and opens_at > now else now + SOON
    made.closes_at = source.closes_at
    for mine, theirs in session.execute(queries.pairs(source.id, made.id)).all():
        session.add(CommonQuestion(question_id=mine, source_id=theirs))
    # What someone was let in to organise stays theirs without any role of the site.
    joined = {"consultation_id": made.id, "account_id": account.id, "created_at": now}
    session.flush()
    inserting.once(session, CoOrganiser, joined)
    _record(session, made, "edition.opened", account, now, source=source.id, room=room.id)
    return made


def _take(
    session: Session, source: Consultation, room: Room, made: Consultation, now: datetime
) -> None:
    """Tie an edition to the offer that it takes up; whoever comes second is told."""
    taken: Any = session.execute(
        update(EditionOffer)
        .where(
            EditionOffer.consultation_id == source.id,
            EditionOffer.room_id == room.id,
            EditionOffer.edition_id.is_(None),
        )
        .values(edition_id=made.id, taken_at=now)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:
        raise RuleBroken("edition-taken", 409)


def source_of(session: Session, consultation: Consultation) -> Consultation | None:
    """Return the consultation that an edition comes from, None for any other consultation."""
    query = select(Consultation).join(EditionOffer, EditionOffer.consultation_id == Consultation.id)
    return session.scalar(query.where(EditionOffer.edition_id == consultation.id))


def close_with(session: Session, source: Consultation, *, actor: str, now: datetime) -> None:
    """Close the local editions of a consultation that was closed early, for the same reason."""
    own = select(EditionOffer.edition_id).where(
        EditionOffer.consultation_id == source.id, EditionOffer.edition_id.is_not(None)
    )
    open_ones = (
        Consultation.closed_early_at.is_(None),
        or_(Consultation.closes_at.is_(None), Consultation.closes_at > now),
    )
    query = select(Consultation).where(Consultation.id.in_(own), *open_ones)
    for edition in session.scalars(query.order_by(Consultation.id).with_for_update()).all():
        edition.closed_early_at, edition.version = now, edition.version + 1
        edition.closed_early_reason = source.closed_early_reason
        facts = {"source": source.id}
        act = "consultation.closed-early"
        consultations.record(session, edition, act, actor=actor, now=now, **facts)
    session.flush()


def check_dates(
    session: Session,
    consultation: Consultation,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> None:
    """Raise edition-dates for an edition that would be open when its consultation is not."""
    source = source_of(session, consultation)
    if source is None:
        return
    starts, ends = source.opens_at, source.closes_at
    early = starts is not None and (opens_at is None or opens_at < starts)
    late = ends is not None and (closes_at is None or closes_at > ends)
    if early or late:
        raise RuleBroken("edition-dates")


def _record(
    session: Session,
    consultation: Consultation,
    act: str,
    account: Account,
    now: datetime,
    **facts: Any,
) -> None:
    actor = f"account:{account.id}"
    consultations.record(session, consultation, act, actor=actor, now=now, **facts)

"""Forgetting a person in the rooms: their seats, the meetings they join, where they are named."""

from collections.abc import Sequence

from sqlalchemy import delete as remove
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from ..models import (
    Account,
    Commitment,
    EventAttendance,
    EventRegistration,
    Poll,
    PollCandidate,
    RoomOfficial,
    SeatMandate,
)
from . import room_files


def forget(session: Session, account: Account, words: Sequence[str]) -> None:
    """Empty the seats of a person, and take them off meetings, officials and commitments.

    `words` name them: an address, a whole name. What their rooms decided stays.
    """
    was_there = (
        EventAttendance.account_id == account.id,
        EventAttendance.participant_id == account.participant_id,
        EventAttendance.name.in_(words),
    )
    for statement in (
        remove(SeatMandate).where(
            or_(SeatMandate.account_id == account.id, SeatMandate.name.in_(words))
        ),
        update(SeatMandate).where(SeatMandate.deputy.in_(words)).values(deputy=""),
        update(SeatMandate).where(SeatMandate.appointed_by.in_(words)).values(appointed_by=""),
        remove(RoomOfficial).where(
            or_(RoomOfficial.email == account.email, RoomOfficial.name.in_(words))
        ),
        update(Commitment).where(Commitment.who.in_(words)).values(who=""),
        remove(EventRegistration).where(EventRegistration.participant_id == account.participant_id),
        remove(EventAttendance).where(or_(*was_there)),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    room_files.SHELF.unname(session, words)
    _forget_candidacies(session, account)


def _forget_candidacies(session: Session, account: Account) -> None:
    """Take the name of a person off the votes that could elect them: a letter stays."""
    query = select(PollCandidate).where(PollCandidate.account_id == account.id)
    for one in session.scalars(query.order_by(PollCandidate.poll_id)).all():
        poll = session.get_one(Poll, one.poll_id)
        names = {**poll.purpose_facts["names"], one.mark: one.mark}
        poll.purpose_facts = {**poll.purpose_facts, "names": names}
        one.account_id = None
    session.flush()

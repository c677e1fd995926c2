"""Forgetting a person in the rooms: their seats, the meetings they join, where they are named."""

from collections.abc import Sequence

from sqlalchemy import delete as remove
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from ..models import Account, Commitment, EventRegistration, RoomOfficial, SeatMandate


def forget(session: Session, account: Account, words: Sequence[str]) -> None:
    """Empty the seats of a person, and take them off meetings, officials and commitments.

    `words` name them: an address, a whole name. What their rooms decided stays.
    """
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
    ):
        session.execute(statement.execution_options(synchronize_session=False))

"""Who organises a consultation: whoever opened it, and those who accepted to join them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select, union_all

from ..models import Account, Consultation, CoOrganiser, Invitation


def is_organised_by(account_id: str) -> ColumnElement[bool]:
    """Tell which consultations an account organises; join `Consultation` to use it elsewhere."""
    joined = (
        select(CoOrganiser.account_id)
        .where(CoOrganiser.consultation_id == Consultation.id, CoOrganiser.account_id == account_id)
        .correlate(Consultation)
        .exists()
    )
    return or_(Consultation.owner_id == account_id, joined)


def people(consultation_id: str) -> Select[*tuple[Any, ...]]:
    """Select the accounts that organise a consultation, the one who opened it first."""
    opened = select(
        Consultation.owner_id.label("account_id"),
        Consultation.created_at,
        literal(0).label("place"),
    ).where(Consultation.id == consultation_id)
    joined = (
        select(CoOrganiser.account_id, CoOrganiser.created_at, literal(1))
        .join(Consultation, Consultation.id == CoOrganiser.consultation_id)
        .where(
            CoOrganiser.consultation_id == consultation_id,
            Consultation.owner_id.is_distinct_from(CoOrganiser.account_id),
        )
    )
    found = union_all(opened, joined).subquery()
    return (
        select(Account.id, Account.name, Account.email, Account.active)
        .join(found, found.c.account_id == Account.id)
        .order_by(found.c.place, found.c.created_at, Account.id)
    )


def invited(consultation_id: str, now: datetime) -> Select[Invitation]:
    """Select the invitations that can still be accepted, the oldest first."""
    return (
        select(Invitation)
        .where(
            Invitation.consultation_id == consultation_id,
            Invitation.used_at.is_(None),
            Invitation.expires_at > now,
        )
        .order_by(Invitation.created_at, Invitation.id)
    )

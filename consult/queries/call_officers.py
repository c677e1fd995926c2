"""Who runs an open call, and who is invited to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from ..models import Account, CallInvitation, CallOfficer


def people(call_id: str) -> Select[*tuple[Any, ...]]:
    """Select the accounts that run a call, the first one first."""
    return (
        select(Account.id, Account.name, Account.email, Account.active)
        .join(CallOfficer, CallOfficer.account_id == Account.id)
        .where(CallOfficer.call_id == call_id)
        .order_by(CallOfficer.created_at, Account.id)
    )


def invited(call_id: str, now: datetime) -> Select[CallInvitation]:
    """Select the invitations that can still be accepted, the oldest first."""
    return (
        select(CallInvitation)
        .where(
            CallInvitation.call_id == call_id,
            CallInvitation.used_at.is_(None),
            CallInvitation.expires_at > now,
        )
        .order_by(CallInvitation.created_at, CallInvitation.id)
    )

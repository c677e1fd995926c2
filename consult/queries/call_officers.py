"""Who runs an open call, and who is invited to."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, or_, select

from ..domain import roles
from ..models import Account, CallInvitation, CallOfficer, Role


def people(call_id: str) -> Select[*tuple[Any, ...]]:
    """Select the accounts that run a call, the first one first."""
    return (
        select(Account.id, Account.name, Account.email, Account.active)
        .join(CallOfficer, CallOfficer.account_id == Account.id)
        .where(CallOfficer.call_id == call_id)
        .order_by(CallOfficer.created_at, Account.id)
    )


def running(call_id: str, account_id: str) -> Select[str]:
    """Select an account if it is open and runs a call: it was let in, or runs the whole site."""
    officer = exists().where(CallOfficer.call_id == call_id, CallOfficer.account_id == Account.id)
    administrator = Account.roles.any(Role.name == roles.ADMINISTRATOR)
    return select(Account.id).where(
        Account.id == account_id, Account.active, or_(officer, administrator)
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

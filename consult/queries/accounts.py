"""Accounts: the places where a person is signed in."""

from typing import Any

from sqlalchemy import Select, select

from ..models import AccountSession
from . import paging


def open_sessions(account_id: str) -> Select[*tuple[Any, ...]]:
    """Select the sessions of an account that are still open, the latest first."""
    return (
        select(
            AccountSession.id_hash,
            AccountSession.created_at,
            AccountSession.last_seen_at,
            AccountSession.user_agent,
        )
        .where(AccountSession.account_id == account_id, AccountSession.revoked_at.is_(None))
        .order_by(AccountSession.created_at.desc())
        .limit(paging.SIZE)
    )

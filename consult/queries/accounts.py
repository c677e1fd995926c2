"""Accounts: the places where a person is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from ..models import AccountSession
from . import paging

SESSIONS = (AccountSession.created_at, AccountSession.id_hash)


def open_sessions(
    account_id: str, since: datetime, cursor: str | None = None
) -> Select[*tuple[Any, ...]]:
    """Select a page of the sessions of an account opened after `since`, the latest first."""
    query: Select[*tuple[Any, ...]] = select(
        AccountSession.id_hash,
        AccountSession.created_at,
        AccountSession.last_seen_at,
        AccountSession.user_agent,
    ).where(
        AccountSession.account_id == account_id,
        AccountSession.revoked_at.is_(None),
        AccountSession.created_at > since,
    )
    columns: tuple[ColumnElement[Any], ...] = SESSIONS  # type: ignore[assignment]
    return paging.after(query, columns, descending=True, cursor_text=cursor)

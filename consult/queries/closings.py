"""The accounts whose access is closed, and what an administrator sees of a person."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from ..models import Account, AccountClosing
from . import paging

Closer = aliased(Account, name="closer")
Opener = aliased(Account, name="opener")


def closed(cursor: str | None = None) -> Select[*tuple[Any, ...]]:
    """Select a page of the accounts whose access is closed, the latest first."""
    query: Select[*tuple[Any, ...]] = (
        select(
            AccountClosing.id,
            AccountClosing.account_id,
            AccountClosing.reason,
            AccountClosing.closed_at,
            Account.name,
            Account.email,
        )
        .join(Account, Account.id == AccountClosing.account_id)
        .where(AccountClosing.reopened_at.is_(None))
    )
    columns: tuple[ColumnElement[Any], ...] = (  # type: ignore[assignment]
        AccountClosing.closed_at,
        AccountClosing.id,
    )
    return paging.after(query, columns, descending=True, cursor_text=cursor)


def of_account(account_id: str) -> Select[*tuple[Any, ...]]:
    """Select the closings of an account, the latest first, with whoever closed and reopened."""
    return (
        select(
            AccountClosing.reason,
            AccountClosing.words,
            AccountClosing.closed_at,
            AccountClosing.reopened_at,
            Closer.name.label("closer_name"),
            Closer.email.label("closer_email"),
            Opener.name.label("opener_name"),
            Opener.email.label("opener_email"),
        )
        .outerjoin(Closer, Closer.id == AccountClosing.closed_by_id)
        .outerjoin(Opener, Opener.id == AccountClosing.reopened_by_id)
        .where(AccountClosing.account_id == account_id)
        .order_by(AccountClosing.closed_at.desc(), AccountClosing.id.desc())
    )

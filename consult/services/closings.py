"""Closing the access of an account, and giving it back: at once, with a reason, reversible."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import closings as rules
from ..domain import roles
from ..domain.errors import RuleBroken
from ..models import Account, AccountClosing
from . import accounts, journal, leaving, passwords, role_holders


def close(
    session: Session, account_id: str, *, reason: object, words: object, by: Account, now: datetime
) -> AccountClosing:
    """Close the access of an account, whose texts and opinions stay as they are.

    From the next request on, none of its sessions, keys and tokens opens anything, and what they
    try to write is refused; the letters that waited to let it in no longer work. Raises
    person-unknown (404), close-oneself, administrator-last and closing-done (409).
    """
    why, said = rules.reason(reason), rules.words(words)
    account = _held(session, account_id, by)
    if account.id == by.id:
        raise RuleBroken("close-oneself", 409)
    if not account.active:
        raise RuleBroken("closing-done", 409)
    if role_holders.is_last_administrator(session, account.id):
        raise RuleBroken("administrator-last", 409)
    account.active = False
    closing = AccountClosing(
        account_id=account.id, reason=why, words=said, closed_at=now, closed_by_id=by.id
    )
    session.add(closing)
    leaving.take_back(session, account)
    accounts.close_links(session, account.email, now=now)
    _record(session, "account.closed", account, by, now, reason=why)
    session.flush()
    return closing


def reopen(session: Session, account_id: str, *, by: Account, now: datetime) -> Account:
    """Give its access back to an account, or raise person-unknown (404), closing-over (409).

    What let it in before stays dead: its sessions and the tokens of its programs.
    """
    account = _held(session, account_id, by)
    if account.active:
        raise RuleBroken("closing-over", 409)
    account.active = True
    closing = current(session, account.id)
    if closing is not None:
        closing.reopened_at, closing.reopened_by_id = now, by.id
    passwords.end_all(session, account, here="", now=now)
    _record(session, "account.reopened", account, by, now)
    session.flush()
    return account


def current(session: Session, account_id: str) -> AccountClosing | None:
    """Return why the access of an account is closed, None when it is not, or nobody said why."""
    return session.scalar(
        select(AccountClosing).where(
            AccountClosing.account_id == account_id, AccountClosing.reopened_at.is_(None)
        )
    )


def find(session: Session, email: str) -> str:
    """Return the account of an address, or raise person-unknown (404)."""
    found = session.scalar(select(Account.id).where(Account.email == email))
    if found is None:
        raise RuleBroken("person-unknown", 404)
    return found


def _held(session: Session, account_id: str, by: Account) -> Account:
    """Return an account that nobody else closes meanwhile, for someone who still may.

    Of two administrators who close each other at once, the second has no access left.
    """
    role_holders.take_turn(session, roles.ADMINISTRATOR)
    query = select(Account).where(Account.id.in_((account_id, by.id))).order_by(Account.id)
    locked = query.with_for_update(of=Account).execution_options(populate_existing=True)
    found = {one.id: one for one in session.scalars(locked).unique()}
    if account_id not in found:
        raise RuleBroken("person-unknown", 404)
    if not found[by.id].active:
        raise RuleBroken("account-shut-out", 403)
    return found[account_id]


def _record(
    session: Session, act: str, account: Account, by: Account, now: datetime, **facts: str
) -> None:
    actor = f"account:{by.id}"
    journal.record(session, act, f"account:{account.id}", actor=actor, now=now, **facts)

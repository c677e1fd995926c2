"""The last proof of a session: asked for again before what lets someone in is changed."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain.errors import RuleBroken
from ..models import Account, AccountSession
from . import passwords, second_steps

FRESH = timedelta(minutes=15)


def is_fresh(session: Session, id_hash: str, *, now: datetime) -> bool:
    """Tell whether whoever holds a session has shown who they are a moment ago."""
    shown = session.scalar(
        select(func.coalesce(AccountSession.proved_at, AccountSession.created_at)).where(
            AccountSession.id_hash == id_hash
        )
    )
    return shown is not None and shown > now - FRESH


def confirm(session: Session, account: Account, *, here: str, current: str, now: datetime) -> None:
    """Raise confirm-who (422) unless the last proof is fresh or a new one is typed.

    That is the current password, or a code of the second step.
    """
    if is_fresh(session, here, now=now):
        return
    if not (_is_password(account, current) or _is_code(session, account, current, now)):
        raise RuleBroken("confirm-who")
    renew(session, here, now=now)


def renew(session: Session, id_hash: str, *, now: datetime) -> None:
    """Note that whoever holds a session has just shown who they are."""
    session.execute(
        update(AccountSession).where(AccountSession.id_hash == id_hash).values(proved_at=now)
    )


def _is_password(account: Account, typed: str) -> bool:
    return account.password is not None and passwords.verify(account.password, typed)


def _is_code(session: Session, account: Account, typed: str, now: datetime) -> bool:
    if not account.second_step or not typed.strip():
        return False
    try:
        second_steps.check(session, account, typed, now=now)
    except RuleBroken:
        return False
    return True

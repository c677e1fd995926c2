"""Passwords: chosen, changed, removed, and asked for; an unknown address costs the same work."""

from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import passwords
from ..domain.errors import RuleBroken
from ..models import Account
from . import accounts, entrance, journal, tokens

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# The hash of no password: verifying it takes as long as verifying anyone's.
NOBODY = f"$argon2id$v=19$m={19 * 1024},t=2,p=1${'A' * 22}${'A' * 43}"


def verify(stored: str | None, typed: str) -> bool:
    """Tell whether a password is the one whose hash is stored; the same work without a hash."""
    password = passwords.canonical(typed[: passwords.LONGEST * 4])
    try:
        HASHER.verify(stored or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def sign_in(session: Session, email: str, typed: str, *, now: datetime) -> Account:
    """Return the account of an address and its password, or raise password-wrong (422).

    One statement and one computation, whether the address is known, shut out or unknown.
    """
    found = session.execute(
        select(Account.id, Account.password, Account.active).where(Account.email == email)
    ).one_or_none()
    right = verify(found.password if found else None, typed)
    if found is None or not right or not found.active:
        raise RuleBroken("password-wrong")
    account = session.get_one(Account, found.id)
    if HASHER.check_needs_rehash(found.password):
        account.password = HASHER.hash(passwords.canonical(typed))
    record(session, account, "account.signed-in", now=now, by="password")
    return account


def choose(session: Session, account: Account, *, here: str, typed: str, now: datetime) -> int:
    """Set or change the password; every other session, waiting link and token ends.

    Return how many sessions ended.
    """
    password = passwords.check(typed, email=account.email)
    act = "account.password-changed" if account.password else "account.password-set"
    account.password = HASHER.hash(password)
    record(session, account, act, now=now)
    return end_all(session, account, here=here, now=now)


def remove(session: Session, account: Account, *, here: str, now: datetime) -> bool:
    """Remove the password; tell whether there was one."""
    if account.password is None:
        return False
    account.password = None
    record(session, account, "account.password-removed", now=now)
    end_all(session, account, here=here, now=now)
    return True


def end_all(session: Session, account: Account, *, here: str, now: datetime) -> int:
    """End every other session, the links that wait, and the tokens given to programs.

    Return how many sessions ended.
    """
    tokens.revoke_all(session, account.id, now=now)
    return close_elsewhere(session, account, here=here, now=now)


def close_elsewhere(session: Session, account: Account, *, here: str, now: datetime) -> int:
    """End every other session of an account, and the links that wait in its letters."""
    accounts.close_links(session, account.email, now=now)
    return entrance.close_others(session, account.id, here, now=now)


def record(session: Session, account: Account, act: str, *, now: datetime, **facts: str) -> None:
    """Write in the journal what someone did with their own account."""
    mark = f"account:{account.id}"
    journal.record(session, act, mark, actor=mark, now=now, **facts)

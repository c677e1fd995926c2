"""The second step of signing in: an application's code, a passkey, or one of the codes printed."""

import secrets
from datetime import datetime
from typing import Any

import pyotp
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from ..domain import roles
from ..domain.errors import RuleBroken
from ..models import Account, Authenticator, Passkey, RecoveryCode
from . import accounts, passwords

PRINTED = 10
LETTERS = "abcdefghjkmnpqrstvwxyz23456789"
HALF = 5
DRIFT = (0, -1, 1)


def begin(session: Session, account: Account, *, now: datetime) -> str:
    """Make the secret of an application that is not confirmed yet; return it."""
    held = session.get(Authenticator, account.id)
    if held is not None and held.confirmed_at is not None:
        raise RuleBroken("second-step-wrong", 409)
    if held is None:
        held = Authenticator(account_id=account.id, last_counter=0, created_at=now)
        session.add(held)
    held.secret, held.created_at = pyotp.random_base32(), now
    session.flush()
    return held.secret


def pending(session: Session, account: Account) -> str | None:
    """Return the secret that waits to be confirmed; once it is, nobody sees it again."""
    secret = session.scalar(
        select(Authenticator.secret).where(
            Authenticator.account_id == account.id, Authenticator.confirmed_at.is_(None)
        )
    )
    return secret or None


def address(secret: str, email: str, site_name: str) -> str:
    """Return what the picture says to the application."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=site_name or "consult")


def confirm(
    session: Session, account: Account, typed: str, *, here: str, now: datetime
) -> list[str]:
    """Switch the application on with a first code; return the codes to print.

    Every other session ends: those were opened without it.
    """
    held = session.get(Authenticator, account.id)
    if held is None or held.confirmed_at is not None:
        raise RuleBroken("second-step-wrong")
    if not _by_application(session, account.id, _plain(typed), now):
        raise RuleBroken("second-step-wrong")
    held.confirmed_at = now
    account.second_step = "app"
    passwords.record(session, account, "account.second-step-set", now=now, by="app")
    passwords.close_elsewhere(session, account, here=here, now=now)
    return _print(session, account)


def print_codes(session: Session, account: Account, *, here: str, now: datetime) -> list[str]:
    """Make new codes to print, in place of those left; without an application, switch them on."""
    if not account.second_step:
        account.second_step = "codes"
        passwords.close_elsewhere(session, account, here=here, now=now)
    passwords.record(session, account, "account.codes-printed", now=now)
    return _print(session, account)


def left(session: Session, account: Account) -> int:
    """Return how many printed codes can still be used."""
    query = select(func.count()).where(
        RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(query) or 0


def by_passkey(session: Session, account: Account, *, here: str, now: datetime) -> list[str]:
    """Ask for a passkey from now on; return the codes to print, for the day it is lost.

    Raises passkey-unknown (409) without a passkey. Every other session ends.
    """
    if not has_passkey(session, account):
        raise RuleBroken("passkey-unknown", 409)
    account.second_step = "passkey"
    passwords.record(session, account, "account.second-step-set", now=now, by="passkey")
    passwords.close_elsewhere(session, account, here=here, now=now)
    return _print(session, account)


def has_passkey(session: Session, account: Account) -> bool:
    """Tell whether an account has a passkey."""
    return session.scalar(select(Passkey.id).where(Passkey.account_id == account.id)) is not None


def remove(session: Session, account: Account, *, here: str, now: datetime) -> None:
    """Remove the second step; second-step-required (409) when a role needs it.

    Where one does, an application can go as long as a passkey stays, which is then asked for.
    """
    stays = needs(account)
    if stays and not (account.second_step == "app" and has_passkey(session, account)):
        raise RuleBroken("second-step-required", 409)
    session.execute(delete(Authenticator).where(Authenticator.account_id == account.id))
    if not stays:
        session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    account.second_step = "passkey" if stays else ""
    passwords.record(session, account, "account.second-step-removed", now=now)
    passwords.close_elsewhere(session, account, here=here, now=now)


def needs(account: Account) -> bool:
    """Tell whether a role of the account asks for an application or a passkey."""
    runs_something = account.co_organises or account.runs_calls
    return runs_something or any(role.name in roles.STRONG for role in account.roles)


def check(session: Session, account: Account, typed: str, *, now: datetime) -> None:
    """Take a code once, or raise second-step-wrong (422); the journal says which way it went."""
    code = _plain(typed)
    by = "app" if code.isdecimal() else "printed"
    taken = (
        _by_application(session, account.id, code, now)
        if by == "app"
        else _by_print(session, account.id, code, now)
    )
    act = "account.second-step-passed" if taken else "account.second-step-refused"
    passwords.record(session, account, act, now=now, by=by)
    if not taken:
        raise RuleBroken("second-step-wrong")


def _plain(typed: str) -> str:
    """Return a code as it is compared, however it was copied."""
    return "".join(typed[:60].split()).replace("-", "").lower()


def _by_application(session: Session, account_id: str, code: str, now: datetime) -> bool:
    """Take a code of the application: this half minute's, its neighbours', never one twice."""
    secret = session.scalar(
        select(Authenticator.secret).where(Authenticator.account_id == account_id)
    )
    if not secret:
        return False
    totp = pyotp.TOTP(secret)
    counter = totp.timecode(now)
    matching = [
        counter + step
        for step in DRIFT
        if secrets.compare_digest(totp.generate_otp(counter + step).encode(), code.encode())
    ]
    if not matching:
        return False
    done: Any = session.execute(
        update(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.last_counter < matching[0])
        .values(last_counter=matching[0], secret=secret)  # sealed anew, with the key in use
    )
    return bool(done.rowcount == 1)


def _by_print(session: Session, account_id: str, code: str, now: datetime) -> bool:
    done: Any = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.code_hash == _hash(account_id, code),
            RecoveryCode.account_id == account_id,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    )
    return bool(done.rowcount == 1)


def _print(session: Session, account: Account) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(2 * HALF)) for _ in range(PRINTED)]
    session.add_all(
        RecoveryCode(code_hash=_hash(account.id, code), account_id=account.id) for code in codes
    )
    session.flush()
    return [f"{code[:HALF]}-{code[HALF:]}" for code in codes]


def _hash(account_id: str, code: str) -> str:
    return accounts.digest(f"{account_id}:{code}")

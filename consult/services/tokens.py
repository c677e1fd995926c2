"""Personal tokens: given once to a program, shown by it at each call, revoked at any time."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, joinedload

from ..domain import clean
from ..models import Account, ApiToken
from . import accounts, journal

PREFIX = "consult_"
NAME_LIMIT = 120
ID_LIMIT = 18
SECRET_LIMIT = 100
SEEN_EVERY = timedelta(minutes=5)


def issue(
    session: Session, *, account: Account, name: object, now: datetime
) -> tuple[ApiToken, str]:
    """Make a token for an account; return it with its secret, which is never readable again."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        token_hash=accounts.digest(secret),
        account_id=account.id,
        name=clean.line(name, NAME_LIMIT, required="token-name-missing"),
        created_at=now,
    )
    session.add(token)
    session.flush()
    _record(session, "token.issued", token, now)
    return token, secret


def revoke(session: Session, *, account: Account, token_id: str, now: datetime) -> bool:
    """Revoke one of an account's own tokens; tell whether it was still good."""
    token = session.get(ApiToken, token_id)
    if token is None or token.account_id != account.id or token.revoked_at is not None:
        return False
    token.revoked_at = now
    _record(session, "token.revoked", token, now)
    session.flush()
    return True


def revoke_all(session: Session, account_id: str, *, now: datetime) -> None:
    """Revoke every token of an account."""
    for token in held(session, account_id):
        token.revoked_at = now
        _record(session, "token.revoked", token, now)
    session.flush()


def held(session: Session, account_id: str) -> Sequence[ApiToken]:
    """Return the tokens of an account that are still good, the newest first."""
    query = select(ApiToken).where(ApiToken.account_id == account_id, ApiToken.revoked_at.is_(None))
    return session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())).all()


def of_token(session: Session, secret: str, *, now: datetime) -> Account | None:
    """Return the account of a token that is still good, and note now and then that it serves."""
    if not secret.startswith(PREFIX) or len(secret) > SECRET_LIMIT:
        return None
    found = session.execute(
        select(Account, ApiToken)
        .join(ApiToken, ApiToken.account_id == Account.id)
        .options(joinedload(Account.roles))
        .where(ApiToken.token_hash == accounts.digest(secret), ApiToken.revoked_at.is_(None))
    ).unique()
    row = found.one_or_none()
    if row is None:
        return None
    account, token = row
    if token.last_used_at is None or token.last_used_at < now - SEEN_EVERY:
        session.execute(
            update(ApiToken)
            .where(
                ApiToken.id == token.id,
                or_(ApiToken.last_used_at.is_(None), ApiToken.last_used_at < now),
            )
            .values(last_used_at=now)
        )
    return account


def _record(session: Session, act: str, token: ApiToken, now: datetime) -> None:
    owner = f"account:{token.account_id}"
    journal.record(session, act, f"token:{token.id}", actor=owner, now=now)

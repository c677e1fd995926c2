"""Ways in by e-mail: asked for by anyone, the same whatever the address, never in a flood."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..models import AccountSession, SignInLink
from . import accounts, spent

PAUSE = timedelta(seconds=30)
AN_HOUR = 6
# A way in that is asked for is used now; one that publishes a text may be read in the evening.
HOURS = 1


def ask(
    session: Session,
    email: str,
    *,
    now: datetime,
    participant_id: str | None = None,
    publishes: bool = False,
) -> tuple[str, str] | None:
    """Make a way in for an address, or None when it had one just now or too many this hour.

    Those that came before its owner last came in no longer count: whoever asks in their name keeps
    nobody out. Then the last one sent still works.
    """
    series = (participant_id or "") if publishes else ""
    recent = (SignInLink.email == email, SignInLink.created_at > now - timedelta(hours=1))
    used = select(func.max(SignInLink.created_at)).where(*recent, SignInLink.used_at.is_not(None))
    last, number = session.execute(
        select(func.max(SignInLink.created_at), func.count()).where(
            *recent,
            SignInLink.series == series,
            SignInLink.created_at > func.coalesce(used.scalar_subquery(), now - timedelta(hours=1)),
        )
    ).one()
    if number >= AN_HOUR or (last is not None and last > now - PAUSE):
        return None
    turn = f"way-in:{email}:{series}:{int(now.timestamp() // PAUSE.total_seconds())}"
    if not spent.is_first(session, turn, now=now):  # someone else asks at this moment
        return None
    return accounts.new_link(
        session,
        email,
        now=now,
        participant_id=participant_id,
        hours=accounts.LINK_HOURS if publishes else HOURS,
        series=series,
    )


def of_link(session: Session, token: str, *, now: datetime) -> SignInLink | None:
    """Return the way in of a link that was neither used nor left too long."""
    return session.scalar(
        select(SignInLink).where(
            SignInLink.token_hash == accounts.digest(token),
            SignInLink.used_at.is_(None),
            SignInLink.expires_at > now,
        )
    )


def waiting(session: Session, token: str, *, now: datetime) -> SignInLink | None:
    """Return the way in of a link that can still be used; looking at it changes nothing."""
    link = of_link(session, token, now=now)
    return link if link is not None and link.replaced_at is None else None


def close_other(session: Session, account_id: str, id_hash: str, *, now: datetime) -> bool:
    """Close one of an account's own sessions; tell whether it was open."""
    found = session.get(AccountSession, id_hash) if id_hash.isalnum() else None
    if found is None or found.account_id != account_id or found.revoked_at is not None:
        return False
    found.revoked_at = now
    return True


def close_others(session: Session, account_id: str, id_hash: str, *, now: datetime) -> int:
    """Close every session of an account but this one; return how many were open."""
    done: Any = session.execute(
        update(AccountSession)
        .where(
            AccountSession.account_id == account_id,
            AccountSession.id_hash != id_hash,
            AccountSession.revoked_at.is_(None),
            AccountSession.created_at > accounts.oldest(now),
        )
        .values(revoked_at=now)
    )
    return int(done.rowcount)

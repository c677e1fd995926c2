"""Accounts, sessions, sign-in links and the participants behind them."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, or_, select, update
from sqlalchemy.orm import Session, joinedload

from ..domain import networks, retention
from ..domain.errors import RuleBroken
from ..models import Account, AccountSession, Device, Participant, Role, SignInLink, new_id
from . import inserting, journal

OF_DEVICE = select(Device.participant_id).where(Device.token_hash == bindparam("device"))
OF_SESSION = (
    select(Account, AccountSession.last_seen_at)
    .join(AccountSession, AccountSession.account_id == Account.id)
    .options(joinedload(Account.roles))
    .where(
        AccountSession.id_hash == bindparam("session"),
        AccountSession.revoked_at.is_(None),
        AccountSession.created_at > bindparam("since"),
        Account.fs_uniquifier == bindparam("uniquifier"),
    )
)
LINK_HOURS = 24
BY_CODE = "code."  # what the number of a device begins with when a printed code let it in
CODE_ATTEMPTS = 5
SESSION_DAYS = retention.SESSION.number
SEEN_AGAIN = timedelta(minutes=10)


def digest(token: str) -> str:
    """Return what the database keeps of a secret number."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_participant(session: Session, *, account_id: str | None, device: str) -> str | None:
    """Return the participant of an account, else of a device, else None."""
    if account_id is not None:
        return session.scalar(select(Participant.id).where(Participant.account_id == account_id))
    if not device:
        return None
    found: str | None = session.connection().scalar(OF_DEVICE, {"device": digest(device)})
    return found


def new_participant(
    session: Session, *, account_id: str | None, now: datetime, browser: str = ""
) -> tuple[Participant, str | None]:
    """Make a participant; without an account, also the secret number of their device.

    `browser` is the session's own random number: the same browser acting twice at once, before
    it holds the number of its device, is one participant and not two.
    """
    origin = f"browser:{digest(browser)}" if browser and account_id is None else None
    made = {"id": new_id(), "account_id": account_id, "origin": origin, "name": ""}
    inserting.once(session, Participant, {**made, "created_at": now})
    if account_id is not None:
        found = Participant.account_id == account_id
    else:
        found = Participant.origin == origin if origin else Participant.id == made["id"]
    participant = session.scalars(select(Participant).where(found)).one()
    if account_id is not None:
        return participant, None
    return participant, add_device(session, participant.id, now=now)


def add_device(
    session: Session, participant_id: str, *, now: datetime, by_code: bool = False
) -> str:
    """Return the secret number of one more device of a participant; a code's begins with a mark."""
    token = (BY_CODE if by_code else "") + secrets.token_urlsafe(32)
    session.add(Device(token_hash=digest(token), participant_id=participant_id, created_at=now))
    return token


def by_email(session: Session, email: str, *, now: datetime) -> Account:
    """Find the account of an e-mail address, or make it; two who ask at once get the same."""
    query = select(Account).where(Account.email == email)
    account: Account | None = session.scalar(query)
    if account is not None:
        return account
    made = inserting.once(session, Account, {"email": email, "created_at": now})
    account = session.scalars(query).one()
    if made:
        journal.record(session, "account.created", f"account:{account.id}", actor="system", now=now)
    return account


def grant(session: Session, account: Account, role_name: str, *, now: datetime) -> None:
    """Give a role to an account; giving it twice changes nothing."""
    role = session.scalar(select(Role).where(Role.name == role_name))
    if role is None:
        role = Role(name=role_name)
        session.add(role)
    if role not in account.roles:
        account.roles.append(role)
        journal.record(
            session,
            "role.granted",
            f"account:{account.id}",
            actor="system",
            now=now,
            role=role_name,
        )


def new_link(
    session: Session,
    email: str,
    *,
    now: datetime,
    participant_id: str | None = None,
    hours: int = LINK_HOURS,
    series: str = "",
) -> tuple[str, str]:
    """Make a one-time way in for an address; return the link's number and the six digits.

    It closes the earlier ones of its series and of the same writer: only the newest works. One that
    would publish what someone else wrote stays: asking for a way in takes nobody's text away.
    """
    token, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**6):06d}"
    values = {
        "id": new_id(),
        "token_hash": digest(token),
        "code_hash": digest(f"{email}:{code}"),
        "email": email,
        "participant_id": participant_id,
        "series": series,
        "attempts": 0,
        "created_at": now,
        "expires_at": now + timedelta(hours=hours),
    }
    _replace(session, email, series, participant_id, now)
    while not inserting.once(session, SignInLink, values):  # someone else asked meanwhile
        _replace(session, email, series, participant_id, now)
    return token, code


def _replace(
    session: Session, email: str, series: str, participant_id: str | None, now: datetime
) -> None:
    same = SignInLink.series == series
    if participant_id is not None:
        same = or_(same, SignInLink.participant_id == participant_id)
    session.execute(
        update(SignInLink)
        .where(SignInLink.email == email, same, *works())
        .values(replaced_at=now)
        .execution_options(synchronize_session=False)
    )


def close_links(session: Session, email: str, *, now: datetime) -> None:
    """Close every way in that waits in the letters to an address."""
    session.execute(
        update(SignInLink)
        .where(SignInLink.email == email, SignInLink.used_at.is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )


def works() -> tuple[ColumnElement[bool], ...]:
    """Return what holds of a way in that was neither used nor replaced."""
    return SignInLink.used_at.is_(None), SignInLink.replaced_at.is_(None)


def follow_link(session: Session, token: str, *, now: datetime) -> tuple[Account, str | None]:
    """Use a link once; return its account, and the participant who asked for it."""
    link = session.scalar(select(SignInLink).where(SignInLink.token_hash == digest(token)))
    return use(session, link, now=now)


def of_code(session: Session, email: str, code: str) -> SignInLink:
    """Return the way in of six digits, to be used once; five wrong tries close it.

    A try counts before it is known to be wrong, for every way in of the address that still works:
    those at the same moment count too.
    """
    tries = _count(session, SignInLink.email == email, 1)
    if not tries:
        raise RuleBroken("link-unknown", 422)
    link = session.scalar(
        select(SignInLink).where(
            SignInLink.id.in_(tries), SignInLink.code_hash == digest(f"{email}:{code}")
        )
    )
    if link is None:
        raise RuleBroken("code-wrong", 422, left=CODE_ATTEMPTS - min(tries.values()))
    _count(session, SignInLink.id.in_(tries), -1)
    return link


def _count(session: Session, which: ColumnElement[bool], number: int) -> dict[str, int]:
    """Return how many tries each way in has had, but for those with none left."""
    rows = session.execute(
        update(SignInLink)
        .where(which, SignInLink.attempts + number <= CODE_ATTEMPTS, *works())
        .values(attempts=SignInLink.attempts + number)
        .returning(SignInLink.id, SignInLink.attempts)
        .execution_options(synchronize_session=False)
    )
    return {row.id: row.attempts for row in rows}


def use(session: Session, link: SignInLink | None, *, now: datetime) -> tuple[Account, str | None]:
    """Use a way in once; return its account, and the participant who asked for it.

    An account whose access is closed is returned too: whoever lets someone in looks at `active`.
    """
    if link is None or link.expires_at < now:
        raise RuleBroken("link-unknown", 422)
    taken = session.execute(
        update(SignInLink).where(SignInLink.id == link.id, *works()).values(used_at=now)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise RuleBroken("link-used" if link.replaced_at is None else "link-replaced", 409)
    account = by_email(session, link.email, now=now)
    if not account.active:
        return account, None
    account.confirmed_at = account.confirmed_at or now
    journal.record(
        session,
        "account.signed-in",
        f"account:{account.id}",
        actor=f"account:{account.id}",
        now=now,
    )
    return account, link.participant_id


def open_session(
    session: Session, *, account: Account, address: str, user_agent: str, now: datetime
) -> str:
    """Write a session row; return the random number that the browser keeps."""
    number = secrets.token_urlsafe(32)
    account.seen_at, account.warned_at = now, None
    session.add(
        AccountSession(
            id_hash=digest(number),
            account_id=account.id,
            created_at=now,
            last_seen_at=now,
            address=networks.blurred(address),
            user_agent=user_agent[:200],
        )
    )
    return number


def oldest(now: datetime) -> datetime:
    """Return the hour before which a session was opened too long ago."""
    return now - timedelta(days=SESSION_DAYS)


def of_session(
    session: Session, number: str, uniquifier: str, *, now: datetime
) -> tuple[Account, datetime] | None:
    """Return the account of a session opened within a month, shut out or not, or None.

    And when that session was last seen.
    """
    if not number:
        return None
    values = {"session": digest(number), "uniquifier": uniquifier, "since": oldest(now)}
    row = session.execute(OF_SESSION, values).unique().one_or_none()
    return None if row is None else (row[0], row[1])


def see_again(session: Session, number: str, last_seen: datetime, *, now: datetime) -> bool:
    """Note that a session is in use, once in ten minutes at most; tell whether it was noted."""
    if now - last_seen < SEEN_AGAIN:
        return False
    session.execute(
        update(AccountSession)
        .where(AccountSession.id_hash == digest(number), AccountSession.last_seen_at < now)
        .values(last_seen_at=now)
    )
    return True


def close_session(session: Session, number: str, *, now: datetime) -> None:
    """Revoke one session."""
    session.execute(
        update(AccountSession)
        .where(AccountSession.id_hash == digest(number))
        .values(revoked_at=now)
    )

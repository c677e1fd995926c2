"""Forgetting by itself what is kept too long: once a day, with one line in the journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from ..domain import retention as kept
from ..domain.erasures import KEPT
from ..domain.errors import RuleBroken
from ..models import (
    AccessCode,
    Account,
    AccountSession,
    ApiToken,
    Consultation,
    Contribution,
    Draft,
    ListedPerson,
    Mail,
    Report,
    Setting,
    SignInLink,
)
from ..queries.consultations import ends_at
from . import erasures, inserting, journal, leaving, outbox

TURN = "purged_on"
AT_ONCE = 50


def begin(session: Session, *, now: datetime) -> bool:
    """Take the day's purge; False when it was taken already."""
    day = now.date().isoformat()
    inserting.once(session, Setting, {"key": TURN, "value": ""})
    taken: Any = session.execute(
        update(Setting).where(Setting.key == TURN, Setting.value < day).values(value=day)
    )
    return bool(taken.rowcount)


def run(session: Session, *, now: datetime) -> dict[str, int]:
    """Delete what is too old, and say in the journal how much of each; nobody is named."""
    done = {
        "sessions": _gone(session, AccountSession, AccountSession.created_at, kept.SESSION, now),
        "links": _gone(session, SignInLink, SignInLink.expires_at, kept.LINK, now),
        "tokens": _gone(session, ApiToken, ApiToken.revoked_at, kept.TOKEN, now),
        "drafts": _gone(session, Draft, Draft.updated_at, kept.DRAFT, now),
        "invitations": _invitations(session, now),
        "letters": _letters(session, now),
        "reports": _reports(session, now),
        **_closed(session, now),
    }
    facts: dict[str, Any] = dict(done)
    journal.record(session, "personal.purged", "system", actor="system", now=now, **facts)
    return done


def to_warn(session: Session, *, now: datetime, more: int = 0) -> Sequence[Account]:
    """Return the accounts that nobody used for years and whose owners are not told yet."""
    query = select(Account).where(*_unused(now), Account.warned_at.is_(None))
    return session.scalars(query.order_by(Account.id).limit(AT_ONCE + more)).all()


def warn(session: Session, account: Account, *, now: datetime) -> bool:
    """Note that the owner of an account is told; False when they signed in meanwhile."""
    done: Any = session.execute(
        update(Account)
        .where(Account.id == account.id, Account.warned_at.is_(None), *_unused(now))
        .values(warned_at=now)
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        journal.record(session, "account.warned", f"account:{account.id}", actor="system", now=now)
    return bool(done.rowcount)


def to_erase(session: Session, *, now: datetime) -> list[str]:
    """Return the accounts whose owners were told, and did not come back in time.

    Those who would leave something to nobody are kept until someone takes it over.
    """
    warned = Account.warned_at <= kept.WARNING.before(now)
    query = select(Account).where(*_unused(now), warned).order_by(Account.id)
    return [
        account.id
        for account in session.scalars(query)
        if not leaving.obstacles(session, account, now=now)
    ][:AT_ONCE]


def erase(session: Session, account_id: str, *, now: datetime) -> erasures.Gone | None:
    """Erase an account that nobody uses; None when its owner came back, or holds something now."""
    held = select(Account.id).where(Account.id == account_id, *_unused(now)).with_for_update()
    if session.scalar(held) is None:
        return None
    try:
        return erasures.erase(session, account_id, texts=KEPT, actor="system", now=now)
    except RuleBroken:
        return None


def _unused(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Tell which accounts nobody signed in to, nor used by a program, for years."""
    before = kept.ACCOUNT.before(now)
    program = exists().where(ApiToken.account_id == Account.id, ApiToken.last_used_at > before)
    return func.coalesce(Account.seen_at, Account.created_at) <= before, ~program


def _gone(session: Session, model: Any, column: Any, delay: kept.Delay, now: datetime) -> int:
    return _change(session, delete(model).where(column <= delay.before(now)))


def _invitations(session: Session, now: datetime) -> int:
    before = kept.INVITATION.before(now)
    return sum(
        _change(session, delete(kind).where(kind.used_at.is_(None), kind.expires_at <= before))
        for kind in leaving.INVITATIONS
    )


def _letters(session: Session, now: datetime) -> int:
    """Empty the letters of a month ago; the key stays, so that none is sent twice.

    One that waits still, since no worker ran, is kept until it has left.
    """
    done = or_(Mail.sent_at.is_not(None), Mail.attempts >= outbox.MOST_ATTEMPTS)
    old = and_(done, Mail.created_at <= kept.MAIL.before(now), Mail.recipient != "")
    emptied = {
        "recipient": "",
        "subject": "",
        "body": "",
        "sent_at": func.coalesce(Mail.sent_at, now),
    }
    return _change(session, update(Mail).where(old).values(**emptied))


def _reports(session: Session, now: datetime) -> int:
    old = Report.answered_at <= kept.REPORT.before(now)
    named = or_(Report.email.is_not(None), Report.name != "")
    return _change(session, update(Report).where(old, named).values(email=None, name=""))


def _closed(session: Session, now: datetime) -> dict[str, int]:
    """Forget the addresses of what closed long ago: those told of answers, those invited."""

    def over(delay: kept.Delay) -> Any:
        return select(Consultation.id).where(ends_at() <= delay.before(now))

    ended = Contribution.consultation_id.in_(over(kept.NOTIFIED))
    told = and_(ended, Contribution.notify_email.is_not(None))
    coded = and_(AccessCode.consultation_id.in_(over(kept.LISTED)), AccessCode.name != "")
    listed = delete(ListedPerson).where(ListedPerson.consultation_id.in_(over(kept.LISTED)))
    return {
        "told": _change(session, update(Contribution).where(told).values(notify_email=None)),
        "listed": _change(session, listed)
        + _change(session, update(AccessCode).where(coded).values(name="")),
    }


def _change(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)

"""Erasing someone: in one transaction, for good, and again when an older copy is put back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from ..domain import clean
from ..domain import erasures as rules
from ..domain.errors import RuleBroken
from ..models import Account, Erasure, Outcome, sealed
from . import (
    bank_details,
    forgetting,
    forgetting_calls,
    forgetting_projects,
    forgetting_rooms,
    inserting,
    journal,
    leaving,
)


@dataclass(frozen=True)
class Gone:
    """What became of what a person had: texts withdrawn, opinions left, letters emptied.

    `alone` is true for an address that stood by itself, without an account.
    """

    withdrawn: list[str] = field(default_factory=list)
    opinions: int = 0
    letters: list[str] = field(default_factory=list)
    alone: bool = False


def erase(session: Session, account_id: str, *, texts: object, actor: str, now: datetime) -> Gone:
    """Erase an account, for good, unless it would leave something to nobody.

    Its opinions stay counted under a number that leads to nobody; its texts are withdrawn or stay
    without a name, as `texts` says. Raises texts-unknown, already-erased (409), and what
    `leaving.leave` raises.
    """
    how, account = rules.texts(texts), _held(session, account_id)
    organised = [one.id for one in leaving.organised_by(session, account)]
    leaving.leave(session, account, actor=actor, now=now)
    return _erase(session, account, how, organised, actor, now)


def by_address(session: Session, raw: object, *, texts: object, by: Account, now: datetime) -> Gone:
    """Erase all that an address leads to, for someone who asked an administrator.

    With no account of that address, what follows or was invited by it. Raises email-unreadable,
    address-unknown (404), erase-oneself (409) and what `erase` raises.
    """
    email, how = clean.email(raw, required="email-unreadable"), rules.texts(texts)
    actor = f"account:{by.id}"
    account_id = session.scalar(select(Account.id).where(Account.email == email))
    if account_id == by.id:
        raise RuleBroken("erase-oneself", 409)
    if account_id is not None:
        return erase(session, account_id, texts=how, actor=actor, now=now)
    gone = _forget(session, email, actor, now)
    if gone is None:
        raise RuleBroken("address-unknown", 404)
    _list(session, _marks(email, now.date())[0], rules.ADDRESS, now)
    return gone


def apply(session: Session, listed: Iterable[rules.Listed], *, now: datetime) -> list[Gone]:
    """Erase again what a list names and an older copy of the database brought back."""
    known = set(session.scalars(select(Erasure.mark)))
    wanted = {one.mark: one for one in listed if one.mark not in known}
    if not wanted:
        return []
    done = []
    for account_id in session.scalars(select(Account.id).order_by(Account.id)).all():
        one = wanted.get(rules.mark(account_id))
        if one is not None:
            account = _held(session, account_id)
            organised = [other.id for other in leaving.organised_by(session, account)]
            done.append(_erase(session, account, one.texts, organised, "system", now))
    done += _addresses_again(session, wanted, now)
    for one in wanted.values():
        _list(session, one.mark, one.texts, datetime.combine(one.day, time(), UTC))
    return done


def _addresses_again(
    session: Session, wanted: Mapping[str, rules.Listed], now: datetime
) -> list[Gone]:
    """Forget again the addresses of a list that stand by themselves."""
    days = {one.day for one in wanted.values() if one.texts == rules.ADDRESS}
    found = [
        email
        for email in (forgetting.addresses(session) if days else ())
        if any(wanted.keys() & _marks(email, day) for day in days)
    ]
    gone = [_forget(session, email, "system", now) for email in found]
    return [one for one in gone if one is not None]


def missing(session: Session, listed: Iterable[rules.Listed]) -> int:
    """Count the lines of a list that the database does not know: it is older than them."""
    known = set(session.scalars(select(Erasure.mark)))
    return len({one.mark for one in listed} - known)


def listed(session: Session) -> list[rules.Listed]:
    """Return the list of what was erased, the oldest first."""
    rows = session.scalars(select(Erasure).order_by(Erasure.erased_at, Erasure.mark))
    return [rules.Listed(row.erased_at.date(), row.texts, row.mark) for row in rows]


def _forget(session: Session, email: str, actor: str, now: datetime) -> Gone | None:
    """Forget an address wherever it stands by itself; None when it stands nowhere."""
    rows = forgetting.address(session, email, now=now)
    letters = forgetting.letters(session, email, (email,), now=now)
    if not rows and not letters:
        return None
    journal.record(session, "address.erased", "system", actor=actor, now=now, rows=rows)
    return Gone(letters=letters, alone=True)


def _marks(email: str, day: date) -> list[str]:
    """Return the marks of an address erased on a day: it may come back, and be erased again."""
    return sealed.marks(f"address:{email}:{day.isoformat()}")


def _held(session: Session, account_id: str) -> Account:
    """Return an account that nobody else erases meanwhile, or raise already-erased (409)."""
    query = select(Account).where(Account.id == account_id).with_for_update(of=Account)
    account: Account | None = session.scalar(query.execution_options(populate_existing=True))
    if account is None:
        raise RuleBroken("already-erased", 409)
    return account


def _erase(
    session: Session,
    account: Account,
    how: str,
    organised: list[str],
    actor: str,
    now: datetime,
) -> Gone:
    number, email = account.id, account.email
    words = rules.words_of(email, account.name)
    participant_id, opinions, withdrawn = account.participant_id, 0, []
    if participant_id is not None:
        withdrawn = forgetting.texts(
            session, participant_id, how, words=words, actor=actor, now=now
        )
        opinions = forgetting.opinions(session, participant_id, now=now)
        forgetting.participant(session, participant_id, now=now)
    leaving.take_back(session, account)
    forgetting.address(session, email, now=now)
    _forget_work(session, account, words)
    forgetting.shown(session, (email, account.name) if account.name else (email,), organised)
    letters = forgetting.letters(session, email, words, now=now)
    mine = update(Outcome).where(Outcome.account_id == number).values(account_id=None)
    session.execute(mine.execution_options(synchronize_session=False))
    session.expunge(account)
    session.execute(delete(Account).where(Account.id == number))
    _list(session, rules.mark(number), how, now)
    _list(session, _marks(email, now.date())[0], rules.ADDRESS, now)
    journal.record(
        session,
        "account.erased",
        f"account:{number}",
        actor=actor,
        now=now,
        texts=how,
        withdrawn=len(withdrawn),
        opinions=opinions,
    )
    return Gone(withdrawn, opinions, letters)


def _forget_work(session: Session, account: Account, words: Sequence[str]) -> None:
    """Take someone out of the rooms, the calls, the projects, the payments."""
    forgetting_rooms.forget(session, account, words)
    forgetting_calls.forget(session, words)
    forgetting_projects.forget(session, account, words)
    bank_details.forget(session, account.id)


def _list(session: Session, mark: str, texts: str, at: datetime) -> None:
    inserting.once(session, Erasure, {"mark": mark, "texts": texts, "erased_at": at})

"""Forgetting a person: their texts, their opinions, their address, the letters that name them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, func, or_, select, union, update
from sqlalchemy.orm import Session, aliased

from ..domain import erasures as rules
from ..domain import reports as report_rules
from ..domain import signatures
from ..models import (
    AccessCode,
    Account,
    CallInvitation,
    Consultation,
    Contribution,
    Credit,
    Device,
    Draft,
    Extract,
    Invitation,
    ListedPerson,
    Mail,
    OrganisationInvitation,
    Participant,
    Report,
    Revision,
    RoleInvitation,
    RoomInvitation,
    RoomOfficial,
    SecondReading,
    Setting,
    SignInLink,
    Stance,
    Statement,
    Submission,
    Subscriber,
    TerritoryContact,
)
from . import forgetting_projects, forgetting_syntheses, reports, second_readings

BY_ADDRESS = (
    SignInLink,
    ListedPerson,
    CallInvitation,
    Invitation,
    OrganisationInvitation,
    RoleInvitation,
    RoomInvitation,
    RoomOfficial,
    Subscriber,
    TerritoryContact,
)
BY_HAND = (
    AccessCode.name,
    Consultation.contact_name,
    Setting.value,
    *forgetting_projects.BY_HAND,
)
OF_PARTICIPANT = (Credit, Device, Draft, Submission)
UNSIGNED = {"signature": "", "function": "", "speaks_from": ""}
EMPTY = {
    **UNSIGNED,
    "signed_as": signatures.NONE,
    "organisation_id": None,
    "actor_kind": None,
    "territory_code": None,
    "title": "",
    "body": "",
    "explanation": "",
    "value": None,
    "link": "",
    "search": "",
    "place": "",
    "state_reason": "",
    "state": "withdrawn",
}


def texts(
    session: Session,
    participant_id: str,
    how: str,
    *,
    words: Sequence[str],
    actor: str,
    now: datetime,
) -> list[str]:
    """Withdraw a person's texts, or take their name off them; return those that are withdrawn.

    A text that holds one of `words`, by which they are known, is withdrawn in both cases.
    """
    withdrawn, unsigned = [], []
    for text in session.scalars(of_participant(participant_id)).all():
        if how == rules.KEPT and not holds(session, text, words):
            _unsign(session, text)
            unsigned.append(text.id)
        else:
            _empty(session, text, actor, now)
            withdrawn.append(text.id)
    forgetting_syntheses.forget(session, participant_id, unsigned=unsigned, gone=withdrawn)
    _unnumber(session, participant_id)
    return withdrawn


def of_participant(participant_id: str) -> Select[Statement]:
    """Select a person's texts in every state, and those made of them by an organiser."""
    origin = aliased(Statement)
    contributions = select(Contribution.id).where(Contribution.participant_id == participant_id)
    carried = (
        select(Statement.id)
        .join(origin, origin.id == Statement.carried_from_id)
        .where(origin.participant_id == participant_id)
    )
    query = select(Statement).where(
        or_(
            Statement.participant_id == participant_id,
            Statement.contribution_id.in_(contributions),
            Statement.id.in_(carried),
        )
    )
    return query.order_by(Statement.id).execution_options(populate_existing=True)


def holds(session: Session, text: Statement, words: Sequence[str]) -> bool:
    """Tell whether a text, or an earlier version of it, names its author."""
    earlier = session.execute(
        select(Revision.title, Revision.body, Revision.reason).where(
            Revision.statement_id == text.id
        )
    )
    said = [text.title, text.body, text.explanation, text.link, str(text.value or "")]
    said += [part for row in earlier for part in row]
    return rules.names("\n".join(said), words)


def opinions(session: Session, participant_id: str, *, now: datetime) -> int:
    """Leave a person's opinions counted under a number that leads to nobody; return how many."""
    held = session.scalar(
        select(func.count()).select_from(Stance).where(Stance.participant_id == participant_id)
    )
    if not held:
        return 0
    nobody = Participant(created_at=now)
    session.add(nobody)
    session.flush()
    _change(
        session,
        update(Stance)
        .where(Stance.participant_id == participant_id)
        .values(participant_id=nobody.id),
    )
    return held


def participant(session: Session, participant_id: str, *, now: datetime) -> None:
    """Forget who stands behind a participant: devices, drafts, codes, reports."""
    for kind in OF_PARTICIPANT:
        _change(session, delete(kind).where(kind.participant_id == participant_id))
    code = AccessCode.participant_id == participant_id
    unlinked = {"participant_id": None, "name": "", "revoked_at": now}
    _change(session, update(AccessCode).where(code).values(**unlinked))
    sent = Report.participant_id == participant_id
    unnamed = {"participant_id": None, "name": "", "email": None}
    _change(session, update(Report).where(sent).values(**unnamed))
    link = SignInLink.participant_id == participant_id
    _change(session, delete(SignInLink).where(link))
    nobody = {"account_id": None, "origin": None, "name": ""}
    _change(session, update(Participant).where(Participant.id == participant_id).values(**nobody))


def address(session: Session, email: str, *, now: datetime) -> int:
    """Forget an e-mail address wherever it stands by itself; return how many rows held it."""
    gone = sum(_change(session, delete(kind).where(kind.email == email)) for kind in BY_ADDRESS)
    told = Contribution.notify_email == email
    gone += _change(session, update(Contribution).where(told).values(notify_email=None))
    sent = Report.email == email
    gone += _change(session, update(Report).where(sent).values(email=None, name=""))
    gone += forgetting_projects.address(session, email)
    return gone + _written(session, email, now)


def _written(session: Session, email: str, now: datetime) -> int:
    """Forget an address where someone wrote it by hand: on letters with a code, as whom to call.

    A code that was printed for it lets nobody in any more.
    """
    found = forgetting_projects.holding(session, AccessCode.id, AccessCode.name, email)
    printed = AccessCode.id.in_(found)
    back = {"name": "", "revoked_at": func.coalesce(AccessCode.revoked_at, now)}
    called = func.lower(Consultation.contact_name) == email
    nobody = {"contact_name": "", "contact_phone": ""}
    return sum(
        _change(session, statement)
        for statement in (
            update(AccessCode).where(printed).values(**back),
            update(Consultation).where(called).values(**nobody),
            update(Setting).where(func.lower(Setting.value) == email).values(value=""),
        )
    )


def addresses(session: Session) -> list[str]:
    """Return the addresses that stand by themselves, of those who have no account."""
    held = [select(kind.email) for kind in BY_ADDRESS]
    held += [select(Contribution.notify_email), select(Report.email), select(Mail.recipient)]
    held += [select(column).where(column.contains("@")) for column in BY_HAND]
    found = union(*held).subquery()
    said = session.scalars(select(found.c[0]).where(found.c[0] != ""))
    emails = {email for text in said for email in rules.addresses(text)}
    return sorted(emails - set(session.scalars(select(Account.email))))


def shown(session: Session, words: Sequence[str], organised: Sequence[str]) -> None:
    """Forget a person where others name them: on letters with a code, as whom to call."""
    _change(session, update(Setting).where(Setting.value.in_(words)).values(value=""))
    _change(session, update(AccessCode).where(AccessCode.name.in_(words)).values(name=""))
    named = Consultation.contact_name.in_(words)
    called = {"contact_name": "", "contact_phone": ""}
    _change(
        session,
        update(Consultation).where(Consultation.id.in_(organised), named).values(**called),
    )


def letters(session: Session, email: str, words: Sequence[str], *, now: datetime) -> list[str]:
    """Empty the letters of the outbox that are to a person or name them; return which were.

    One that waits for somebody else leaves without the name. The rows stay, so that nothing is
    sent twice.
    """
    naming = [Mail.body.icontains(word, autoescape=True) for word in words]
    naming += [Mail.subject.icontains(word, autoescape=True) for word in words]
    found = session.scalars(
        select(Mail).where(or_(Mail.recipient == email, *naming)).order_by(Mail.id)
    ).all()
    for mail in found:
        if mail.recipient == email or mail.sent_at is not None:
            mail.recipient = mail.subject = mail.body = ""
            mail.sent_at = mail.sent_at or now
        else:
            mail.subject = rules.without(mail.subject, words)
            mail.body = rules.without(mail.body, words)
    session.flush()
    return [mail.id for mail in found if not mail.recipient]


def _unsign(session: Session, text: Statement) -> None:
    values: dict[str, Any] = dict(UNSIGNED)
    if text.signed_as == signatures.ORGANISATION:
        values.pop("signature")
    else:
        values["signed_as"] = signatures.NONE
    if text.state == "withdrawn":
        values["state_reason"] = ""
    _set(session, text, values)
    named = update(Extract).where(Extract.statement_id == text.id)
    _change(session, named.values(named=False))


def _empty(session: Session, text: Statement, actor: str, now: datetime) -> None:
    _set(session, text, {**EMPTY, "updated_at": now})
    _change(session, delete(Revision).where(Revision.statement_id == text.id))
    _change(session, delete(Extract).where(Extract.statement_id == text.id))
    second_readings.end(session, text.id, now=now)
    reports.answer(session, text, reports.Answer(report_rules.WITHDRAWN), actor=actor, now=now)


def _set(session: Session, text: Statement, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(text, name, value)
    session.flush()
    asked = SecondReading.statement_id == text.id
    _change(session, update(SecondReading).where(asked).values(words=""))
    quoted = Extract.statement_id == text.id
    _change(session, update(Extract).where(quoted).values(contested_why=""))


def _unnumber(session: Session, participant_id: str) -> None:
    """Let no tracking number lead to the texts any more."""
    own = Contribution.participant_id == participant_id
    forgotten = {"tracking_number": None, "notify_email": None, "place": "", "consent": ""}
    _change(session, update(Contribution).where(own).values(**forgotten))


def _change(session: Session, statement: Any) -> int:
    done: Any = session.execute(statement.execution_options(synchronize_session=False))
    return int(done.rowcount)

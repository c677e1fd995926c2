"""Contributions: all that one person sends to a consultation, under one tracking number."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from ..domain import clean, tracking
from ..domain.errors import RuleBroken
from ..models import Account, Consultation, Contribution, Participant, Statement, Territory, new_id
from . import accounts, inserting, journal

_CHANCE = SystemRandom()


@dataclass(frozen=True)
class Way:
    """How a text came in: the site, or a helper who wrote it down, and with what consent."""

    channel: str = "web"
    place: str = ""
    consent: str = ""
    assisted_by_id: str | None = None


def of(
    session: Session,
    consultation: Consultation,
    participant_id: str,
    *,
    now: datetime,
    way: Way | None = None,
) -> Contribution:
    """Return the contribution of a person to a consultation, made with their first text."""
    way = way or Way()
    found = select(Contribution).where(
        Contribution.consultation_id == consultation.id,
        Contribution.participant_id == participant_id,
    )
    while (contribution := session.scalar(found)) is None:
        prefix = prefix_of(session, consultation)
        values = {
            "id": new_id(),
            "consultation_id": consultation.id,
            "participant_id": participant_id,
            "tracking_number": tracking.new_number(prefix, _CHANCE),
            "channel": way.channel,
            "place": way.place,
            "consent": way.consent,
            "assisted_by_id": way.assisted_by_id,
            "created_at": now,
        }
        inserting.once(session, Contribution, values)
    return contribution


def prefix_of(session: Session, consultation: Consultation) -> str:
    """Return the letters a number starts with: GE for Grand Est."""
    name = session.scalar(
        select(Territory.name).where(Territory.code == consultation.territory_code)
    )
    letters = unicodedata.normalize("NFKD", name or consultation.title)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = [word for word in re.findall(r"[A-Za-z]+", plain) if len(word) > 2]
    return "".join(word[0] for word in words)[:3].upper()


def by_number(session: Session, raw: object) -> Contribution:
    """Return the contribution of a typed number, or raise tracking-number-unknown (404)."""
    number = tracking.normalise(raw)
    found = session.scalar(select(Contribution).where(Contribution.tracking_number == number))
    if found is None:
        raise RuleBroken("tracking-number-unknown", 404)
    return found


def joined_by_number(session: Session, consultation: Consultation, raw: object) -> str:
    """Return the participant of a number given for this consultation, so that a text joins it."""
    contribution = by_number(session, raw)
    if contribution.consultation_id != consultation.id:
        raise RuleBroken("tracking-number-elsewhere")
    return contribution.participant_id


def tell(session: Session, contribution: Contribution, *, email: object, now: datetime) -> bool:
    """Note where the person wants to be told what becomes of it; nothing typed forgets it."""
    address = clean.email(email) or None
    if address == contribution.notify_email:
        return False
    contribution.notify_email = address
    journal.record(
        session,
        "contribution.follow" if address else "contribution.unfollow",
        f"contribution:{contribution.id}",
        actor=f"participant:{contribution.participant_id}",
        now=now,
        consultation_id=contribution.consultation_id,
    )
    return address is not None


def waiting(session: Session, participant_id: str | None) -> Sequence[str]:
    """Return the texts of a person that wait for an address to be confirmed."""
    if participant_id is None:
        return []
    return session.scalars(
        select(Statement.body)
        .where(Statement.participant_id == participant_id, Statement.state == "awaiting")
        .order_by(Statement.created_at)
        .limit(20)
    ).all()


def adopt(
    session: Session, account: Account, *, participant_id: str | None, now: datetime
) -> Sequence[Statement]:
    """Publish what a person wrote before confirming their address, and give it to their account.

    The tracking number they noted stays the number of the same texts.
    """
    if participant_id is None:
        return []
    waiting = session.scalars(
        select(Statement)
        .where(Statement.participant_id == participant_id, Statement.state == "awaiting")
        .with_for_update()
    ).all()
    if not waiting:
        return []
    own, _token = accounts.new_participant(session, account_id=account.id, now=now)
    for consultation_id in {statement.consultation_id for statement in waiting}:
        _hand_over(session, consultation_id, participant_id, own.id)
    for statement in waiting:
        _confirm(session, statement, own, now)
    session.flush()
    return waiting


def _confirm(session: Session, statement: Statement, own: Participant, now: datetime) -> None:
    before = session.scalar(
        select(Consultation.moderation).where(Consultation.id == statement.consultation_id)
    )
    statement.participant_id = own.id
    statement.state = "pending" if before == "before" else "published"
    statement.published_at = None if before == "before" else now
    journal.record(
        session,
        "statement.confirmed",
        f"statement:{statement.id}",
        actor=f"participant:{own.id}",
        now=now,
        consultation_id=statement.consultation_id,
        state=statement.state,
    )


def _hand_over(session: Session, consultation_id: str, source: str, own: str) -> None:
    """Give the contribution to the account, unless it has one or it holds other texts."""
    of_source = (
        Contribution.consultation_id == consultation_id,
        Contribution.participant_id == source,
    )
    others = session.scalar(
        select(Statement.id)
        .join(Contribution, Contribution.id == Statement.contribution_id)
        .where(*of_source, Statement.state != "awaiting")
        .limit(1)
    )
    mine = session.scalar(
        select(Contribution.id).where(
            Contribution.consultation_id == consultation_id, Contribution.participant_id == own
        )
    )
    if others is None and mine is None and source != own:
        session.execute(update(Contribution).where(*of_source).values(participant_id=own))

"""Codes printed on letters: made for people without e-mail, typed on any device, taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import SystemRandom
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from ..domain import access_codes, clean
from ..domain.errors import RuleBroken
from ..models import AccessCode, Consultation, Participant, new_id
from . import accounts, consultations, inserting, journal

MOST = 10_000
AT_ONCE = 500
NAME_LIMIT = 200
_CHANCE = SystemRandom()


@dataclass(frozen=True)
class Letter:
    """What is printed on one sheet, this once: only the hash of the code is stored."""

    number: int
    name: str
    code: str


@dataclass(frozen=True)
class Printing:
    """Which letters are wanted: so many, or one for each name; names stay if it is said so."""

    key: str
    number: int = 0
    names: tuple[str, ...] = ()
    keeps_names: bool = False


def wanted(*, key: str, number: object, names: object, keeps_names: bool) -> Printing:
    """Read what is asked for, or raise codes-number or codes-too-many."""
    lines = clean.text(names, AT_ONCE * (NAME_LIMIT + 1)).split("\n")
    people = tuple(name for line in lines if (name := clean.line(line, NAME_LIMIT)))
    if people:
        if len(people) > AT_ONCE:
            raise RuleBroken("codes-number", max=AT_ONCE)
        return Printing(key, len(people), people, keeps_names)
    typed = clean.line(number, 20)
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= AT_ONCE):
        raise RuleBroken("codes-number", max=AT_ONCE)
    return Printing(key, int(typed))


def make(
    session: Session, consultation: Consultation, printing: Printing, *, actor: str, now: datetime
) -> Sequence[Letter]:
    """Make the codes of some letters and return them, this once.

    Raises codes-printed (409) when the same form made them before, codes-too-many over the most.
    """
    consultations.claim(session, consultation.id)
    here = AccessCode.consultation_id == consultation.id
    batch = accounts.digest(printing.key)[:40]
    if session.scalar(select(AccessCode.id).where(here, AccessCode.batch == batch).limit(1)):
        raise RuleBroken("codes-printed", 409)
    last = session.scalar(select(func.max(AccessCode.number)).where(here)) or 0
    if last + printing.number > MOST:
        raise RuleBroken("codes-too-many", max=MOST)
    names = printing.names or ("",) * printing.number
    letters = [
        Letter(number, name, access_codes.new_code(_CHANCE))
        for number, name in enumerate(names, start=last + 1)
    ]
    session.add_all(
        AccessCode(
            code_hash=accounts.digest(letter.code),
            consultation_id=consultation.id,
            batch=batch,
            number=letter.number,
            name=letter.name if printing.keeps_names else "",
            created_at=now,
        )
        for letter in letters
    )
    session.flush()
    number = len(letters)
    consultations.record(session, consultation, "codes.printed", actor=actor, now=now, codes=number)
    return letters


def use(session: Session, raw: object, *, now: datetime) -> tuple[Consultation, str]:
    """Let the holder of a code in; return the consultation and the number of their device.

    The participant belongs to the code: it is the same one on every device. Raises
    access-code-unknown for a code never given or taken back, not-open-yet (409) before the
    consultation is published.
    """
    digest = accounts.digest(access_codes.normalise(raw))
    row = session.execute(
        select(AccessCode, Consultation)
        .join(Consultation, Consultation.id == AccessCode.consultation_id)
        .where(AccessCode.code_hash == digest, AccessCode.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        raise RuleBroken("access-code-unknown")
    code, consultation = row
    if consultation.published_at is None or consultation.published_at > now:
        raise RuleBroken("not-open-yet", 409)
    participant = _participant(session, code, now)
    return consultation, accounts.add_device(session, participant, by_code=True, now=now)


def _participant(session: Session, code: AccessCode, now: datetime) -> str:
    """Return the participant of a code, made at its first use, once whoever types it at once."""
    if code.participant_id is not None:
        return code.participant_id
    origin = f"code:{code.id}"
    values = {"id": new_id(), "origin": origin, "name": "", "created_at": now}
    made = inserting.once(session, Participant, values)
    participant = session.scalars(select(Participant.id).where(Participant.origin == origin)).one()
    code.participant_id, code.used_at = participant, code.used_at or now
    session.flush()
    if made:
        journal.record(
            session,
            "code.used",
            f"code:{code.id}",
            actor=f"participant:{participant}",
            now=now,
            consultation_id=code.consultation_id,
        )
    return participant


def revoke(
    session: Session, consultation: Consultation, code_id: str, *, actor: str, now: datetime
) -> None:
    """Take one code back: whoever holds it can no longer enter. What they wrote stays."""
    if _take_back(session, consultation, AccessCode.id == code_id, now) == 0:
        raise RuleBroken("code-not-held", 404)
    consultations.record(session, consultation, "codes.revoked", actor=actor, now=now, codes=1)


def revoke_unused(
    session: Session, consultation: Consultation, batch: str, *, actor: str, now: datetime
) -> int:
    """Take back the codes of a printing that nobody has used; return how many they were."""
    unused = (AccessCode.batch == batch) & AccessCode.used_at.is_(None)
    number = _take_back(session, consultation, unused, now)
    if number == 0:
        raise RuleBroken("code-not-held", 404)
    consultations.record(session, consultation, "codes.revoked", actor=actor, now=now, codes=number)
    return number


def _take_back(session: Session, consultation: Consultation, which: Any, now: datetime) -> int:
    consultations.claim(session, consultation.id)
    done: Any = session.execute(
        update(AccessCode)
        .where(
            AccessCode.consultation_id == consultation.id, AccessCode.revoked_at.is_(None), which
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(done.rowcount)

"""Whether someone may take part now: the phase of the consultation, and whom it is open to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..domain import phases
from ..domain.errors import RuleBroken
from ..models import Consultation
from ..queries import consultations, listed
from ..queries.consultations import Reader


@dataclass(frozen=True)
class Actor:
    """Who acts: the participant, and the reader they are."""

    participant_id: str
    reader: Reader = Reader()

    @property
    def name(self) -> str:
        """How the journal names them."""
        return f"participant:{self.participant_id}"


class Enterable(phases.Dated, Protocol):
    """Anything that carries the dates of a consultation, and whom it is open to."""

    access: str


ENTRY: tuple[ColumnElement[Any], ...] = (
    Consultation.published_at,
    *consultations.DATES,
    Consultation.access,
    Consultation.moderation,
    Consultation.results,
)  # type: ignore[assignment]


def is_listed(reader: Reader) -> ColumnElement[bool]:
    """Tell whether the reader is on the list, by their proven address or by a printed code."""
    return listed.is_listed(reader.email, reader.participant_id)


def check(
    action: str, consultation: Enterable, reader: Reader, *, listed: bool, now: datetime
) -> None:
    """Raise not-open-yet or consultation-closed (409), email-needed or not-on-the-list (403)."""
    phases.check(action, phases.of(consultation, now))
    if consultation.access == "email" and reader.email is None:
        raise RuleBroken("email-needed", 403)
    if consultation.access == "listed" and not listed:
        raise RuleBroken("not-on-the-list", 403)


def enter(
    session: Session, action: str, consultation: Consultation, reader: Reader, *, now: datetime
) -> None:
    """Raise what `check` raises, having looked the reader up on the list where there is one."""
    query = select(is_listed(reader)).select_from(Consultation)
    listed = consultation.access != "listed" or bool(
        session.scalar(query.where(Consultation.id == consultation.id))
    )
    check(action, consultation, reader, listed=listed, now=now)


def shows_counts(consultation: Any, now: datetime) -> bool:
    """Tell whether opinions may be counted in public: at once, or after the close only."""
    return consultation.results == "live" or phases.may("show_score", phases.of(consultation, now))

"""What happened since to what the last edition left open, said by those who run the next one."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ..domain import follow_ups as rules
from ..domain.errors import RuleBroken
from ..domain.follow_ups import Said
from ..domain.syntheses import composed as canonical
from ..domain.syntheses.composed import Followed, Part
from ..models import Account, Consultation, FollowUp
from ..queries import follow_ups as queries
from ..queries.consultations import Reader
from ..speech import Speech
from . import consultations, journal, taken_back

KEY = ("consultation_id", "synthesis_id", "part_id")
NOTHING: dict[str, Any] = asdict(Said())


@dataclass(frozen=True)
class Point:
    """A part of the last edition's synthesis, of which an edition says what happened since."""

    consultation: Consultation
    part_id: str


@dataclass(frozen=True)
class Last:
    """The synthesis of the last edition: where it is read, and what it left open."""

    id: str
    slug: str
    title: str
    consultation: str
    consultation_slug: str
    parts: Sequence[Part]


def last(
    session: Session,
    consultation: Consultation,
    reader: Reader | None = None,
    now: datetime | None = None,
) -> Last | None:
    """Return what the last edition left open; None where nothing precedes, or nothing is published.

    For a `reader`, where they may know of that edition.
    """
    if consultation.follows_id is None:
        return None
    row = session.execute(queries.last_edition(consultation.id, reader, now)).one_or_none()
    if row is None:
        return None
    whole = taken_back.readable(session, canonical.read(row.content))
    parts = [part for part in whole.parts if part.kind in rules.KINDS]
    names = ("id", "slug", "title", "consultation", "consultation_slug")
    return Last(**{name: getattr(row, name) for name in names}, parts=parts)


def said(session: Session, consultation: Consultation, edition: Last) -> dict[str, FollowUp]:
    """Return what is said of the parts of a last edition, by their ids."""
    query = queries.said(consultation.id, edition.id)
    rows = session.scalars(query.execution_options(populate_existing=True))
    return {one.part_id: one for one in rows}


def values_of(found: FollowUp | None) -> dict[str, Any]:
    """Return what the form of a part shows."""
    return {name: getattr(found, name) for name in NOTHING} if found else dict(NOTHING)


def say(
    session: Session,
    point: Point,
    *,
    words: Said,
    version: str,
    account: Account,
    now: datetime,
) -> None:
    """Say what happened since to a part of the last edition, or that there is no news.

    `version` is the stamp of what was shown. Raises follow-up-unknown (404) for a part that the
    last edition did not leave open, stale (409) when someone else said otherwise meanwhile.
    """
    kept, consultation, part_id = rules.read(words), point.consultation, point.part_id
    consultations.claim(session, consultation.id)
    edition = last(session, consultation)
    if edition is None or all(part.id != part_id for part in edition.parts):
        raise RuleBroken("follow-up-unknown", 404)
    found = said(session, consultation, edition).get(part_id)
    consultations.check_stamp(values_of(found), version)
    if values_of(found) == asdict(kept):
        return
    if found is not None and kept.state == rules.NO_NEWS:
        session.delete(found)
    else:
        if found is None:
            place = (consultation.id, edition.id, part_id)
            session.add(found := FollowUp(**dict(zip(KEY, place, strict=True)), created_at=now))
        _change(found, kept, account, now)
    session.flush()
    journal.record(
        session,
        "follow-up.said",
        f"part:{part_id}",
        actor=f"account:{account.id}",
        now=now,
        consultation_id=consultation.id,
        state=kept.state,
    )


def _change(found: FollowUp, kept: Said, account: Account, now: datetime) -> None:
    for name, value in asdict(kept).items():
        setattr(found, name, value)
    found.account_id, found.updated_at = account.id, now


def composed(
    session: Session, consultation: Consultation, say: Speech, now: datetime
) -> dict[str, Any]:
    """Return what a synthesis says of the last edition, where anyone may read that one."""
    edition = last(session, consultation, Reader(), now)
    if edition is None or not edition.parts:
        return {}
    held = said(session, consultation, edition)
    rows = tuple(_followed(part, edition, held.get(part.id), say) for part in edition.parts)
    return {"follow_up": rows, "followed": (edition.title, f"/syntheses/{edition.slug}")}


def _followed(part: Part, edition: Last, found: FollowUp | None, say: Speech) -> Followed:
    state = found.state if found else rules.NO_NEWS
    return Followed(
        kind=part.kind,
        title=part.title or part.body,
        path=f"/syntheses/{edition.slug}#b-{part.id}",
        state=state,
        label=say.gettext(rules.LABELS[state]),
        body=found.body if found else "",
        link=found.link if found else "",
        day=say.day(found.updated_at) if found else "",
    )

"""Who is to be told what became of theirs: one letter a person, whatever the number of texts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..domain.syntheses import composed
from ..models import Consultation, Outcome
from ..queries import outcomes as queries
from ..queries import published_syntheses
from . import taken_back

AT_ONCE = 50  # people
MOST = 20  # texts a letter tells of, and no more


@dataclass(frozen=True)
class News:
    """The outcomes of a consultation to tell, and the parts of its synthesis that quote a text.

    `prefix` begins the key of each letter: whoever has one of this key was told of all this.
    """

    consultation: Consultation
    outcomes: Sequence[Outcome]
    parts: dict[str, list[Outcome]]
    slug: str
    prefix: str

    @property
    def quoted(self) -> list[str]:
        """The texts that the parts answered quote."""
        return sorted(self.parts)

    def of(self, text: Any) -> list[tuple[Outcome, str]]:
        """Return what is said of a text, of the question it answers, of the parts that quote it.

        Each comes with the path where it is read.
        """
        own = f"/{text.kind}s/{text.id}" if text.kind in ("answer", "proposal") else "/follow-up"
        said = [
            (one, own)
            for one in self.outcomes
            if one.statement_id == text.id
            or (text.question_id is not None and one.question_id == text.question_id)
        ]
        parts = self.parts.get(text.id, [])
        return said + [(one, f"/syntheses/{self.slug}#b-{one.part_id}") for one in parts]


@dataclass(frozen=True)
class Person:
    """Someone to tell: where, in which language, their texts with what is said of each."""

    email: str
    locale: str
    texts: Sequence[tuple[Any, Sequence[tuple[Outcome, str]]]]
    left: int  # how many texts found no room

    def key(self, news: News) -> str:
        """Return the mark of their letter."""
        return f"{news.prefix}{hashlib.sha256(self.email.encode()).hexdigest()[:24]}"


def gather(session: Session, consultation: Consultation) -> News:
    """Return what there is to tell of a consultation."""
    outcomes = session.scalars(queries.to_tell(consultation.id)).all()
    parts: dict[str, list[Outcome]] = {}
    by_part = {one.part_id: one for one in outcomes if one.part_id}
    version = None
    if by_part:
        query = published_syntheses.of_consultation(consultation.id)
        version = session.scalars(query).one_or_none()
    whole = taken_back.readable(session, composed.read(version.content)) if version else None
    for part in whole.parts if whole else ():
        for text_id in {quote.statement for quote in part.quotes if quote.statement}:
            if part.id in by_part:
                parts.setdefault(text_id, []).append(by_part[part.id])
    said = "".join(f"{one.id}{one.updated_at.isoformat()}" for one in outcomes)
    stamp = hashlib.sha256(said.encode()).hexdigest()[:16]
    return News(
        consultation,
        outcomes,
        parts,
        whole.slug if whole else "",
        f"outcomes:{consultation.id}:{stamp}:",
    )


def people(session: Session, news: News) -> list[Person]:
    """Return the next people to tell, so many at once; nobody once all were told."""
    about, quoted = news.consultation.id, news.quoted
    query = queries.told_people(about, news.prefix, quoted, most=AT_ONCE)
    emails = session.scalars(query).all()
    if not emails:
        return []
    texts: dict[str, list[Any]] = {}
    for row in session.execute(queries.told_of(about, quoted, emails)):
        texts.setdefault(row.email, []).append(row)
    return [
        Person(
            email,
            rows[0].locale,
            [(row, news.of(row)) for row in rows[:MOST]],
            max(len(rows) - MOST, 0),
        )
        for email, rows in texts.items()
    ]


def done(session: Session, news: News, *, now: datetime) -> None:
    """Note that all were told; what changed meanwhile is still to tell."""
    for one in news.outcomes:
        session.execute(
            update(Outcome)
            .where(Outcome.id == one.id, Outcome.updated_at == one.updated_at)
            .values(told_at=now)
            .execution_options(synchronize_session=False)
        )

"""Addresses nobody has yet."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import slugs
from ..models import Consultation, OpenCall, Room

Addressed = type[Consultation] | type[Room] | type[OpenCall]


def free(session: Session, title: str, model: Addressed = Consultation) -> Iterator[str]:
    """Yield free addresses, the best first; the table's constraint has the last word."""
    like = f"{slugs.of(title)}%"
    taken = set(session.scalars(select(model.slug).where(model.slug.like(like))))
    return (slug for slug in slugs.candidates(title) if slug not in taken)

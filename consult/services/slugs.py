"""Addresses nobody has yet."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import slugs
from ..models import Consultation


def free(session: Session, title: str) -> str:
    """Return a free address; the table's constraint is the rule, this the courtesy."""
    like = f"{slugs.of(title)}%"
    taken = set(session.scalars(select(Consultation.slug).where(Consultation.slug.like(like))))
    return next(slug for slug in slugs.candidates(title) if slug not in taken)

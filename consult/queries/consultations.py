"""Consultations: who sees which, and the narrow rows their pages are made of."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from ..models import Consultation, ListedPerson


@dataclass(frozen=True)
class Reader:
    """Who reads: nobody known, an account with a proven e-mail address, or an administrator."""

    account_id: str | None = None
    email: str | None = None
    sees_all: bool = False


def is_public(now: datetime) -> ColumnElement[bool]:
    """Tell what anyone may read: published, complete, not kept to people on a list."""
    return and_(_is_published(now), Consultation.access != "listed")


def is_visible(reader: Reader, now: datetime) -> ColumnElement[bool]:
    """Tell which consultations a reader may know of; join `Consultation` to use it elsewhere."""
    if reader.sees_all:
        return true()
    reasons = [is_public(now)]
    if reader.email is not None:
        listed = (
            select(ListedPerson.email)
            .where(
                ListedPerson.consultation_id == Consultation.id,
                ListedPerson.email == reader.email,
            )
            .correlate(Consultation)
            .exists()
        )
        reasons.append(and_(_is_published(now), listed))
    if reader.account_id is not None:
        reasons.append(Consultation.owner_id == reader.account_id)
    return or_(*reasons)


def visible_to(reader: Reader, now: datetime) -> Select[Consultation]:
    """Select the consultations a reader may know of."""
    return select(Consultation).where(is_visible(reader, now))


def by_slug(slug: str, reader: Reader, now: datetime) -> Select[Consultation]:
    """Select the consultation of an address, if the reader may know of it."""
    return visible_to(reader, now).where(Consultation.slug == slug)


def by_id(consultation_id: str, reader: Reader, now: datetime) -> Select[Consultation]:
    """Select a consultation by its identifier, if the reader may know of it."""
    return visible_to(reader, now).where(Consultation.id == consultation_id)


def _is_published(now: datetime) -> ColumnElement[bool]:
    return and_(
        Consultation.published_at.is_not(None),
        Consultation.published_at <= now,
        Consultation.complete.is_(True),
    )

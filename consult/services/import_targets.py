"""Where an import goes: the consultation met before, the one named, or a new one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..domain import searching
from ..domain.errors import RuleBroken
from ..formats import records
from ..models import Account, Consultation, Role, Statement
from ..models.base import new_id
from . import slugs

FEATURES: Mapping[str, str] = {
    "argument": "allows_arguments",
    "source": "allows_sources",
    "amendment": "allows_amendments",
}
SETTINGS = frozenset(
    {
        "template", "asked_by", "purpose", "will_decide", "will_not_decide", "time_zone", "access",
        "moderation", "results", "allows_ideas", "allows_arguments", "allows_sources",
        "allows_amendments", "allows_comments", "contact_name", "contact_phone",
    }
)  # fmt: skip


def find(
    session: Session, kind: str, header: records.Consultation, into: str | None
) -> Consultation | None:
    """Return the consultation named, or the one this source made before."""
    if into is None:
        origin = f"{kind}:{header.key}"[:200]
        return session.scalar(select(Consultation).where(Consultation.origin == origin))
    found = session.scalar(select(Consultation).where(Consultation.slug == into))
    if found is None:
        raise RuleBroken("consultation-unknown", 404, slug=into)
    return found


def create(
    session: Session, kind: str, header: records.Consultation, title: str | None, now: datetime
) -> Consultation:
    """Make the consultation of a source: published, and over unless its dates say otherwise."""
    named = title or header.title
    consultation = Consultation(
        id=new_id(),
        slug=next(slugs.free(session, header.slug_hint or named)),
        origin=f"{kind}:{header.key}"[:200],
        owner_id=sole_organiser(session),
        title=named,
        opens_at=header.opens_at or header.created_at or now,
        closes_at=header.closes_at or now,
        published_at=now,
        created_at=header.created_at or now,
        search=searching.normalise(f"{named} {header.introduction}"),
        **allowed(header.settings),
    )
    if not consultation.purpose:
        consultation.purpose = header.introduction
    session.add(consultation)
    session.flush()
    return consultation


def allowed(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings that a file may give; the others are the organiser's to choose."""
    return {name: value for name, value in settings.items() if name in SETTINGS}


def sole_organiser(session: Session) -> str | None:
    """Return the organiser when there is just one; else administrators look after it."""
    query = select(Account.id).join(Account.roles).where(Role.name == "organiser").limit(2)
    ids = session.scalars(query).all()
    return ids[0] if len(ids) == 1 else None


def show_what_came(session: Session, consultation: Consultation) -> None:
    """Turn on the parts that the imported texts need to be read."""
    kinds = session.scalars(
        select(Statement.kind).where(Statement.consultation_id == consultation.id).distinct()
    )
    for kind in kinds:
        if name := FEATURES.get(kind):
            setattr(consultation, name, True)

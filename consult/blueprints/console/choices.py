"""What the lists of the console's forms offer: time zones, consultations, themes."""

from sqlalchemy import select

from ... import clock, i18n
from ...domain.kinds import N_
from ...extensions import db
from ...models import Consultation, Territory, Theme
from ...queries import consultations
from ..consultations import load

Pairs = list[tuple[str, str]]
OWN_ZONE = ""
MOST = 200


def zones() -> Pairs:
    """Return the time zones of the territories, after the territory's own."""
    return [(OWN_ZONE, N_("The territory's own hour")), *named_zones()]


def named_zones() -> Pairs:
    """Return the time zones of the territories, by the names of their cities."""
    names = sorted(set(db.session.scalars(select(Territory.time_zone).distinct())) | {i18n.PARIS})
    return sorted(((name, i18n.place(name)) for name in names), key=lambda pair: pair[1])


def zone_of(territory_code: str | None, chosen: str) -> str:
    """Return the time zone chosen, else the territory's, else that of Paris."""
    if chosen != OWN_ZONE:
        return chosen
    query = select(Territory.time_zone).where(Territory.code == territory_code)
    return db.session.scalar(query) or i18n.PARIS


def earlier(consultation: Consultation) -> Pairs:
    """Return the consultations that this one may follow."""
    query = (
        consultations.visible_to(load.reader(), clock.now())
        .with_only_columns(Consultation.id, Consultation.title)
        .where(Consultation.id != consultation.id)
        .order_by(Consultation.created_at.desc())
        .limit(MOST)
    )
    rows = [(row.id, row.title) for row in db.session.execute(query)]
    known = {key for key, _title in rows}
    if consultation.follows_id and consultation.follows_id not in known:
        rows.append((consultation.follows_id, "…"))
    return [("", N_("None")), *rows]


def themes(consultation: Consultation) -> Pairs:
    """Return the themes of a consultation, in order."""
    query = (
        select(Theme.id, Theme.label, Theme.title)
        .where(Theme.consultation_id == consultation.id)
        .order_by(Theme.position)
    )
    return [(row.id, f"{row.label}. {row.title}") for row in db.session.execute(query)]

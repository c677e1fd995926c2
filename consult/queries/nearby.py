"""What there is near a place: consultations open or to come, and the latest texts from there."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from ..domain import phases
from ..models import Consultation, Statement, Theme
from . import consultations, territories
from .consultations import Reader
from .statements import EXCERPT, PUBLISHED

Rows = Select[*tuple[Any, ...]]
KINDS = ("answer", "proposal")


def current(code: str, reader: Reader, now: datetime) -> ColumnElement[bool]:
    """Tell which consultations are open or to come for the people of a territory."""
    near = consultations.matching(reader, now, consultations.Filters(near=code))
    timely = (consultations.in_phase(phase, now) for phase in (phases.OPEN, phases.PREPARATION))
    return and_(near, or_(*timely))


def latest(code: str, reader: Reader, now: datetime, limit: int) -> Rows:
    """Select the newest answers and proposals of the people of a territory."""
    from_there = Statement.territory_code.in_(territories.within(code))
    return (
        select(
            Statement.id,
            Statement.kind,
            Statement.title,
            func.substr(Statement.body, 1, EXCERPT).label("body"),
            Statement.signature,
            Statement.actor_kind,
            Statement.created_at,
            Consultation.title.label("consultation"),
            Consultation.slug,
            Consultation.time_zone,
        )
        .select_from(Statement)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .where(
            consultations.matching(reader, now, consultations.Filters()),
            PUBLISHED,
            Statement.kind.in_(KINDS),
            or_(Theme.id.is_(None), Theme.hidden.is_(False)),
            true() if code == territories.COUNTRY else from_there,
        )
        .order_by(Statement.created_at.desc(), Statement.id.desc())
        .limit(limit)
    )

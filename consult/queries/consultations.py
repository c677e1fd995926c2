"""Consultations: who sees which, and the narrow rows their pages are made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from ..domain import phases
from ..models import Consultation, Tag, Territory
from . import listed, organisers, territories

COUNTED = 1_000


@dataclass(frozen=True)
class Reader:
    """Who reads: nobody known, an account with a proven e-mail address, or an administrator.

    `participant_id` is the participant of a printed code, on a device that it let in.
    """

    account_id: str | None = None
    email: str | None = None
    sees_all: bool = False
    participant_id: str | None = None


def is_public(now: datetime) -> ColumnElement[bool]:
    """Tell what anyone may read: published, complete, not kept to people on a list."""
    return and_(is_published(now), Consultation.access != "listed")


def is_visible(reader: Reader, now: datetime) -> ColumnElement[bool]:
    """Tell which consultations a reader may know of; join `Consultation` to use it elsewhere."""
    if reader.sees_all:
        return true()
    reasons = [is_public(now)]
    if reader.email is not None or reader.participant_id is not None:
        on_list = listed.is_listed(reader.email, reader.participant_id)
        reasons.append(and_(is_published(now), on_list))
    if reader.account_id is not None:
        reasons.append(organisers.is_organised_by(reader.account_id))
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


def is_published(now: datetime) -> ColumnElement[bool]:
    """Tell which consultations are complete and shown, to everyone or to those on their list."""
    return and_(
        Consultation.published_at.is_not(None),
        Consultation.published_at <= now,
        Consultation.complete.is_(True),
    )


DATES = (  # what `domain.phases` reads, with `published_at`
    Consultation.opens_at,
    Consultation.closes_at,
    Consultation.closed_early_at,
    Consultation.synthesis_at,
    Consultation.outcome_at,
)
CARD = (
    Consultation.id,
    Consultation.slug,
    Consultation.title,
    Consultation.asked_by,
    Consultation.purpose,
    Consultation.template,
    Consultation.time_zone,
    *DATES,
    Consultation.published_at,
    Consultation.results,
    Consultation.answers,
    Consultation.proposals,
    Territory.name.label("territory"),
)


LATEST: tuple[ColumnElement[Any], ...] = (Consultation.published_at, Consultation.id)  # type: ignore[assignment]


@dataclass(frozen=True)
class Filters:
    """What the list of consultations is narrowed to."""

    phase: str | None = None
    territory: str | None = None
    tag: str | None = None
    near: str | None = None


def ends_at() -> ColumnElement[datetime]:
    """Return the instant of the close: the planned one, or the earlier one decided since."""
    early, planned = Consultation.closed_early_at, Consultation.closes_at
    return case(
        (and_(early.is_not(None), or_(planned.is_(None), early < planned)), early), else_=planned
    )


def in_phase(phase: str, now: datetime) -> ColumnElement[bool]:
    """Tell which published consultations are in a phase: the same rule as `domain.phases`."""
    opens, ends = Consultation.opens_at, ends_at()
    if phase == phases.PREPARATION:
        return opens > now
    started = or_(opens.is_(None), opens <= now)
    if phase == phases.OPEN:
        return and_(started, or_(ends.is_(None), ends > now))
    told, summed = _reached(Consultation.outcome_at, now), _reached(Consultation.synthesis_at, now)
    closed = and_(started, ends <= now)
    return {
        phases.OUTCOME: and_(closed, told),
        phases.SYNTHESIS: and_(closed, not_(told), summed),
        phases.CLOSED: and_(closed, not_(told), not_(summed)),
    }[phase]


def openness(now: datetime) -> ColumnElement[int]:
    """Rank for the list: open first, then those to come, then the others."""
    return case(
        (in_phase(phases.OPEN, now), 2),
        (in_phase(phases.PREPARATION, now), 1),
        else_=literal(0),
    )


def matching(reader: Reader, now: datetime, filters: Filters) -> ColumnElement[bool]:
    """Tell which published consultations a list shows to a reader."""
    wanted = [is_visible(reader, now), is_published(now)]
    if filters.phase:
        wanted.append(in_phase(filters.phase, now))
    if filters.territory:
        wanted.append(Consultation.territory_code.in_(territories.within(filters.territory)))
    if filters.near:
        here = territories.above(filters.near).union(territories.within(filters.near))
        wanted.append(Consultation.territory_code.in_(here))
    if filters.tag:
        tagged = select(Tag.consultation_id).where(Tag.label == filters.tag)
        wanted.append(Consultation.id.in_(tagged))
    return and_(*wanted)


def cards(condition: ColumnElement[bool], now: datetime) -> Select[*tuple[Any, ...]]:
    """Select the narrow rows of consultations, with the rank that puts the open ones first."""
    return (
        select(*CARD, openness(now).label("openness"))
        .outerjoin(Territory, Territory.code == Consultation.territory_code)
        .where(condition)
    )


def choices(reader: Reader, now: datetime, filters: Filters) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what the list can be narrowed to, and how many match: (what, key, label, number)."""
    seen = and_(is_visible(reader, now), is_published(now))
    found = select(Consultation.id).where(matching(reader, now, filters)).limit(COUNTED + 1)
    return union_all(
        select(
            literal("territory").label("what"),
            Territory.code.label("key"),
            Territory.name.label("label"),
            literal(0).label("number"),
        ).where(Territory.code.in_(select(Consultation.territory_code).where(seen))),
        select(literal("tag"), Tag.label, Tag.label, literal(0))
        .join(Consultation, Consultation.id == Tag.consultation_id)
        .where(seen)
        .distinct(),
        select(literal("found"), literal(""), literal(""), func.count()).select_from(
            found.subquery()
        ),
    )


def _reached(column: InstrumentedAttribute[datetime | None], now: datetime) -> ColumnElement[bool]:
    return and_(column.is_not(None), column <= now)

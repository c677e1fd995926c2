"""Local editions: whom a consultation is offered to, what came of it, the figures together."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Label,
    ScalarSelect,
    Select,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from ..domain import signatures
from ..models import (
    Account,
    CommonQuestion,
    Consultation,
    CoOrganiser,
    EditionOffer,
    Question,
    Room,
    Stance,
    Statement,
    Theme,
)
from . import consultations, rooms

Rows = Select[*tuple[Any, ...]]
MOST = 500
Source = aliased(Consultation, name="source")


def offers(consultation_id: str, reader: rooms.Reader) -> Rows:
    """Select the rooms that a consultation is offered to, with the edition each has opened."""
    return (
        select(
            Room.id,
            Room.slug,
            Room.name,
            Room.level,
            EditionOffer.offered_at,
            EditionOffer.taken_at,
            Consultation.slug.label("edition_slug"),
            Consultation.title.label("edition_title"),
            Consultation.published_at,
        )
        .join(EditionOffer, EditionOffer.room_id == Room.id)
        .outerjoin(Consultation, Consultation.id == EditionOffer.edition_id)
        .where(EditionOffer.consultation_id == consultation_id, reader.sees())
        .order_by(*rooms.IN_ORDER)
        .limit(MOST)
    )


def unoffered(consultation_id: str, reader: rooms.Reader, under: str | None = None) -> Rows:
    """Select the rooms that a consultation may still be offered to: all, or those below one."""
    held = select(EditionOffer.room_id).where(EditionOffer.consultation_id == consultation_id)
    query = select(Room.id, Room.name, Room.level).where(Room.id.not_in(held), reader.sees())
    if under is not None:
        query = query.where(Room.id.in_(rooms.under(under)), Room.id != under)
    return query.order_by(*rooms.IN_ORDER).limit(MOST)


def offered_to(room_id: str, now: datetime, account_id: str) -> Rows:
    """Select what is offered to a room, the latest first: public consultations, nothing else.

    Of the edition of each: whether everyone may read it, whether an account organises it.
    """
    public = and_(Consultation.published_at <= now, Consultation.access != "listed")
    return (
        select(
            EditionOffer.offered_at,
            Source.id,
            Source.slug,
            Source.title,
            Source.purpose,
            Source.asked_by,
            Source.time_zone,
            Source.published_at,
            Source.opens_at,
            Source.closes_at,
            Source.closed_early_at,
            Source.synthesis_at,
            Source.outcome_at,
            Consultation.slug.label("edition_slug"),
            Consultation.title.label("edition_title"),
            public.label("edition_is_public"),
            _organised_by(account_id).label("edition_is_own"),
            Account.name.label("by"),
        )
        .join(Source, Source.id == EditionOffer.consultation_id)
        .outerjoin(Consultation, Consultation.id == EditionOffer.edition_id)
        .outerjoin(Account, Account.id == EditionOffer.offered_by_id)
        .where(
            EditionOffer.room_id == room_id,
            Source.complete,
            Source.published_at <= now,
            Source.access != "listed",
        )
        .order_by(EditionOffer.offered_at.desc(), Source.id.desc())
        .limit(MOST)
    )


def _organised_by(account_id: str) -> ColumnElement[bool]:
    helps = exists().where(
        CoOrganiser.consultation_id == Consultation.id, CoOrganiser.account_id == account_id
    )
    return or_(Consultation.owner_id == account_id, helps)


def of(consultation_id: str, reader: consultations.Reader, now: datetime) -> Rows:
    """Select the editions of a consultation that a reader may know of, with their rooms."""
    return (
        select(
            Consultation.id,
            Consultation.slug,
            Consultation.title,
            Consultation.answers,
            Consultation.time_zone,
            Consultation.published_at,
            *consultations.DATES,
            Consultation.results,
            case((Room.is_private.is_(False), Room.name)).label("room"),
            case((Room.is_private.is_(False), Room.slug)).label("room_slug"),
        )
        .join(EditionOffer, EditionOffer.edition_id == Consultation.id)
        .join(Room, Room.id == EditionOffer.room_id)
        .where(
            EditionOffer.consultation_id == consultation_id,
            consultations.is_published(now),
            consultations.is_visible(reader, now),
        )
        .order_by(Room.name, Consultation.id)
        .limit(MOST)
    )


def answers_elsewhere(now: datetime) -> ScalarSelect[int]:
    """Give how many answers a question received in local editions: write it on `Question`.

    It adds the counters of the editions that anyone may read.
    """
    local, edition = aliased(Question), aliased(Consultation)
    counted = (
        select(func.coalesce(func.sum(local.answers), 0))
        .join(CommonQuestion, CommonQuestion.question_id == local.id)
        .join(edition, edition.id == local.consultation_id)
        .where(CommonQuestion.source_id == Question.id, _is_public(edition, now))
    )
    return counted.correlate(Question).scalar_subquery()


def figures(consultation_id: str, now: datetime) -> Rows:
    """Select, for each question and each kind of author, the answers and opinions received.

    Rows are (question, where, who, answers, agree, mixed, disagree); `where` is "own" or
    "editions", `who` is "resident", "professional" or "unsaid". Each answer is read once, at the
    one question it stands under, in the consultation or in an edition that anyone may read.
    """
    asked = aliased(Question, name="asked")
    common = aliased(CommonQuestion, name="common")
    source = func.coalesce(common.source_id, asked.id)
    where = case((asked.consultation_id == consultation_id, "own"), else_="editions")
    who = _who()
    return (
        select(
            source.label("question_id"),
            where.label("where"),
            who.label("who"),
            func.count().label("answers"),
            func.sum(Statement.agree).label("agree"),
            func.sum(Statement.mixed).label("mixed"),
            func.sum(Statement.disagree).label("disagree"),
        )
        .select_from(Statement)
        .join(asked, asked.id == Statement.question_id)
        .outerjoin(common, common.question_id == asked.id)
        .where(_counts(consultation_id, now))
        .group_by(source, where, who)
        .order_by(source, where, who)
    )


def opinions(consultation_id: str, now: datetime) -> Rows:
    """Select, for each kind of people, the opinions they gave on the answers of all the editions.

    Rows are (who, people, agree, mixed, disagree). Who someone is, is what they said of themselves
    in their own published texts, "unsaid" for nothing; what was only counted elsewhere is left out.
    """
    counts = [
        func.sum(case((Stance.value == value, 1), else_=0)).label(name)
        for name, value in (("agree", 1), ("mixed", 0), ("disagree", -1))
    ]
    given = (
        select(Stance.participant_id, *counts)
        .select_from(Stance)
        .join(Statement, Statement.id == Stance.statement_id)
        .where(_counts(consultation_id, now))
        .group_by(Stance.participant_id)
        .subquery("given")
    )
    said = select(given, _said_of_themselves(given.c.participant_id))
    people = said.cte("people").prefix_with("MATERIALIZED")
    who = case(
        (people.c.professional == 1, "professional"),
        (people.c.professional == 0, "resident"),
        else_="unsaid",
    )
    sums = [func.sum(people.c[name]).label(name) for name in ("agree", "mixed", "disagree")]
    return select(who.label("who"), func.count().label("people"), *sums).group_by(who).order_by(who)


def _said_of_themselves(participant_id: ColumnElement[str]) -> Label[int | None]:
    """Give 1 for someone who said they are a professional, 0 for a resident, null for neither.

    Their own texts are read, and nobody else's: written for each of those who gave an opinion.
    """
    own = aliased(Statement, name="own")
    is_professional = case((own.actor_kind.in_(signatures.PROFESSIONALS), 1), else_=0)
    kinds = (*signatures.PROFESSIONALS, *signatures.RESIDENTS)
    said = select(func.max(is_professional)).where(
        own.participant_id == participant_id,
        own.state == "published",
        own.actor_kind.in_(kinds),
    )
    return said.scalar_subquery().label("professional")


def _counts(consultation_id: str, now: datetime) -> ColumnElement[bool]:
    """Tell whether a published answer counts: given there, or in an edition that is public.

    The questions come first, so that nothing is read but what stands under them.
    """
    of_source = select(Question.id).where(Question.consultation_id == consultation_id)
    asked, local, common = aliased(Question), aliased(Consultation), aliased(CommonQuestion)
    in_editions = (
        select(common.question_id)
        .join(asked, asked.id == common.question_id)
        .join(local, local.id == asked.consultation_id)
        .where(common.source_id.in_(of_source), _is_public(local, now))
    )
    return and_(
        Statement.kind == "answer",
        Statement.state == "published",
        Statement.question_id.in_(union_all(of_source, in_editions)),
    )


def _who() -> ColumnElement[str]:
    return case(
        (Statement.actor_kind.in_(signatures.PROFESSIONALS), "professional"),
        (Statement.actor_kind.in_(signatures.RESIDENTS), "resident"),
        else_="unsaid",
    )


def questions(consultation_id: str) -> Rows:
    """Select the questions that everyone sees, in their order."""
    return (
        select(
            Question.id,
            Question.number,
            Question.wording,
            Theme.label.label("theme_label"),
            Theme.number.label("theme_number"),
        )
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == consultation_id, Theme.hidden.is_(False))
        .order_by(Theme.position, Theme.number, Question.number)
    )


def pairs(source_id: str, edition_id: str) -> Rows:
    """Pair each question of an edition just copied with the one it is a copy of."""
    ours, theirs = aliased(Question), aliased(Question)
    our_theme, their_theme = aliased(Theme), aliased(Theme)
    return (
        select(ours.id, theirs.id)
        .join(our_theme, our_theme.id == ours.theme_id)
        .join(their_theme, their_theme.number == our_theme.number)
        .join(theirs, and_(theirs.theme_id == their_theme.id, theirs.number == ours.number))
        .where(our_theme.consultation_id == edition_id, their_theme.consultation_id == source_id)
        .order_by(ours.id)
    )


def _is_public(edition: Any, now: datetime) -> ColumnElement[bool]:
    return and_(edition.complete.is_(True), edition.published_at <= now, edition.access != "listed")

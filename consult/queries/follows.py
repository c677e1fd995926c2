"""Who follows what, who is due a letter, and why."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Exists,
    Select,
    String,
    Subquery,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from ..domain import follows, phases
from ..models import (
    Account,
    Announcement,
    Consultation,
    Contribution,
    Draft,
    Follow,
    Mail,
    Participant,
    Question,
    Statement,
    Subscriber,
    Theme,
)
from . import consultations

Rows = Select[*tuple[Any, ...]]
REPLIES = ("comment", "argument", "source", "amendment")
REPLIES_A_DAY = 5  # for each text; the weekly letter tells the others
REPLIES_SINCE = timedelta(days=2)
REMINDED = timedelta(days=3)
EXCERPT = 600
# Where an author asked to be told, else the address of their account.
ADDRESS: ColumnElement[Any] = func.coalesce(Contribution.notify_email, Account.email)


def subscriber(email: str) -> Select[Subscriber]:
    """Select the subscriber of an address."""
    return select(Subscriber).where(Subscriber.email == email)


def held(subscriber_id: str) -> Select[Follow]:
    """Select what someone follows, the latest first."""
    return (
        select(Follow)
        .where(Follow.subscriber_id == subscriber_id, Follow.confirmed_at.is_not(None))
        .order_by(Follow.confirmed_at.desc(), Follow.id.desc())
    )


def followed(email: str, subject: str) -> Select[str]:
    """Select the follow of a subject by an address, once confirmed."""
    return (
        select(Follow.id)
        .join(Subscriber, Subscriber.id == Follow.subscriber_id)
        .where(
            Subscriber.email == email,
            Follow.subject == subject,
            Follow.confirmed_at.is_not(None),
        )
    )


def due(now: datetime) -> Select[Subscriber]:
    """Select the subscribers whose weekly letter is due, the oldest first."""
    return (
        select(Subscriber)
        .where(Subscriber.confirmed_at.is_not(None), Subscriber.next_digest_at <= now)
        .order_by(Subscriber.next_digest_at, Subscriber.id)
    )


def late(before: datetime) -> Select[int]:
    """Count the weekly letters that should have been written before an instant."""
    return (
        select(func.count())
        .select_from(Subscriber)
        .where(
            Subscriber.confirmed_at.is_not(None),
            Subscriber.letters != follows.NONE,
            Subscriber.next_digest_at < before,
        )
    )


def told_by(announcement: Announcement) -> Select[Subscriber]:
    """Select whom a message still goes to: who followed when it was written and wants letters."""
    return (
        select(Subscriber)
        .join(Follow, Follow.subscriber_id == Subscriber.id)
        .where(
            Follow.subject == announcement.subject,
            Follow.confirmed_at <= announcement.created_at,
            Subscriber.letters != follows.NONE,
            Subscriber.id > announcement.reached,
        )
        .order_by(Subscriber.id)
    )


def followers(subject: str) -> Select[int]:
    """Count who follows something and wants letters."""
    return (
        select(func.count())
        .select_from(Subscriber)
        .join(Follow, Follow.subscriber_id == Subscriber.id)
        .where(
            Follow.subject == subject,
            Follow.confirmed_at.is_not(None),
            Subscriber.letters != follows.NONE,
        )
    )


def untold_replies(now: datetime) -> Rows:
    """Select the replies to be told at once to the authors of the texts, the oldest first.

    Five a day for each text at most; nobody is told of what they wrote themselves.
    """
    ranked, parent = _ranked_replies(now), aliased(Statement, name="parent")
    told = select(Mail.id).where(Mail.dedup_key == literal("reply:") + Statement.id)
    query: Rows = (
        select(
            Statement.id,
            Statement.kind,
            func.substr(Statement.body, 1, EXCERPT).label("body"),
            parent.id.label("parent_id"),
            parent.kind.label("parent_kind"),
            Consultation.title,
            ADDRESS.label("email"),
        )
        .join(ranked, ranked.c.id == Statement.id)
        .join(parent, parent.id == Statement.parent_id)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Contribution, Contribution.id == parent.contribution_id)
        .outerjoin(Participant, Participant.id == parent.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .outerjoin(Subscriber, Subscriber.email == ADDRESS)
        .where(
            ranked.c.place <= REPLIES_A_DAY,
            ~told.exists(),
            *_wants(follows.AT_ONCE),
            or_(Theme.id.is_(None), ~Theme.hidden),
            consultations.is_published(now),
        )
    )
    return query.order_by(Statement.published_at, Statement.id)


def _ranked_replies(now: datetime) -> Subquery:
    """Rank the replies of others published lately among those of the day to the same text."""
    parent = aliased(Statement, name="parent")
    place = func.row_number().over(
        partition_by=(Statement.parent_id, func.date(Statement.published_at)),
        order_by=(Statement.published_at, Statement.id),
    )
    query = (
        select(Statement.id, place.label("place"))
        .join(parent, parent.id == Statement.parent_id)
        .where(
            Statement.kind.in_(REPLIES),
            Statement.state == "published",
            Statement.published_at > now - REPLIES_SINCE,
            Statement.published_at <= now,
            parent.state == "published",
            Statement.participant_id.is_distinct_from(parent.participant_id),
        )
    )
    return query.subquery()


def unsent_drafts(now: datetime) -> Rows:
    """Select the drafts of answers to what closes within three days, and whom to remind.

    A draft is forgotten when it is sent, so whoever has answered is left alone; one letter for
    each person and close.
    """
    ends = consultations.ends_at()
    who = literal("deadline:") + Consultation.id + literal(":") + Participant.id
    key = who + literal(":") + cast(func.date(ends), String)
    there = Contribution.consultation_id == Consultation.id
    query: Rows = (
        select(
            key.label("key"),
            ADDRESS.label("email"),
            Consultation.title,
            Consultation.slug,
            Consultation.time_zone,
            ends.label("ends"),
            Question.wording,
            Question.number,
            Theme.number.label("theme_number"),
        )
        .join_from(Draft, Question, Draft.target == literal("question:") + Question.id)
        .join(Theme, Theme.id == Question.theme_id)
        .join(Consultation, Consultation.id == Question.consultation_id)
        .join(Participant, Participant.id == Draft.participant_id)
        .outerjoin(Account, and_(Account.id == Participant.account_id, Account.active))
        .outerjoin(Contribution, and_(Contribution.participant_id == Participant.id, there))
        .outerjoin(Subscriber, Subscriber.email == ADDRESS)
        .where(
            *_closes_soon(now),
            ~Theme.hidden,
            ~_is_answered(),
            ~select(Mail.id).where(Mail.dedup_key == key).exists(),
            *_wants(follows.AT_ONCE, follows.WEEKLY),
        )
    )
    return query.order_by(ends, Draft.participant_id, Theme.position, Question.number)


def _closes_soon(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Tell which consultations are open and close within three days."""
    ends = consultations.ends_at()
    is_open = consultations.in_phase(phases.OPEN, now)
    return ends <= now + REMINDED, is_open, consultations.is_published(now)


def _is_answered() -> Exists:
    """Tell whether the person of a draft has answered its question."""
    answered = aliased(Statement, name="answered")
    done = select(answered.id).where(
        answered.question_id == Question.id,
        answered.participant_id == Draft.participant_id,
        answered.state != "withdrawn",
    )
    return done.exists()


def _wants(*letters: str) -> tuple[ColumnElement[bool], ...]:
    """Tell which addresses want one of these; who never chose wants what is usual."""
    chosen: ColumnElement[Any] = func.coalesce(Subscriber.letters, follows.AT_ONCE, type_=String())
    return ADDRESS.is_not(None), chosen.in_(letters)

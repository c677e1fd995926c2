"""What waits to be read, in full, the oldest due first, for whoever may decide about it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from ..domain import moderation, roles
from ..domain import rooms as levels
from ..models import (
    Account,
    Consultation,
    CoOrganiser,
    Decision,
    Organisation,
    PassedOn,
    Question,
    Reading,
    Room,
    Statement,
    Territory,
    Theme,
)
from ..models.statements import QUEUED
from . import rooms

Rows = Select[*tuple[Any, ...]]

COMPARED = 300
COUNTED = 1_000
MOST_CHOICES = 50
STATES = ("pending", "to_correct", "hidden", "published")
OLDEST: tuple[ColumnElement[Any], ...] = (Statement.updated_at, Statement.id)  # type: ignore[assignment]
TEXT = (Statement.title, Statement.body, Statement.explanation)
STATE = (Statement.id, Statement.kind, Statement.state, Statement.state_reason, Statement.side)
SIGNED = (Statement.signed_as, Statement.signature, Statement.function, Statement.actor_kind)
DATED = (Statement.version, Statement.created_at, Statement.updated_at, Statement.link)
PLACED = (
    Statement.channel,
    Statement.place,
    Consultation.slug,
    Consultation.title.label("consultation_title"),
    Consultation.time_zone,
    Organisation.name.label("organisation_name"),
    Territory.name.label("territory_name"),
    Theme.label.label("theme_label"),
    Theme.title.label("theme_title"),
    Theme.number.label("theme_number"),
    Question.wording,
    Question.number.label("question_number"),
)
NEWEST_FIRST = frozenset({"hidden", "published"})


@dataclass(frozen=True)
class Moderator:
    """Who decides about texts: an account, and what it may read.

    All, as an administrator; what it opened and joined, as an organiser; what it joined, when it
    is no longer one; and what its rooms read.
    """

    account_id: str
    sees_all: bool = False
    organises: bool = False
    joins: bool = False
    facilitates: bool = False

    @property
    def actor(self) -> str:
        """Their name in the journal."""
        return f"account:{self.account_id}"


@dataclass(frozen=True)
class Filters:
    """What the queue is narrowed to: a consultation by its address, a kind, or some texts."""

    consultation: str | None = None
    kind: str | None = None
    ids: tuple[str, ...] | None = None
    passed_on: bool = False


def in_reach(by: Moderator) -> ColumnElement[bool]:
    """Tell which texts someone may decide about.

    Those of the consultations they organise, and those whose place is read by a room they
    facilitate or by one below it.
    """
    shown = Statement.state.not_in(("awaiting", "withdrawn"))
    if by.sees_all:
        return shown
    return and_(shown, or_(_is_organised(by), _is_of_their_rooms(by)))


def role_here(by: Moderator) -> ColumnElement[str]:
    """Name the role in which someone decides about a text in their reach."""
    if by.sees_all:
        return literal(roles.ADMINISTRATOR)
    return case((_is_organised(by), roles.ORGANISER), else_=levels.FACILITATOR)


def _is_organised(by: Moderator) -> ColumnElement[bool]:
    found = []
    if by.organises:
        opened = select(Consultation.id).where(Consultation.owner_id == by.account_id)
        found.append(Statement.consultation_id.in_(opened))
    if by.organises or by.joins:
        joined = select(CoOrganiser.consultation_id).where(CoOrganiser.account_id == by.account_id)
        found.append(Statement.consultation_id.in_(joined))
    return or_(false(), *found)


def _is_of_their_rooms(by: Moderator) -> ColumnElement[bool]:
    if not by.facilitates:
        return false()
    return rooms.room_of().in_(rooms.held_by(by.account_id))


def is_in(state: str) -> ColumnElement[bool]:
    """Tell what is in a state, written out so that the index kept for the queue serves."""
    if state not in STATES:
        raise ValueError(state)
    return literal_column("statement.state") == literal_column(f"'{state}'")


def narrowed(by: Moderator, state: str, filters: Filters) -> list[ColumnElement[bool]]:
    """Return the conditions of one list of the queue."""
    found = [is_in(state), in_reach(by)]
    if filters.consultation is not None:
        named = select(Consultation.id).where(Consultation.slug == filters.consultation)
        found.append(Statement.consultation_id == named.scalar_subquery())
    if filters.kind is not None:
        found.append(Statement.kind == filters.kind)
    if filters.ids is not None:
        found.append(Statement.id.in_(filters.ids))
    if state == "pending":
        passed = select(PassedOn.statement_id).where(PassedOn.account_id == by.account_id)
        mine = Statement.id.in_(passed)
        found.append(mine if filters.passed_on else ~mine)
    return found


def queue(by: Moderator, state: str, filters: Filters, now: datetime) -> Rows:
    """Select the texts of a state, whole, with what is needed to judge them.

    `reader` is the colleague who reads a text now, `passed` how many left it to a colleague.
    """
    parent = aliased(Statement)
    passed = select(func.count()).where(PassedOn.statement_id == Statement.id)
    others = and_(Reading.statement_id == Statement.id, Reading.until_at > now)
    return (
        select(
            *STATE,
            *TEXT,
            *SIGNED,
            *DATED,
            *PLACED,
            parent.id.label("parent_id"),
            parent.kind.label("parent_kind"),
            parent.title.label("parent_title"),
            parent.body.label("parent_body"),
            Reading.account_id.label("reader_id"),
            Account.name.label("reader"),
            passed.scalar_subquery().label("passed"),
            _room_name(),
        )
        .select_from(Statement)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .outerjoin(Theme, Theme.id == Statement.theme_id)
        .outerjoin(Question, Question.id == Statement.question_id)
        .outerjoin(Organisation, Organisation.id == Statement.organisation_id)
        .outerjoin(Territory, Territory.code == Statement.territory_code)
        .outerjoin(parent, parent.id == Statement.parent_id)
        .outerjoin(Reading, others)
        .outerjoin(Account, Account.id == Reading.account_id)
        .where(*narrowed(by, state, filters))
    )


def _room_name() -> ColumnElement[str | None]:
    """Name the room that reads a text."""
    name = select(Room.name).where(Room.id == rooms.room_of()).correlate(Statement)
    return name.scalar_subquery().label("room_name")


def oldest(by: Moderator, filters: Filters) -> Rows:
    """Select the words of the texts due first: to find those alike, and what they may hold."""
    return (
        select(Statement.id, Statement.search, *TEXT)
        .where(*narrowed(by, "pending", filters))
        .order_by(*OLDEST)
        .limit(COMPARED)
    )


def choices(by: Moderator, filters: Filters, now: datetime) -> CompoundSelect[*tuple[Any, ...]]:
    """Select what stands around a list: rows of (what, key, label, number).

    How many texts are in each state, counting no further than one above the bound; in which
    consultations those due first are; and the last decision that can still be undone.
    """
    parts = [_counted("state", state, narrowed(by, state, filters)) for state in QUEUED]
    mine = Filters(filters.consultation, filters.kind, passed_on=True)
    parts.append(_counted("passed", "pending", narrowed(by, "pending", mine)))
    return union_all(*parts, _consultations(by), _undoable(by, now))


def _counted(what: str, key: str, conditions: list[ColumnElement[bool]]) -> Rows:
    found = select(Statement.id).where(*conditions).limit(COUNTED + 1).subquery()
    return select(
        literal(what).label("what"),
        literal(key).label("key"),
        literal("").label("label"),
        func.count().label("number"),
    ).select_from(found)


def _consultations(by: Moderator) -> Rows:
    oldest = select(Statement.consultation_id).where(is_in("pending"), in_reach(by))
    first = oldest.order_by(*OLDEST).limit(COUNTED).subquery()
    waiting = (
        select(first.c.consultation_id, func.count().label("number"))
        .group_by(first.c.consultation_id)
        .order_by(func.count().desc(), first.c.consultation_id)
        .limit(MOST_CHOICES)
        .subquery()
    )
    return select(
        literal("consultation"), Consultation.slug, Consultation.title, waiting.c.number
    ).join(waiting, waiting.c.consultation_id == Consultation.id)


def _undoable(by: Moderator, now: datetime) -> Rows:
    last = (
        select(Decision.batch_id, Decision.to_state, Decision.decided_at)
        .where(
            Decision.account_id == by.account_id,
            Decision.decided_at >= now - moderation.UNDO_WITHIN,
            Decision.undone_at.is_(None),
        )
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
        .limit(1)
        .subquery()
    )
    whole = aliased(Decision)
    number = select(func.count()).where(whole.batch_id == last.c.batch_id).scalar_subquery()
    return select(literal("undo"), last.c.batch_id, last.c.to_state, number)


def last_decisions(ids: list[str]) -> Select[Decision]:
    """Select the decisions in force about some texts, the latest first."""
    return (
        select(Decision)
        .where(Decision.statement_id.in_(ids), Decision.undone_at.is_(None))
        .order_by(Decision.decided_at.desc(), Decision.id.desc())
    )


def seen_by(by: Moderator, ids: list[str]) -> Select[Statement]:
    """Select some texts, those in someone's reach."""
    return select(Statement).where(Statement.id.in_(ids), in_reach(by)).order_by(Statement.id)


def with_consultations(ids: list[str]) -> Select[Statement, str]:
    """Select some texts, each with the title of its consultation."""
    return (
        select(Statement, Consultation.title)
        .join(Consultation, Consultation.id == Statement.consultation_id)
        .where(Statement.id.in_(ids))
        .order_by(Statement.id)
    )

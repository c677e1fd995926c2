"""What the page of a matter shows beside it: rooms, words, versions, who acts, who is told."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy import union_all as together
from sqlalchemy.orm import aliased

from ..domain import follows
from ..domain import rooms as levels
from ..domain.matters import notices, table
from ..models import (
    Account,
    Matter,
    MatterEndorsement,
    MatterMessage,
    MatterStop,
    MatterText,
    Poll,
    Room,
    RoomMember,
    RoomSetting,
    Statement,
    StoppedLetters,
    Subscriber,
    Territory,
)
from . import matters, room_letters, rooms, territories
from .matters import Holder, Origin
from .rooms import ALTITUDE, Reader

Rows = Select[*tuple[Any, ...]]
MOST = 500
FEW = 50
STOP, BACKER, JOINED, JOINABLE = "stop", "backer", "joined", "joinable"
_Above, _Stop, _Backer = aliased(Room), aliased(Room), aliased(Room)
VOTES_FIRST = ("relay_vote", "relay_quorum")


def shown(matter_id: str, reader: Reader) -> Rows:
    """Select a matter with its text, the room above, and the kind of the text it began with.

    Say too whether there is anything to read beside it, so that nothing is not asked for.
    """
    seen = (_Above.id == Holder.parent_id, reader.sees(_Above))
    name = select(_Above.name).where(*seen)
    published = Statement.state == "published"
    kind = select(Statement.kind).where(Statement.id == Matter.statement_id, published)
    return matters.one(matter_id, reader).add_columns(
        Holder.parent_id.label("above_id"),
        name.correlate(Holder).scalar_subquery().label("above_name"),
        kind.correlate(Matter).scalar_subquery().label("statement_kind"),
        exists().where(Poll.subject == Matter.id).correlate(Matter).label("has_votes"),
        exists().where(MatterMessage.matter_id == Matter.id).correlate(Matter).label("has_words"),
        exists().where(RoomSetting.key.in_(VOTES_FIRST)).label("some_vote_first"),
    )


def around(matter_id: str, reader: Reader) -> CompoundSelect[*tuple[Any, ...]]:
    """Select the rooms that held a matter, those that carry it, the matters joined, or to join.

    What the reader may not know of has no name; of a joined matter, the name is its title.
    """
    parts = [_stops(matter_id, reader), _backers(matter_id, reader), _joined(matter_id, reader)]
    if reader.account_id is not None:
        parts.append(_joinable(matter_id))
    return together(*parts).order_by("what", "place", "id")


def _stops(matter_id: str, reader: Reader) -> Rows:
    return (
        select(
            *_named(_Stop, reader),
            literal(STOP).label("what"),
            MatterStop.place.label("place"),
            MatterStop.is_owed.label("is_owed"),
            MatterStop.has_returned.label("has_returned"),
            literal(False).label("is_sibling"),
            cast(null(), Integer).label("adopted_version"),
        )
        .join(_Stop, _Stop.id == MatterStop.room_id)
        .where(MatterStop.matter_id == matter_id)
    )


def _backers(matter_id: str, reader: Reader) -> Rows:
    return (
        select(
            *_named(_Backer, reader),
            literal(BACKER),
            MatterEndorsement.place,
            literal(False),
            literal(False),
            MatterEndorsement.is_sibling,
            MatterEndorsement.adopted_version,
        )
        .join(_Backer, _Backer.id == MatterEndorsement.room_id)
        .where(MatterEndorsement.matter_id == matter_id)
    )


def _joined(matter_id: str, reader: Reader) -> Rows:
    return (
        select(
            Matter.id,
            Matter.title,
            cast(null(), String),
            Origin.level,
            literal(JOINED),
            Matter.place,
            literal(False),
            literal(False),
            literal(False),
            cast(null(), Integer),
        )
        .join(Origin, Origin.id == Matter.origin_room_id)
        .where(Matter.joined_to_id == matter_id, matters.is_visible(reader))
    )


def _joinable(matter_id: str) -> Rows:
    """Select the matters that this one may join, for those who run its room: the last moved."""
    this = aliased(Matter)
    rank = func.row_number().over(order_by=(Matter.updated_at.desc(), Matter.id)).label("place")
    found = (
        select(Matter.id, Matter.title, rank)
        .join(this, and_(this.id == matter_id, *matters.may_join(this)))
        .subquery()
    )
    return select(
        found.c.id,
        found.c.title,
        cast(null(), String),
        cast(null(), String),
        literal(JOINABLE),
        found.c.place,
        literal(False),
        literal(False),
        literal(False),
        cast(null(), Integer),
    ).where(found.c.place <= FEW)


def messages(matter_id: str, reader: Reader) -> Rows:
    """Select what rooms said to each other about a matter, the first first."""
    by = aliased(Room)
    return (
        select(MatterMessage, case((reader.sees(by), by.name)).label("room"))
        .join(by, by.id == MatterMessage.room_id)
        .where(MatterMessage.matter_id == matter_id)
        .order_by(MatterMessage.at, MatterMessage.id)
        .limit(MOST)
    )


def texts(matter_id: str) -> Select[MatterText]:
    """Select the earlier versions of the text of a matter, the last first."""
    now = select(Matter.text_version).where(Matter.id == matter_id).scalar_subquery()
    earlier = (MatterText.matter_id == matter_id, MatterText.version < now)
    return select(MatterText).where(*earlier).order_by(MatterText.version.desc())


def run_by(account_id: str) -> Rows:
    """Select the rooms that someone runs, the national one first."""
    return (
        select(Room.id, Room.slug, Room.name, Room.level, Room.parent_id)
        .join(RoomMember, RoomMember.room_id == Room.id)
        .where(
            RoomMember.account_id == account_id,
            RoomMember.role == levels.FACILITATOR,
            RoomMember.ended_at.is_(None),
        )
        .order_by(ALTITUDE, Room.name, Room.id)
    )


def room_of_text(statement_id: str, reader: Reader) -> Rows:
    """Select the room that reads the place of a text, if the reader may know of it."""
    place = select(rooms.room_of()).where(Statement.id == statement_id).scalar_subquery()
    return select(Room.id, Room.slug).where(Room.id == place, reader.sees())


def of_statement(statement_id: str, reader: Reader) -> Rows:
    """Select the matter that carries a text, if the reader may know of it."""
    query = select(Matter.id, Matter.title).join(Origin, Origin.id == Matter.origin_room_id)
    mine = (Matter.statement_id == statement_id, Matter.stage != table.WITHDRAWN)
    return query.where(*mine, matters.is_visible(reader))


def of_document(document_id: str, reader: Reader) -> Rows:
    """Select the matters that a document of a room began, the latest first, a few of them."""
    query = select(Matter.id, Matter.title).join(Origin, Origin.id == Matter.origin_room_id)
    mine = (Matter.document_id == document_id, Matter.stage != table.WITHDRAWN)
    query = query.where(*mine, matters.is_visible(reader))
    return query.order_by(Matter.created_at.desc(), Matter.id).limit(FEW)


def places(reader: Reader, chosen: str | None) -> Rows:
    """Select the territories where matters began that the reader may know of, and the chosen."""
    held = select(Origin.territory_code).join(Matter, Matter.origin_room_id == Origin.id)
    held = held.where(matters.is_visible(reader), Origin.territory_code.is_not(None))
    named = or_(Territory.code.in_(held), Territory.code == chosen)
    query = select(Territory.code, Territory.name).where(named)
    return query.order_by(Territory.search, Territory.code).limit(MOST)


def with_open(query: Rows, reader: Reader) -> Rows:
    """Add to a query on `Room` the number of the matters that each has to settle now."""
    number = _open(reader).where(Matter.room_id == Room.id).correlate(Room)
    return query.add_columns(number.scalar_subquery().label("open_matters"))


def with_open_near(query: Rows, code: str, reader: Reader) -> Rows:
    """Add to a query the number of the matters begun in a territory that wait for an answer."""
    number = _open(reader).where(Origin.territory_code.in_(territories.within(code)))
    return query.add_columns(number.correlate(None).scalar_subquery().label("open_matters"))


def _open(reader: Reader) -> Select[int]:
    query = select(func.count(Matter.id)).join(Origin, Origin.id == Matter.origin_room_id)
    return query.where(Matter.stage.in_(matters.BUSY), matters.is_visible(reader))


def facilitators(room_ids: Collection[str]) -> Rows:
    """Select whom to write to for some rooms: those who run them and want their letters."""
    about = literal(room_letters.subject("")) + RoomMember.room_id
    return (
        _written_to(select(*_ADDRESS))
        .join(RoomMember, RoomMember.account_id == Account.id)
        .where(
            RoomMember.room_id.in_(room_ids),
            RoomMember.role == levels.FACILITATOR,
            RoomMember.ended_at.is_(None),
            ~_stopped(RoomMember.account_id, about),
        )
        .distinct()
        .order_by(Account.id)
    )


def author(account_id: str) -> Rows:
    """Select the address of whoever wrote a matter, if they want letters."""
    return _written_to(select(*_ADDRESS)).where(Account.id == account_id)


_LOCALE = func.coalesce(Subscriber.locale, "fr").label("locale")
_ADDRESS: tuple[Any, ...] = (Account.id, Account.email, _LOCALE)


def _written_to(query: Rows) -> Rows:
    wants = Subscriber.letters.is_(None) | (Subscriber.letters != follows.NONE)
    confirmed = Account.confirmed_at.is_not(None)
    return (
        query.select_from(Account)
        .outerjoin(Subscriber, Subscriber.email == Account.email)
        .where(Account.active, confirmed, wants, ~_stopped(Account.id, literal(notices.SUBJECT)))
    )


def _stopped(account_id: Any, subject: Any) -> ColumnElement[bool]:
    """Tell whether an account stopped the letters of a subject."""
    mine = (StoppedLetters.account_id == account_id, StoppedLetters.subject == subject)
    return select(StoppedLetters.account_id).where(*mine).exists()


def _named(room: Any, reader: Reader) -> list[Any]:
    sees = reader.sees(room)
    return [
        room.id.label("id"),
        case((sees, room.name)).label("name"),
        case((sees, room.slug)).label("slug"),
        room.level.label("level"),
    ]

"""What a reader may do with a matter now, room by room: the buttons of its page, and no other."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from flask import url_for

from ... import access
from ...domain import matters as rules
from ...domain import room_settings as setting_rules
from ...domain.matters import states, table
from ...extensions import db
from ...i18n import gettext
from ...queries import matter_pages as pages
from ...services import matter_rights, matter_states, matter_words, poll_purposes, room_settings
from . import load

# In the order of the page: what moves it first.
HOLDER = ("take_up", "decide", "settle_below", "relay", "resubmit", "return_down", "join")
ADOPT = "adopt"
MATTER = "matter"  # what the votes are about


class Offer(NamedTuple):
    """What one may do for a room: the names of the moves, in order."""

    room_id: str
    room: str
    moves: Sequence[str]
    votes: Sequence[tuple[str, str]] = ()  # the votes that the room may hold first, and their form


class Offers(NamedTuple):
    """All that a reader may do, and what their forms need to know."""

    rooms: Sequence[Offer] = ()
    speaks: Sequence[tuple[str, str]] = ()  # the rooms in whose name one may write a message
    may_reword: bool = False
    votes_first: bool = False
    quorum: int = 0
    others: Sequence[tuple[str, str]] = ()  # the matters that this one may join
    is_asked: bool = False  # somebody else asks the room to open it
    takes_back: bool = False  # the reader asked, and may take it back


def state_of(row: Any, around: Sequence[Any]) -> states.State:
    """Return where a matter stands, from the rows of its page."""
    stops = [one for one in around if one.what == pages.STOP]
    backers = [one for one in around if one.what == pages.BACKER]
    return matter_states.state(
        row.Matter,
        [matter_states.Stop(one.id, one.place, one.is_owed, one.has_returned) for one in stops],
        [states.Backer(one.id, one.place, one.is_sibling) for one in backers],
    )


def of(row: Any, around: Sequence[Any], polls: Sequence[Any]) -> Offers:
    """Return what the reader may do with a matter now; `polls` are the votes about it."""
    state = state_of(row, around)
    # Above a sleeping room, one acts for it where it holds the matter or must look at its answer.
    answered = (state.origin, *state.owed) if state.stage == table.DECIDED else ()
    hands = load.hands(state.room, *answered)
    waits = state.stage == table.DRAFT and state.asked
    is_own = row.Matter.account_id is not None and row.Matter.account_id == _reader()
    if not hands:
        return Offers(takes_back=waits and is_own)
    names = {one.id: one.name for one in around} | {key: own.name for key, own in hands.own.items()}
    moves = {
        room_id: [*_of_room(room_id, state, row, hands), *_adopts(room_id, state, around)]
        for room_id in dict.fromkeys([*state.line, *hands.own])
        if room_id in hands
    }
    found = [Offer(key, names.get(key) or "", some) for key, some in moves.items() if some]
    others = _joinable(around, found)
    if not others:
        found = [_without_joining(one) for one in found]
    settings: Mapping[str, int] = {}
    if any("relay" in one.moves for one in found):
        settings = _settings(row, state.room)
    running = {(one.Poll.room_id, one.Poll.purpose) for one in polls if not one.Poll.counted_at}
    return Offers(
        rooms=[_with_votes(one, row.id, hands, running) for one in found if one.moves],
        speaks=[(key, names[key] or "") for key in _speaking(state) if key in hands.own],
        may_reword=state.room in hands and state.stage in matter_words.REWORDED,
        votes_first=bool(settings.get("relay_vote")),
        quorum=settings.get("relay_quorum", 0),
        others=others,
        is_asked=waits and not is_own,
        takes_back=waits and is_own and state.room not in hands,
    )


def _reader() -> str | None:
    account = access.viewer().account
    return account.id if account else None


def _of_room(room_id: str, state: states.State, row: Any, hands: matter_rights.Hands) -> list[str]:
    """Return what one may do for a room, in the order of the page."""
    found: list[str] = []
    if room_id == state.room:
        found += _of_holder(state, row.above_id)
    if room_id == (state.room if state.stage == table.DRAFT else state.origin):
        found += _of_author(state, row.above_id)
        found += _named(("appeal",), table.ORIGIN, state, room_id, row.above_id)
    found += _named(("acknowledge",), table.OWED, state, room_id, row.above_id)
    own = hands.own.get(room_id)
    is_beside = own is not None and own.level == row.holder_level
    if is_beside and room_id not in (state.room, row.above_id):
        found += _named(("endorse",), table.ANOTHER, state, room_id, row.above_id)
    return found


def _of_holder(state: states.State, above: str | None) -> list[str]:
    """Return what the room that holds a matter may do; what takes it up first is offered too."""
    found = _named(HOLDER, table.HOLDER, state, state.room, above)
    found += _named(HOLDER, table.HOLDER, states.taken_up(state), state.room, above)
    return [name for name in HOLDER if name in found]


def _named(
    names: Sequence[str], by: str, state: states.State, room_id: str, above: str | None
) -> list[str]:
    """Return those of some moves that the table offers to a room."""
    # Whether there is another matter to join is looked up afterwards.
    asking = states.Event("", "", by, room_id, above=above, with_matter="?")
    offered = {one.event for one in rules.offered(state, asking) if one.by == by}
    return [name for name in names if name in offered]


def _of_author(state: states.State, above: str | None) -> list[str]:
    """Return what the room where a matter began may do; it need not ask itself to send it up."""
    asking = states.Event("", "", table.AUTHOR, above=above)
    offered = {one.event for one in rules.offered(state, asking) if one.by == table.AUTHOR}
    if state.room == state.origin:
        offered.discard("ask")
    return [name for name in ("publish", "ask", "withdraw") if name in offered]


def _adopts(room_id: str, state: states.State, around: Sequence[Any]) -> list[str]:
    """Return the move by which a room that carries a matter adopts its text too."""
    carries = any(
        one.what == pages.BACKER and one.id == room_id and one.adopted_version is None
        for one in around
    )
    return [ADOPT] if carries and state.outcome in matter_words.ADOPTED else []


def _speaking(state: states.State) -> list[str]:
    return list(dict.fromkeys([*state.line, *sorted(one.room for one in state.backers)]))


def _settings(row: Any, room_id: str) -> Mapping[str, int]:
    """Return how a room sends a matter up; where no room at all votes first, nothing is read."""
    if not row.some_vote_first:
        return setting_rules.in_force(())
    return room_settings.in_force(db.session(), room_id)


def _joinable(around: Sequence[Any], found: Sequence[Offer]) -> list[tuple[str, str]]:
    if not any("join" in one.moves for one in found):
        return []
    return [(one.id, one.name) for one in around if one.what == pages.JOINABLE]


def _with_votes(
    one: Offer, matter_id: str, hands: matter_rights.Hands, running: Collection[tuple[str, str]]
) -> Offer:
    """Add the votes that a room one runs may hold before a move; it holds one at a time."""
    own = hands.own.get(one.room_id)
    if own is None:
        return one
    links = [
        (gettext(purpose.LABEL), url_for("console.open_poll", slug=own.slug, purpose=name,
                                         about=matter_id))
        for name, purpose in poll_purposes.about(MATTER).items()
        if purpose.MOVE in one.moves and (one.room_id, name) not in running
    ]  # fmt: skip
    return one._replace(votes=links)


def _without_joining(one: Offer) -> Offer:
    return one._replace(moves=[name for name in one.moves if name != "join"])

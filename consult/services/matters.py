"""Matters: begun in a room, carried by others, passed up and down, answered, acknowledged."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..domain import clean, matters, searching
from ..domain.errors import RuleBroken
from ..domain.matters import delays, states, table, votes
from ..models import Matter, MatterEvent, MatterStop, MatterText, Room, new_id
from ..queries import matters as queries
from . import inserting, matter_states, room_settings
from .matter_states import Around, Said

TITLE_LIMIT, BODY_LIMIT, REASON_LIMIT = 160, 10_000, 2_000
KEY = re.compile(r"[0-9A-Za-z_-]{8,30}", re.ASCII)
BY = {row.event: row.by for row in table.MOVES}
TAKES_UP = frozenset({"decide", "relay", "return_down"})
AT_ONCE = ("relay_by_threshold", "close")
BLANK = {"place": 0, "reminded": False, "appealed": False, "version": 0}
BLANK |= {"text_version": 1, "warned_version": -1}


@dataclass(frozen=True)
class Words:
    """What a matter says, and what it began with: a text, the minutes of a meeting, or nothing.

    `key` is the number of a form: sent twice by the same person, it begins one matter.
    """

    title: object
    body: object
    statement_id: str | None = None
    minutes: object = ""
    document_id: str | None = None
    key: str = ""


@dataclass(frozen=True)
class By:
    """Who acts, and the room they act for."""

    account_id: str
    room_id: str


@dataclass(frozen=True)
class Act:
    """What someone does to a matter, for a room; `key` makes the same act count once.

    `seen` is the stamp of the page they acted from: another one since then is refused.
    """

    name: str
    account_id: str | None
    room_id: str | None
    key: str
    reasons: object = ""
    outcome: str | None = None
    vote: votes.Vote | None = None
    with_matter: str | None = None
    seen: str | None = None


@dataclass
class Done:
    """A matter after an act, and the events that it caused, in order, none when done before."""

    matter: Matter
    events: list[MatterEvent] = field(default_factory=list)


def stamp(matter: Matter) -> str:
    """Return the mark of a matter as a page shows it: its state and its text."""
    return f"{matter.version}.{matter.text_version}"


def begin(
    session: Session,
    room: Room,
    words: Words,
    *,
    account_id: str,
    asked: bool = False,
    now: datetime,
) -> Matter:
    """Begin a matter in a room, as a draft; return the one that the same form began before.

    Raises matter-title-missing, matter-body-missing, and matter-begun (409) for a text that
    another matter carries.
    """
    title = clean.line(words.title, TITLE_LIMIT, required="matter-title-missing")
    body = clean.text(words.body, BODY_LIMIT, required="matter-body-missing")
    matter_id = _id_of(account_id, words.key)
    values = {
        "id": matter_id,
        "title": title,
        "search": searching.normalise(f"{title} {body}"),
        "stage": table.DRAFT,
        **dict.fromkeys(("origin_room_id", "room_id"), room.id),
        "asked": asked,
        "account_id": account_id,
        "minutes": clean.line(words.minutes),
        "deadline_at": matter_states.first_deadline(session, room.id, asked, now),
        **dict.fromkeys(("created_at", "updated_at"), now),
    }
    born = {"statement_id": words.statement_id, "document_id": words.document_id}
    if not inserting.once(session, Matter, {**BLANK, **born, **values}):
        if (made := session.get(Matter, matter_id)) is not None:
            return made
        raise RuleBroken("matter-begun", 409)
    text = {"title": title, "body": body, "room_id": room.id, "at": now}
    session.add(MatterText(matter_id=matter_id, version=1, **text))
    session.add(MatterStop(matter_id=matter_id, place=0, room_id=room.id))
    session.flush()
    return session.get_one(Matter, matter_id)


def _id_of(account_id: str, key: str) -> str:
    """Return the identifier of a matter: the same for the same form of the same person."""
    if not key:
        return new_id()
    mark = f"{account_id}:{key}".encode("utf-8", "replace")
    return hashlib.blake2b(mark, digest_size=9).hexdigest()


def act(session: Session, matter_id: str, what: Act, *, now: datetime) -> Done:
    """Do something to a matter; the same key again changes nothing.

    Raises matter-unknown (404), matter-moved (409) with both states when it moved since it was
    seen, what `domain.matters.apply` raises, and what a vote before a relay needs.
    """
    if not KEY.fullmatch(what.key):
        raise RuleBroken("key-unreadable")
    matter = _hold(session, matter_id, what)
    done = Done(matter)
    event_id = f"{matter.id}:{what.key}"
    if session.get(MatterEvent, event_id) is not None:
        return done
    _refuse_stale(session, matter, what.seen)
    if what.name in TAKES_UP and matter.stage == table.PENDING:
        taking = Act("take_up", what.account_id, what.room_id, what.key)
        _happen(session, done, _event(f"{event_id}:take-up", taking), _said(taking), now=now)
    _check(session, matter, what)
    if what.name == "join":
        matter.joined_to_id = what.with_matter
    _happen(session, done, _event(event_id, what), _said(what), now=now)
    return done


def passes_by_itself(session: Session, matter: Matter, name: str, *, now: datetime) -> Done:
    """Let the clock move a matter that is held."""
    done = Done(matter)
    event_id = f"{matter.id}:{matter.version}:{name}"
    _happen(session, done, states.Event(event_id, name, table.CLOCK), Said(), now=now)
    return done


def around(session: Session, matter: Matter) -> Around:
    """Return what the next move depends on: the room that holds the matter, and its settings."""
    room = session.get_one(Room, matter.room_id)
    settings = room_settings.in_force(session, room.id)
    count = select(func.count()).select_from(Room).where(Room.parent_id == room.parent_id)
    number = session.scalar(count) if room.parent_id else 0
    return Around(room, settings, delays.threshold(number or 0, settings["relay_threshold"]))


def _hold(session: Session, matter_id: str, what: Act) -> Matter:
    """Hold a matter, and the one it joins, always in the same order."""
    other = what.with_matter if what.name == "join" else None
    ids = sorted({matter_id, other or matter_id})
    return {one: matter_states.hold(session, one) for one in ids}[matter_id]


def _refuse_stale(session: Session, matter: Matter, seen: str | None) -> None:
    if seen is None or seen == stamp(matter):
        return
    version = clean.whole(seen.split(".")[0], 5)
    query = select(MatterEvent.stage).where(
        MatterEvent.matter_id == matter.id, MatterEvent.sequence == version
    )
    before = session.scalar(query) or table.DRAFT
    raise RuleBroken("matter-moved", 409, seen=before, now=matter.stage)


def _check(session: Session, matter: Matter, what: Act) -> None:
    """Check what the table cannot: whose matter it is, levels, the other matter, the vote."""
    by = BY.get(what.name)
    if by == table.AUTHOR:
        _check_author(matter, what)
    elif by == table.ANOTHER:
        own = session.get(Room, what.room_id) if what.room_id else None
        if own is None or not matter_states.is_beside(session, own, matter.room_id):
            raise RuleBroken("matter-not-yours", 403)
    elif what.name == "join":
        other = select(Matter.id).where(Matter.id == what.with_matter, *queries.may_join(matter))
        if session.scalar(other) is None:
            raise RuleBroken("matter-join-unknown")
    elif what.name == "relay" and what.room_id == matter.room_id:
        settings = room_settings.in_force(session, matter.room_id)
        votes.check(what.vote, is_needed=bool(settings["relay_vote"]))


def _check_author(matter: Matter, what: Act) -> None:
    """Check who acts as the author: the room where it began may too; its holder opens a draft."""
    is_draft = matter.stage == table.DRAFT
    own = matter.room_id if is_draft else matter.origin_room_id
    is_author, is_room = what.account_id == matter.account_id, what.room_id == own
    is_asked = matter.asked and is_draft
    if not is_room and (not is_author or (is_asked and what.name == "publish")):
        raise RuleBroken("matter-not-yours", 403)
    sets_aside = is_asked and what.name == "withdraw" and not is_author
    if sets_aside and not clean.text(what.reasons, REASON_LIMIT):
        raise RuleBroken("matter-reasons-missing")


def _event(event_id: str, what: Act) -> states.Event:
    by = BY.get(what.name, "")
    if by in (table.SYSTEM, table.CLOCK, ""):
        raise RuleBroken("matter-move-unknown", 409)
    return states.Event(
        event_id,
        what.name,
        by,
        None if by == table.AUTHOR else what.room_id,
        reasons=clean.text(what.reasons, REASON_LIMIT),
        outcome=what.outcome,
        with_matter=what.with_matter,
    )


def _said(what: Act) -> Said:
    return Said(what.account_id, what.vote.as_facts() if what.vote else None, what.room_id)


def _happen(
    session: Session, done: Done, event: states.Event, said: Said, *, now: datetime
) -> None:
    """Let an event happen, then what follows at once, then what waits for its answer."""
    matter = done.matter
    before = matter_states.read(session, matter)
    about = around(session, matter)
    event = _in_place(session, event, about)
    after = matters.apply(event, before)
    days = about.settings
    if after.room != before.room:
        days = room_settings.in_force(session, after.room)
    step = (before, event, after)
    done.events.append(matter_states.write(session, matter, step, said, days=days, now=now))
    if event.name == "endorse" or after.stage == table.DECIDED:
        _follow(session, done, after, about, now)
    if after.stage == table.DECIDED and before.stage != table.DECIDED:
        _answer_joined(session, done, event.reasons, now)


def _in_place(session: Session, event: states.Event, about: Around) -> states.Event:
    """Return an event with what it depends on where the matter is."""
    parent = about.room.parent_id
    is_sibling = False
    if event.by == table.ANOTHER and event.room:
        is_sibling = parent is not None and session.get_one(Room, event.room).parent_id == parent
    facts = {"above": parent, "needed": about.needed, "is_sibling": is_sibling}
    return states.Event(**{**vars(event), **facts})


def _follow(
    session: Session, done: Done, after: states.State, about: Around, now: datetime
) -> None:
    """Let happen what follows at once from where a matter now stands, in the same room."""
    asking = states.Event("", "", table.SYSTEM, above=about.room.parent_id, needed=about.needed)
    possible = {row.event for row in matters.offered(after, asking)}
    for name in AT_ONCE:
        if name in possible:
            event_id = f"{done.matter.id}:{after.version}:{name}"
            _happen(session, done, states.Event(event_id, name, table.SYSTEM), Said(), now=now)


def _answer_joined(session: Session, done: Done, reasons: str, now: datetime) -> None:
    """Give the answer of a matter to those that were joined to it."""
    for one in session.scalars(queries.joined_to(done.matter.id)).all():
        matter = matter_states.hold(session, one)
        name = "answer_joined"
        event = states.Event(
            f"{matter.id}:{matter.version}:{name}",
            name,
            table.SYSTEM,
            reasons=reasons,
            outcome=done.matter.outcome,
            with_matter=done.matter.id,
        )
        inner = Done(matter)
        _happen(session, inner, event, Said(), now=now)
        done.events += inner.events

"""What the rooms of the demonstration send down, how it is received, and two local editions."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import demo
from ...models import Account, Consultation, Frame, Question, Room, Theme
from .. import editions, frames, publication, questions
from . import keys
from .frames import Frame as Written
from .people import People
from .texts import TextWriter

DAY = timedelta(days=1)
SINCE = 12


def write(session: Session, people: People, rooms: Mapping[str, Room], chance: Random) -> None:
    """Write what rooms send down, then the local editions with their answers."""
    said = demo.read("sent_down")
    for entry in said["frame"]:
        _frame(session, people, rooms, entry)
    about = said["edition"]
    source = session.get_one(Consultation, keys.of("consultation", about["source"]))
    by = session.get_one(Account, people.accounts[about["by"]])
    chosen = [rooms[entry["key"]] for entry in about["room"]]
    ids = [room.id for room in chosen]
    then = people.now - (SINCE + 2) * DAY
    editions.offer(session, source, [*ids, rooms["bas-rhin"].id], account=by, now=then)
    for room, entry in zip(chosen, about["room"], strict=True):
        _edition(session, people, source, room, entry, chance)


def _frame(
    session: Session, people: People, rooms: Mapping[str, Room], entry: Mapping[str, Any]
) -> None:
    room, at = rooms[entry["room"]], people.now + entry["day"] * DAY
    actor = f"account:{people.accounts[entry['by']]}"
    facts = frames.Facts(entry["kind"], entry["title"], entry["body"], at + entry["due"] * DAY)
    made = frames.publish(session, room, facts, chosen=None, actor=actor, now=at)
    for said in entry.get("reception", ()):
        _reception(session, people, made, rooms[said["room"]], said, actor)
    if "withdrawn" in entry:
        when = people.now + entry["withdrawn"] * DAY
        frames.withdraw(session, made, reason=entry["reason"], version="1", actor=actor, now=when)


def _reception(
    session: Session, people: People, frame: Frame, room: Room, said: Mapping[str, Any], actor: str
) -> None:
    account, at = people.accounts[said["by"]], people.now + said["day"] * DAY
    words = frames.Said("1", said["state"], said.get("note"))
    frames.receive(session, frame, room, words, account_id=account, now=at)
    if "reply" in said:
        when = people.now + said["replied"] * DAY
        frames.reply(session, frame, room, words=said["reply"], actor=actor, now=when)


def _edition(
    session: Session,
    people: People,
    source: Consultation,
    room: Room,
    entry: Mapping[str, Any],
    chance: Random,
) -> None:
    """Open the edition of a room, with a question of its own and its first answers."""
    account = session.get_one(Account, people.accounts[entry["by"]])
    then = people.now - (SINCE + 1) * DAY
    made = editions.open_one(session, source, room, account=account, now=then)
    actor = f"account:{account.id}"
    theme = session.scalars(
        select(Theme).where(Theme.consultation_id == made.id).order_by(Theme.number).limit(1)
    ).one()
    asked = {"wording": entry["wording"]}
    questions.add(session, theme, kind="long_text", values=asked, actor=actor, now=then)
    made.opens_at = people.now - SINCE * DAY
    made.contact_name, made.contact_phone = account.name, "01 99 00 12 34"
    session.flush()
    publication.publish(session, made, actor=actor, now=then)
    writer = TextWriter(session, _written(session, made), people, chance)
    for answer in entry["answer"]:
        writer.answer(answer)
    writer.write()


def _written(session: Session, made: Consultation) -> Written:
    """Return an edition as the writer of texts knows one, its questions by address."""
    found = Written(made, made.opens_at or made.created_at)
    rows = session.execute(
        select(Theme.number, Question)
        .join(Theme, Theme.id == Question.theme_id)
        .where(Question.consultation_id == made.id)
        .order_by(Theme.number, Question.number)
    )
    for theme, question in rows:
        found.questions[f"{theme}-{question.number}"] = question
    return found

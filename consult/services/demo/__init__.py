"""The demonstration: invented consultations, written once, with opinions drawn from a seed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ... import demo
from ...models import Consultation, Setting, Territory
from .. import groupings, inserting, journal
from . import calls, growing, matters, moderated, polls, rooms, sent_down, syntheses
from .frames import Frame, FrameWriter
from .people import Keep, People
from .texts import TextWriter

FLAG = "demo_data"
SIZES = {"s": 60, "m": 2_000, "l": 50_000}


def is_loaded(session: Session) -> bool:
    """Tell whether the demonstration is there."""
    return bool(session.scalar(select(Setting.value).where(Setting.key == FLAG)))


def is_lived_in(session: Session) -> bool:
    """Tell whether somebody's own consultations are there."""
    return session.scalar(select(Consultation.id).limit(1)) is not None


def load(session: Session, *, now: datetime, seed: int, keep: Keep) -> bool:
    """Write the demonstration, its dates counted from `now`; False when it is already there.

    `keep` writes the bytes of the files of rooms.
    """
    if is_loaded(session):
        return False
    about = demo.read("people")
    for key, value in about["settings"].items():
        inserting.once(session, Setting, {"key": key, "value": value})
    people = People(session, now)
    people.keep = keep
    people.gather()
    people.open_accounts(about["account"])
    opened = rooms.write(session, people)
    for entry in demo.read("places")["grouping"]:
        _group(session, entry, now)
    frames = FrameWriter(session, now, owner_id=people.accounts["organisatrice"])
    chance = Random(seed)
    for name in demo.CONSULTATIONS:
        said = demo.consultation(name)
        frame = frames.write(said)
        _fill(session, frame, said, people, chance)
        if "synthesis" in said:
            syntheses.write(session, frame, said["synthesis"], people.accounts[syntheses.BY])
    moderated.write(session, people)
    sent_down.write(session, people, opened, chance)
    matters.write(session, people, opened)
    polls.write(session, people)
    calls.write(session, people)
    journal.record(
        session, "demo.loaded", "system", actor="system", now=now, seed=seed, answers=SIZES["s"]
    )
    session.flush()
    return True


def grow(session: Session, *, size: str, now: datetime, seed: int) -> Iterator[int]:
    """Make the answers that this size still lacks; commit at each number it yields.

    What was committed before an interruption stays: the next call goes on from there.
    """
    growth = growing.Growth(session, now=now)
    wanted = SIZES[size] - SIZES["s"]
    for start in range(growing.made(session), wanted, growing.BATCH):
        stop = min(start + growing.BATCH, wanted)
        growth.make(range(start, stop), Random(seed + start))
        session.flush()
        yield stop


def _group(session: Session, entry: Mapping[str, Any], now: datetime) -> None:
    """Make a grouping of the territories that are there."""
    zone = entry["time_zone"]
    code = groupings.create(session, name=entry["name"], time_zone=zone, by="system", now=now)
    grouping = session.get_one(Territory, code)
    known = select(Territory).where(Territory.code.in_(entry["members"]))
    for member in session.scalars(known.order_by(Territory.code)).all():
        groupings.add(session, grouping, member, by="system", now=now)


def _fill(
    session: Session, frame: Frame, said: Mapping[str, Any], people: People, chance: Random
) -> None:
    """Write all that people said in one consultation."""
    writer = TextWriter(session, frame, people, chance)
    for entry in said.get("answer", ()):
        writer.answer(entry)
    for number, theme in enumerate(said["theme"], start=1):
        for place, entry in enumerate(theme.get("proposal", ()), start=1):
            writer.proposal(entry, theme=str(number), position=place)
    writer.write()
    for entry in said.get("draft", ()):
        writer.draft(entry)
    for entry in said.get("outcome", ()):
        writer.outcome(entry)
    session.flush()

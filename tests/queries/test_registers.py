"""What a room keeps, with what others keep around."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.domain import searching
from consult.domain.errors import RuleBroken
from consult.models import Commitment, Room, RoomDocument
from consult.queries import paging, registers

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def paper(make, room, title, kind="decision", days=0):
    facts = {"body": "Le texte", "dated_on": TODAY + days * DAY, "created_at": make.now}
    search = searching.normalise(title)
    return make.save(RoomDocument(room_id=room.id, kind=kind, title=title, search=search, **facts))


def titles(session, query):
    return [row[0].title for row in session.execute(query)]


def test_documents_come_by_date_and_are_found_by_their_words(session, make):
    room, other = make.room(), make.room()
    paper(make, room, "La permanence", days=-1)
    paper(make, room, "Les horaires étendus", "resource")
    found = paper(make, other, "Ailleurs")
    assert titles(session, registers.documents(room.id)) == [
        "Les horaires étendus",
        "La permanence",
    ]
    words = searching.terms("horaire ETENDU")
    assert titles(session, registers.documents(room.id, words=words)) == ["Les horaires étendus"]
    assert titles(session, registers.decisions(room.id)) == ["La permanence"]
    assert session.execute(registers.document(room.id, found.id)).one_or_none() is None
    assert session.scalar(registers.minutes("x")) is None


def test_the_pages_follow_one_another(session, make):
    room = make.room()
    papers = [paper(make, room, f"{number}", days=-(number // 2)) for number in range(5)]
    first = session.execute(registers.documents(room.id)).all()
    second = paging.cursor((first[1][0].dated_on, first[1][0].id))
    rest = titles(session, registers.documents(room.id, cursor=second))
    assert len(rest) == len(papers) - 2
    for wrong in (paging.cursor(("demain", "x")), paging.cursor((3, "x")), "é"):
        with pytest.raises(RuleBroken, match="page-unknown"):
            registers.documents(room.id, cursor=wrong)


def test_commitments_under_way_come_first(session, make):
    room = make.room()
    for what, due, kept in (
        ("sans date", None, None),
        ("tenu", TODAY, TODAY),
        ("plus tard", TODAY + DAY, None),
        ("tôt", TODAY - DAY, None),
    ):
        facts = {"what": what, "who": "Ada", "due_on": due, "kept_on": kept}
        make.save(Commitment(room_id=room.id, created_at=make.now, **facts))
        make.save(Commitment(room_id=make.room().id, created_at=make.now, **facts))
    found = [one.what for one in session.scalars(registers.commitments(room.id))]
    assert found == ["tôt", "plus tard", "sans date", "tenu"]


def test_the_latest_charter_of_a_room_is_known_on_its_page(session, make):
    room, noise = make.room(), make.room()
    for number, days in enumerate((-3, -1, -2)):
        paper(make, room, f"Charte {number}", "charter", days)
    paper(make, room, "Décision")
    made = session.execute(registers.with_charter(select(Room).order_by(Room.id))).all()
    found = {row[0].id: row.charter_id for row in made}
    assert found[noise.id] is None
    assert session.get_one(RoomDocument, found[room.id]).title == "Charte 1"

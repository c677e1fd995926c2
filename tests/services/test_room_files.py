"""Files of a room: joined to a document or left with a seat, and gone with them."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, RoomFile
from consult.queries import room_files as queries
from consult.services import registers, room_files, seats
from consult.services.stored_files import Upload

TEXT = Upload("plan.txt", b"Un plan.", "Le plan")


@pytest.fixture
def by(now):
    return {"actor": "system", "now": now}


@pytest.fixture
def room(make):
    return make.room()


@pytest.fixture
def paper(session, room, by, now):
    values = {"kind": "resource", "title": "Guide", "body": "Lisez."}
    made = registers.add(session, room.id, values, dated_on=now.date(), **by)
    session.commit()
    return made


@pytest.fixture
def seat(session, room, by):
    made = seats.open_seat(session, room.id, kind="ordinary", title="Parole", **by)
    session.commit()
    return made


def test_each_holder_has_its_files_which_go_with_it(session, make, now, room, paper, seat, by):
    ada = make.account()

    def add(holder):
        made = room_files.add(session, holder, TEXT, by=ada, now=now)
        session.commit()
        return made

    joined, left = add(paper), add(seat)
    assert (joined.document_id, joined.seat_id, joined.account_id) == (paper.id, None, ada.id)
    assert (left.document_id, left.seat_id) == (None, seat.id)
    for _ in range(room_files.SHELF.most - 1):
        add(paper)
    with pytest.raises(RuleBroken, match="documents-too-many"):
        add(paper)
    session.rollback()
    assert room_files.ids(session, seat) == [left.id]
    assert len(room_files.ids(session, paper)) == room_files.SHELF.most
    room_files.remove(session, seat, left, by=ada, now=now)
    session.commit()
    assert room_files.ids(session, seat) == []
    add(seat)
    seats.remove(session, seat, **by)
    registers.remove(session, paper, **by)
    session.commit()
    assert session.scalars(select(RoomFile)).all() == []
    for holder in (paper, seat):
        with pytest.raises(RuleBroken) as broken:
            room_files.add(session, holder, TEXT, by=ada, now=now)
        assert (broken.value.code, broken.value.status) == ("taken-away", 404)


def test_a_document_may_be_a_file_and_is_never_nothing(session, make, now, room, by):
    ada, facts = make.account(), {"dated_on": now.date(), **by}
    values = {"kind": "charter", "title": "Charte", "has_file": True}
    alone = registers.add(session, room.id, values, **facts)
    joined = room_files.add(session, alone, TEXT, by=ada, now=now)
    session.commit()
    registers.correct(session, alone, values | {"has_file": False}, version="1", **by)
    with pytest.raises(RuleBroken, match="file-alone"):
        room_files.remove(session, alone, joined, by=ada, now=now)
    room_files.add(session, alone, TEXT, by=ada, now=now)
    room_files.remove(session, alone, joined, by=ada, now=now)
    session.commit()
    bare = registers.add(session, room.id, values, **facts)
    with pytest.raises(RuleBroken, match="document-empty"):
        registers.correct(session, bare, values, version="1", **by)


def test_the_journal_says_which_file_and_of_what(session, make, now, room, paper, seat):
    ada = make.account()
    joined = room_files.add(session, paper, TEXT, by=ada, now=now)
    room_files.remove(session, paper, joined, by=ada, now=now)
    left = room_files.add(session, seat, TEXT, by=ada, now=now)
    session.commit()
    entries = session.scalars(
        select(JournalEntry).where(JournalEntry.actor == f"account:{ada.id}")
    ).all()
    said = {(one.act, tuple(sorted(one.facts.items()))) for one in entries}
    assert said == {
        ("document.file-joined", (("document", paper.id), ("file", joined.id))),
        ("document.file-removed", (("document", paper.id), ("file", joined.id))),
        ("seat.file-joined", (("file", left.id), ("seat", seat.id))),
    }


def test_a_file_is_found_by_its_document_and_its_room_alone(session, make, now, room, paper, seat):
    ada = make.account()
    joined = room_files.add(session, paper, TEXT, by=ada, now=now)
    left = room_files.add(session, seat, TEXT, by=ada, now=now)
    session.commit()

    def found(room_id, paper_id, key):
        return session.scalars(queries.of_document(room_id, paper_id, key)).one_or_none()

    assert found(room.id, paper.id, joined.id) is joined
    assert found(make.room().id, paper.id, joined.id) is None
    assert found(room.id, seat.id, left.id) is None and found(room.id, paper.id, left.id) is None

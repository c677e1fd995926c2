"""Who may know of a frame, whom it reaches, what each reader sees of its receptions."""

from datetime import timedelta

import pytest

from consult.models import FrameReception, FrameVersion
from consult.queries import frames
from consult.queries.rooms import Reader
from consult.services import frames as services
from tests.rooms import join, open_room, tree

ANYONE = Reader()


@pytest.fixture
def rooms(session, make, now):
    found = tree(session, make, now)
    found.private = open_room(
        session, "Cercle", "hub", now, parent_id=found.national.id, is_private=True
    )
    found.inside = make.account(name="Dina")
    join(session, found.private, found.inside, now)
    found.under = open_room(session, "Sous le cercle", "local", now, parent_id=found.private.id)
    found.by_under = make.account(name="Fanta")
    join(session, found.under, found.by_under, now)
    return found


@pytest.fixture
def sent(session, rooms, now):
    def one(room, chosen=None):
        facts = services.Facts("decision", "Un texte", "Des mots.", now + timedelta(days=9))
        made = services.publish(session, room, facts, chosen=chosen, actor="x", now=now)
        session.commit()
        return made

    return one


def seen(session, frame, reader):
    return session.execute(frames.one(frame.id, reader)).one_or_none()


def names(session, frame, reader):
    return {row.name for row in session.execute(frames.receptions(frame, reader))}


def test_what_a_private_room_sends_down_is_for_it_and_for_those_it_reaches(
    session, rooms, sent, make
):
    frame = sent(rooms.private)
    assert seen(session, frame, ANYONE) is None
    for account in (make.account(), rooms.by_hub, rooms.by_local):
        assert seen(session, frame, Reader(account.id)) is None
    for account in (rooms.inside, rooms.by_national):
        assert seen(session, frame, Reader(account.id)).room_name == "Cercle"
    assert seen(session, frame, Reader("x", sees_all=True)).room_slug
    reached = seen(session, frame, Reader(rooms.by_under.id))
    assert (reached.title, reached.room_name, reached.room_slug) == ("Un texte", None, None)


def test_a_private_room_is_in_no_table_and_no_count_of_those_outside(session, rooms, sent):
    frame = sent(rooms.national)
    public = {"Hub Grand Est", "Hub du Sud", "Salle du 54", "Sous le cercle"}
    assert names(session, frame, ANYONE) == public
    assert names(session, frame, Reader(rooms.by_hub.id)) == public
    assert names(session, frame, Reader(rooms.inside.id)) == {*public, "Cercle"}
    below = {row.name for row in session.execute(frames.below(rooms.national.id, ANYONE))}
    assert below == public


def test_a_room_shows_what_reaches_it_and_what_it_sent(session, rooms, sent, now):
    whole, chosen = sent(rooms.national), sent(rooms.national, [rooms.other_hub.id])
    own = sent(rooms.hub)

    def shown(room, reader=ANYONE):
        return {row.id: row.state for row in session.execute(frames.reaching(room.id, reader))}

    assert shown(rooms.hub) == {whole.id: "waiting", own.id: None}
    assert shown(rooms.local) == {whole.id: "waiting", own.id: "waiting"}
    assert shown(rooms.other_hub) == {whole.id: "waiting", chosen.id: "waiting"}
    assert shown(rooms.national) == {whole.id: None, chosen.id: None}
    hidden = sent(rooms.private)
    assert hidden.id not in shown(rooms.under)
    assert hidden.id in shown(rooms.under, Reader(rooms.by_under.id))


def test_whoever_acted_is_named_to_those_who_run_the_room_or_by_their_own_wish(
    session, rooms, sent, now
):
    from consult.services import rooms as members

    frame = sent(rooms.national)
    said = services.Said("1", "adopted")
    services.receive(session, frame, rooms.hub, said, account_id=rooms.by_hub.id, now=now)
    session.commit()

    def row(reader):
        found = session.execute(frames.receptions(frame, reader)).all()
        return next(one for one in found if one.name == "Hub Grand Est")

    readers = {"hub": rooms.by_hub, "national": rooms.by_national, "local": rooms.by_local}
    told = {name: row(Reader(account.id)).by for name, account in readers.items()}
    assert told == {"hub": "Amina, hub", "national": "Amina, hub", "local": None}
    answers = {name: row(Reader(one.id)).may_answer for name, one in readers.items()}
    assert answers == {"hub": True, "national": False, "local": False}
    assert row(ANYONE).by is None and not row(ANYONE).may_answer
    members.name_oneself(session, rooms.hub, rooms.by_hub.id, is_named=True, now=now)
    assert row(ANYONE).by == "Amina, hub"


def test_letters_go_once_to_each_person_who_runs_a_room_that_it_is_for(
    session, rooms, sent, make, now
):
    join(session, rooms.local, rooms.by_hub, now)
    join(session, rooms.hub, make.account(name="Simple membre"), now, "member")
    join(session, rooms.hub, make.account(name="Parti", active=False), now)
    frame = sent(rooms.national, [rooms.hub.id, rooms.local.id])
    found = [row.id for row in session.execute(frames.told(frame))]
    assert found == sorted([rooms.by_hub.id, rooms.by_local.id])
    assert session.scalars(frames.facilitators(rooms.local.id)).all() == sorted(
        [rooms.by_hub.id, rooms.by_local.id]
    )


def test_earlier_texts_come_the_latest_first(session, rooms, sent, make, now):
    frame, other = sent(rooms.national), sent(rooms.hub)
    words = {"kind": "decision", "title": "t", "body": "b", "reason": "r"}
    for held, version in ((frame, 1), (frame, 2), (other, 1)):
        facts = {"due_at": now, "created_at": now, "version": version, **words}
        make.save(FrameVersion(frame_id=held.id, **facts))
    assert [one.version for one in session.scalars(frames.versions(frame.id))] == [2, 1]


def test_only_the_reception_of_the_version_in_force_counts(session, rooms, sent, make, now):
    frame = sent(rooms.national, [rooms.hub.id])
    held = session.get_one(FrameReception, (frame.id, rooms.hub.id, 1))
    held.state, held.decided_at = "adopted", now
    frame.version = 2
    session.commit()
    (row,) = session.execute(frames.receptions(frame, ANYONE)).all()
    assert (row.state, row.decided_at) == ("waiting", None)

"""What a room sends down: published, changed, withdrawn, received; each act once, in order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Frame, FrameReception, FrameVersion, JournalEntry, Room
from consult.queries import frames as queries
from consult.services import frames
from tests.rooms import open_room, tree

DAY = timedelta(days=1)


@pytest.fixture
def rooms(session, make, now):
    found = tree(session, make, now)
    open_room(session, "Autre", "local", now, parent_id=found.other_hub.id)
    return found


@pytest.fixture
def facts(now):
    return frames.Facts("framework", "Un cadre commun", "Quatre points.", now + 10 * DAY)


@pytest.fixture
def publish(session, now, facts):
    def one(room, chosen=None, words=facts):
        made = frames.publish(session, room, words, chosen=chosen, actor="account:n", now=now)
        session.commit()
        return made

    return one


@pytest.fixture
def receive(session, now):
    def one(frame, room, state, account, note="", version="1"):
        said = frames.Said(version, state, note)
        held = frames.receive(session, frame, room, said, account_id=account.id, now=now)
        session.commit()
        return held

    return one


def addressed(session, frame):
    rights = queries.addressed(frame.id, frame.room_id, for_all=frame.for_all)
    return set(session.scalars(select(Room.name).where(rights)))


def acts(session):
    query = select(JournalEntry.act).where(JournalEntry.act.like("frame.%"))
    return session.scalars(query.order_by(JournalEntry.id)).all()


def test_a_frame_goes_to_all_below_even_opened_later_or_to_those_chosen(
    session, rooms, publish, now
):
    whole = publish(rooms.national)
    chosen = publish(rooms.national, [rooms.hub.id, rooms.hub.id])
    assert addressed(session, whole) == {"Hub Grand Est", "Hub du Sud", "Salle du 54", "Autre"}
    assert addressed(session, chosen) == {"Hub Grand Est"}
    open_room(session, "Nouvelle", "local", now, parent_id=rooms.hub.id)
    assert "Nouvelle" in addressed(session, whole)
    assert addressed(session, publish(rooms.hub)) == {"Salle du 54", "Nouvelle"}
    assert acts(session) == ["frame.published"] * 3


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"kind": "law"}, "frame-kind-unknown"),
        ({"title": " "}, "title-missing"),
        ({"title": "a\x00"}, "text-unreadable"),
        ({"title": "x" * 201}, "text-too-long"),
        ({"body": ""}, "frame-empty"),
        ({"body": "\ud800"}, "text-unreadable"),
        ({"due_at": None}, "date-missing"),
    ],
)
def test_what_cannot_be_sent_down(rooms, publish, facts, changed, code):
    with pytest.raises(RuleBroken, match=code):
        publish(rooms.national, words=frames.Facts(**{**vars(facts), **changed}))


def test_only_rooms_below_can_be_chosen(rooms, publish, session):
    for room, chosen, code in (
        (rooms.local, None, "frame-nobody-below"),
        (rooms.hub, [], "frame-rooms-missing"),
        (rooms.hub, [rooms.other_hub.id], "frame-room-elsewhere"),
        (rooms.hub, [rooms.hub.id], "frame-room-elsewhere"),
        (rooms.hub, [rooms.local.id, "0" * 18], "frame-room-elsewhere"),
    ):
        with pytest.raises(RuleBroken, match=code):
            publish(room, chosen)
        session.rollback()
    assert session.scalar(select(func.count()).select_from(Frame)) == 0


def test_a_room_receives_reads_adopts_and_each_step_is_noted_once(
    session, rooms, publish, receive, now
):
    frame = publish(rooms.national)
    receive(frame, rooms.hub, "received", rooms.by_hub)
    receive(frame, rooms.hub, "received", rooms.by_hub)
    receive(frame, rooms.hub, "read", rooms.by_hub)
    held = receive(frame, rooms.hub, "adopted", rooms.by_hub)
    assert (held.state, held.account_id, held.decided_at) == ("adopted", rooms.by_hub.id, now)
    with pytest.raises(RuleBroken, match="reception-further"):
        receive(frame, rooms.hub, "read", rooms.by_hub)
    session.rollback()
    held = receive(frame, rooms.hub, "adapted", rooms.by_hub, "Nous ajoutons un point.")
    assert (held.state, held.note) == ("adapted", "Nous ajoutons un point.")
    assert acts(session) == ["frame.published", *["frame.received"] * 4]


def test_a_room_answers_for_itself_and_the_one_above_only_for_want_of_anybody(
    session, rooms, publish, receive, make, now
):
    from consult.services import rooms as services

    frame = publish(rooms.national)
    for stranger in (rooms.by_national, rooms.by_hub, make.account()):
        with pytest.raises(RuleBroken, match="reception-not-yours") as refused:
            receive(frame, rooms.local, "adopted", stranger)
        assert refused.value.status == 403
        session.rollback()
    services.end_membership(session, rooms.local, rooms.by_local.id, actor="x", now=now)
    session.commit()
    assert receive(frame, rooms.local, "adopted", rooms.by_hub).state == "adopted"


def test_a_frame_is_not_for_every_room(session, rooms, publish, receive):
    frame = publish(rooms.national, [rooms.hub.id])
    for room, account in (
        (rooms.other_hub, rooms.by_other_hub),
        (rooms.local, rooms.by_local),
        (rooms.national, rooms.by_national),
    ):
        with pytest.raises(RuleBroken, match="frame-elsewhere") as refused:
            receive(frame, room, "read", account)
        assert refused.value.status == 404
        session.rollback()
    assert session.scalars(select(FrameReception.state)).all() == ["waiting"]


def test_a_new_version_reopens_the_reception_and_keeps_the_earlier_text(
    session, rooms, publish, receive, facts, now
):
    frame = publish(rooms.national, [rooms.hub.id, rooms.other_hub.id])
    receive(frame, rooms.hub, "adopted", rooms.by_hub)
    change = frames.Change(
        frames.Facts("principle", facts.title, "Cinq points.", facts.due_at), "Un de plus.", "1"
    )
    frames.revise(session, frame, change, actor="account:n", now=now + DAY)
    session.commit()
    assert (frame.version, frame.body, frame.updated_at) == (2, "Cinq points.", now + DAY)
    kept = session.scalars(select(FrameVersion)).one()
    assert (kept.body, kept.reason, kept.created_at) == ("Quatre points.", "Un de plus.", now)
    assert addressed(session, frame) == {"Hub Grand Est", "Hub du Sud"}
    with pytest.raises(RuleBroken, match="stale"):
        receive(frame, rooms.hub, "adopted", rooms.by_hub)
    session.rollback()
    receive(frame, rooms.hub, "received", rooms.by_hub, version="2")
    rows = session.execute(
        select(FrameReception.version, FrameReception.state)
        .where(FrameReception.room_id == rooms.hub.id)
        .order_by(FrameReception.version)
    ).all()
    assert rows == [(1, "adopted"), (2, "received")]


@pytest.mark.parametrize(
    ("version", "reason", "same", "code"),
    [
        ("0", "Pour voir", False, "stale"),
        (None, "Pour voir", False, "stale"),
        ("1", " ", False, "frame-reason-missing"),
        ("1", "Pour voir", True, "frame-same"),
    ],
)
def test_a_version_that_is_refused_changes_nothing(
    session, rooms, publish, facts, now, version, reason, same, code
):
    frame = publish(rooms.national)
    words = facts if same else frames.Facts("decision", "Autre", "Autre", facts.due_at)
    change = frames.Change(words, reason, version)
    with pytest.raises(RuleBroken, match=code):
        frames.revise(session, frame, change, actor="x", now=now)
    session.rollback()
    assert (frame.version, frame.title) == (1, "Un cadre commun")


def test_what_is_withdrawn_says_why_and_takes_nothing_more(
    session, rooms, publish, receive, facts, now
):
    frame = publish(rooms.national)
    for reason, version, code in (("", "1", "frame-reason-missing"), ("Trop tôt", "2", "stale")):
        with pytest.raises(RuleBroken, match=code):
            frames.withdraw(session, frame, reason=reason, version=version, actor="x", now=now)
        session.rollback()
    frames.withdraw(session, frame, reason="Trop tôt", version="1", actor="x", now=now)
    session.commit()
    change = frames.Change(frames.Facts("decision", "A", "B", facts.due_at), "Parce que", "1")
    for act in (
        lambda: receive(frame, rooms.hub, "read", rooms.by_hub),
        lambda: frames.revise(session, frame, change, actor="x", now=now),
        lambda: frames.withdraw(session, frame, reason="x", version="1", actor="x", now=now),
        lambda: frames.reply(session, frame, rooms.hub, words="x", actor="x", now=now),
    ):
        with pytest.raises(RuleBroken, match="frame-withdrawn") as refused:
            act()
        assert refused.value.status == 409
        session.rollback()
    assert (frame.withdrawn_at, frame.withdrawn_reason) == (now, "Trop tôt")


def test_a_question_asked_back_gets_an_answer(session, rooms, publish, receive, now):
    frame = publish(rooms.national)
    for state in (None, "read"):
        if state:
            receive(frame, rooms.hub, state, rooms.by_hub)
        with pytest.raises(RuleBroken, match="frame-not-asked"):
            frames.reply(session, frame, rooms.hub, words="Oui.", actor="x", now=now)
        session.rollback()
    receive(frame, rooms.hub, "asked", rooms.by_hub, "Et le samedi ?")
    with pytest.raises(RuleBroken, match="frame-reply-missing"):
        frames.reply(session, frame, rooms.hub, words=" ", actor="x", now=now)
    frames.reply(session, frame, rooms.hub, words="Aussi.", actor="x", now=now)
    session.commit()
    held = session.get_one(FrameReception, (frame.id, rooms.hub.id, 1))
    assert (held.reply, held.replied_at) == ("Aussi.", now)
    held = receive(frame, rooms.hub, "adopted", rooms.by_hub)
    assert (held.state, held.reply, held.replied_at) == ("adopted", "", None)


def test_of_many_acts_at_once_each_version_has_one_winner(session, rooms, publish, facts, now):
    frame = publish(rooms.national)
    engine, frame_id, room_id = session.get_bind(), frame.id, rooms.hub.id
    account_id = rooms.by_hub.id

    def revise(number):
        words = frames.Facts("decision", f"Titre {number}", "Texte", facts.due_at)
        with Session(engine) as own:
            held = own.get_one(Frame, frame_id)
            change = frames.Change(words, "Pour voir", "1")
            frames.revise(own, held, change, actor="x", now=now)
            own.commit()

    def adopt(_number):
        with Session(engine) as own:
            said = frames.Said("1", "adopted")
            held, room = own.get_one(Frame, frame_id), own.get_one(Room, room_id)
            frames.receive(own, held, room, said, account_id=account_id, now=now)
            own.commit()

    def act(number):
        try:
            (adopt if number % 2 else revise)(number)
        except RuleBroken as broken:
            return broken.code
        return "done"

    with ThreadPoolExecutor(4) as pool:
        codes = list(pool.map(act, range(8)))
    session.expire_all()
    assert set(codes) <= {"done", "stale"}
    assert [codes[n] for n in (0, 2, 4, 6)].count("done") == 1
    assert frame.version == 2
    assert session.scalar(select(func.count()).select_from(FrameVersion)) == 1
    received = [act for act in acts(session) if act == "frame.received"]
    assert len(received) <= 1

"""Matters through the services: up, down, joined, answered; refusals change nothing."""

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.domain.matters import votes
from consult.models import JournalEntry, Matter, MatterEndorsement, MatterEvent, MatterStop
from consult.services import matter_states, matters, room_settings
from tests.matters import begun, does, tree


@pytest.fixture
def rooms(make):
    return tree(make)


def names(session, matter):
    query = select(MatterEvent.name).where(MatterEvent.matter_id == matter.id)
    return list(session.scalars(query.order_by(MatterEvent.sequence)))


def refused(session, code, status, *args, **facts):
    with pytest.raises(RuleBroken) as caught:
        does(session, *args, **facts)
    session.rollback()
    assert (caught.value.code, caught.value.status) == (code, status)
    return caught.value


def test_a_demand_of_three_rooms_reaches_the_top_and_comes_back_to_each(session, rooms, now):
    noise = begun(session, rooms.far, rooms.ada, now, title="Autre chose")
    matter = begun(session, rooms.a, rooms.ada, now)
    does(session, matter, "endorse", rooms.b, rooms.ada, now)
    done = does(session, matter, "endorse", rooms.c, rooms.ada, now)
    assert [one.name for one in done.events] == ["endorse", "relay_by_threshold"]
    assert (matter.stage, matter.room_id) == ("pending", rooms.hub.id)
    done = does(session, matter, "relay", rooms.hub, rooms.ada, now)
    assert [one.name for one in done.events] == ["take_up", "relay"]
    does(session, matter, "decide", rooms.national, rooms.ada, now, outcome="adapted")
    owed = select(MatterStop.room_id).where(MatterStop.matter_id == matter.id, MatterStop.is_owed)
    assert set(session.scalars(owed.order_by(MatterStop.place))) == {rooms.a.id, rooms.hub.id}
    does(session, matter, "acknowledge", rooms.a, rooms.ada, now)
    does(session, matter, "acknowledge", rooms.hub, rooms.ada, now)
    assert (matter.stage, matter.outcome, matter.deadline_at) == ("closed", "adapted", None)
    assert names(session, matter)[-3:] == ["acknowledge", "acknowledge", "close"]
    for one in (matter, noise):
        assert matter_states.replayed(session, one) == matter_states.read(session, one)
    about = select(func.count()).where(JournalEntry.subject == f"matter:{matter.id}")
    assert session.scalar(about) == matter.version
    session.refresh(noise)
    assert (noise.stage, noise.version) == ("open", 1)


def test_the_same_act_twice_counts_once(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    for times in (1, 0):
        done = does(session, matter, "endorse", rooms.b, rooms.ada, now, key="une-seule-fois")
        assert len(done.events) == times
    assert matter.version == 2
    refused(session, "key-unreadable", 422, matter, "withdraw", rooms.a, rooms.ada, now, key="é")


def test_a_page_that_is_no_longer_true_is_refused_with_both_states(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    seen = matters.stamp(matter)
    does(session, matter, "relay", rooms.a, rooms.ada, now, seen=seen)
    broken = refused(
        session, "matter-moved", 409, matter, "relay", rooms.a, rooms.ada, now, seen=seen
    )
    assert broken.facts == {"seen": "open", "now": "pending"}
    for strange in ("", "x.y", "²", "9" * 40):
        refused(
            session, "matter-moved", 409, matter, "relay", rooms.a, rooms.ada, now, seen=strange
        )


def test_who_has_no_part_in_it_changes_nothing(session, rooms, make, now):
    matter, eve = begun(session, rooms.a, rooms.ada, now), make.account()
    theirs = ("matter-not-yours", 403)
    refused(session, *theirs, matter, "relay", rooms.hub, rooms.ada, now)
    refused(session, *theirs, matter, "endorse", rooms.hub2, rooms.ada, now)
    refused(session, *theirs, matter, "endorse", None, rooms.ada, now)
    wider = make.room("local", None, rooms.hub)
    rooms.a.parent_id = wider.id
    session.commit()
    # What comes from below is not backed from above, whatever the level of the room above.
    refused(session, *theirs, matter, "endorse", wider, rooms.ada, now)
    rooms.a.parent_id = rooms.hub.id
    session.commit()
    refused(session, *theirs, matter, "withdraw", rooms.b, eve, now)
    refused(session, "matter-move-unknown", 409, matter, "appeal", rooms.a, rooms.ada, now)
    for name in ("remind", "close", "nothing"):
        refused(session, "matter-move-unknown", 409, matter, name, rooms.a, rooms.ada, now)
    refused(session, "matter-reasons-missing", 422, matter, "relay", rooms.a, rooms.ada, now,
            reasons=" ")  # fmt: skip
    session.refresh(matter)
    assert (matter.version, matter.stage) == (1, "open")
    with pytest.raises(RuleBroken, match="matter-unknown"):
        matters.act(session, "0" * 18, matters.Act("ask", eve.id, None, "abcdefgh"), now=now)
    does(session, matter, "endorse", rooms.far, rooms.ada, now)
    kept = session.scalar(select(MatterEndorsement))
    assert not kept.is_sibling and matter.stage == "open"
    does(session, matter, "ask", None, rooms.ada, now)
    assert matter.asked


def test_a_draft_is_withdrawn_by_the_room_too_and_frees_its_text(session, rooms, make, now):
    text = make.answer(make.question())
    words = {"words": {"statement_id": text.id}}
    matter = begun(session, rooms.a, rooms.ada, now, publish=False, **words)
    with pytest.raises(RuleBroken, match="matter-begun"):
        begun(session, rooms.b, rooms.ada, now, **words)
    session.rollback()
    does(session, matter, "withdraw", rooms.a, make.account(), now)
    assert begun(session, rooms.b, rooms.ada, now, **words).stage == "open"
    for title, code in (("", "matter-title-missing"), ("Oui", "matter-body-missing")):
        with pytest.raises(RuleBroken, match=code):
            matters.begin(session, rooms.a, matters.Words(title, " "), account_id="x", now=now)


def test_a_hub_joins_matters_and_each_gets_the_answer(session, rooms, now):
    first, second, third = (
        begun(session, room, rooms.ada, now) for room in (rooms.a, rooms.b, rooms.c)
    )
    for matter, room in ((first, rooms.a), (second, rooms.b), (third, rooms.c)):
        does(session, matter, "relay", room, rooms.ada, now)
    wrong = (second, "join", rooms.hub, rooms.ada, now)
    for other in (None, second.id):
        refused(session, "matter-join-unknown", 422, *wrong, with_matter=other)
    does(session, third, "join", rooms.hub, rooms.ada, now, with_matter=second.id)
    refused(session, "matter-join-unknown", 422, *wrong, with_matter=third.id)
    does(session, second, "join", rooms.hub, rooms.ada, now, with_matter=first.id)
    assert (second.stage, second.deadline_at) == ("joined", None)
    done = does(session, first, "decide", rooms.hub, rooms.ada, now, outcome="adopted")
    assert [one.name for one in done.events][-2:] == ["answer_joined", "answer_joined"]
    for matter, room in ((second, rooms.b), (third, rooms.c)):
        session.refresh(matter)
        assert (matter.stage, matter.outcome) == ("decided", "adopted")
        assert matter_states.read(session, matter).owed == {room.id, rooms.hub.id}
        assert matter_states.replayed(session, matter) == matter_states.read(session, matter)


def test_a_room_that_votes_first_keeps_its_vote_with_the_event(session, rooms, now):
    asks = {"relay_vote": "yes", "relay_quorum": "10"}
    room_settings.change(session, rooms.hub, asks, actor="system", now=now)
    matter = begun(session, rooms.a, rooms.ada, now)
    relay = (matter, "relay", rooms.a, rooms.ada, now)
    refused(session, "vote-needed", 422, *relay)
    quorum = room_settings.in_force(session, rooms.a.id)["relay_quorum"]
    typed = {"present": "9", "in_favour": "6", "mixed": "1", "against": "2"}
    refused(session, "vote-quorum", 422, *relay, vote=votes.read(typed, quorum))
    done = does(session, *relay, vote=votes.read(typed | {"present": "12"}, quorum))
    session.refresh(done.events[0])
    assert done.events[0].vote == {
        "present": 12, "in_favour": 6, "mixed": 1, "against": 2, "quorum": 10,
    }  # fmt: skip
    assert session.scalar(select(func.count()).select_from(Matter)) == 1


def test_the_same_form_of_the_same_person_begins_one_matter(session, make, rooms, now):
    def begin(account, key):
        words = matters.Words("Des bancs", "Il en manque.", key=key)
        made = matters.begin(session, rooms.a, words, account_id=account.id, now=now)
        session.commit()
        return made.id

    other = make.account()
    first = begin(rooms.ada, "clef")
    assert begin(rooms.ada, "clef") == first
    assert len({first, begin(other, "clef"), begin(rooms.ada, "autre"), begin(rooms.ada, "")}) == 4

"""What the close of a vote brings about: each purpose does its part in the count's transaction."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry, Matter, MatterEvent, SeatMandate
from consult.queries.rooms import Reader
from consult.services import poll_counts, poll_purposes, seats
from consult.services import room_settings as settings
from tests.matters import begun, does, tree
from tests.polls import ABSTAIN, DAY, NO, YES, close, members, opened, votes

PURPOSES = poll_purposes.PURPOSES
BOUND = [name for name, one in PURPOSES.items() if one.ABOUT]
OF_MATTERS = list(poll_purposes.about("matter"))


def acts(session):
    query = select(JournalEntry.act, JournalEntry.facts).where(
        JournalEntry.subject.like("room:%"), JournalEntry.act.like("room.%decided")
    )
    return [tuple(row) for row in session.execute(query.order_by(JournalEntry.id))]


def test_a_purpose_is_read_from_those_there_are():
    assert poll_purposes.name("") == poll_purposes.name(None) == poll_purposes.DEFAULT
    assert poll_purposes.name("decision") == "decision"
    for wrong in ("_x", "_matter", "seat of power", [], 3):
        with pytest.raises(RuleBroken, match="purpose-unknown"):
            poll_purposes.name(wrong)
    gone = SimpleNamespace(purpose="no longer there")
    assert poll_purposes.of(gone) is PURPOSES[poll_purposes.DEFAULT]


@pytest.mark.parametrize("name", PURPOSES)
def test_each_purpose_says_all_that_pages_ask_of_it(name):
    one = PURPOSES[name]
    assert one.LABEL and one.HINT and callable(one.act)
    assert {type(part) for part in (one.ABOUT, one.MOVE, one.QUESTION, one.PATH)} == {str}
    assert isinstance(one.KINDS, tuple) and isinstance(one.ASKS, tuple)
    if one.ABOUT:
        assert not one.IS_OFFERED  # it is opened from the page of what it is about
        assert one.WORDS and "%(title)s" in one.QUESTION and one.PATH.startswith("/")
        assert callable(one.draft) and callable(one.bind)


def test_advice_does_nothing_and_a_decision_is_in_the_journal_of_the_room(session, make, now):
    room = make.room("local", "D-54")
    people = members(make, room, 3)
    for purpose, fields in (
        ("advice", YES), ("decision", YES), ("decision", NO), ("decision", ABSTAIN)
    ):  # fmt: skip
        poll = opened(session, room, now, purpose=purpose)
        votes(session, poll, people[0], fields, now)
        close(session, poll, now)
        assert poll.effect is None and poll.subject == ""
    found = acts(session)
    assert [act for act, _facts in found] == ["room.decided", "room.decided", "room.not-decided"]
    assert [facts["places"] for _act, facts in found] == [[0], [1], []]


@pytest.fixture
def case(session, make, now):
    """Each purpose where it can be opened: its room, its people, what it is about, what it asks."""

    def set_up(name):
        one, at = PURPOSES[name], SimpleNamespace(name=name, said={})
        if one.ABOUT == "seat":
            at.room = make.room()
            facts = {"kind": "ordinary", "title": "Trésorerie", "actor": "system", "now": now}
            at.seat = seats.open_seat(session, at.room.id, **facts)
            at.about, at.people = at.seat.id, members(make, at.room, 3)
            at.said = {"candidates": [one.id for one in at.people[1:]]}
            return at
        at.rooms = tree(make)
        at.room = at.rooms.b if name == "matter_endorse" else at.rooms.a
        at.people = members(make, at.room, 3)
        at.matter = begun(session, at.rooms.a, at.rooms.ada, now)
        at.said = {"reasons": "Trois ateliers ferment."}
        if name == "matter_appeal":
            does(session, at.matter, "relay", at.rooms.a, at.rooms.ada, now)
            does(session, at.matter, "decide", at.rooms.hub, at.rooms.ada, now, outcome="rejected")
        at.about = at.matter.id
        return at

    return set_up


def start(session, at, now, **facts):
    said = {"purpose": at.name, "about": at.about, "said": at.said, **facts}
    return opened(session, at.room, now, **said)


def steps(session, matter):
    query = select(MatterEvent).where(MatterEvent.matter_id == matter.id)
    return session.scalars(query.order_by(MatterEvent.sequence)).all()


@pytest.mark.parametrize("name", BOUND)
def test_a_yes_brings_it_about_once_and_a_no_or_nobody_does_not(session, case, now, name):
    at = case(name)
    asked = poll_purposes.Asked(at.about)
    named = PURPOSES[name].draft(session, at.room, asked, now=now).title
    yes = start(session, at, now)
    assert yes.subject == at.about and PURPOSES[name].title(session, yes, Reader()) == named
    with pytest.raises(RuleBroken, match="poll-running"):
        start(session, at, now)
    session.rollback()
    votes(session, yes, at.people[0], YES, now)
    count = close(session, yes, now)
    assert yes.effect["code"] in ("done", "waiting") and count.summary["outcome"]["adopted"]
    assert not poll_counts.count(session, yes.id, now=now + 2 * DAY)
    assert yes.effect["code"] in PURPOSES[name].WORDS
    again = case(name)
    for fields, quorum in ((NO, "none"), (None, "none"), (YES, "two_thirds")):
        poll = start(session, again, now, quorum=quorum, kind="yes_no")
        if name == "seat" and fields is NO:  # as many for each: nobody comes first alone
            votes(session, poll, again.people[1], YES, now)
        if fields:
            votes(session, poll, again.people[0], fields, now)
        close(session, poll, now)
        assert poll.effect["code"] in ("not-adopted", "quorum", "tie", "nobody")
        assert poll.effect["code"] in PURPOSES[name].WORDS and not poll.effect["events"]
    assert not session.scalar(select(SeatMandate.id).limit(1))


@pytest.mark.parametrize("name", OF_MATTERS)
@pytest.mark.parametrize("kind", ["yes_no", "consent"])
def test_a_matter_moves_with_the_vote_and_the_reasons_in_its_trail(session, case, now, name, kind):
    at = case(name)
    poll = start(session, at, now, kind=kind, quorum="third")
    fields = YES if kind == "yes_no" else {"choice": ["no_objection"]}
    for person in at.people[:2]:
        votes(session, poll, person, fields, now)
    votes(session, poll, at.people[2], ABSTAIN, now)
    close(session, poll, now)
    event = next(one for one in steps(session, at.matter) if one.vote)
    assert event.name == PURPOSES[name].MOVE and event.account_id is None
    assert poll.effect == {"code": "done", "facts": {}, "events": [event.id]}
    told = {"present": 3, "in_favour": 2, "mixed": 0, "against": 0, "quorum": 1, "poll": poll.id}
    assert event.vote == told and event.room_id == at.room.id
    assert event.reasons == "Trois ateliers ferment."
    session.refresh(at.matter)
    where = {"matter_endorse": at.rooms.a, "matter_relay": at.rooms.hub}
    assert at.matter.room_id == where.get(name, at.rooms.national).id


@pytest.mark.parametrize("name", OF_MATTERS)
def test_where_the_matter_moved_meanwhile_the_result_is_an_advice(session, case, now, name):
    at = case(name)
    poll = start(session, at, now)
    votes(session, poll, at.people[0], YES, now)
    does(session, at.matter, PURPOSES[name].MOVE, at.room, at.people[0], now)
    before = [event.id for event in steps(session, at.matter)]
    close(session, poll, now)
    assert poll.effect == {"code": "moved", "facts": {}, "events": []}
    assert [event.id for event in steps(session, at.matter)] == before
    other = case(name)
    poll = start(session, other, now)
    votes(session, poll, other.people[0], YES, now)
    session.get_one(Matter, other.about).text_version += 1
    close(session, poll, now)
    assert poll.effect["code"] == "reworded"
    poll.effect, poll.counted_at, poll.subject = None, None, "gone"
    session.flush()
    outcome = poll_counts.outcome_of({"electors": 1, "turnout": 1, "outcome": ADOPTED})
    assert PURPOSES[name].act(session, poll, outcome, now=now).code == "moved"


ADOPTED = {"abstentions": 0, "quorum_needed": 0, "first": ["yes"], "adopted": ["yes"]}


def test_a_relay_takes_up_what_waits_and_wants_as_many_people_as_the_room_set(
    session, make, case, now
):
    at = case("matter_relay")
    does(session, at.matter, "relay", at.rooms.a, at.rooms.ada, now)
    at.room, at.people = at.rooms.hub, members(make, at.rooms.hub, 2)
    wanted = {"relay_vote": "yes", "relay_quorum": "2"}
    settings.change(session, at.room, wanted, actor="system", now=now)
    poll = start(session, at, now)
    votes(session, poll, at.people[0], YES, now)
    close(session, poll, now)
    assert poll.effect == {"code": "few", "facts": {"quorum": 2}, "events": []}
    assert steps(session, at.matter)[-1].name == "relay"  # not even taken up
    poll = start(session, at, now)
    for person in at.people:
        votes(session, poll, person, YES, now)
    close(session, poll, now)
    assert [one.name for one in steps(session, at.matter)][-2:] == ["take_up", "relay"]
    assert steps(session, at.matter)[-1].vote["quorum"] == 2


def test_who_may_open_a_vote_about_a_matter(session, make, case, now):
    at = case("matter_relay")
    for wrong, code in (
        ({"about": "nowhere"}, "matter-unknown"),
        ({"kind": "single"}, "purpose-kind"),
        ({"said": {"reasons": "  "}}, "matter-reasons-missing"),
        ({"purpose": "matter_appeal"}, "matter-move-unknown"),
        ({"purpose": "matter_endorse"}, "matter-not-yours"),
    ):
        with pytest.raises(RuleBroken, match=code):
            start(session, at, now, **wrong)
        session.rollback()
    at.room, at.name = at.rooms.hub, "matter_endorse"  # of another level
    members(make, at.room, 1)
    with pytest.raises(RuleBroken, match="matter-not-yours"):
        start(session, at, now)
    draft = begun(session, at.rooms.b, at.rooms.ada, now, publish=False)
    asked = poll_purposes.Asked(draft.id)
    with pytest.raises(RuleBroken, match="matter-unknown"):
        PURPOSES["matter_endorse"].draft(session, at.rooms.a, asked, now=now)
    seen = poll_purposes.Asked(at.matter.id)
    shown = PURPOSES["matter_relay"].draft(session, at.rooms.a, seen, now=now)
    assert shown.title == at.matter.title
    at.rooms.a.is_private = True  # what is private there is not said in the votes of others
    at.rooms.b.is_private = False
    make.joins(make.account(), at.rooms.a)
    insider = make.account()
    make.joins(insider, at.rooms.a, "member")
    seen = poll_purposes.Asked(at.matter.id, account_id=insider.id)
    assert PURPOSES["matter_endorse"].draft(session, at.rooms.b, seen, now=now).title == "…"

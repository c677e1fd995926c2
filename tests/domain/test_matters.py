"""The rules of matters, one by one, and along random walks."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain import matters, room_settings
from consult.domain.errors import RuleBroken
from consult.domain.matters import delays, notices, states, table, votes
from tests.domain.walks import ABOVE, SIBLINGS, choices

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAYS = room_settings.in_force([])


def act(name, by, room=None, **facts):
    return matters.Event(f"{name}-{facts.get('above')}", name, by, room, **facts)


def opened(**facts):
    return matters.apply(act("publish", "author"), matters.begin("l1", **facts))


def backed(state, *rooms):
    for room in rooms:
        state = matters.apply(act("endorse", "another", room), state)
    return state


def refused(event, state):
    with pytest.raises(RuleBroken) as caught:
        matters.apply(event, state)
    return caught.value.code, caught.value.status


def test_a_demand_goes_up_twice_and_comes_back_to_all():
    state = backed(opened(), "l2", "l3")
    state = matters.apply(act("relay_by_threshold", "system", above="h1"), state)
    assert (state.stage, state.room, state.line) == ("pending", "h1", ("l1", "h1"))
    state = matters.apply(act("take_up", "holder", "h1"), state)
    state = matters.apply(act("relay", "holder", "h1", above="n", reasons="Trop grand"), state)
    state = matters.apply(act("timeout_take_up", "clock"), state)
    state = matters.apply(act("decide", "holder", "n", reasons="Utile", outcome="pilot"), state)
    assert (state.stage, state.outcome, state.owed) == ("decided", "pilot", {"l1", "h1"})
    state = matters.apply(act("acknowledge", "owed", "h1"), state)
    assert refused(act("acknowledge", "owed", "h1"), state) == ("matter-move-unknown", 409)
    assert refused(act("close", "system"), state)[0] == "matter-move-unknown"
    state = matters.apply(act("acknowledge", "owed", "l1"), state)
    state = matters.apply(act("close", "system"), state)
    assert state.is_over and state.version == 11


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (act("relay", "holder", "h1", above="n", reasons="x"), "matter-not-yours"),
        (act("relay", "clock", above="h1", reasons="x"), "matter-not-yours"),
        (act("relay", "holder", "l1", above="h1", reasons=" \n"), "matter-reasons-missing"),
        (act("relay", "holder", "l1", reasons="x"), "matter-move-unknown"),
        (act("decide", "holder", "l1", reasons="x", outcome="lapsed"), "matter-outcome-unknown"),
        (act("decide", "holder", "l1", reasons="x"), "matter-outcome-unknown"),
        (act("endorse", "another", "l1"), "matter-not-yours"),
        (act("endorse", "another"), "matter-not-yours"),
        (act("remind", "clock", "l1", above="h1"), "matter-not-yours"),
        (act("return_down", "holder", "l1", reasons="x"), "matter-move-unknown"),
        (act("appeal", "origin", "l1", above="h1", reasons="x"), "matter-move-unknown"),
        # Rooms were moved: one that has held it stands above.
        (act("relay", "holder", "l1", above="l1", reasons="x"), "matter-move-unknown"),
        (act("nothing", "holder", "l1"), "matter-move-unknown"),
    ],
)
def test_what_the_table_does_not_hold_is_refused(event, code):
    assert refused(event, opened())[0] == code


def test_a_room_counts_once_and_backing_never_takes_the_way_up_away():
    state = backed(opened(), "l2")
    assert refused(act("endorse", "another", "l2"), state)[0] == "matter-move-unknown"
    assert refused(act("relay_by_threshold", "system", above="h1"), state)[0].startswith("matter")
    far = matters.apply(act("endorse", "another", "z", is_sibling=False), state)
    assert far.siblings() == 1 and len(far.backers) == 2
    assert matters.apply(act("relay", "holder", "l1", above="h1", reasons="x"), far).room == "h1"


def test_only_a_matter_that_nobody_carries_is_withdrawn():
    assert matters.apply(act("withdraw", "author"), opened()).is_over
    assert matters.apply(act("withdraw", "author"), matters.begin("l1")).is_over
    assert refused(act("withdraw", "author"), backed(opened(), "l2"))[0] == "matter-move-unknown"


def test_a_request_that_nobody_opens_is_asked_of_the_room_above_then_ends():
    state = matters.begin("l1", asked=True)
    remind, up = act("remind", "clock", above="h1"), act("timeout_relay", "clock", above="h1")
    over = act("timeout_withdraw", "clock")
    assert refused(up, state)[1] == refused(replace(over, above="h1"), state)[1] == 409
    state = matters.apply(remind, state)
    assert state.stage == "draft" and refused(remind, state)[1] == 409
    # Opened in time, its delay begins as that of any other.
    assert not matters.apply(act("publish", "author"), state).reminded
    state = matters.apply(up, state)
    assert (state.stage, state.line, state.reminded) == ("draft", ("l1", "h1"), False)
    opened_above = matters.apply(act("publish", "author"), state)
    assert (opened_above.stage, opened_above.room) == ("open", "h1")
    answer = act("decide", "holder", "h1", reasons="Utile", outcome="adopted")
    assert matters.apply(answer, opened_above).owed == {"l1"}
    assert matters.apply(over, state).is_over
    for event in (remind, up, over):  # what nobody asked for is its author's alone
        assert refused(event, matters.begin("l1"))[1] == 409


def test_silence_reminds_first_then_passes_up_what_somebody_wants_and_drops_the_rest():
    remind = act("remind", "clock", above="h1")
    for state in (backed(opened(), "l2"), opened(asked=True)):
        assert refused(act("timeout_relay", "clock", above="h1"), state)[1] == 409
        reminded = matters.apply(remind, state)
        assert refused(act("timeout_lapse", "clock", above="h1"), reminded)[1] == 409
        up = matters.apply(act("timeout_relay", "clock", above="h1"), reminded)
        assert (up.room, up.reminded) == ("h1", False)
    alone = matters.apply(remind, opened())
    assert refused(act("timeout_relay", "clock", above="h1"), alone)[1] == 409
    asked = matters.apply(act("ask", "author", above="h1"), alone)
    assert matters.apply(act("timeout_relay", "clock", above="h1"), asked).room == "h1"
    lapsed = matters.apply(act("timeout_lapse", "clock", above="h1"), alone)
    assert (lapsed.outcome, lapsed.owed) == ("lapsed", frozenset())


def test_what_waits_is_taken_up_and_nothing_else():
    pending = replace(opened(), stage="pending")
    assert states.taken_up(pending).stage == "review"
    assert states.taken_up(opened()) == opened()


def at_hub():
    state = matters.apply(act("relay", "holder", "l1", above="h1", reasons="x"), opened())
    return matters.apply(act("take_up", "holder", "h1"), state)


def test_a_level_sends_back_once_and_the_answer_goes_up_to_it_again():
    back = matters.apply(act("return_down", "holder", "h1", above="n", reasons="Qui ?"), at_hub())
    assert (back.room, back.stage) == ("l1", "returned")
    again = matters.apply(act("resubmit", "holder", "l1", above="other", reasons="Nous"), back)
    assert (again.room, again.line) == ("h1", ("l1", "h1"))
    again = matters.apply(act("take_up", "holder", "h1"), again)
    assert refused(act("return_down", "holder", "h1", reasons="x"), again)[1] == 409
    settle = act("settle_below", "holder", "l1", reasons="Fait", outcome="adopted")
    assert matters.apply(settle, back).owed == {"h1"}


def test_an_appeal_is_made_once_and_keeps_the_matter_from_closing_before_it():
    decide = act("decide", "holder", "h1", reasons="Non", outcome="rejected")
    state = matters.apply(decide, at_hub())
    state = matters.apply(act("acknowledge", "owed", "l1"), state)
    assert refused(act("close", "system", above="n"), state)[1] == 409
    assert matters.apply(act("timeout_ack", "clock"), state).is_over
    assert refused(act("appeal", "origin", "h1", above="n", reasons="x"), state)[1] == 403
    up = matters.apply(act("appeal", "origin", "l1", above="n", reasons="Si"), state)
    assert (up.room, up.outcome, up.stage) == ("n", None, "pending")
    up = matters.apply(act("take_up", "holder", "n"), up)
    done = matters.apply(replace(decide, room="n"), up)
    assert done.owed == {"l1", "h1"}
    assert refused(act("appeal", "origin", "l1", above="z", reasons="x"), done)[1] == 409


def test_a_joined_matter_gets_the_answer_of_the_other():
    join = act("join", "holder", "h1", reasons="Même besoin")
    assert refused(join, at_hub())[1] == 409
    joined = matters.apply(replace(join, with_matter="m2"), at_hub())
    assert joined.stage == "joined" and delays.deadline(joined, NOW, DAYS) is None
    answer = act("answer_joined", "system", reasons="Oui", outcome="rejected", above="n")
    done = matters.apply(answer, joined)
    assert (done.outcome, done.owed) == ("rejected", {"l1", "h1"})
    assert refused(act("appeal", "origin", "l1", above="n", reasons="x"), done)[1] == 409


def test_delays_follow_the_state_and_a_reminder_leaves_less():
    state = opened()
    assert delays.deadline(state, NOW, DAYS) == NOW + timedelta(days=60)
    reminded = replace(state, reminded=True)
    assert delays.deadline(reminded, NOW, DAYS) == NOW + timedelta(days=15)
    draft = replace(state, stage="draft")
    assert delays.deadline(draft, NOW, DAYS) is None
    assert delays.deadline(replace(draft, asked=True), NOW, DAYS) == NOW + timedelta(days=30)
    assert delays.renews(state, reminded) and not delays.renews(state, backed(state, "l2"))
    assert set(delays.SILENCES) == set(delays.OF_STAGE)


def test_a_third_of_the_rooms_makes_a_matter_go_up_and_two_at_least():
    assert [delays.threshold(n) for n in (0, 1, 3, 6, 7, 9, 10)] == [2, 2, 2, 2, 3, 3, 4]
    assert delays.threshold(30, chosen=3) == 3


def test_the_table_speaks_of_what_there_is():
    for row in table.MOVES:
        assert set(row.stages) <= set(table.STAGES) and row.by in table.WHO
        assert row.to is None or row.to in table.STAGES
        assert set(row.when) <= set(table.WHEN)
    assert set(matters.moves.CONDITIONS) == set(table.WHEN)
    assert set(matters.moves.EFFECTS) <= set(table.EVENTS)
    assert {name for silence in delays.SILENCES.values() for name in silence} == {
        row.event for row in table.MOVES if row.by == table.CLOCK
    }


@given(st.data())
def test_events_that_are_stored_read_again_and_doubled_rebuild_the_state(data):
    start = state = matters.begin("l1", asked=data.draw(st.booleans()))
    kept = []
    for number in range(data.draw(st.integers(0, 30))):
        able = choices(state)
        if not able:
            break
        event = replace(data.draw(st.sampled_from(able)), id=str(number))
        state = matters.apply(event, state)
        kept.append((event.id, event.name, event.room, event.reasons, event.as_facts()))
        assert state.version == len(kept)
        assert state.owed <= set(state.line) and state.room in state.line
    again = [states.event(*one) for one in kept for _twice in range(2)]
    assert matters.replay(start, again) == state
    assert len({one.room for one in state.backers}) == len(state.backers)


def test_what_is_offered_is_what_the_table_allows():
    state = opened()
    asking = act("", "", "l2", above=ABOVE["l1"])
    assert {row.event for row in matters.offered(state, asking)} == {
        "withdraw", "endorse", "ask", "relay", "remind", "decide",
    }  # fmt: skip
    assert SIBLINGS["l1"] == ("l2", "l3")


VOTE = {"present": "12", "in_favour": "7", "mixed": "2", "against": "1"}


def test_a_vote_passes_with_enough_people_and_more_for_than_against():
    vote = votes.read(VOTE, quorum=10)
    assert vote.passes and votes.check(vote, is_needed=True) is None
    assert vote.as_facts() == {
        "present": 12, "in_favour": 7, "mixed": 2, "against": 1, "quorum": 10,
    }  # fmt: skip
    assert votes.check(None, is_needed=False) is None


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"present": "9"}, "vote-more-than-present"),
        ({"present": ""}, "vote-count-unreadable"),
        ({"mixed": None}, "vote-count-unreadable"),
        ({"mixed": True}, "vote-count-unreadable"),
        ({"mixed": "-1"}, "vote-count-unreadable"),
        ({"mixed": "٣"}, "vote-count-unreadable"),
        ({"mixed": "9" * 40}, "vote-count-unreadable"),
        ({"mixed": "100001"}, "vote-count-unreadable"),
        ({"against": "3", "in_favour": "3"}, "vote-lost"),
        ({"present": "10", "in_favour": 5}, "vote-quorum"),
    ],
)
def test_a_vote_that_does_not_hold_is_refused(changed, code):
    with pytest.raises(RuleBroken, match=code):
        votes.check(votes.read(VOTE | changed, quorum=11), is_needed=True)
    with pytest.raises(RuleBroken, match="vote-needed"):
        votes.check(None, is_needed=True)


def test_whatever_moves_a_matter_to_another_room_is_told_to_that_room():
    moved = {move.event for move in table.MOVES if move.step}
    assert all(notices.HOLDER in notices.TOLD[event] for event in moved)
    groups = {notices.HOLDER, notices.PATH, notices.BACKERS, notices.ABOVE, notices.AUTHOR}
    assert set(notices.TOLD) <= set(table.EVENTS)
    assert {group for some in notices.TOLD.values() for group in some} == groups


def test_an_answer_is_told_to_all_that_sent_or_carry_it():
    answers = {move.event for move in table.MOVES if move.to == table.DECIDED}
    for event in answers:
        assert {notices.PATH, notices.BACKERS, notices.AUTHOR} <= set(notices.TOLD[event])

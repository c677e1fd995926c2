from datetime import timedelta
from itertools import product

import pytest

from consult.domain import frames
from consult.domain.errors import RuleBroken


def test_every_state_has_a_name_and_a_rank():
    assert set(frames.LABELS) == {*frames.STATES, frames.LATE}
    assert set(frames.CHOSEN) == set(frames.STATES) - {frames.WAITING}


@pytest.mark.parametrize("raw", [None, "", "late", "waiting", ["read"], "READ", "\x00"])
def test_what_is_no_state_is_refused(raw):
    with pytest.raises(RuleBroken, match="reception-unknown"):
        frames.state(raw)


@pytest.mark.parametrize("raw", [None, "", "law", ["principle"], 3])
def test_what_is_no_kind_is_refused(raw):
    with pytest.raises(RuleBroken, match="frame-kind-unknown"):
        frames.kind(raw)
    assert frames.kind("principle") == "principle"


def test_some_states_need_words():
    for state in frames.CHOSEN:
        assert frames.note(state, " Chez nous ") == "Chez nous"
        if state in frames.WITH_NOTE:
            with pytest.raises(RuleBroken, match="reception-note-missing"):
                frames.note(state, " ")
        else:
            assert frames.note(state, None) == ""


def test_a_reception_only_goes_forward():
    for before, after in product(frames.STATES, repeat=2):
        if frames.RANKS[after] >= frames.RANKS[before]:
            frames.check_move(before, after)
        else:
            with pytest.raises(RuleBroken, match="reception-further"):
                frames.check_move(before, after)
    assert frames.RANKS["adopted"] == frames.RANKS["adapted"] == frames.RANKS["asked"]


def test_the_date_is_to_come_and_not_too_far(now):
    day = timedelta(days=1)
    assert frames.check_due(now + day, now) == now + day
    for due, code in (
        (None, "date-missing"),
        (now, "frame-due-past"),
        (now - day, "frame-due-past"),
        (now + frames.LONGEST + day, "frame-due-far"),
    ):
        with pytest.raises(RuleBroken, match=code):
            frames.check_due(due, now)


def test_only_what_waits_is_late(now):
    assert frames.shown("waiting", now, now) == "late"
    assert frames.shown("waiting", now + timedelta(seconds=1), now) == "waiting"
    assert frames.shown("read", now - timedelta(days=9), now) == "read"

"""The collector of garbage rests while the program starts, and works again afterwards."""

import gc

import pytest

from consult.collecting import paused


def fault():
    assert not gc.isenabled()
    raise ValueError("fault")


def test_it_rests_and_works_again_even_after_a_fault():
    assert gc.isenabled()
    with pytest.raises(ValueError, match="fault"):
        paused()(fault)()
    assert gc.isenabled()


def test_what_stays_is_looked_at_no_more():
    before = gc.get_freeze_count()
    with paused(stays=True):
        kept = [[number] for number in range(100)]
    assert gc.get_freeze_count() >= before + len(kept)


def test_who_had_stopped_it_finds_it_stopped():
    gc.disable()
    try:
        with paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()

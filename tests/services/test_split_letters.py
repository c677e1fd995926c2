"""Letters of a split: to each carrier once, and after a correction to those it touches."""

from sqlalchemy import select

from consult.models import SplitTelling
from consult.services import split_letters
from tests import splits as ready


def everyone(session, now):
    told = []
    while taken := split_letters.take(session, now=now):
        told.append((taken[1].number, {row.number for row in taken[2]}))
        session.commit()
    session.commit()
    return told


def test_each_carrier_is_told_once_a_few_at_a_time(session, make, now, monkeypatch):
    monkeypatch.setattr(split_letters, "AT_ONCE", 2)
    officer = make.account("local_authority")
    call = ready.closed(make, officer)
    sent = ready.ready(make, session, call, 1_000, 60_000, 60_000)
    typed = make.account()
    mute = ready.ready(make, session, call, 2_000, contact_email="")[0]
    own = ready.ready(make, session, call, 3_000, contact_email="", account=typed)[0]
    ready.published(session, call, officer, now)
    told = everyone(session, now)
    assert [len(numbers) for _number, numbers in told] and len(told) == 3
    numbers = set().union(*(numbers for _number, numbers in told))
    assert numbers == {one.number for one in (*sent, own)}
    assert mute.number not in numbers
    assert everyone(session, now) == []
    sent[1].state = "withdrawn"
    session.commit()
    ready.published(session, call, officer, now, number=2, reason="Un projet renonce.")
    told = everyone(session, now)
    changed = {sent[1].number, sent[2].number}  # one receives nothing any more, one receives more
    assert set().union(*(numbers for _number, numbers in told)) == changed
    assert {number for number, _numbers in told} == {2}
    assert all(one.done_at for one in session.scalars(select(SplitTelling)))

"""What the worker does for votes, when one of them fails."""

from datetime import UTC, datetime

from consult.blueprints.polls import jobs
from tests.polls import DAY, members, opened


def test_a_vote_that_fails_does_not_stop_the_others(
    app, session, make, now, clock, caplog, monkeypatch
):
    room = make.room("local", "D-54")
    members(make, room, 2)
    broken, whole = opened(session, room, now), opened(session, room, now)
    number, count = broken.id, jobs.poll_counts.count

    def fail(own, poll_id, *, now):
        if poll_id == number:
            raise KeyError("a fault of ours")
        return count(own, poll_id, now=now)

    monkeypatch.setattr(jobs.poll_counts, "count", fail)
    clock.shift(now + DAY - datetime.now(UTC))
    with app.app_context():
        jobs.go_on(app)
    assert f"count of vote {number} failed" in caplog.text and "a fault of ours" in caplog.text
    session.rollback()
    session.refresh(whole)
    assert whole.counted_at is not None

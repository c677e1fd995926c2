from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Decision, FacilitatorMorning, Report, RoomMember, SecondReading, new_id
from consult.services import follows, reminders, stopped_letters
from tests import open_calls
from tests.rooms import tree

DELAY = timedelta(hours=48)
DAY = timedelta(days=1)


@pytest.fixture
def rooms(session, make, now):
    return tree(session, make, now)


def answer(make, code="D-54", **facts):
    question = make.question(make.theme(make.consultation(territory_code=code)))
    return make.answer(question, participant_id=make.participant().id, **facts)


def report(make, text, at):
    facts = {"id": new_id(), "number": f"S-{new_id()}", "version": text.version}
    facts |= {"statement_id": text.id, "consultation_id": text.consultation_id}
    return make.save(Report(reason="attack", created_at=at, **facts))


def second_reading(make, text, room, by, due):
    decision = make.save(
        Decision(
            statement_id=text.id, account_id=by.id, batch_id="b", from_state="published",
            to_state="hidden", reason="attack", role="facilitator", version=text.version,
            decided_at=due - 7 * DAY,
        )
    )  # fmt: skip
    facts = {"decision_id": decision.id, "statement_id": text.id, "room_id": room.id}
    return make.save(SecondReading(asked_at=due - 7 * DAY, due_at=due, **facts))


def told(session, account, now):
    found = reminders.gather(session, account.id, delay=DELAY, now=now)
    return {(room.room, one.kind): (one.number, one.due_at) for room in found for one in room.late}


def test_what_is_late_is_told_in_the_room_that_holds_it(session, make, rooms, now):
    old = now - 3 * DAY
    answer(make, state="pending", updated_at=old)
    answer(make, state="pending", updated_at=old + DAY / 2)
    answer(make, state="pending", updated_at=now - DAY)
    answer(make, "D-51", state="pending", updated_at=old)
    reported, answered = answer(make), answer(make)
    report(make, reported, old), report(make, reported, now)
    report(make, answer(make), now)
    project = open_calls.project(make, open_calls.call(make), territory_code="D-54")
    about = {"number": "S-P", "version": 1, "project_id": project.id, "reason": "attack"}
    make.save(Report(created_at=old, **about))
    done = report(make, answered, old)
    done.outcome, done.answered_at = "kept", now
    hidden, mine = answer(make, state="hidden"), answer(make, state="hidden")
    second_reading(make, hidden, rooms.hub, rooms.by_local, now - DAY)
    second_reading(make, mine, rooms.hub, rooms.by_hub, now - DAY)
    session.commit()
    assert told(session, rooms.by_local, now) == {
        ("Salle du 54", "texts"): (2, old + DELAY),
        ("Salle du 54", "reports"): (2, old + DELAY),
    }
    assert told(session, rooms.by_hub, now) == {
        ("Hub Grand Est", "texts"): (1, old + DELAY),
        ("Hub Grand Est", "second_readings"): (1, now - DAY),
    }
    assert told(session, rooms.by_other_hub, now) == {}
    assert told(session, rooms.by_national, now) == {}


def test_a_morning_is_at_eight_by_ones_own_clocks_and_taken_once(session, make, rooms, now):
    person = follows.subscribe(session, rooms.by_hub.email, now=now)
    person.time_zone = "America/Cayenne"
    session.commit()
    assert reminders.begin(session, now=now) == 4
    assert reminders.begin(session, now=now) == 0
    session.commit()
    mornings = {one.account_id: one.next_at for one in session.scalars(
        select(FacilitatorMorning).order_by(FacilitatorMorning.account_id)
    )}  # fmt: skip
    assert mornings[rooms.by_local.id] == datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert mornings[rooms.by_other_hub.id] == datetime(2026, 11, 23, 21, tzinfo=UTC)
    assert mornings[rooms.by_hub.id] == datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert reminders.due(session, now=now) == []
    later = now + DAY
    rows = reminders.due(session, now=later)
    assert len(rows) == 4
    assert all(reminders.take(session, row, now=later) for row in rows)
    assert not any(reminders.take(session, row, now=later) for row in rows)
    session.commit()
    assert reminders.due(session, now=later) == []


def test_who_stopped_or_no_longer_facilitates_is_told_nothing(session, rooms, now):
    reminders.begin(session, now=now)
    stopped_letters.stop(session, rooms.by_hub.id, "waiting", now=now)
    for member in session.scalars(
        select(RoomMember).where(RoomMember.account_id == rooms.by_local.id).order_by(RoomMember.id)
    ):
        member.ended_at = now
    session.commit()
    rows = {row.id: row for row in reminders.due(session, now=now + DAY)}
    assert not reminders.take(session, rows[rooms.by_hub.id], now=now + DAY)
    assert not reminders.take(session, rows[rooms.by_local.id], now=now + DAY)
    session.commit()
    assert session.get(FacilitatorMorning, rooms.by_local.id) is None
    assert session.get(FacilitatorMorning, rooms.by_hub.id) is not None

"""Silence moves a matter once for each delay, whatever the clocks and the workers do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.blueprints.matters import jobs
from consult.domain.errors import RuleBroken
from consult.models import Matter
from consult.queries import matters as queries
from consult.queries.rooms import Reader
from consult.services import matter_deadlines, matter_states
from tests.matters import begun, does, tree

DAY = timedelta(days=1)


@pytest.fixture
def rooms(make):
    return tree(make)


def passed(session, matter, at):
    done = matter_deadlines.pass_one(session, matter.id, now=at)
    session.commit()
    return [one.name for one in done.events]


def test_what_is_asked_for_goes_up_in_silence_and_ends_with_no_answer(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now, asked=True)
    assert matter.deadline_at == now + 60 * DAY
    found = []
    while matter.stage != "closed":
        at = matter.deadline_at
        assert passed(session, matter, at - DAY) == []
        assert matter_deadlines.due(session, now=at) == [matter.id]
        found += passed(session, matter, at)
    assert found == [
        "remind", "timeout_relay", "timeout_take_up", "remind", "timeout_relay",
        "timeout_take_up", "timeout_lapse", "timeout_ack",
    ]  # fmt: skip
    assert matter.outcome == "lapsed"
    assert matter_deadlines.due(session, now=now + 9999 * DAY) == []


def test_a_request_goes_up_in_silence_as_a_request_and_ends_without_being_shown(
    session, rooms, make, now
):
    asked = {"asked": True, "publish": False}
    matter = begun(session, rooms.a, make.account(), now, **asked)
    other = begun(session, rooms.b, rooms.ada, now, publish=False)
    assert (matter.deadline_at, other.deadline_at) == (now + 30 * DAY, None)
    assert matter_deadlines.nearly_due(session, now=now + 25 * DAY) == [matter.id]
    assert passed(session, matter, now + 30 * DAY) == ["remind"]
    opened = begun(session, rooms.b, make.account(), now, **asked)
    assert passed(session, matter, now + 45 * DAY) == ["timeout_relay"]
    assert (matter.stage, matter.room_id) == ("draft", rooms.hub.id)
    with pytest.raises(RuleBroken, match="matter-not-yours"):
        does(session, matter, "publish", rooms.a, rooms.ada, now)
    session.rollback()
    with pytest.raises(RuleBroken, match="matter-reasons-missing"):
        does(session, matter, "withdraw", rooms.hub, rooms.ada, now, reasons=" ")
    session.rollback()
    found = []
    while matter.stage != "withdrawn":
        found += passed(session, matter, matter.deadline_at)
    assert found == ["remind", "timeout_relay", "timeout_withdraw"]
    assert matter_states.replayed(session, matter) == matter_states.read(session, matter)

    for _reminded_then_up in range(2):
        passed(session, opened, opened.deadline_at)
    does(session, opened, "publish", rooms.hub, rooms.ada, now)
    assert (opened.stage, opened.deadline_at) == ("open", now + 60 * DAY)
    seen = set(session.scalars(queries.listed(Reader(), queries.Filters())))
    assert seen == {opened.id}


def test_a_clock_that_jumps_lets_each_delay_run(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    later = now + 1000 * DAY
    assert passed(session, matter, later) == ["remind"]
    assert passed(session, matter, later) == []
    assert matter.deadline_at == later + 15 * DAY
    assert passed(session, matter, now) == []
    assert passed(session, matter, later + 15 * DAY) == ["timeout_lapse", "close"]


def test_two_workers_pass_it_once(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    at, engine = matter.deadline_at, session.get_bind()

    def work(_number):
        with Session(engine) as own:
            done = matter_deadlines.pass_one(own, matter.id, now=at)
            own.commit()
            return len(done.events)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [0, 1]


def test_a_question_left_without_answer_goes_up_again(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    does(session, matter, "relay", rooms.a, rooms.ada, now)
    does(session, matter, "return_down", rooms.hub, rooms.ada, now)
    assert matter.deadline_at == now + 30 * DAY
    assert passed(session, matter, now + 30 * DAY) == ["timeout_resubmit"]
    assert matter.room_id == rooms.hub.id


def test_the_worker_passes_what_is_due(app, session, rooms, now, clock):
    matter = begun(session, rooms.a, rooms.ada, now - 61 * DAY)
    with app.app_context():
        assert jobs.pass_due(app) == 1
        assert jobs.pass_due(app) == 0
    session.expire_all()
    assert session.get_one(Matter, matter.id).reminded


def test_a_room_is_told_once_that_a_delay_is_nearly_over(session, rooms, now):
    matter = begun(session, rooms.a, rooms.ada, now)
    at = now + 54 * DAY
    assert matter_deadlines.nearly_due(session, now=now) == []
    assert matter_deadlines.nearly_due(session, now=at) == [matter.id]
    assert matter_deadlines.warn(session, matter.id) is not None
    assert matter_deadlines.warn(session, matter.id) is None
    assert matter_deadlines.warn(session, "0" * 18) is None
    assert matter_deadlines.nearly_due(session, now=at) == []

"""Who reads which text now."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.models import Reading
from consult.queries.moderation import Moderator
from consult.services import moderation_readings


@pytest.fixture
def text(make):
    return make.answer(make.question(), state="pending")


def someone(make):
    return Moderator(make.account("administrator").id, sees_all=True)


def test_a_text_is_read_by_one_for_five_minutes(session, make, text, now):
    ada, bob = someone(make), someone(make)
    assert moderation_readings.take(session, text.id, by=ada, now=now)
    assert moderation_readings.take(session, text.id, by=ada, now=now + timedelta(minutes=4))
    assert not moderation_readings.take(session, text.id, by=bob, now=now + timedelta(minutes=8))
    assert moderation_readings.take(session, text.id, by=bob, now=now + timedelta(minutes=9))
    session.commit()
    assert session.scalars(select(Reading.account_id)).all() == [bob.account_id]


def test_one_reads_one_text_at_a_time(session, make, text, now):
    ada = someone(make)
    other = make.answer(make.question(), state="pending")
    moderation_readings.take(session, text.id, by=ada, now=now)
    moderation_readings.take(session, other.id, by=ada, now=now)
    session.commit()
    assert session.scalars(select(Reading.statement_id)).all() == [other.id]
    moderation_readings.release(session, ada.account_id)
    session.commit()
    assert session.scalars(select(Reading)).all() == []


def test_a_text_of_elsewhere_is_not_taken(session, make, text, now):
    nobody = Moderator(make.account().id, organises=True, joins=True, facilitates=True)
    assert not moderation_readings.take(session, text.id, by=nobody, now=now)
    assert not moderation_readings.take(session, "nothing", by=nobody, now=now)


def test_of_two_at_once_one_reads(session, make, text, now):
    people = [someone(make) for _ in range(4)]

    def one(by):
        with Session(session.get_bind()) as own:
            taken = moderation_readings.take(own, text.id, by=by, now=now)
            own.commit()
            return taken

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, people)) == [False, False, False, True]

"""Archives: one at a time for a consultation, taken by one maker, said to have failed or made."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Aid, JournalEntry
from consult.services import archives

MINUTE = timedelta(minutes=1)


def acts(session):
    query = session.query(JournalEntry).filter(JournalEntry.act.like("archive.%"))
    return [entry.act for entry in query.order_by(JournalEntry.id)]


def test_asking_twice_asks_once(make, session, now):
    consultation, account = make.consultation(), make.account()
    first = archives.ask(session, consultation, account_id=account.id, now=now)
    session.commit()
    second = archives.ask(session, consultation, account_id=account.id, now=now + MINUTE)
    session.commit()
    assert second.id == first.id and first.state == "waiting"
    assert acts(session) == ["archive.asked"]


def test_nothing_is_made_while_the_results_are_hidden(make, session, now):
    secret = make.consultation(results="after_close")
    with pytest.raises(RuleBroken, match="results-hidden"):
        archives.ask(session, secret, account_id=None, now=now)
    assert archives.renew(session, now=now, most=9) == 0


def test_it_is_made_by_one_alone_and_renewed(make, session, now):
    archives.ask(session, make.consultation(), account_id=None, now=now)
    session.commit()
    mine = archives.take(session, now=now)
    session.commit()
    assert mine.state == "running" and archives.take(session, now=now + MINUTE) is None
    assert archives.beat(session, mine, 0.42, now=now + MINUTE) and mine.done == 420
    assert archives.finish(session, mine, now=now + 2 * MINUTE)
    session.commit()
    assert (mine.state, mine.done, mine.total) == ("done", 1000, 1000)
    assert mine.ended_at == now + 2 * MINUTE and acts(session) == ["archive.made"]
    assert archives.outlived(session) == [mine.id]


def test_one_whose_maker_was_killed_is_begun_again_by_another(app, make, session, now):
    archives.ask(session, make.consultation(), account_id=None, now=now)
    session.commit()
    killed = archives.take(session, now=now)
    archives.beat(session, killed, 0.5, now=now)
    session.commit()
    with Session(session.get_bind(), expire_on_commit=False) as other:
        taken = archives.take(other, now=now + 3 * MINUTE)
        other.commit()
        assert taken.id == killed.id and taken.done == 0
    assert not archives.beat(session, killed, 0.6, now=now + 3 * MINUTE)
    assert not archives.finish(session, killed, now=now + 3 * MINUTE)
    session.rollback()
    later = now + archives.GIVEN_UP + 4 * MINUTE
    assert archives.take(session, now=later) is None
    session.commit()
    session.expire_all()
    assert session.get(Aid, killed.id).state == "failed" and acts(session) == ["archive.failed"]


def test_two_makers_at_once_take_it_once(make, session, now):
    archives.ask(session, make.consultation(), account_id=None, now=now)
    session.commit()
    with Session(session.get_bind(), expire_on_commit=False) as other:
        read = other.get(Aid, session.query(Aid).one().id)
        other.commit()
        assert archives.take(session, now=now) is not None
        session.commit()
        assert not archives._claim(other, read, now=now)
        other.rollback()


def test_one_that_cannot_be_made_is_said_to_have_failed(make, session, now):
    archives.ask(session, make.consultation(), account_id=None, now=now)
    taken = archives.take(session, now=now)
    assert archives.fail(session, taken, now=now)
    session.commit()
    assert taken.state == "failed" and taken.ended_at == now
    assert archives.take(session, now=now) is None


def test_each_night_asks_for_each_public_consultation_once(make, session, now):
    consultation = make.consultation()
    make.consultation(results="after_close")
    midnight = now.replace(hour=0, minute=30)
    assert archives.renew(session, now=midnight, most=9) == 1
    assert archives.renew(session, now=midnight, most=9) == 0
    archives.finish(session, archives.take(session, now=midnight), now=midnight)
    session.commit()
    assert archives.renew(session, now=midnight, most=9) == 0
    assert archives.renew(session, now=now, most=9) == 1
    session.commit()
    aids = session.query(Aid).filter_by(consultation_id=consultation.id).all()
    assert sorted(aid.state for aid in aids) == ["done", "waiting"]

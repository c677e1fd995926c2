"""Which archive holds, and which are to be made again."""

from datetime import timedelta

import pytest

from consult.models import Aid, Decision, Erasure, new_id
from consult.queries import archives as queries

HOUR = timedelta(hours=1)


@pytest.fixture
def archive(make):
    def archive(consultation, state="done", ago=HOUR, **facts):
        at = make.now - ago
        return make.save(
            Aid(
                consultation_id=consultation.id, kind="archive", state=state, created_at=at, **facts
            )
        )

    return archive


def decide(make, text, to="hidden", from_="published", ago=timedelta()):
    make.save(
        Decision(
            batch_id=new_id(), statement_id=text.id, version=1, from_state=from_, to_state=to,
            reason="off_topic", role="organiser", decided_at=make.now - ago,
        )
    )  # fmt: skip


def test_the_last_one_made_is_given(make, session, archive):
    consultation, other = make.consultation(), make.consultation()
    archive(consultation, ago=3 * HOUR)
    last = archive(consultation)
    archive(consultation, "failed", ago=HOUR / 2)
    archive(other, ago=timedelta())
    make.save(
        Aid(consultation_id=consultation.id, kind="groups", state="done", created_at=make.now)
    )
    assert session.scalars(queries.made(consultation.id)).one().id == last.id
    assert session.scalars(queries.last(consultation.id)).one().state == "failed"
    assert session.scalars(queries.under_way(consultation.id)).one_or_none() is None
    both = [consultation.id, other.id, make.consultation().id]
    assert set(session.scalars(queries.held(both))) == {consultation.id, other.id}
    kept = session.execute(queries.kept()).all()
    assert [row.id for row in kept if row.consultation_id == consultation.id][0] == last.id


@pytest.mark.parametrize("why", ["hidden", "withdrawn", "erased"])
def test_one_that_holds_what_was_taken_away_is_given_no_more(make, session, now, archive, why):
    question = make.question()
    text = make.answer(question, updated_at=now - 2 * HOUR)
    consultation = session.get(type(make.consultation()), text.consultation_id)
    old = archive(consultation)
    decide(make, text, ago=2 * HOUR)
    decide(make, text, from_="pending")
    make.answer(question, state="pending", updated_at=now)
    decide(make, make.answer(make.question()))
    assert session.scalars(queries.made(consultation.id)).one().id == old.id
    night = now - 8 * HOUR
    assert consultation.id not in {c.id for c in session.scalars(queries.to_renew(night, now))}
    if why == "hidden":
        decide(make, text)
    elif why == "withdrawn":
        text.state, text.updated_at = "withdrawn", now
    else:
        session.add(Erasure(mark="m" * 64, texts="kept", erased_at=now))
    session.commit()
    assert session.scalars(queries.made(consultation.id)).one_or_none() is None
    assert consultation.id in {c.id for c in session.scalars(queries.to_renew(night, now))}
    archive(consultation, "waiting", ago=timedelta())
    assert consultation.id not in {c.id for c in session.scalars(queries.to_renew(night, now))}


def test_those_of_the_night_are_of_public_consultations(make, session, now, archive):
    never, yesterday, failed = (make.consultation() for _ in range(3))
    make.consultation(access="listed")
    make.consultation(published_at=None)
    archive(yesterday, ago=30 * HOUR)
    archive(failed, "failed", ago=HOUR)
    found = {one.id for one in session.scalars(queries.to_renew(now - 8 * HOUR, now))}
    assert found == {never.id, yesterday.id}
    assert session.scalar(queries.records(never.id)) == 0


def test_the_first_that_waits_or_was_left_is_made(make, session, now, archive):
    going, asked, killed = (make.consultation() for _ in range(3))
    archive(going, "running", ago=3 * HOUR, beat_at=now - timedelta(seconds=5))
    waiting = archive(asked, "waiting")
    stale = now - timedelta(minutes=2)
    assert session.scalars(queries.next_to_make(stale)).one().id == waiting.id
    left = archive(killed, "running", ago=2 * HOUR, beat_at=now - timedelta(minutes=3))
    assert session.scalars(queries.next_to_make(stale)).one().id == left.id

"""Reading aids: work that stops, starts again, and says how far; here the groups of texts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain import readings
from consult.domain.errors import RuleBroken
from consult.models import Aid, GroupedStatement, JournalEntry, Statement, StatementReading
from consult.services import aids
from consult.services import readings as reading
from consult.services.aid_kinds import _texts, groups

KIND = "groups"
CAMPAIGN = "Nous demandons un lieu ouvert à tous dans chaque commune, avec une aide humaine {}."


@pytest.fixture
def room(make, monkeypatch):
    """A consultation where the same text was sent four times, and two others once."""
    monkeypatch.setattr(groups, "FEWEST", 6)
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    texts = [make.answer(question, body=CAMPAIGN.format(word)) for word in "abcd"]
    make.answer(question, body="Une bibliothèque vaut mieux que dix bornes dans la rue.")
    make.answer(question, body="Les ateliers du soir aident ceux qui travaillent le jour.")
    make.answer(question, body=CAMPAIGN.format("z"), state="hidden")
    return consultation, [one.id for one in texts], make.account("organiser")


def run(session, aid, now):
    found = groups.compute(
        session,
        aid.consultation_id,
        lambda done, total: aids.beat(session, aid, done, total, now=now),
    )
    kept = aids.keep(session, aid, found, now=now)
    session.commit()
    return kept


def held(session):
    columns = (GroupedStatement.statement_id, GroupedStatement.leader_id)
    return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def test_the_same_texts_are_grouped_against_one(session, room, now):
    consultation, texts, by = room
    asked = aids.ask(session, consultation, KIND, by=by, now=now)
    assert asked.state == "waiting"
    aid = aids.claim(session, now=now)
    run(session, aid, now)
    found = held(session)
    leader = found[0][1]
    assert {leader, *(member for member, _leader in found)} == set(texts)
    assert {one for _member, one in found} == {leader}
    session.refresh(aid)
    assert (aid.state, aid.done, aid.total, aid.ended_at) == ("done", 6, 6, now)
    aids.ask(session, consultation, KIND, by=by, now=now + timedelta(hours=1))
    run(session, aids.claim(session, now=now), now)
    assert held(session) == found, "the same texts make the same groups"


def test_one_asks_at_a_time_and_not_for_a_few(session, make, room, now):
    consultation, _texts, by = room
    aids.ask(session, consultation, KIND, by=by, now=now)
    with pytest.raises(RuleBroken, match="aid-asked"):
        aids.ask(session, consultation, KIND, by=by, now=now)
    with pytest.raises(RuleBroken, match="aid-too-few"):
        aids.ask(session, make.consultation(), KIND, by=by, now=now)


def test_a_job_that_waits_or_runs_is_cancelled(session, room, now):
    consultation, _texts, by = room
    with pytest.raises(RuleBroken, match="aid-over"):
        aids.cancel(session, consultation, KIND, by=by, now=now)
    aids.ask(session, consultation, KIND, by=by, now=now)
    aid = aids.claim(session, now=now)
    aids.cancel(session, consultation, KIND, by=by, now=now)
    with pytest.raises(aids.Cancelled):
        run(session, aid, now)
    with pytest.raises(aids.Cancelled):
        aids.keep(session, aid, [], now=now)
    aids.fail(session, aid, now=now)
    assert aids.latest(session, consultation.id, KIND).state == "cancelled"
    assert held(session) == []
    with pytest.raises(RuleBroken, match="aid-over"):
        aids.cancel(session, consultation, KIND, by=by, now=now)


def test_a_job_that_was_killed_begins_again(session, room, now):
    consultation, _texts, by = room
    assert aids.claim(session, now=now) is None
    aids.ask(session, consultation, KIND, by=by, now=now)
    killed = aids.claim(session, now=now)
    aids.beat(session, killed, 3, 6, now=now)
    assert aids.claim(session, now=now + readings.SILENT_FOR) is None
    late = now + readings.SILENT_FOR + timedelta(seconds=1)
    again = aids.claim(session, now=late)
    assert again.id == killed.id
    assert (again.done, again.total, again.beat_at) == (0, 0, late)
    run(session, again, late)
    assert len(held(session)) == 3


def test_a_job_that_fails_says_so(session, room, now):
    consultation, _texts, by = room
    aids.ask(session, consultation, KIND, by=by, now=now)
    aid = aids.claim(session, now=now)
    aids.fail(session, aid, now=now)
    assert session.scalars(select(Aid.state)).one() == "failed"
    aids.ask(session, consultation, KIND, by=by, now=now + timedelta(minutes=1))


def test_many_texts_are_read_a_part_at_a_time(session, room, now, monkeypatch):
    consultation, texts, by = room
    monkeypatch.setattr(_texts, "AT_ONCE", 2)
    aids.ask(session, consultation, KIND, by=by, now=now)
    run(session, aids.claim(session, now=now), now)
    assert len(held(session)) == len(texts) - 1


def test_an_aid_unknown_or_that_cannot_be_given_is_refused(session, room, now, monkeypatch):
    consultation, _texts, by = room
    for act in (aids.ask, aids.cancel):
        with pytest.raises(RuleBroken, match="aid-unknown") as broken:
            act(session, consultation, "archive", by=by, now=now)
        assert broken.value.status == 404
    monkeypatch.setattr(groups, "NEEDS", ("no_such_package",))
    assert not aids.is_able(KIND)
    with pytest.raises(RuleBroken, match="aid-unable"):
        aids.ask(session, consultation, KIND, by=by, now=now)
    assert session.scalars(select(Aid)).all() == []


def test_a_text_taken_out_of_its_group_stays_out(session, room, now, monkeypatch):
    monkeypatch.setattr(groups, "FEWEST", 5)
    consultation, texts, by = room
    aids.ask(session, consultation, KIND, by=by, now=now)
    run(session, aids.claim(session, now=now), now)
    member, leader = held(session)[0]
    text = session.get_one(Statement, member)
    session.add(
        StatementReading(
            statement_id=member, consultation_id=consultation.id, state="read", read_at=now
        )
    )
    session.commit()
    before = reading.counts(session, consultation)
    later = now + timedelta(hours=1)
    aids.ask(session, consultation, KIND, by=by, now=later)
    aid = aids.claim(session, now=later)
    rows = groups.compute(session, consultation.id, lambda _done, _total: None)
    with pytest.raises(RuleBroken, match="group-left"):
        reading.take_out(session, text, member, by=by, now=now)
    reading.take_out(session, text, leader, by=by, now=now)
    session.commit()
    after = reading.counts(session, consultation)
    assert after["total"] == before["total"] == sum(after[one] for one in readings.STATES)
    assert (after["unread"], after["grouped"]) == (before["unread"] + 1, before["grouped"] - 1)
    act = select(JournalEntry.subject).where(JournalEntry.act == "reading.ungrouped")
    assert session.scalars(act).all() == [f"statement:{member}"]
    with pytest.raises(RuleBroken, match="group-left"):
        reading.take_out(session, text, leader, by=by, now=now)
    aids.keep(session, aid, rows, now=later)  # begun before, ended after
    session.commit()
    assert member not in {one for pair in held(session) for one in pair}
    later += timedelta(hours=1)
    aids.ask(session, consultation, KIND, by=by, now=later)
    run(session, aids.claim(session, now=later), later)
    found = {one for pair in held(session) for one in pair}
    assert found == set(texts) - {member}

"""Groups of texts that say nearly the same: a job that stops, starts again, and says how far."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain import campaigns, readings
from consult.domain.errors import RuleBroken
from consult.models import Aid, GroupedStatement, JournalEntry, Statement, StatementReading
from consult.services import readings as reading
from consult.services import text_groups

CAMPAIGN = "Nous demandons un lieu ouvert à tous dans chaque commune, avec une aide humaine {}."


@pytest.fixture
def room(make, monkeypatch):
    """A consultation where the same text was sent four times, and two others once."""
    monkeypatch.setattr(readings, "FEWEST_TEXTS", 6)
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    texts = [make.answer(question, body=CAMPAIGN.format(word)) for word in "abcd"]
    make.answer(question, body="Une bibliothèque vaut mieux que dix bornes dans la rue.")
    make.answer(question, body="Les ateliers du soir aident ceux qui travaillent le jour.")
    make.answer(question, body=CAMPAIGN.format("z"), state="hidden")
    return consultation, [one.id for one in texts], make.account("organiser")


def find(texts, told):
    return [(one.leader, one.members) for one in campaigns.find(texts, told)]


def run(session, aid, now):
    rows = text_groups.group(
        session,
        aid.consultation_id,
        find,
        lambda done, total: text_groups.beat(session, aid, done, total, now=now),
    )
    text_groups.keep(session, aid, rows, now=now)
    session.commit()


def held(session):
    columns = (GroupedStatement.statement_id, GroupedStatement.leader_id)
    return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0]))]


def test_the_same_texts_are_grouped_against_one(session, room, now):
    consultation, texts, by = room
    asked = text_groups.ask(session, consultation, by=by, now=now)
    assert asked.state == "waiting"
    aid = text_groups.claim(session, now=now)
    run(session, aid, now)
    found = held(session)
    leader = found[0][1]
    assert {leader, *(member for member, _leader in found)} == set(texts)
    assert {one for _member, one in found} == {leader}
    session.refresh(aid)
    assert (aid.state, aid.done, aid.total, aid.ended_at) == ("done", 6, 6, now)
    text_groups.ask(session, consultation, by=by, now=now + timedelta(hours=1))
    run(session, text_groups.claim(session, now=now), now)
    assert held(session) == found, "the same texts make the same groups"


def test_one_asks_at_a_time_and_not_for_a_few(session, make, room, now):
    consultation, _texts, by = room
    text_groups.ask(session, consultation, by=by, now=now)
    with pytest.raises(RuleBroken, match="groups-asked"):
        text_groups.ask(session, consultation, by=by, now=now)
    with pytest.raises(RuleBroken, match="groups-too-few"):
        text_groups.ask(session, make.consultation(), by=by, now=now)


def test_a_job_that_waits_or_runs_is_cancelled(session, room, now):
    consultation, _texts, by = room
    with pytest.raises(RuleBroken, match="groups-over"):
        text_groups.cancel(session, consultation, by=by, now=now)
    text_groups.ask(session, consultation, by=by, now=now)
    aid = text_groups.claim(session, now=now)
    text_groups.cancel(session, consultation, by=by, now=now)
    with pytest.raises(text_groups.Cancelled):
        run(session, aid, now)
    with pytest.raises(text_groups.Cancelled):
        text_groups.keep(session, aid, [], now=now)
    text_groups.fail(session, aid, now=now)
    assert text_groups.latest(session, consultation.id).state == "cancelled"
    assert held(session) == []
    with pytest.raises(RuleBroken, match="groups-over"):
        text_groups.cancel(session, consultation, by=by, now=now)


def test_a_job_that_was_killed_begins_again(session, room, now):
    consultation, _texts, by = room
    assert text_groups.claim(session, now=now) is None
    text_groups.ask(session, consultation, by=by, now=now)
    killed = text_groups.claim(session, now=now)
    text_groups.beat(session, killed, 3, 6, now=now)
    assert text_groups.claim(session, now=now + readings.SILENT_FOR) is None
    late = now + readings.SILENT_FOR + timedelta(seconds=1)
    again = text_groups.claim(session, now=late)
    assert again.id == killed.id
    assert (again.done, again.total, again.beat_at) == (0, 0, late)
    run(session, again, late)
    assert len(held(session)) == 3


def test_a_job_that_fails_says_so(session, room, now):
    consultation, _texts, by = room
    text_groups.ask(session, consultation, by=by, now=now)
    aid = text_groups.claim(session, now=now)
    text_groups.fail(session, aid, now=now)
    assert session.scalars(select(Aid.state)).one() == "failed"
    text_groups.ask(session, consultation, by=by, now=now + timedelta(minutes=1))


def test_many_texts_are_read_a_part_at_a_time(session, room, now, monkeypatch):
    consultation, texts, by = room
    monkeypatch.setattr(text_groups, "AT_ONCE", 2)
    text_groups.ask(session, consultation, by=by, now=now)
    run(session, text_groups.claim(session, now=now), now)
    assert len(held(session)) == len(texts) - 1


def test_a_text_taken_out_of_its_group_stays_out(session, room, now, monkeypatch):
    consultation, texts, by = room
    text_groups.ask(session, consultation, by=by, now=now)
    run(session, text_groups.claim(session, now=now), now)
    monkeypatch.setattr(readings, "FEWEST_TEXTS", 5)
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
    text_groups.ask(session, consultation, by=by, now=later)
    aid = text_groups.claim(session, now=later)
    rows = text_groups.group(session, consultation.id, find, lambda _done, _total: None)
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
    text_groups.keep(session, aid, rows, now=later)  # begun before, ended after
    session.commit()
    assert member not in {one for pair in held(session) for one in pair}
    text_groups.ask(session, consultation, by=by, now=later + timedelta(hours=1))
    run(session, text_groups.claim(session, now=later), later)
    found = {one for pair in held(session) for one in pair}
    assert found == set(texts) - {member}

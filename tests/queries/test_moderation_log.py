"""The log's counts, medians and lines: of what is public, once it can no longer be undone."""

from datetime import timedelta

import pytest

from consult.domain.reports import Notice
from consult.models import Decision, SecondReading, new_id
from consult.queries import moderation_log as queries
from consult.services import reports

HOUR = timedelta(hours=1)


@pytest.fixture
def decided(make, session, now):
    """Make a decision about a text sent some hours before it."""

    def one(statement, to_state="hidden", reason="attack", *, hours=10, at=None, **facts):
        at = at or now - 3 * HOUR
        statement.created_at, statement.state = at - hours * HOUR, to_state
        facts = {"from_state": "pending", "version": 1, "role": "organiser"} | facts
        return make.save(
            Decision(
                statement_id=statement.id,
                batch_id=new_id(),
                to_state=to_state,
                reason=reason,
                decided_at=at,
                **facts,
            )
        )

    return one


@pytest.fixture
def question(make):
    return make.question()


def counts(session, scope):
    rows = session.execute(queries.counts(scope)).all()
    return {(row.what, int(row.year), int(row.month), row.key): row.number for row in rows}


def test_the_counts_are_of_what_anyone_may_know(session, make, question, decided, now):
    answers = [make.answer(question) for _ in range(6)]
    decided(answers[0])
    decided(answers[1], "published", "")
    decided(answers[2], "published", "opinion", from_state="published")
    decided(answers[3], "to_correct", "private", at=now - timedelta(days=40))
    decided(answers[4], undone_at=now)
    decided(answers[5], at=now - timedelta(minutes=5))
    private = make.question(make.theme(make.consultation(access="listed")))
    decided(make.answer(private))
    draft = make.question(make.theme(make.consultation(published_at=None)))
    decided(make.answer(draft))
    expected = {
        ("month", 2026, 11, "hidden"): 1,
        ("month", 2026, 11, "published"): 1,
        ("month", 2026, 11, "kept"): 1,
        ("month", 2026, 10, "to_correct"): 1,
        ("reason", 0, 0, "attack"): 1,
        ("reason", 0, 0, "opinion"): 1,
        ("reason", 0, 0, "private"): 1,
        ("reason", 0, 0, ""): 1,
    }
    assert counts(session, queries.Scope(now)) == expected
    assert counts(session, queries.Scope(now, question.consultation_id)) == expected
    own = counts(session, queries.Scope(now, private.consultation_id))
    assert own == {("month", 2026, 11, "hidden"): 1, ("reason", 0, 0, "attack"): 1}


def test_reports_and_second_readings_are_counted(session, make, question, decided, now):
    answers = [make.answer(question) for _ in range(3)]
    for answer in answers[:2]:
        reports.send(
            session,
            answer,
            Notice("attack"),
            participant_id=make.participant().id,
            now=now - 5 * HOUR,
        )
    reports.answer(
        session, answers[0], reports.Answer("kept", "opinion"), actor="system", now=now - HOUR
    )
    facts = {"asked_at": now - 9 * HOUR, "due_at": now, "statement_id": answers[2].id}
    for outcome in ("overturned", "confirmed", None):
        decision = decided(answers[2])
        ended = now - HOUR if outcome else None
        make.save(
            SecondReading(decision_id=decision.id, outcome=outcome, decided_at=ended, **facts)
        )
    found = counts(session, queries.Scope(now))
    assert {key: found[key] for key in found if key[0] in ("report", "second")} == {
        ("report", 0, 0, "answered"): 1,
        ("report", 0, 0, "waiting"): 1,
        ("second", 0, 0, "overturned"): 1,
        ("second", 0, 0, "confirmed"): 1,
        ("second", 0, 0, "waiting"): 1,
    }
    delays = dict(session.execute(queries.delays(queries.Scope(now))).all())
    assert delays["report"] == pytest.approx(4 * 3600, abs=1)
    assert delays["second"] == pytest.approx(8 * 3600, abs=1)


@pytest.mark.parametrize(
    ("hours", "median"),
    [([], None), ([7], 7), ([4, 8], 6), ([1, 30, 2], 2), ([9, 1, 3, 5], 4)],
)
def test_the_median_delay(session, make, question, decided, now, hours, median):
    for number in hours:
        decided(make.answer(question), hours=number)
    decided(make.answer(question), hours=99, from_state="hidden")
    decided(make.answer(question), hours=99, version=2)
    found = dict(session.execute(queries.delays(queries.Scope(now))).all())
    if median is None:
        assert found["reading"] is None
    else:
        assert found["reading"] == pytest.approx(median * 3600, abs=1)


def test_the_lines_say_no_word_and_no_name(session, make, question, decided, now):
    room = make.room("hub", "R-44", name="Hub Grand Est")
    secret = make.room("local", None, name="Salle privée", is_private=True)
    boss = make.account("organiser", name="Zoé")
    decided(make.answer(question, body="Ananas"), room_id=room.id, account_id=boss.id)
    decided(make.answer(question), room_id=secret.id, at=now - 4 * HOUR)
    decided(make.answer(question), "published", "")
    rows = session.execute(queries.lines(queries.Scope(now))).all()
    assert [row.room_name for row in rows] == ["Hub Grand Est", None]
    text = repr(rows)
    assert "Ananas" not in text and "Zoé" not in text and boss.id not in text


def test_the_lines_follow_each_other_page_after_page(session, make, question, decided, now):
    from consult.queries import paging

    for hour in range(5):
        decided(make.answer(question), at=now - (hour + 1) * HOUR)
    seen, cursor = [], None
    for _ in range(3):
        query = queries.lines(queries.Scope(now), cursor, limit=2)
        rows, cursor = paging.cut(
            session.execute(query).all(), lambda row: (row.decided_at, row.id), 2
        )
        seen += [row.decided_at for row in rows]
    assert seen == sorted(seen, reverse=True) and len(set(seen)) == 5 and cursor is None

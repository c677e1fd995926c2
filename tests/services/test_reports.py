"""Reports: taken once from each person, answered once for all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.domain.reports import Notice
from consult.models import JournalEntry, Report, Statement
from consult.services import reports


@pytest.fixture
def answer(make):
    return make.answer(make.question())


def send(session, statement, participant, now, **facts):
    report, is_new = reports.send(
        session, statement, Notice("attack", **facts), participant_id=participant.id, now=now
    )
    session.commit()
    return report, is_new


def test_the_same_person_and_text_are_counted_once(session, make, answer, now):
    ada = make.participant()
    first, is_new = send(session, answer, ada, now)
    again, is_again = send(session, answer, ada, now, explanation="Encore.")
    assert (is_new, is_again, again.id) == (True, False, first.id)
    assert again.explanation == ""
    send(session, answer, make.participant(), now)
    answer.version = 2
    session.commit()
    assert send(session, answer, ada, now)[1]
    assert session.scalar(select(func.count()).select_from(Report)) == 3
    acts = session.scalars(select(JournalEntry.act)).all()
    assert acts == ["report.received"] * 3


def test_sent_twice_at_once_it_is_one_report(session, make, answer, now):
    ada = make.participant()

    def one(_number):
        with Session(session.get_bind()) as own:
            return send(own, own.get_one(Statement, answer.id), ada, now)[1]

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(one, range(4))) == [False, False, False, True]


def test_a_report_hides_nothing(session, make, answer, now):
    for _ in range(5):
        send(session, answer, make.participant(), now)
    session.refresh(answer)
    assert answer.state == "published"


@pytest.mark.parametrize("state", ["hidden", "pending", "to_correct", "withdrawn", "awaiting"])
def test_only_a_public_text_is_reported(session, make, now, state):
    answer = make.answer(make.question(), state=state)
    with pytest.raises(RuleBroken, match="report-closed") as refused:
        send(session, answer, make.participant(), now)
    assert refused.value.status == 409


def test_a_text_hidden_meanwhile_is_not_reported(session, make, answer, now):
    with Session(session.get_bind()) as other:
        other.get_one(Statement, answer.id).state = "hidden"
        other.commit()
    with pytest.raises(RuleBroken, match="report-closed"):
        send(session, answer, make.participant(), now)


def test_a_number_leads_to_its_report(session, make, answer, now):
    report, _new = send(session, answer, make.participant(), now)
    assert reports.by_number(session, f" {report.number.lower()} ") is report
    for typed in ("", "S-00000-00000", report.number[:-1], None, "S-23456-789AB"):
        with pytest.raises(RuleBroken, match="tracking-number-unknown"):
            reports.by_number(session, typed)


def test_an_address_is_not_flooded(session, make, now):
    sent = []
    for hour in range(12):
        at = now + timedelta(minutes=hour)
        answer, ada = make.answer(make.question()), make.participant()
        report, _new = send(session, answer, ada, at, email="ada@exemple.fr")
        sent.append(reports.may_be_told(session, report, now=at))
    assert sent == [True] * 10 + [False] * 2
    assert reports.may_be_told(session, report, now=now + timedelta(days=2))
    silent, _new = send(session, answer, make.participant(), now)
    assert not reports.may_be_told(session, silent, now=now)


def test_all_the_reports_of_a_text_are_answered_together(session, make, answer, now):
    other, _new = send(session, make.answer(make.question()), make.participant(), now)
    first, _new = send(session, answer, make.participant(), now)
    second, _new = send(session, answer, make.participant(), now)
    later = now + timedelta(hours=1)
    kept = {"reason": "opinion", "actor": "account:x", "now": later}
    assert reports.keep(session, answer, **kept) == 2
    session.commit()
    for report in (first, second):
        session.refresh(report)
        assert (report.outcome, report.outcome_reason) == ("kept", "opinion")
        assert report.answered_at == later
    session.refresh(other)
    assert other.outcome is None
    with pytest.raises(RuleBroken, match="report-answered") as refused:
        reports.keep(session, answer, **kept)
    assert refused.value.status == 409
    assert reports.answer(session, answer, "hidden", reason="attack", actor="x", now=later) == 0


def test_a_text_stays_for_a_reason(session, make, answer, now):
    send(session, answer, make.participant(), now)
    with pytest.raises(RuleBroken, match="kept-reason-missing"):
        reports.keep(session, answer, reason="", actor="account:x", now=now)

"""Reports: taken once from each person, answered once for all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import SystemRandom

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain import tracking
from consult.domain.errors import RuleBroken
from consult.domain.reports import Notice
from consult.models import JournalEntry, Report, Statement
from consult.queries.moderation import Moderator
from consult.services import moderation, reports


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
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
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
    never_given = tracking.new_number("S", SystemRandom())
    for typed in ("", "S-00000-00000", report.number[:-1], None, never_given):
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


def decide(session, statement, decision, reason, now, account):
    seen = moderation.Seen(statement.id, statement.version, statement.state)
    by = Moderator(account.id, sees_all=True)
    choice = moderation.Choice(decision, reason)
    made = moderation.decide(session, [seen], choice=choice, by=by, now=now)
    session.commit()
    return made[0], by


@pytest.mark.parametrize(
    ("decision", "reason", "outcome"),
    [
        ("keep", "opinion", "kept"),
        ("hide", "attack", "hidden"),
    ],
)
def test_all_the_reports_of_a_text_are_answered_together(
    session, make, answer, now, decision, reason, outcome
):
    other, _new = send(session, make.answer(make.question()), make.participant(), now)
    both = [send(session, answer, make.participant(), now)[0] for _ in range(2)]
    later, boss = now + timedelta(hours=1), make.account("administrator")
    made, by = decide(session, answer, decision, reason, later, boss)
    for report in both:
        session.refresh(report)
        assert (report.outcome, report.outcome_reason) == (outcome, reason)
        assert (report.answered_at, report.decision_id) == (later, made.id)
    session.refresh(other)
    assert other.outcome is None
    facts = (
        select(JournalEntry.facts)
        .where(JournalEntry.act == "report.answered")
        .order_by(JournalEntry.id)
    )
    assert session.scalar(facts)["reports"] == 2
    moderation.undo(session, made.batch_id, by=by, now=later)
    session.commit()
    for report in both:
        session.refresh(report)
        assert (report.outcome, report.answered_at, report.decision_id) == (None, None, None)
    assert answer.state == "published"


def test_a_text_stays_only_when_someone_reported_it_and_for_a_reason(session, make, answer, now):
    boss = make.account("administrator")
    with pytest.raises(RuleBroken, match="report-answered") as refused:
        decide(session, answer, "keep", "opinion", now, boss)
    assert refused.value.status == 409
    session.rollback()
    send(session, answer, make.participant(), now)
    for reason in ("", "attack"):
        with pytest.raises(RuleBroken, match="kept-reason-missing"):
            decide(session, answer, "keep", reason, now, boss)
        session.rollback()
    decide(session, answer, "keep", "follows_rules", now, boss)
    with pytest.raises(RuleBroken, match="report-answered"):
        decide(session, answer, "keep", "follows_rules", now, boss)


def test_a_corrected_text_that_is_published_answers_too(session, make, answer, now):
    report, _new = send(session, answer, make.participant(), now)
    answer.state = "pending"
    session.commit()
    decide(session, answer, "publish", "", now, make.account("administrator"))
    session.refresh(report)
    assert (report.outcome, report.outcome_reason) == ("kept", "")


def test_a_report_sent_while_the_text_is_hidden_does_not_wait_for_ever(session, make, answer, now):
    ada, boss = make.participant(), make.account("administrator")
    key = answer.id

    def one(act):
        with Session(session.get_bind()) as own:
            statement = own.get_one(Statement, key)
            try:
                if act == "report":
                    send(own, statement, ada, now)
                else:
                    decide(own, statement, "hide", "attack", now, boss)
            except RuleBroken as broken:
                return broken.code
            return "done"

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(one, ["report", "hide"]))
    assert done[1] == "done"
    session.rollback()
    waiting = select(func.count()).select_from(Report).where(Report.answered_at.is_(None))
    assert session.scalar(waiting) == 0

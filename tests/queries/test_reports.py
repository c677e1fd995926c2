"""Reports as whoever decides reads them, and as whoever sent them does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.reports import Notice
from consult.models import Statement
from consult.queries import reports as queries
from consult.services import reports, rooms
from tests import open_calls


@pytest.fixture
def noise(make, session, now):
    """A report of another text, and one already answered."""
    other = make.answer(make.question())
    send(session, other, make.participant().id, now)
    done = make.answer(make.question())
    send(session, done, make.participant().id, now)
    reports.answer(session, done, reports.Answer("kept", "opinion"), actor="system", now=now)
    session.commit()
    return other, done


def send(session, statement, participant_id, now, reason="attack", **facts):
    report, _new = reports.send(
        session, statement, Notice(reason, **facts), participant_id=participant_id, now=now
    )
    session.commit()
    return report


def test_what_waits_about_a_text_never_says_who_sent_it(session, make, now, noise):
    answer = make.answer(make.question())
    first = send(session, answer, make.participant().id, now, email="ada@exemple.fr", name="Ada")
    send(session, answer, make.participant().id, now + timedelta(hours=1), "private")
    rows = session.execute(queries.open_of([answer.id, noise[1].id])).all()
    assert [row.reason for row in rows] == ["attack", "private"]
    assert rows[0].id == first.id
    assert not {"email", "name", "participant_id"} & set(rows[0]._fields)


def test_each_person_is_counted_once_whatever_the_version(session, make, now, noise):
    answer, ada = make.answer(make.question()), make.participant().id
    send(session, answer, ada, now)
    answer.version = 2
    session.commit()
    send(session, answer, ada, now)
    send(session, answer, make.participant().id, now)
    counts = dict(session.execute(select(Statement.id, queries.people())).all())
    assert counts == {answer.id: 2, noise[0].id: 1, noise[1].id: 0}


def test_the_texts_with_a_report_that_waits(session, make, now, noise):
    make.answer(make.question())
    assert session.scalars(queries.waiting()).all() == [noise[0].id]


def test_a_report_is_read_by_whoever_sent_it_or_has_its_number(session, make, now, noise):
    answer, ada = make.answer(make.question()), make.participant().id
    report = send(session, answer, ada, now)
    for participant, followed, seen in (
        (ada, [], True),
        (None, [report.id], True),
        (None, [], False),
        (make.participant().id, ["x"], False),
    ):
        row = session.execute(queries.one_of(report.id, participant, followed)).first()
        assert (row is not None) is seen
        if row is not None:
            assert answer.body not in row


def test_only_those_who_gave_an_address_are_written_to(session, make, now, noise):
    answer = make.answer(make.question())
    send(session, answer, make.participant().id, now)
    told = send(session, answer, make.participant().id, now, email="ada@exemple.fr")
    (row,) = session.execute(queries.with_address([answer.id, noise[0].id])).all()
    assert (row.Report, row.Consultation.id) == (told, answer.consultation_id)
    assert session.scalar(queries.letters_to("ada@exemple.fr", now - timedelta(1))) == 1


def test_reported_projects_wait_for_those_who_run_the_call_or_hold_the_place(
    session, make, now, noise
):
    olga, ines, other = make.account(), make.account(), make.account()
    call = open_calls.call(make, officer=olga)
    make.joins(ines, make.room("hub", "R-44"))
    make.joins(other, make.room("hub", "C-988"))
    rooms.work_out(session)
    project, hidden = open_calls.project(make, call), open_calls.project(make, call)
    for about in (project, project, hidden):
        who = make.participant().id
        notice = Notice("attack", email="ada@exemple.fr")
        reports.send_of_project(session, about, notice, participant_id=who, now=now)
    hidden.hidden_at = now
    session.commit()
    for account_id, seen in ((olga.id, 1), (ines.id, 1), (other.id, 0), (None, 1)):
        rows = session.execute(queries.projects_waiting(account_id)).all()
        assert [(row.id, row.people) for row in rows] == [(project.id, 2)] * seen
        assert session.execute(queries.projects_counted(account_id)).one()[3] == seen
    assert len(session.execute(queries.open_of_project(project.id)).all()) == 2
    assert session.scalars(queries.waiting()).all() == [noise[0].id]
    sent = session.execute(queries.with_address_of(project.id)).all()
    assert {row.OpenCall.id for row in sent} == {call.id} and len(sent) == 2
    own = sent[0].Report
    row = session.execute(queries.one_of(own.id, own.participant_id, [])).one()
    assert (row.kind, row.is_public, row.slug) == ("project", True, call.slug)

"""Reports as whoever decides reads them, and as whoever sent them does."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.reports import Notice
from consult.models import Project, Statement
from consult.queries import reports as queries
from consult.services import reports
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


def test_reports_of_projects_are_told_like_those_of_texts(session, make, now, noise):
    project = open_calls.project(make, open_calls.call(make))
    said = Notice("attack", email="ada@exemple.fr")
    for _ in range(2):
        who = make.participant().id
        reports.send_of_project(session, project, said, participant_id=who, now=now)
    session.commit()
    rows = session.execute(queries.open_of([project.id])).all()
    assert [row.item_id for row in rows] == [project.id] * 2
    assert session.scalars(queries.waiting()).all() == [noise[0].id]
    assert set(session.scalars(queries.waiting(Project))) == {project.id}
    sent = session.execute(queries.with_address([project.id])).all()
    assert {row.OpenCall.id for row in sent} == {project.call_id} and len(sent) == 2
    own = sent[0].Report
    row = session.execute(queries.one_of(own.id, own.participant_id, [])).one()
    assert (row.kind, row.is_public) == ("project", True)

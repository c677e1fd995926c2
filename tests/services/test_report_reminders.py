from datetime import timedelta

from consult.models import Mail, ProjectReport
from consult.services import report_reminders
from tests import open_calls
from tests import payments as split


def due(session, now):
    return [one.key for one in report_reminders.due(session, now=now)]


def test_each_reminder_has_its_days_and_is_sent_once(session, make, now):
    one = split.awarded(make)
    open_calls.project(make, one.call)
    day = (now + timedelta(days=30)).date()
    split.steps(make, one.call, (8_000, None, False), (2_000, day, True))
    first, second = (project.id for project in one.projects)
    assert due(session, now - timedelta(days=1)) == []
    found = list(report_reminders.due(session, now=now))
    assert [one.key for one in found] == [f"report-due:{p}:before" for p in sorted((first, second))]
    assert found[0].email == "projet@exemple.fr" and found[0].due_on == day
    letter = {"recipient": "a@exemple.fr", "subject": "s", "body": "b", "created_at": now}
    make.save(Mail(dedup_key=f"report-due:{first}:before", **letter))
    assert due(session, now) == [f"report-due:{second}:before"]
    make.save(ProjectReport(project_id=second, done="Fait.", updated_at=now, published_at=now))
    assert due(session, now) == []
    assert due(session, now + timedelta(days=30)) == [f"report-due:{first}:day"]
    assert due(session, now + timedelta(days=60)) == [f"report-due:{first}:after"]
    assert due(session, now + timedelta(days=90)) == []


def test_without_a_date_it_is_due_a_year_after_the_split(session, make, now):
    one = split.awarded(make, cents=(10_000,))
    make.save(one.projects[0]).contact_email = ""
    session.commit()
    (found,) = report_reminders.due(session, now=now + timedelta(days=365))
    assert found.due_on == (now + timedelta(days=365)).date()
    assert found.email == one.people[0].email and found.call == one.call.title
    one.projects[0].account_id = None
    session.commit()
    assert due(session, now + timedelta(days=365)) == []

"""Hiding a project for a reason that is told, and showing it again."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.domain.reports import Notice
from consult.models import JournalEntry, Mandate
from consult.services import project_hiding, reports
from tests import open_calls


def refused(code, status, act):
    with pytest.raises(RuleBroken) as broken:
        act()
    assert (broken.value.code, broken.value.status) == (code, status)


def test_hidden_with_its_reason_once_and_shown_again(session, make, now):
    call = open_calls.call(make)
    project = open_calls.project(make, call)
    by = {"by": make.account(), "now": now}

    def hide(reason, note="Une publicité.", about=project):
        return project_hiding.hide(session, call, about, (reason, note), **by)

    for wrong in ("off_topic", "", None, ["attack"]):
        refused("reason-missing", 422, lambda wrong=wrong: hide(wrong))
    refused("hiding-note-missing", 422, lambda: hide("advertising", " "))
    draft = open_calls.project(make, call, state="draft", number=None)
    refused("project-not-sent", 409, lambda: hide("advertising", about=draft))
    assert hide("advertising") and not hide("attack")
    session.commit()
    assert project_hiding.reasons(project) == ("advertising", "Une publicité.")
    assert call.projects == 0
    assert project_hiding.show(session, call, project, **by)
    assert not project_hiding.show(session, call, project, **by)
    session.commit()
    assert (project.hidden_at, project.hidden_reason, call.projects) == (None, "", 1)


def test_nobody_who_has_a_part_in_the_call_hides_or_shows(session, make, now):
    call = open_calls.call(make)
    lead, ada = make.organisation(), make.account()
    make.save(Mandate(organisation_id=lead.id, account_id=ada.id, began_at=now))
    elsewhere = open_calls.project(make, open_calls.call(make), lead=lead)
    other = open_calls.project(make, call)
    by = {"by": ada, "now": now}
    said = ("advertising", "Une publicité.")
    assert project_hiding.hide(session, call, other, said, **by)
    own = open_calls.project(make, call, lead=lead)
    refused("project-own", 403, lambda: project_hiding.hide(session, call, own, said, **by))
    refused("split-own-project", 403, lambda: project_hiding.show(session, call, other, **by))
    assert project_hiding.has_part(session, call, other, ada)
    assert not project_hiding.has_part(session, call, other, make.account())
    assert elsewhere.hidden_at is None and other.hidden_at is not None


def test_reports_are_answered_and_wait_again_when_it_is_shown(session, make, now):
    call = open_calls.call(make)
    project = open_calls.project(make, call)
    by = {"by": make.account(), "now": now}

    def send(reason="attack", who=None):
        who = who or make.participant()
        said = reports.send_of_project(
            session, project, Notice(reason), participant_id=who.id, now=now
        )
        session.commit()
        return said

    bob = make.participant()
    first, is_new = send(who=bob)
    assert is_new and send("private", bob) == (first, False)

    def keep(reason="opinion"):
        project_hiding.keep(session, call, project, reason, **by)

    for wrong in ("advertising", "", None):
        refused("reason-missing", 422, lambda wrong=wrong: keep(wrong))
    keep()
    refused("report-answered", 409, keep)
    second, _new = send()
    project_hiding.hide(session, call, project, ("advertising", "Une publicité."), **by)
    session.refresh(first)
    session.refresh(second)
    assert (first.outcome, second.outcome) == ("kept", "hidden")
    assert second.outcome_reason == "advertising" and second.answered_at == now
    refused("report-closed", 409, send)
    project_hiding.show(session, call, project, **by)
    session.refresh(first)
    session.refresh(second)
    assert (first.outcome, second.outcome, second.answered_at) == ("kept", None, None)
    query = select(JournalEntry.act).where(JournalEntry.subject == f"project:{project.id}")
    assert {"report.received", "report.answered"} <= set(session.scalars(query))

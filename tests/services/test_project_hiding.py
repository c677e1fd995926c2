"""Hiding a project for a reason that is told, and showing it again."""

import pytest

from consult.domain.errors import RuleBroken
from consult.services import project_hiding
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

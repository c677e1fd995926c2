"""Reporting a text by program, and reading the public log of decisions."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.models import Decision, Mail, Report
from tests import open_calls


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def text(make, question):
    return make.answer(question, participant_id=make.participant().id)


def test_a_report_is_taken_once_from_each_person(session, known, make, text, conforms):
    caller, body = known(make.account()), {"reason": "attack", "email": "ada@exemple.fr"}
    first = caller.post(f"/statements/{text.id}/reports", body)
    assert first.status_code == 201
    receipt = conforms(first, "ReportReceipt")
    assert receipt["url"] == f"http://localhost/reports/{receipt['id']}"
    assert caller.post(f"/statements/{text.id}/reports", body).json == receipt
    assert count(session, Report) == 1
    assert receipt["number"] in session.scalars(select(Mail.body)).one()
    other = known(make.account()).post(f"/statements/{text.id}/reports", {"reason": "attack"})
    assert other.status_code == 201 and count(session, Report) == 2


def test_a_visitor_may_report_and_is_then_known_by_the_device(session, program, text):
    path = f"/statements/{text.id}/reports"
    assert program.post(path, {"reason": "private"}).status_code == 201
    assert program.post(path, {"reason": "private"}).status_code == 201
    assert count(session, Report) == 1


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/reason"),
        ({"reason": "bad"}, "#/reason"),
        ({"reason": ["attack"]}, "#/reason"),
        ({"reason": "illegal", "name": "Ada", "email": "a@b.fr"}, "#/good_faith"),
        ({"reason": "illegal", "email": "a@b.fr", "good_faith": True}, "#/name"),
        ({"reason": "attack", "email": "nope"}, "#/email"),
        ({"reason": "attack", "explanation": "\x00"}, "#/explanation"),
        ({"reason": "attack", "explanation": "x" * 4_000}, "#/explanation"),
        ({"reason": "attack", "good_faith": "yes"}, "#/good_faith"),
        ({"reason": "attack", "more": 1}, "#/more"),
    ],
)
def test_a_report_that_cannot_be_read_says_where(session, program, text, body, pointer):
    found = program.post(f"/statements/{text.id}/reports", body)
    assert found.status_code == 422
    assert [error["pointer"] for error in found.json["errors"]] == [pointer]
    assert count(session, Report) == 0


def test_a_text_that_is_not_public_is_not_reported(program, make, question, text):
    hidden = make.answer(question, participant_id=make.participant().id, state="hidden")
    for key in (hidden.id, "0" * 18, "%00"):
        assert program.post(f"/statements/{key}/reports", {"reason": "attack"}).status_code == 404


def test_the_log_is_read_by_day_and_by_role(program, make, question, now, conforms):
    for number, state in enumerate(("hidden", "to_correct", "published")):
        one = make.answer(question, participant_id=make.participant().id, state=state)
        make.save(
            Decision(
                statement_id=one.id, account_id=make.account().id, batch_id="b",
                from_state="pending", to_state=state, reason="attack", role="facilitator",
                version=1, decided_at=now - timedelta(days=1, hours=number),
            )
        )  # fmt: skip
    found = conforms(program.get("/moderation/log"), "LoggedDecisions")
    assert [one["result"] for one in found["items"]] == ["hidden", "to_correct"]
    assert found["items"][0] == {
        "day": "2026-11-22", "consultation": "numerique", "open_call": None,
        "kind": "answer", "result": "hidden",
        "reason": "attack", "role": "facilitator", "room": None, "second_reading": None,
    }  # fmt: skip
    first = program.get("/moderation/log?limit=1&consultation=numerique")
    second = program.get(f"/moderation/log?limit=1&cursor={first.json['next']}")
    assert [one["result"] for one in second.json["items"]] == ["to_correct"]
    project = open_calls.project(make, open_calls.call(make, slug="appel"), moderation="hidden")
    make.save(
        Decision(
            project_id=project.id, batch_id="c", from_state="published", to_state="hidden",
            reason="attack", role="call_officer", version=1, decided_at=now - timedelta(days=2),
        )
    )  # fmt: skip
    found = conforms(program.get("/moderation/log?open_call=appel"), "LoggedDecisions")
    (one,) = found["items"]
    assert (one["kind"], one["consultation"], one["open_call"]) == ("project", None, "appel")
    assert program.get("/moderation/log?open_call=rien").status_code == 404
    make.consultation(slug="privee", access="listed")
    for slug, status in (("privee", 404), ("rien", 404), ("%00", 422)):
        assert program.get(f"/moderation/log?consultation={slug}").status_code == status

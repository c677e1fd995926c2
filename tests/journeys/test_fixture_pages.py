"""The addresses of the fixture answer as the names of its objects say."""

import json

import pytest

from consult.cli import check_fixture
from consult.services import fixture

HIDDEN = {"answer_pending", "answer_hidden", "answer_to_correct", "answer_withdrawn"}
UNSEEN = {
    "consultation_draft",
    "consultation_draft_other",
    "question_draft",
    "question_draft_other",
    "open_call_draft",
    "room_private",
    "poll_private",
}


@pytest.fixture
def made(app, session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    check_fixture.keep_files(app, made)
    return made


def status(client, path):
    """Ask for an address and close what answers: a file stays open else."""
    with client.get(path) as response:
        return response.status_code


def test_a_visitor_sees_what_is_public_and_nothing_else(app, made):
    client = app.test_client()
    seen = {name: status(client, thing.path) for name, thing in made.things.items()}
    refused = {name for name, status in seen.items() if status == 404}
    assert refused >= HIDDEN | UNSEEN
    found = refused - HIDDEN - UNSEEN - {"consultation_private", "question_private"}
    assert found == set()
    assert not {name: status for name, status in seen.items() if status >= 500}


def test_an_organiser_sees_their_draft_and_not_the_draft_of_another(browser, made):
    browser.as_(made.people["organiser"].account)
    own, other = (
        browser.get(made.things[name].path).status
        for name in ("consultation_draft", "consultation_draft_other")
    )
    assert (own, other) == (200, 404)


def test_a_token_writes_in_the_name_of_its_account(app, made):
    proposal = made.things["proposal_open"].id
    sent = app.test_client().put(
        f"/api/v1/proposals/{proposal}/stance",
        data=json.dumps({"value": "agree"}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {made.people['citizen_b'].token}"},
    )
    assert sent.status_code == 200
    assert sent.json["counts"]["agree"] == 1

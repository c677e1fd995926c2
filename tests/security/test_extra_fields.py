"""A4: a form is asked for its own fields; whatever else is sent changes nothing."""

import re

import pytest
from sqlalchemy import select

from consult.models import Consultation, Participant, Statement, Submission

SLIPPED = {
    "id": "00000000000000zzzz", "role": "administrator", "roles": "administrator", "is_admin": "1",
    "owner_id": "x", "user_id": "x", "account_id": "x", "participant_id": "x",
    "contribution_id": "x", "author_id": "x", "consultation_id": "x", "parent_id": "x",
    "status": "published", "agree": "1000", "declared_agree": "1000", "score": "1",
    "votes_count": "1000", "created_at": "2020-01-01", "published_at": "2020-01-01",
    "updated_at": "2020-01-01", "decided_at": "2020-01-01", "decision_by": "x", "exposures": "99",
    "assisted_by_id": "x", "origin": "forged", "carried_from_id": "x", "search": "forged",
    "state_reason": "forged", "answers": "1000", "proposals": "1000", "complete": "1",
    "active": "1", "confirmed_at": "2020-01-01", "email_verified": "1", "position": "99",
    "organisation_id": "x", "sha256": "x", "fs_uniquifier": "x", "password": "x",
}  # fmt: skip


def all_equal(rows, statement):
    assert statement.origin is None
    assert statement.carried_from_id is None
    assert statement.state_reason == ""
    assert statement.decided_at is None
    assert (statement.declared_agree, statement.agree, statement.exposures) == (0, 0, 0)
    assert statement.created_at.year == 2026
    assert statement.search != "forged"
    assert statement.organisation_id is None


SENT = [
    ("question_open", "/send", {"value": "Une réponse", "key": "m1"}),
    (
        "consultation_open",
        "/proposals/send",
        {"title": "Une idée", "body": "Son texte", "key": "m2"},
    ),
    ("proposal_open", "/comments/new", {"body": "Un commentaire", "key": "m3"}),
    ("proposal_open", "/arguments/new", {"body": "Un argument", "side": "for", "key": "m4"}),
    ("proposal_open", "/amendments/new", {"body": "Un amendement", "key": "m5"}),
    ("proposal_open", "/sources/new", {"title": "T", "body": "Une source", "key": "m6"}),
]


@pytest.mark.parametrize(("name", "end", "fields"), SENT)
def test_fields_that_a_form_does_not_have_change_nothing(world, rows, name, end, fields):
    url = f"{world.things[name].path}{end}"
    agent = world.agents["citizen_b"]
    answer = agent.post(url, {**SLIPPED, "signed_as": "none", **fields})
    assert answer.status == 303, answer.text[:400]
    found = rows.scalars(
        select(Statement)
        .join(Submission, Submission.statement_id == Statement.id)
        .where(Submission.key == fields["key"])
    ).one()
    all_equal(rows, found)
    assert found.consultation_id == world.things["consultation_open"].id
    account = world.made.people["citizen_b"].account.id
    assert rows.get(Participant, found.participant_id).account_id == account
    assert rows.get(Statement, SLIPPED["id"]) is None


def test_posting_the_id_of_another_text_does_not_touch_it(world, rows):
    other = world.things["proposal_open"].id
    before = rows.get(Statement, other).body
    agent = world.agents["citizen_b"]
    for name, end, fields in SENT:
        data = {**fields, "key": f"x{fields['key']}", "id": other, "statement_id": other}
        agent.post(f"{world.things[name].path}{end}", data)
    rows.rollback()
    assert rows.get(Statement, other).body == before


def test_moderation_is_not_avoided_by_naming_a_state(world, rows):
    path = world.things["question_moderated"].path
    fields = {"value": "À lire", "signed_as": "none", "state": "published", "published_at": "2020"}
    answer = world.agents["citizen_b"].post(f"{path}/send", fields)
    path = answer.headers["Location"].removesuffix("/receipt")
    statement = rows.get(Statement, path.rsplit("/", 1)[1])
    assert statement.state == "pending"
    assert statement.published_at is None


def test_an_organiser_gives_away_nothing_by_an_extra_field(world, rows):
    agent, thing = world.agents["organiser"], world.things["consultation_open"]
    url = f"/console{thing.path}/edit"
    page = agent.get(url).text
    version = re.search(r'name="version"[^>]*value="([^"]*)"', page)[1]
    data = {
        "title": "Consultation open", "asked_by": "Moi", "purpose": "Vérifier", "access": "open",
        "moderation": "after", "results": "live", "follows_id": "", "version": version,
    }  # fmt: skip
    extra = SLIPPED | {"slug": "forged", "template": "ideas", "time_zone": "Etc/GMT+5"}
    before = rows.get(Consultation, thing.id)
    kept = (before.owner_id, before.slug, before.template, before.created_at, before.answers)
    assert agent.post(url, {**extra, **data}).status == 303
    rows.rollback()
    after = rows.get(Consultation, thing.id)
    assert (after.owner_id, after.slug, after.template, after.created_at, after.answers) == kept
    assert after.origin is None

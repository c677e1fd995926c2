import pyotp
import pytest
from sqlalchemy import select

from consult.domain import phases, questions
from consult.domain.errors import RuleBroken
from consult.models import Consultation, Question, Statement
from consult.queries import counters
from consult.services import accounts, fixture, passwords, second_steps, tokens

OBJECTS = {
    "consultation_open",
    "consultation_closed",
    "consultation_draft",
    "consultation_private",
    "question_open",
    "answer_published",
    "answer_pending",
    "answer_hidden",
    "proposal_open",
    "argument_open",
    "amendment_open",
    "comment_open",
    "room_national",
    "room_hub",
    "room_other_hub",
    "room_local",
    "room_local_b",
    "room_local_c",
    "room_private",
    "invitation_pending",
    "invitation_expired",
    "invitation_used",
    "open_call_published",
}
ROLES = {
    "citizen_a",
    "citizen_b",
    "unverified",
    "banned",
    "mediator",
    "local_facilitator",
    "local_facilitator_b",
    "local_facilitator_c",
    "hub_facilitator",
    "other_hub_facilitator",
    "national_facilitator",
    "organiser",
    "auditor",
    "administrator",
}


PROTECTED = {
    "organiser",
    "organiser_other",
    "co_organiser",
    "administrator",
    "local_authority_a",
    "local_authority_b",
}


@pytest.fixture
def made(session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    return made


def test_the_names_promised_are_there(made):
    assert set(made.things) >= OBJECTS
    assert set(made.people) >= ROLES
    assert len(made.crowd) == 100
    assert len({person.email for person in made.crowd}) == 100


def test_a_database_with_anything_in_it_is_left_alone(session, made, now):
    with pytest.raises(RuleBroken, match="fixture-not-empty"):
        fixture.fill(session, now=now)


@pytest.mark.parametrize("what", ["account", "consultation", "participant"])
def test_one_row_is_enough_to_refuse(session, make, now, what):
    getattr(make, what)()
    with pytest.raises(RuleBroken, match="fixture-not-empty"):
        fixture.fill(session, now=now)


def test_consultations_are_in_the_phases_their_names_say(session, made, now):
    def phase(name):
        return phases.of(session.get_one(Consultation, made.things[name].id), now)

    assert phase("consultation_open") == phases.OPEN
    assert phase("consultation_closed") == phases.CLOSED
    assert phase("consultation_draft") == phases.PREPARATION
    assert phase("consultation_upcoming") == phases.PREPARATION
    private = session.get_one(Consultation, made.things["consultation_private"].id)
    assert private.access == "listed"


@pytest.mark.parametrize("state", ["published", "pending", "hidden", "to_correct", "withdrawn"])
def test_an_answer_is_in_each_state(session, made, state):
    assert session.get_one(Statement, made.things[f"answer_{state}"].id).state == state


def test_every_kind_of_question_is_asked(session, made):
    opened = made.things["consultation_open"].id
    kinds = session.scalars(select(Question.kind).where(Question.consultation_id == opened))
    assert set(kinds) == set(questions.QUESTION_KINDS)


def test_tokens_and_links_are_those_of_their_accounts(session, made, now):
    for role, person in made.people.items():
        assert tokens.of_token(session, person.token, now=now).email == person.email
        if role == "unverified":
            assert person.link is None
            assert person.account.confirmed_at is None
        elif role == "banned":
            with pytest.raises(RuleBroken, match="link-used"):
                accounts.follow_link(session, person.link, now=now)
        else:
            found, _participant = accounts.follow_link(session, person.link, now=now)
            assert found.email == person.email


def test_counters_equal_recounts(session, made):
    for query in counters.RECOUNTS.values():
        assert session.scalars(query()).all() == []


def test_passwords_and_second_steps_are_those_printed(session, made, now):
    for role, person in made.people.items():
        if role == "banned":
            with pytest.raises(RuleBroken, match="password-wrong"):
                passwords.sign_in(session, person.email, person.password, now=now)
        else:
            found = passwords.sign_in(session, person.email, person.password, now=now)
            assert found.email == person.email
        assert bool(person.totp) == (role in PROTECTED)
        if person.totp:
            code = pyotp.TOTP(person.totp).at(now)
            second_steps.check(session, person.account, code, now=now)
    assert {person.totp for person in made.crowd} == {None}

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import select

from consult.domain import tracking
from consult.domain.errors import RuleBroken
from consult.models import Contribution
from consult.services import contributions


def test_one_contribution_and_one_number_a_person(session, make, now):
    consultation, person = make.consultation(), make.participant()
    first = contributions.of(session, consultation, person.id, now=now)
    again = contributions.of(session, consultation, person.id, now=now + timedelta(days=1))
    assert first is again
    assert first.tracking_number.startswith("GE-")
    typed = first.tracking_number.lower().replace("-", " ")
    assert contributions.by_number(session, typed) is first
    with pytest.raises(RuleBroken, match="tracking-number-elsewhere"):
        contributions.joined_by_number(session, make.consultation(), first.tracking_number)
    assert contributions.joined_by_number(session, consultation, typed) == person.id


class Repeating:
    """A chance that draws the same letter for two numbers, then another one."""

    def __init__(self):
        self.drawn = 0

    def choice(self, letters):
        self.drawn += 1
        return letters[self.drawn > 2 * 9]


def test_two_people_never_get_the_same_number(session, make, now, monkeypatch):
    monkeypatch.setattr(contributions, "_CHANCE", Repeating())
    consultation = make.consultation()
    numbers = {
        contributions.of(session, consultation, make.participant().id, now=now).tracking_number
        for _ in range(2)
    }
    assert len(numbers) == 2


def test_a_number_that_nobody_has_is_unknown(session):
    with pytest.raises(RuleBroken) as refused:
        contributions.by_number(session, tracking.new_number("GE", Random(1)))
    assert (refused.value.code, refused.value.status) == ("tracking-number-unknown", 404)


def test_nobody_waits_without_a_participant(session):
    assert contributions.waiting(session, None) == []


def test_the_letters_of_a_number_come_from_the_territory(session, make):
    assert contributions.prefix_of(session, make.consultation(territory_code="C-988")) == "NC"
    other = make.consultation(territory_code=None, title="Écoles et numérique")
    assert contributions.prefix_of(session, other) == "EN"


def test_telling_is_asked_changed_and_stopped(session, make, now):
    one = contributions.of(session, make.consultation(), make.participant().id, now=now)
    assert contributions.tell(session, one, email=" ADA@exemple.fr ", now=now)
    assert one.notify_email == "ada@exemple.fr"
    assert not contributions.tell(session, one, email="ada@exemple.fr", now=now)
    assert not contributions.tell(session, one, email="", now=now)
    assert one.notify_email is None
    with pytest.raises(RuleBroken, match="email-unreadable"):
        contributions.tell(session, one, email="ada", now=now)


def waiting(make, session, consultation, person, now, state="awaiting"):
    held = contributions.of(session, consultation, person.id, now=now)
    theme = make.theme(consultation)
    return make.answer(
        make.question(theme), state=state, participant_id=person.id, contribution_id=held.id
    )


def test_confirming_gives_the_contribution_to_the_account(session, make, now):
    consultation, person, account = (
        make.consultation(access="email"),
        make.participant(),
        make.account(),
    )
    answer = waiting(make, session, consultation, person, now)
    assert contributions.waiting(session, person.id) == [answer.body]
    contributions.adopt(session, account, participant_id=person.id, now=now)
    session.commit()
    held = session.scalars(select(Contribution)).one()
    assert answer.state == "published"
    assert answer.participant_id == held.participant_id != person.id
    assert contributions.adopt(session, account, participant_id=person.id, now=now) == []
    assert contributions.adopt(session, account, participant_id=None, now=now) == []


def test_confirming_leaves_what_was_already_sent_where_it_is(session, make, now):
    consultation, person, account = (
        make.consultation(access="email"),
        make.participant(),
        make.account(),
    )
    older = waiting(make, session, consultation, person, now, state="published")
    answer = waiting(make, session, consultation, person, now)
    contributions.adopt(session, account, participant_id=person.id, now=now)
    session.commit()
    assert older.participant_id == person.id
    assert answer.participant_id != person.id
    assert answer.contribution_id == older.contribution_id


def test_what_is_read_first_waits_for_its_reading(session, make, now):
    consultation = make.consultation(access="email", moderation="before")
    person = make.participant()
    answer = waiting(make, session, consultation, person, now)
    contributions.adopt(session, make.account(), participant_id=person.id, now=now)
    assert (answer.state, answer.published_at) == ("pending", None)

"""Who took part, in numbers."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from consult.models import Question
from consult.queries import participation


@pytest.fixture
def consultation(make):
    made = make.consultation()
    question = make.question(make.theme(made))
    at = datetime(2026, 11, 20, 23, 59, 59, tzinfo=UTC)
    make.answer(question, territory_code="D-54", channel="paper", created_at=at)
    make.answer(question, territory_code="D-54", created_at=at.replace(minute=50, second=0))
    make.proposal(make.theme(made), territory_code="C-988", created_at=at.replace(minute=40))
    make.answer(question, created_at=at.replace(day=1))
    make.answer(question, state="hidden", territory_code="D-51", created_at=at)
    make.answer(make.question(), territory_code="D-51", created_at=at)
    make.contribution(made)
    make.contribution(make.consultation())
    return made


def pairs(session, query):
    return [tuple(row) for row in session.execute(query)]


def test_slots_hold_ten_minutes_of_utc(session, consultation):
    assert pairs(session, participation.by_slot(consultation.id)) == [
        ("2026-11-01 23:5", 1),
        ("2026-11-20 23:4", 1),
        ("2026-11-20 23:5", 2),
    ]


def test_territories_hold_those_that_are_missing_and_those_not_said(session, consultation):
    found = pairs(session, participation.by_territory(consultation))
    assert sorted(found, key=str) == sorted(
        [("Meurthe-et-Moselle", 2), ("Marne", 0), ("Nouvelle-Calédonie", 1), (None, 1)], key=str
    )


def test_a_wide_consultation_adds_its_communes_up(session, make, consultation):
    query = select(Question).where(Question.answers == 3)
    question = session.scalars(query).one()
    make.answer(question, territory_code="M-54395")
    found = dict(pairs(session, participation.by_territory(consultation)))
    assert found["Meurthe-et-Moselle"] == 3
    assert "Nancy" not in found
    consultation.territory_code = "D-54"
    session.commit()
    found = dict(pairs(session, participation.by_territory(consultation)))
    assert (found["Meurthe-et-Moselle"], found["Nancy"]) == (2, 1)
    assert found["Métropole du Grand Nancy"] == 0


def test_channels_questions_and_people(session, consultation):
    assert pairs(session, participation.by_channel(consultation.id)) == [("web", 3), ("paper", 1)]
    rows = session.execute(participation.by_question(consultation.id)).all()
    assert [row.answers for row in rows] == [3]
    assert session.scalar(participation.people(consultation.id)) == 1

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


def counted(session, consultation, level=None):
    rows = session.execute(participation.by_territory(consultation, level)).all()
    return {code: number for code, _name, number in rows}


def test_territories_hold_those_that_are_missing_and_those_not_said(session, consultation):
    rows = session.execute(participation.by_territory(consultation)).all()
    assert [tuple(row) for row in rows if row[0]] == [
        ("D-54", "Meurthe-et-Moselle", 2),
        ("C-988", "Nouvelle-Calédonie", 1),
        ("D-51", "Marne", 0),
    ]
    assert [tuple(row) for row in rows if row[0] is None] == [(None, None, 1)]


def test_a_wide_consultation_adds_its_communes_up(session, make, consultation):
    query = select(Question).where(Question.answers == 3)
    question = session.scalars(query).one()
    make.answer(question, territory_code="M-54395")
    make.answer(question, territory_code="M-98818")
    make.answer(question, territory_code="R-44")
    make.answer(question, territory_code="A-41")
    found = counted(session, consultation)
    assert (found["D-54"], found["C-988"], found["R-44"], found["A-41"]) == (3, 2, 1, 1)
    assert "M-54395" not in found
    found = counted(session, consultation, participation.REGION)
    assert found == {"R-44": 5, "C-988": 2, None: 1}
    found = counted(session, consultation, participation.GIVEN)
    assert (found["D-54"], found["M-54395"], found["D-51"]) == (2, 1, 0)
    consultation.territory_code = "D-54"
    session.commit()
    found = counted(session, consultation)
    assert (found["D-54"], found["M-54395"], found["E-245400676"]) == (2, 1, 0)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        (None, "region"), ("FR", "region"), ("R-44", "department"), ("A-41", "department"),
        ("G-hub", "department"), ("D-54", "given"), ("C-988", "given"), ("M-54395", "given"),
    ],
)  # fmt: skip
def test_a_consultation_is_read_at_the_level_of_its_territory(code, level):
    assert participation.usual_level(code) == level


@pytest.mark.parametrize("code", [None, "FR"])
def test_a_consultation_of_the_country_expects_every_region(session, consultation, code):
    consultation.territory_code = code
    session.commit()
    assert counted(session, consultation) == {"R-44": 2, "C-988": 1, None: 1}
    found = counted(session, consultation, participation.DEPARTMENT)
    assert found == {"D-54": 2, "C-988": 1, "D-51": 0, None: 1}


def test_channels_questions_and_people(session, consultation):
    assert pairs(session, participation.by_channel(consultation.id)) == [("web", 3), ("paper", 1)]
    rows = session.execute(participation.by_question(consultation.id)).all()
    assert [row.answers for row in rows] == [3]
    assert session.scalar(participation.people(consultation.id)) == 1

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Consultation
from consult.queries import nearby
from consult.queries.consultations import Reader


def test_what_is_open_or_to_come_is_of_there_above_or_inside(session, make, now):
    dates = {
        "open": {},
        "coming": {"opens_at": now + timedelta(days=1)},
        "closed": {"closes_at": now - timedelta(days=1)},
        "hidden": {"access": "listed"},
    }
    for name, facts in dates.items():
        for code in ("FR", "D-54", "M-54395", "D-51", "C-988"):
            make.consultation(slug=f"{name}-{code.lower()}", territory_code=code, **facts)

    def found(code):
        condition = nearby.current(code, Reader(), now)
        return set(session.scalars(select(Consultation.slug).where(condition)))

    def both(*codes):
        return {f"{name}-{code}" for name in ("open", "coming") for code in codes}

    assert found("M-54395") == both("fr", "d-54", "m-54395")
    assert found("D-54") == both("fr", "d-54", "m-54395")
    assert found("R-44") == both("fr", "d-54", "m-54395", "d-51")
    assert found("C-988") == both("fr", "c-988")


@pytest.fixture
def texts(make, now):
    consultation = make.consultation(territory_code="FR")
    theme = make.theme(consultation)
    question = make.question(theme)
    old = make.answer(question, territory_code="M-54395", created_at=now - timedelta(days=2))
    new = make.proposal(theme, territory_code="D-54", created_at=now - timedelta(days=1))
    far = make.answer(question, territory_code="C-988", created_at=now)
    nowhere = make.answer(question, created_at=now - timedelta(days=9))
    for state in ("pending", "hidden", "withdrawn"):
        make.answer(question, territory_code="D-54", state=state)
    make.answer(make.question(make.theme(consultation, hidden=True)), territory_code="D-54")
    make.answer(
        make.question(make.theme(make.consultation(access="listed"))), territory_code="D-54"
    )
    make.comment(old, territory_code="D-54")
    return old, new, far, nowhere


def test_the_latest_texts_are_public_and_from_there(session, texts, now):
    old, new, far, nowhere = (one.id for one in texts)

    def found(code, limit=9):
        rows = session.execute(nearby.latest(code, Reader(), now, limit)).all()
        return [row.id for row in rows]

    assert found("R-44") == found("D-54") == found("A-41") == [new, old]
    assert found("M-54395") == found("E-245400676") == [old]
    assert found("C-988") == [far]
    assert found("D-51") == []
    assert found("FR") == [far, new, old, nowhere]
    assert found("FR", 1) == [far]

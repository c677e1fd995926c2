from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.domain.errors import RuleBroken
from consult.models import SpentNumber
from consult.services import spent


def test_a_number_is_spent_once(session, now):
    assert not spent.is_spent(session, "un")
    spent.spend(session, "un", now=now)
    assert spent.is_spent(session, "un") and not spent.is_spent(session, "deux")
    with pytest.raises(RuleBroken, match="already-used") as used:
        spent.spend(session, "un", now=now + timedelta(hours=1))
    assert used.value.status == 409
    assert "un" not in session.scalars(select(SpentNumber.number_hash)).all()


def test_old_numbers_are_forgotten(session, now):
    spent.spend(session, "un", now=now)
    spent.spend(session, "deux", now=now + timedelta(hours=2, seconds=1))
    assert session.scalar(select(func.count()).select_from(SpentNumber)) == 1

"""Thanks by name: given, renamed, taken back."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Credit, JournalEntry
from consult.services import credits


def test_one_agrees_changes_the_name_and_takes_it_back(session, make, now):
    sent = make.contribution(make.consultation())

    def give(agrees, name):
        found = credits.give(session, sent, agrees=agrees, name=name, now=now)
        session.commit()
        return found

    assert not give(False, "Amina")
    assert give(True, " Amina ") and credits.find(session, sent).name == "Amina"
    assert give(True, "Amina B.") and credits.find(session, sent).name == "Amina B."
    with pytest.raises(RuleBroken, match="credit-name-missing"):
        give(True, " ")
    session.rollback()
    assert not give(False, "")
    assert not session.scalars(select(Credit.name).order_by(Credit.name)).all()
    acts = select(JournalEntry.act).order_by(JournalEntry.id)
    assert session.scalars(acts).all() == ["credit.given"] * 2 + ["credit.withdrawn"]

"""Which consultation has its groups found next; which opinions count."""

from datetime import timedelta

import pytest

from consult.models import Consultation, OpinionMap, Statement
from consult.queries import opinion_maps
from tests.crowds import two_camps


@pytest.mark.parametrize(
    ("facts", "looked", "is_due"),
    [
        ({}, None, True),
        ({"published_at": None}, None, False),
        ({}, timedelta(minutes=9), False),
        ({}, timedelta(minutes=10), True),
        ({"closes_at": timedelta(hours=-1)}, timedelta(hours=2), True),
        ({"closes_at": timedelta(hours=-3)}, timedelta(hours=2), False),
    ],
)
def test_a_consultation_is_due_until_looked_at_after_its_end(
    session, make, now, facts, looked, is_due
):
    consultation, _proposals = two_camps(make, people=1, statements=2)
    row = session.get(Consultation, consultation.id)
    for name, value in facts.items():
        setattr(row, name, value and now + value)
    if looked:
        found = {"opinions": 0, "content": "", "found_at": now - looked}
        make.save(OpinionMap(consultation_id=consultation.id, **found))
    session.commit()
    due = session.scalar(opinion_maps.due(now))
    assert (due == consultation.id) is is_due


def test_opinions_counted_on_another_site_are_known_too(session, make):
    consultation = make.consultation()
    make.proposal(make.theme(consultation))
    elsewhere = {"declared_agree": 8, "declared_mixed": 1, "declared_disagree": 3}
    there = make.proposal(make.theme(consultation), **elsewhere)
    known = session.execute(opinion_maps.best_known(consultation.id, 9)).all()
    assert [(row.id, row.agree, row.mixed, row.disagree) for row in known] == [(there.id, 8, 1, 3)]
    assert session.scalars(opinion_maps.number(consultation.id)).one() == 0


def test_opinions_on_hidden_proposals_do_not_count(session, make):
    consultation, proposals = two_camps(make, people=3, statements=2)
    before = session.scalars(opinion_maps.number(consultation.id)).one()
    assert len(session.execute(opinion_maps.opinions(consultation.id)).all()) == before == 12
    session.get(Statement, proposals[0].id).state = "hidden"
    session.commit()
    assert session.scalars(opinion_maps.number(consultation.id)).one() == 6
    assert len(session.execute(opinion_maps.opinions(consultation.id)).all()) == 6
    ids = [one.id for one in proposals]
    known = session.execute(opinion_maps.best_known(consultation.id, 9)).all()
    assert [row.id for row in session.execute(opinion_maps.proposals(ids))] == ids[1:]
    assert [row.id for row in known] == ids[1:]

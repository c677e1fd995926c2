"""Common pots as pages list them: each with its sums, those that one looks after."""

from consult.queries import pots as queries
from consult.services import pots


def test_pots_are_listed_for_whoever_looks_after_them(session, make, now):
    mine, other = make.account("local_authority"), make.account("local_authority")
    for title, by in (("B", mine), ("A", mine), ("C", other)):
        facts = {"title": title, "kept_by": "Le tiers de confiance", "about": ""}
        pot = pots.create(session, values=facts, by=by, now=now)
        pots.receive(session, pot, pots.Paid("Commune", 5, now.date()), by=by, now=now)
    rows = session.execute(queries.standing(queries.looked_after(mine.id))).all()
    assert [(row.Pot.title, row.received_cents, row.taken_cents) for row in rows] == [
        ("A", 5, 0),
        ("B", 5, 0),
    ]
    every = session.execute(queries.standing(queries.looked_after(None))).all()
    assert [row.Pot.title for row in every] == ["A", "B", "C"]
    assert session.execute(queries.calls(pot.id)).all() == []

"""Texts brought over: what each comes from and what was made of it, for whoever may know."""

from consult.queries import carried
from consult.queries.consultations import Reader


def test_a_text_knows_what_was_made_of_it(session, make, now):
    first = make.proposal(make.theme())
    theme = make.theme(make.consultation(title="La suite"))
    second = make.proposal(theme, carried_from_id=first.id)
    make.proposal(theme)
    assert session.scalars(carried.made_of(first.id)).all() == [second.id]
    (row,) = session.execute(carried.shown([second.id], Reader(), None, now)).all()
    assert (row.id, row.kind, row.title) == (second.id, "proposal", "La suite")


def test_nobody_learns_of_a_consultation_they_may_not_know(session, make, now):
    owner = make.account("organiser")
    draft = make.consultation(published_at=None, owner_id=owner.id)
    hidden = make.proposal(make.theme(draft))
    gone = make.proposal(make.theme(), state="withdrawn")
    ids = [hidden.id, gone.id]
    assert session.execute(carried.shown(ids, Reader(), None, now)).all() == []
    mine = Reader(account_id=owner.id, email=owner.email)
    assert [row.id for row in session.execute(carried.shown(ids, mine, None, now))] == [hidden.id]

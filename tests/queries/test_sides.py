"""The sides that people take in each theme, by person."""

from consult.models import Stance
from consult.queries import sides as queries
from tests import reading_rooms


def test_sides_are_counted_by_person_in_each_theme(session, make):
    consultation = make.consultation()
    theme, other = make.theme(consultation), make.theme(consultation)
    text, ada = make.proposal(theme), make.participant()
    make.argument(make.proposal(make.theme()), side="for")
    make.argument(text, side="for", participant_id=ada.id)
    make.argument(text, side="for", participant_id=ada.id)
    make.argument(text, side="against")
    make.argument(text, side="against", state="hidden")
    make.proposal(other)
    facts = {"created_at": make.now, "updated_at": make.now}
    bob = make.participant()
    make.save(Stance(statement_id=text.id, participant_id=bob.id, value=-1, **facts))
    make.comment(text, participant_id=bob.id)
    found = {
        (row.theme_id, row.side): row.people
        for row in session.execute(queries.taken(consultation.id))
    }
    assert found[theme.id, "for"] == 1 and found[theme.id, "against"] == 2
    assert found[other.id, None] == 1
    people = {
        row.theme_id: row.people for row in session.execute(queries.everyone(consultation.id))
    }
    assert people == {theme.id: 4, other.id: 1}


def test_the_blocks_with_the_sides_that_they_quote(session, make):
    consultation = make.consultation()
    text = make.proposal(make.theme(consultation))
    whole = reading_rooms.synthesis(make, consultation)
    first, second = reading_rooms.block(make, whole, "chapter"), reading_rooms.block(make, whole)
    for side in ("for", "against", "for"):
        reading_rooms.extract(make, second, make.argument(text, side=side))
    reading_rooms.extract(make, first, make.argument(text, state="hidden"))
    found = session.execute(queries.quoted(whole.id)).all()
    assert [(row.id, row.side) for row in found] == [
        (first.id, None),
        (second.id, "against"),
        (second.id, "for"),
    ]

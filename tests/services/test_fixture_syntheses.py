"""The published synthesis of the known objects."""

from consult.models import Synthesis
from consult.services import composing, fixture


def test_the_known_synthesis_quotes_the_answer_of_its_consultation(session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    thing = made.things["synthesis_published"]
    found = session.get_one(Synthesis, thing.id)
    assert thing.path == f"/syntheses/{found.slug}"
    assert found.consultation_id == made.things["consultation_closed"].id
    version, whole = composing.published(session, found.slug)
    assert version.number == 1
    quoted = [one.statement for part in whole.parts for one in part.quotes]
    assert quoted == [made.things["answer_closed"].id]

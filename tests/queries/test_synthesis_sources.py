"""The sources of a synthesis: what may be added, what is read there, hidden texts left out."""

from consult.models import RoomDocument, SynthesisSource
from consult.queries import consultations
from consult.queries import synthesis_sources as queries
from tests import reading_rooms


def test_only_public_texts_of_sources_are_read(session, make, now):
    own = make.consultation()
    whole = reading_rooms.synthesis(make, own)
    question = make.question()
    key = question.consultation_id
    text = make.answer(question)
    hidden = make.answer(question, state="hidden")
    other = session.get_one(type(own), key)
    shut = make.answer(make.question(make.theme(other, hidden=True)))
    source = make.save(SynthesisSource(synthesis_id=whole.id, consultation_id=key))
    assert [row.id for row in session.execute(queries.texts(key, None))] == [text.id]
    assert session.execute(queries.text(whole.id, text.id)).one().source_id == source.id
    for one in (hidden, shut, make.answer(make.question())):
        assert not session.execute(queries.text(whole.id, one.id)).all()
    reader = consultations.Reader()
    offered = queries.consultations_offered(whole.id, own.id, reader, now)
    found = {row.slug for row in session.execute(offered)}
    assert own.slug not in found and other.slug not in found and found


def test_what_a_room_keeps_is_read_while_it_is_public(session, make, now):
    whole = reading_rooms.synthesis(make, make.consultation())
    room, other = make.room(), make.room()
    facts = {"kind": "minutes", "title": "Séance", "dated_on": now.date(), "created_at": now}
    paper = make.save(RoomDocument(room_id=room.id, body="Un banc.", **facts))
    make.save(RoomDocument(room_id=room.id, body="", link="https://exemple.fr", **facts))
    source = make.save(SynthesisSource(synthesis_id=whole.id, room_id=room.id))
    assert [row.id for row in session.execute(queries.papers(room.id, None))] == [paper.id]
    assert session.execute(queries.paper(whole.id, paper.id)).one().source_id == source.id
    assert [row.slug for row in session.execute(queries.rooms_offered(whole.id))] == [other.slug]
    assert session.scalars(queries.public_papers([paper.id])).all() == [paper.id]
    assert session.execute(queries.one(whole.id, source.id)).one().name == room.name
    room.is_private = True
    session.commit()
    assert not session.execute(queries.paper(whole.id, paper.id)).all()
    assert not session.scalars(queries.public_papers([paper.id])).all()

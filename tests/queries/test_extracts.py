"""Where a published synthesis shows a text: what is in force says it."""

import pytest

from consult.models import SynthesisSource, SynthesisVersion
from consult.queries import extracts
from consult.queries.consultations import Reader
from tests import reading_rooms


@pytest.fixture
def room(make):
    consultation = make.consultation()
    return consultation, reading_rooms.synthesis(make, consultation)


def publish(make, whole, number):
    facts = {"number": number, "digest": "0" * 64, "published_at": make.now, "content": "{}"}
    return make.save(SynthesisVersion(synthesis_id=whole.id, **facts)).id


def shown(session, now, *of, reader=None):
    reader = reader or Reader()
    query = extracts.in_force([one.id for one in of], reader, now)
    return [row.version_id for row in session.execute(query)]


def test_only_the_version_in_force_counts(session, make, room, now):
    consultation, whole = room
    first = publish(make, whole, 1)
    assert shown(session, now, consultation) == [first]
    second = publish(make, whole, 2)
    assert shown(session, now, consultation, make.consultation()) == [second]


def test_a_synthesis_over_several_consultations_shows_to_whoever_may_know_of_it(
    session, make, room, now
):
    consultation, whole = room
    other = make.consultation()
    version = publish(make, whole, 1)
    assert shown(session, now, other) == []
    make.save(SynthesisSource(synthesis_id=whole.id, consultation_id=other.id))
    assert shown(session, now, other) == [version]
    consultation.access = "listed"
    session.commit()
    assert shown(session, now, other) == []
    assert shown(session, now, other, reader=Reader(sees_all=True)) == [version]


def test_blocks_come_in_order_with_their_extracts(session, make, room):
    consultation, whole = room
    (empty,) = session.execute(extracts.blocks(consultation.id)).all()
    assert (empty.synthesis_id, empty.id) == (whole.id, None)
    last = reading_rooms.block(make, whole, position=9)
    first = reading_rooms.block(make, whole, position=1)
    answer = make.answer(make.question(make.theme(consultation)))
    reading_rooms.extract(make, last, answer)
    found = session.execute(extracts.blocks(consultation.id)).all()
    assert [(row.id, row.extracts) for row in found] == [(first.id, 0), (last.id, 1)]
    assert session.execute(extracts.blocks(make.consultation().id)).all() == []

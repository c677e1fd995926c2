"""Where a published synthesis shows a text: what is in force says it."""

import json

import pytest

from consult.models import SynthesisSource, SynthesisVersion
from consult.queries import extracts
from tests import reading_rooms


@pytest.fixture
def room(make):
    consultation = make.consultation()
    return consultation, reading_rooms.synthesis(make, consultation)


def publish(make, whole, number, text):
    content = json.dumps({"statement": text}, separators=(",", ":"))
    facts = {"number": number, "digest": "0" * 64, "published_at": make.now}
    make.save(SynthesisVersion(synthesis_id=whole.id, content=content, **facts))


def slugs(session, text, consultation):
    return [row.slug for row in session.execute(extracts.published_with(text, consultation.id))]


def test_only_the_version_in_force_counts(session, make, room):
    consultation, whole = room
    publish(make, whole, 1, "a1")
    assert slugs(session, "a1", consultation) == [whole.slug]
    assert slugs(session, "a", consultation) == []
    publish(make, whole, 2, "b2")
    assert slugs(session, "a1", consultation) == []
    assert slugs(session, "b2", consultation) == [whole.slug]


def test_a_synthesis_over_several_consultations_shows_too(session, make, room):
    _consultation, whole = room
    other = make.consultation()
    publish(make, whole, 1, "a1")
    assert slugs(session, "a1", other) == []
    make.save(SynthesisSource(synthesis_id=whole.id, consultation_id=other.id))
    assert slugs(session, "a1", other) == [whole.slug]


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

"""What the aids read, and what is shown of what they found: only what is public and unchanged."""

import pytest

from consult.models import AnswerQuestion, Stance
from consult.queries import reading_notes as queries
from consult.queries import readings
from tests import noted, reading_rooms


@pytest.fixture
def world(make, monkeypatch):
    noted.few(monkeypatch)
    return noted.world(make)


def test_the_texts_with_what_people_declare(session, make, world):
    ada = make.participant()
    make.save(
        Stance(
            statement_id=world.first[0].id,
            participant_id=ada.id,
            value=-1,
            created_at=make.now,
            updated_at=make.now,
        )
    )
    facts = {"participant_id": ada.id, "speaks_from": "élue", "actor_kind": "place"}
    signed = make.comment(world.first[0], signed_as="name", signature="Ada", **facts)
    below = make.comment(world.against[0], **facts)
    under = make.comment(make.answer(world.asked, state="hidden"))
    reading_rooms.grouped(make, world.first[1], world.first[0])
    rows = {row.id: row for row in session.execute(queries.texts(world.consultation.id, ""))}
    assert list(rows) == sorted(rows) and len(rows) == 12 + 12 + 5 + 1 + 2
    assert under.id not in rows
    one = rows[signed.id]
    assert (one.opinion, one.place, one.actor_kind, one.person) == (-1, "élue", "place", ada.id)
    assert (one.theme_id, one.question_id, one.root) == (
        world.evening.id,
        world.asked.id,
        world.first[0].id,
    )
    assert (rows[below.id].opinion, rows[below.id].place) == (None, "")
    assert (rows[below.id].root, rows[below.id].theme_id) == (world.first[0].id, world.evening.id)
    assert rows[world.first[1].id].leader == world.first[0].id
    assert rows[world.first[0].id].person == world.first[0].id
    after = session.execute(queries.texts(world.consultation.id, list(rows)[3])).all()
    assert [row.id for row in after] == list(rows)[4:]


def test_the_further_questions_of_answers(session, make, world):
    make.save(AnswerQuestion(statement_id=world.first[0].id, question_id=world.other.id))
    found = session.execute(queries.further(world.consultation.id)).all()
    assert [tuple(row) for row in found] == [(world.first[0].id, world.other.id)]


def test_only_what_is_public_and_unchanged_is_shown(session, make, world, now):
    noted.note(session, world, "voices", now)
    notes = {
        one.place: one for one in session.scalars(queries.notes(world.consultation.id, "voices"))
    }
    note = notes[f"t:{world.roads.id}"]
    shown = session.execute(queries.noted(note.id)).all()
    assert len(shown) >= 2
    assert session.scalars(queries.alone(note.id)).all() == [world.lone.id]
    assert [row.id for row in session.execute(queries.lone(note.id, None))] == [world.lone.id]
    assert [row.id for row in session.execute(queries.some([world.lone.id]))] == [world.lone.id]
    first = shown[0].NotedText.statement_id
    assert session.execute(queries.passage(note.id, first)).one().Statement.id == first
    texts = {one.id: one for one in world.second}
    texts[first].version += 1
    world.lone.state = "hidden"
    session.commit()
    left = [row.NotedText.statement_id for row in session.execute(queries.noted(note.id))]
    was = [row.NotedText.statement_id for row in shown]
    assert left == [one for one in was if one not in (first, world.lone.id)]
    assert session.execute(queries.passage(note.id, first)).all() == []
    assert session.scalars(queries.alone(note.id)).all() == []
    assert session.execute(queries.lone(note.id, None)).all() == []


def test_the_texts_of_a_place_that_hold_a_word(session, world):
    def holding(stem, **filters):
        query = queries.holding(world.consultation.id, readings.Filters(**filters), stem, None)
        return [row.id for row in session.execute(query)]

    pistes = {one.id for one in world.second if "pistes" in one.body}
    assert set(holding("pist")) == set(holding("pist", theme_id=world.roads.id)) == pistes
    assert holding("pist", theme_id=world.evening.id) == [] == holding("pis") == holding("%")


def test_passages_that_the_notebook_quotes_already(session, make, world):
    part = reading_rooms.block(make, reading_rooms.synthesis(make, world.consultation))
    reading_rooms.extract(make, part, world.first[0])
    keys = [one.id for one in world.first]
    found = session.execute(queries.taken(world.consultation.id, keys)).all()
    assert [tuple(row) for row in found] == [(world.first[0].id, 0)]

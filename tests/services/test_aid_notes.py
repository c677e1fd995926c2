"""What the aids note of each theme and question: words, passages, positions, rare voices."""

import pytest
from sqlalchemy import select

from consult.models import AnswerQuestion, NotedText, ReadingNote
from consult.services.aid_kinds import _notes
from tests import noted, reading_rooms


@pytest.fixture
def world(make, monkeypatch):
    noted.few(monkeypatch)
    return noted.world(make)


def notes(session, kind):
    query = select(ReadingNote).where(ReadingNote.kind == kind).order_by(ReadingNote.place)
    return {one.place: one for one in session.scalars(query)}


def texts(session, note, alone):
    query = select(NotedText).where(NotedText.note_id == note.id, NotedText.alone.is_(alone))
    return session.scalars(query.order_by(NotedText.position)).all()


def test_the_words_of_each_theme_and_question(session, world, now):
    assert noted.note(session, world, "terms", now) == 4
    found = notes(session, "terms")
    themes = {f"t:{world.evening.id}", f"t:{world.roads.id}"}
    assert set(found) == themes | {f"q:{world.asked.id}", f"q:{world.other.id}"}
    roads = found[f"t:{world.roads.id}"].content
    assert roads["texts"] == 13
    words = {one["word"]: one["texts"] for one in roads["terms"]}
    assert {words["pistes"], words["bus"]} == {6} and "bibliothèque" not in words
    evening = {one["stem"] for one in found[f"t:{world.evening.id}"].content["terms"]}
    assert "bibliothequ" in evening and "pist" not in evening


def test_a_new_run_takes_the_place_of_the_old_one(session, world, now):
    for kind in ("terms", "voices"):
        noted.note(session, world, kind, now)
        first = [(one.place, one.content) for one in notes(session, kind).values()]
        assert noted.note(session, world, kind, now) == 4
        assert [(one.place, one.content) for one in notes(session, kind).values()] == first
    keys = {one.id for one in notes(session, "voices").values()}
    assert {one.note_id for one in session.scalars(select(NotedText))} <= keys


def test_passages_positions_and_rare_voices(session, world, now):
    assert noted.note(session, world, "voices", now) == 4
    found = notes(session, "voices")
    evening, roads = found[f"t:{world.evening.id}"], found[f"t:{world.roads.id}"]
    assert evening.content["texts"] == evening.content["compared"] == 17
    assert evening.content["covered"] == 1.0
    assert evening.content["positions"] == [["side:against", 5, ""]]
    shown = texts(session, evening, False)
    bodies = {one.id: one.body for one in (*world.first, *world.against)}
    assert all(bodies[one.statement_id][one.starts : one.ends] for one in shown)
    against = {one.id for one in world.against}
    assert against & {one.statement_id for one in shown}
    assert [one.statement_id for one in texts(session, roads, True)] == [world.lone.id]
    assert roads.content["alone"] == 1


def test_what_is_grouped_counts_once(session, make, world, now):
    for one in world.first[2::2]:
        reading_rooms.grouped(make, one, world.first[0])
    noted.note(session, world, "voices", now)
    content = notes(session, "voices")[f"t:{world.evening.id}"].content
    assert (content["texts"], content["compared"]) == (17, 12)
    noted.note(session, world, "terms", now)
    assert notes(session, "terms")[f"t:{world.evening.id}"].content["texts"] == 17


def test_each_text_is_where_it_was_sent(session, make, world):
    further = AnswerQuestion(statement_id=world.first[0].id, question_id=world.other.id)
    make.save(further)
    idea = make.proposal(world.evening)
    nowhere = make.proposal(world.evening, theme_id=None)
    found = _notes.places(session, world.consultation.id, lambda _done: None)
    held = {place: {one.id for one in texts} for place, texts in found.items()}
    against = {one.id for one in world.against}
    assert held[f"t:{world.evening.id}"] == {one.id for one in world.first} | against | {idea.id}
    assert {world.first[0].id, *against} <= held[f"q:{world.other.id}"]
    assert all(nowhere.id not in texts for texts in held.values())
    assert idea.id not in held[f"q:{world.asked.id}"]

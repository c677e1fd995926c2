"""Figures of a consultation and its local editions together: each answer once, by who wrote it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import AnswerQuestion, CommonQuestion, EditionOffer, Question, Stance
from consult.queries import consultations, editions
from consult.queries.rooms import Reader
from tests.rooms import open_room, tree

ANYONE = consultations.Reader()


@pytest.fixture
def places(session, make, now):
    """A consultation of one question, two editions of it, one more that is a draft."""
    rooms = tree(session, make, now)
    source = make.consultation(title="La commune")
    question = make.question(make.theme(source))
    made = {"source": question}
    offered = {"consultation_id": source.id, "offered_at": now, "taken_at": now}
    for name, room, facts in (
        ("hub", rooms.hub, {}),
        ("local", rooms.local, {"access": "email"}),
        ("draft", rooms.other_hub, {"published_at": None}),
    ):
        edition = make.consultation(title=f"Édition {name}", **facts)
        theme = make.theme(edition)
        made[name] = make.question(theme)
        made[f"own {name}"] = make.question(theme)
        make.save(EditionOffer(room_id=room.id, edition_id=edition.id, **offered))
        make.save(CommonQuestion(question_id=made[name].id, source_id=question.id))
    return made


def figures(session, question, now):
    rows = session.execute(editions.figures(question.consultation_id, now)).all()
    return {(row.where, row.who): row.answers for row in rows if row.question_id == question.id}


def test_answers_add_up_by_place_and_by_author(session, make, places, now):
    for name, kind in (
        ("source", "resident"),
        ("source", None),
        ("hub", "resident"),
        ("hub", "place"),
        ("local", "local_authority"),
        ("local", "state"),
        ("draft", "resident"),
        ("own hub", "resident"),
    ):
        make.answer(places[name], actor_kind=kind)
    make.answer(places["hub"], actor_kind="resident", state="pending", published_at=None)
    make.answer(make.question(), actor_kind="resident")
    assert figures(session, places["source"], now) == {
        ("own", "resident"): 1,
        ("own", "unsaid"): 1,
        ("editions", "resident"): 1,
        ("editions", "professional"): 3,
    }
    elsewhere = select(editions.answers_elsewhere(now)).where(Question.id == places["source"].id)
    assert session.scalar(elsewhere) == 4


def test_an_answer_to_several_questions_counts_once(session, make, places, now):
    answer = make.answer(places["hub"], actor_kind="resident")
    make.save(AnswerQuestion(statement_id=answer.id, question_id=places["own hub"].id))
    assert figures(session, places["source"], now) == {("editions", "resident"): 1}


def test_opinions_add_up(session, make, places, now):
    for name, values in (("source", (1, 1, 0)), ("hub", (1, -1)), ("draft", (1,))):
        answer = make.answer(places[name], actor_kind="resident")
        for value in values:
            given = {"created_at": now, "updated_at": now, "value": value}
            who = make.participant().id
            make.save(Stance(statement_id=answer.id, participant_id=who, **given))
    rows = session.execute(editions.figures(places["source"].consultation_id, now)).all()
    total = [sum(getattr(row, name) for row in rows) for name in ("agree", "mixed", "disagree")]
    assert total == [3, 1, 1]


def test_opinions_are_told_apart_by_what_people_said_of_themselves(session, make, places, now):
    people = {kind: make.participant() for kind in ("resident", "place", "both", None)}
    for kind, who in people.items():
        make.answer(
            places["hub"], actor_kind="state" if kind == "both" else kind, participant_id=who.id
        )
    make.answer(places["source"], actor_kind="resident", participant_id=people["both"].id)
    hidden = {"actor_kind": "state", "state": "hidden"}
    make.answer(places["source"], participant_id=people["resident"].id, **hidden)
    for name, value in (("source", 1), ("hub", 0), ("local", -1), ("draft", 1)):
        answer = make.answer(places[name])
        for who in people.values():
            given = {"created_at": now, "updated_at": now, "value": value}
            make.save(Stance(statement_id=answer.id, participant_id=who.id, **given))
    rows = session.execute(editions.opinions(places["source"].consultation_id, now)).all()
    assert [tuple(row) for row in rows] == [
        ("professional", 2, 2, 2, 2), ("resident", 1, 1, 1, 1), ("unsaid", 1, 1, 1, 1),
    ]  # fmt: skip


def test_the_figures_read_what_stands_under_their_questions_alone(session, places, now):
    if session.get_bind().dialect.name != "sqlite":
        return
    for query in (editions.opinions, editions.figures):
        selected = query(places["source"].consultation_id, now)
        text = selected.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
        scanned = {row[3].split()[1] for row in plan if row[3].startswith("SCAN ")}
        assert scanned <= {"given", "people"}, plan


def test_an_edition_is_listed_once_it_is_published_with_the_room_that_anyone_may_know(
    session, make, places, now
):
    source = places["source"].consultation_id
    rows = session.execute(editions.of(source, ANYONE, now)).all()
    assert [(row.title, row.room) for row in rows] == [
        ("Édition hub", "Hub Grand Est"), ("Édition local", "Salle du 54"),
    ]  # fmt: skip
    hidden = open_room(session, "Cercle", "local", now, is_private=True)
    edition = make.consultation(title="Édition cachée")
    make.save(
        EditionOffer(
            consultation_id=source,
            room_id=hidden.id,
            offered_at=now,
            taken_at=now,
            edition_id=edition.id,
        )
    )
    found = {row.title: row.room for row in session.execute(editions.of(source, ANYONE, now))}
    assert found["Édition cachée"] is None
    offered = {row.name for row in session.execute(editions.offers(source, Reader()))}
    assert "Cercle" not in offered and "Hub du Sud" in offered
    everyone = Reader("x", sees_all=True)
    assert "Cercle" in {row.name for row in session.execute(editions.offers(source, everyone))}
    left = {row.name for row in session.execute(editions.unoffered(source, everyone))}
    assert left == {"Salle nationale"}


def test_rooms_below_are_those_one_may_pass_it_on_to(session, make, now):
    rooms = tree(session, make, now)
    source = make.consultation()
    found = session.execute(editions.unoffered(source.id, Reader(), rooms.hub.id)).all()
    assert [row.name for row in found] == ["Salle du 54"]


def test_what_is_offered_to_a_room_is_public(session, make, now):
    room = open_room(session, "Salle", "local", now)
    other = open_room(session, "Autre", "local", now)
    for title, facts, place in (
        ("publique", {}, room),
        ("brouillon", {"published_at": None}, room),
        ("liste", {"access": "listed"}, room),
        ("demain", {"published_at": now + timedelta(days=1)}, room),
        ("ailleurs", {}, other),
    ):
        source = make.consultation(title=title, **facts)
        make.save(EditionOffer(consultation_id=source.id, room_id=place.id, offered_at=now))
    offered = editions.offered_to(room.id, now, "nobody")
    assert [row.title for row in session.execute(offered)] == ["publique"]


def test_shown_questions_come_in_order_and_a_copy_is_paired_by_its_numbers(session, make):
    ours, theirs = make.consultation(), make.consultation()
    for one in (ours, theirs):
        theme = make.theme(one, number=1, label="I", position=1)
        make.question(theme, number=2)
        make.question(theme, number=1)
    make.question(make.theme(theirs, number=2, hidden=True), number=1)
    rows = session.execute(editions.questions(theirs.id)).all()
    assert [row.number for row in rows] == [1, 2]
    pairs = session.execute(editions.pairs(theirs.id, ours.id)).all()
    numbers = [[session.get_one(Question, key).number for key in pair] for pair in pairs]
    assert len(numbers) == 2 and all(mine == other for mine, other in numbers)

"""The promised answers of every source, each in its state, counted by institution."""

from datetime import timedelta

import pytest

from consult.models import Outcome
from consult.queries import promises
from tests import matters

DAY = timedelta(days=1)


@pytest.fixture
def promised(make, now):
    def one(title, due, given=None, **facts):
        found = make.consultation(title=title, outcome_at=now + due * DAY, **facts)
        question = make.question(make.theme(found))
        for day in given or ():
            make.save(
                Outcome(
                    consultation_id=found.id,
                    question_id=question.id,
                    verdict="kept",
                    body="Oui.",
                    created_at=now + day * DAY,
                    updated_at=now,
                )
            )
        return found

    return one


def states(session, now, state=None):
    rows = session.execute(promises.listed(now, state, None)).all()
    return [(row.title, row.state) for row in rows]


@pytest.mark.parametrize("source", sorted(promises.sources()))
def test_a_source_says_all_that_the_board_needs(session, source, now):
    module = promises.sources()[source]
    assert module.LABEL and module.rows.__doc__
    names = {column.name for column in module.rows(now).selected_columns}
    assert names == {"id", "institution", "title", "path", "time_zone", "due_at", "given_at"}


def test_each_promise_is_in_one_state_and_counts_for_its_institution(session, promised, now):
    promised("attendue", 5)
    promised("tenue d'avance", 4, [-1])
    promised("aujourd'hui", 0)
    promised("le jour même", -2, [-1.1])
    promised("tard", -3)
    promised("tenue", -4, [-6])
    promised("tenue tard", -5, [-2])
    promised("une autre", -6, asked_by=" LA RÉGION ".title())
    promised("la ville", -7, asked_by="La ville")
    promised("brouillon", -1, published_at=None)
    promised("liste", -1, access="listed")
    promised("personne", -1, asked_by="")
    assert states(session, now) == [
        ("attendue", "waiting"),
        ("tenue d'avance", "kept"),
        ("aujourd'hui", "waiting"),
        ("le jour même", "kept"),
        ("tard", "late"),
        ("tenue", "kept"),
        ("tenue tard", "kept_late"),
        ("une autre", "late"),
        ("la ville", "late"),
    ]
    assert states(session, now, "kept_late") == [("tenue tard", "kept_late")]
    rows = session.execute(promises.by_institution(now)).all()
    found = {row.name: (row.late, row.waiting, row.kept_late, row.kept) for row in rows}
    assert found["La ville"] == (1, 0, 0, 0)
    assert sum(sum(counts) for counts in found.values()) == 9


def test_a_consultation_without_a_date_promises_nothing(session, make, now):
    make.consultation()
    assert states(session, now) == []
    assert session.execute(promises.by_institution(now)).all() == []


def test_a_room_keeps_what_it_promises_of_a_matter_by_whatever_it_does_with_it(session, make, now):
    rooms, late = matters.tree(make), now + 60 * DAY
    kept, waits, _hidden = (
        matters.begun(session, room, rooms.ada, now, title=name)
        for room, name in (
            (rooms.a, "tenu"),
            (rooms.b, "attendu"),
            (make.room("local", None, rooms.hub, is_private=True), "caché"),
        )
    )
    for one, room in ((kept, rooms.a), (waits, rooms.b)):
        matters.does(session, one, "relay", room, rooms.ada, now)
        matters.does(session, one, "take_up", rooms.hub, rooms.ada, now)
    matters.does(session, kept, "return_down", rooms.hub, rooms.ada, now + DAY)
    assert sorted(states(session, now)) == [("attendu", "waiting"), ("tenu", "kept")]
    assert sorted(states(session, late)) == [("attendu", "late"), ("tenu", "kept")]

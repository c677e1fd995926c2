"""Who was heard: what hangs on a text counts with it, and who is silent stands there too."""

import pytest

from consult.queries import reading_coverage
from tests import reading_rooms


@pytest.fixture
def room(make):
    consultation = make.consultation(territory_code="R-44")
    theme, silent = make.theme(consultation), make.theme(consultation)
    question = make.question(theme)
    read = make.answer(question, territory_code="M-54395", actor_kind="resident")
    used = make.answer(question, territory_code="D-54", channel="paper")
    make.answer(make.question(), territory_code="D-51")
    make.comment(make.argument(make.proposal(theme)))
    make.answer(question, theme_id=None, question_id=None)
    reading_rooms.reading(make, read)
    part = reading_rooms.block(make, reading_rooms.synthesis(make, consultation))
    reading_rooms.extract(make, part, used)
    return consultation, theme, silent


def rows(session, consultation, by):
    found = session.execute(reading_coverage.coverage(consultation, by))
    return [tuple(row) for row in found]


def test_by_theme(session, room):
    consultation, theme, silent = room
    assert rows(session, consultation, "theme") == [
        (theme.id, f"{theme.label}. {theme.title}", 5, 2, 1),
        (silent.id, f"{silent.label}. {silent.title}", 0, 0, 0),
        (None, None, 1, 0, 0),
    ]


def test_by_territory(session, room):
    consultation, _theme, _silent = room
    assert rows(session, consultation, "territory") == [
        ("D-54", "Meurthe-et-Moselle", 2, 2, 1),
        ("D-51", "Marne", 0, 0, 0),
        (None, None, 4, 0, 0),
    ]


def test_by_college_and_channel(session, room):
    consultation, _theme, _silent = room
    assert rows(session, consultation, "college") == [
        (None, None, 5, 1, 1),
        ("resident", None, 1, 1, 0),
    ]
    assert rows(session, consultation, "channel") == [
        ("web", None, 5, 1, 0),
        ("paper", None, 1, 1, 1),
    ]

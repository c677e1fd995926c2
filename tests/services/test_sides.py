"""A chapter that quotes one side only is told of the other, when enough people take it."""

import pytest

from consult.services import sides
from tests import reading_rooms


@pytest.fixture
def notebook(make):
    consultation = make.consultation()
    theme = make.theme(consultation)
    text = make.proposal(theme)
    for_it = [make.argument(text, side="for") for _n in range(6)]
    against = [make.argument(text, side="against") for _n in range(5)]
    whole = reading_rooms.synthesis(make, consultation)
    before = reading_rooms.block(make, whole, "finding")
    reading_rooms.extract(make, before, against[1])
    chapter = {"theme_id": theme.id, "title": "Le soir"}
    reading_rooms.block(make, whole, "chapter", **chapter)
    part = reading_rooms.block(make, whole, "finding")
    last = reading_rooms.block(make, whole, "chapter", title="Ailleurs")
    return whole, theme, part, last, for_it, against


def test_nothing_is_said_of_a_chapter_that_quotes_nobody_or_both(session, make, notebook):
    whole, _theme, part, last, for_it, against = notebook
    assert sides.left_out(session, whole) == []
    reading_rooms.extract(make, part, for_it[0])
    reading_rooms.extract(make, part, against[0])
    reading_rooms.extract(make, last, against[2])
    assert sides.left_out(session, whole) == []


def test_the_side_left_out_is_named_with_how_many_take_it(session, make, notebook):
    whole, theme, part, _last, for_it, against = notebook
    reading_rooms.extract(make, part, for_it[0])
    assert sides.left_out(session, whole) == [sides.Missing("Le soir", theme.id, "against", 5)]
    against[0].state = "hidden"
    session.commit()
    assert sides.left_out(session, whole) == []

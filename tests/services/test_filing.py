"""An answer attached elsewhere, and cut in two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from consult.domain import searching
from consult.domain.errors import RuleBroken
from consult.models import Question, Revision, Theme
from consult.services import filing

ACT = {"actor": "account:x"}
LONG = "Le diagnostic.\n\nLa mutualisation des moyens.\nUne ligne.\n\n\nLa médiation."


@pytest.fixture
def place(make):
    consultation = make.consultation()
    theme, other = make.theme(consultation), make.theme(consultation)
    make.answer(make.question())
    return [make.question(theme), make.question(theme), make.question(other)]


def attach(session, answer, now, *questions, theme=None, version=None):
    filing.attach(
        session,
        answer,
        places=filing.Places([q.id for q in questions], theme and theme.id),
        version=version or filing.stamp_of(session, answer),
        now=now,
        **ACT,
    )
    session.commit()


def counts(session, questions):
    rows = session.execute(
        select(Question.id, Question.answers).where(Question.id.in_([q.id for q in questions]))
    )
    found = {row.id: row.answers for row in rows}
    return [found[q.id] for q in questions]


def test_an_answer_moves_to_other_questions_and_to_a_theme(session, make, place, now):
    answer = make.answer(place[0])
    attach(session, answer, now, place[2], place[1])
    assert (answer.question_id, answer.theme_id) == (place[2].id, place[2].theme_id)
    assert filing.further_of(session, answer) == [place[1].id]
    assert counts(session, place) == [0, 1, 1]
    theme = make.theme(make.session.get_one(type(make.consultation()), answer.consultation_id))
    attach(session, answer, now, theme=theme)
    assert (answer.question_id, answer.theme_id) == (None, theme.id)
    assert counts(session, place) == [0, 0, 0]


def test_places_that_are_not_of_this_consultation_are_refused(session, make, place, now):
    answer = make.answer(place[0])
    elsewhere = make.question()
    choice = make.question(make.theme(), kind="choice", options={"choices": ["a", "b"]})
    with pytest.raises(RuleBroken, match="place-unknown"):
        attach(session, answer, now, elsewhere)
    session.rollback()
    with pytest.raises(RuleBroken, match="place-unknown"):
        attach(session, answer, now, theme=make.theme())
    session.rollback()
    with pytest.raises(RuleBroken, match="place-missing"):
        attach(session, answer, now)
    session.rollback()
    for place_of in (Question(id="a\x00"), Theme(id="a\x00")):
        typed = {"theme": place_of} if isinstance(place_of, Theme) else {}
        with pytest.raises(RuleBroken, match="place-unknown"):
            attach(session, answer, now, *([] if typed else [place_of]), **typed)
        session.rollback()
    number = make.question(make.session.get_one(Theme, answer.theme_id), kind="number")
    with pytest.raises(RuleBroken, match="place-kind"):
        attach(session, answer, now, number)
    session.rollback()
    with pytest.raises(RuleBroken, match="place-kind"):
        attach(session, make.answer(choice, value="a"), now, choice)


def test_a_stale_form_is_refused(session, make, place, now):
    answer = make.answer(place[0])
    version = filing.stamp_of(session, answer)
    attach(session, answer, now, place[1])
    with pytest.raises(RuleBroken, match="stale"):
        attach(session, answer, now, place[2], version=version)


def split(session, answer, now, after):
    other = filing.split(
        session, answer, after=after, version=filing.stamp_of(session, answer), now=now, **ACT
    )
    session.commit()
    return other


def test_a_cut_loses_nothing(session, make, place, now):
    owner = make.participant()
    answer = make.answer(
        place[0], body=LONG, signature="ARSENIC", signed_as="name", participant_id=owner.id
    )
    attach(session, answer, now, place[0], place[2])
    other = split(session, answer, now, 1)
    assert answer.body == "Le diagnostic."
    assert other.body == LONG.removeprefix("Le diagnostic.\n\n")
    assert (other.carried_from_id, other.signature, other.participant_id) == (
        answer.id,
        "ARSENIC",
        owner.id,
    )
    assert (other.created_at, other.state) == (answer.created_at, "published")
    assert filing.further_of(session, other) == [place[2].id]
    assert counts(session, place) == [2, 0, 2]
    kept = session.scalars(select(Revision).where(Revision.statement_id == answer.id)).one()
    assert (kept.version, kept.body, answer.version) == (1, LONG, 2)
    assert other.search == searching.normalise(other.body)


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [
        (None, None, None),
        (LONG, "Le diagnostic.", LONG.removeprefix("Le diagnostic.\n\n")),
        ({"text": LONG, "n": 1}, {"text": "Le diagnostic.", "n": 1},
         {"text": LONG.removeprefix("Le diagnostic.\n\n"), "n": 1}),
        ({"n": 1}, {"n": 1}, {"n": 1}),
    ],
)  # fmt: skip
def test_a_cut_keeps_the_shape_of_what_was_imported(
    session, make, place, now, value, first, second
):
    answer = make.answer(place[0], body=LONG, value=value)
    other = split(session, answer, now, 1)
    assert (answer.value, other.value) == (first, second)


@pytest.mark.parametrize("after", [0, -1, 4, 99])
def test_a_cut_outside_the_text_is_refused(session, make, place, now, after):
    with pytest.raises(RuleBroken, match="split-place"):
        split(session, make.answer(place[0], body=LONG), now, after)


def test_a_withdrawn_answer_stays_as_it_is(session, make, place, now):
    with pytest.raises(RuleBroken) as refused:
        split(session, make.answer(place[0], body=LONG, state="withdrawn"), now, 1)
    assert (refused.value.code, refused.value.status) == ("answer-withdrawn", 409)


@given(st.text(alphabet="ab \n\t", max_size=60))
def test_the_paragraphs_make_the_text(body):
    assert "".join(filing.paragraphs(body)) == body

"""A common question keeps its words in each edition, and follows those of its source."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import CommonQuestion, Question, Theme
from consult.services import common_questions, consultations, questions, themes


@pytest.fixture
def pair(make):
    theme, local = make.theme(), make.theme()
    source = make.question(theme, kind="choice", options={"choices": ["A", "B"]})
    common = make.question(
        local, kind="choice", options={"choices": ["A", "B"]}, wording=source.wording
    )
    make.save(CommonQuestion(question_id=common.id, source_id=source.id))
    make.question(local)
    return source, common


def revise(session, question, now, **changed):
    stored = questions.values_of(question)
    stamp = consultations.stamp(stored)
    values = {**stored, **changed}
    questions.revise(session, question, values=values, version=stamp, actor="x", now=now)
    session.commit()


def test_an_edition_changes_and_removes_only_its_own_questions(session, pair, make, now):
    source, common = pair
    own = session.scalars(
        select(Question).where(Question.theme_id == common.theme_id, Question.id != common.id)
    ).one()
    assert common_questions.is_common(session, common.id)
    assert not common_questions.is_common(session, own.id)
    for act in (
        lambda: revise(session, common, now, wording="Autre chose ?"),
        lambda: questions.remove(session, common, actor="x", now=now),
    ):
        with pytest.raises(RuleBroken, match="question-common"):
            act()
        session.rollback()
    with pytest.raises(RuleBroken, match="question-shared"):
        questions.remove(session, source, actor="x", now=now)
    session.rollback()
    common_questions.check_free(session, own)
    common_questions.check_theme(session, make.theme())
    revise(session, own, now, wording="À nous ?")
    questions.remove(session, own, actor="x", now=now)


def test_the_words_of_the_source_reach_every_edition(session, pair, make, now):
    source, common = pair
    revise(session, source, now, wording="En plus clair ?", options={"choices": ["A", "B", "C"]})
    session.refresh(common)
    assert common.wording == "En plus clair ?"
    assert (common.options, common.search) == (source.options, source.search)
    make.answer(common)
    with pytest.raises(RuleBroken, match="options-fixed"):
        revise(session, source, now, options={"choices": ["A", "B"]})
    session.rollback()
    revise(session, source, now, wording="Encore plus clair ?")
    session.refresh(common)
    assert common.wording == "Encore plus clair ?"


def test_a_theme_of_common_questions_stays_and_stays_shown(session, pair, now):
    for question in pair:
        theme = session.get_one(Theme, question.theme_id)
        stored = themes.values_of(theme)
        stamp = consultations.stamp(stored)
        facts = {"version": stamp, "actor": "x", "now": now}
        with pytest.raises(RuleBroken, match="theme-common"):
            themes.revise(session, theme, values={**stored, "hidden": True}, **facts)
        session.rollback()
        with pytest.raises(RuleBroken, match="theme-common"):
            themes.remove(session, theme, actor="x", now=now)
        session.rollback()

"""Lists of statements: what they hold, in which order, page after page."""

from datetime import timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.models import AnswerQuestion
from consult.queries import consultations, statements
from consult.queries.statements import Scope


def read(session, scope, order=statements.NEWEST, limit=3):
    """Read every page; give back the ids in order."""
    ids, cursor = [], None
    while True:
        query = statements.rows(scope, order=order, cursor=cursor, limit=limit)
        found, cursor = statements.page(session.execute(query).all(), order=order, limit=limit)
        ids += [row.id for row in found]
        if cursor is None:
            return ids


@pytest.mark.parametrize("order", statements.ORDERS)
def test_pages_follow_each_other_without_a_gap_nor_a_double(session, make, order):
    question, other = make.question(), make.question()
    answers = [make.answer(question, exposures=n % 3, replies=0) for n in range(10)]
    make.answer(other)
    ids = read(session, Scope("answer", question_id=question.id), order)
    assert sorted(ids) == sorted(a.id for a in answers)
    if order == statements.NEWEST:
        assert ids == [a.id for a in reversed(answers)]
    if order == statements.LEAST_EXPOSED:
        shown = {a.id: a.exposures for a in answers}
        assert [shown[i] for i in ids] == sorted(shown.values())


def test_the_best_supported_come_first(session, make):
    theme = make.theme()
    few = make.proposal(theme, declared_agree=1)
    many = make.proposal(theme, declared_agree=900, declared_disagree=100)
    none = make.proposal(theme)
    scope = Scope("proposal", consultation_id=theme.consultation_id)
    assert read(session, scope, statements.SUPPORTED) == [many.id, few.id, none.id]
    row = session.execute(statements.rows(scope, order=statements.SUPPORTED)).first()
    assert (row.agree, row.mixed, row.disagree) == (900, 0, 100)


def test_the_most_discussed_come_first(session, make):
    question = make.question()
    quiet, lively = make.answer(question), make.answer(question)
    make.comment(lively)
    scope = Scope("answer", question_id=question.id)
    assert read(session, scope, statements.DISCUSSED) == [lively.id, quiet.id]


def test_an_answer_to_several_questions_is_listed_under_each_once(session, make):
    question = make.question()
    other = make.question(theme=make.theme())
    answer, alone = make.answer(question), make.answer(question)
    session.add_all(
        AnswerQuestion(statement_id=answer.id, question_id=q.id) for q in (question, other)
    )
    session.commit()
    assert read(session, Scope("answer", question_id=question.id)) == [alone.id, answer.id]
    assert read(session, Scope("answer", question_id=other.id)) == [answer.id]


def test_filters_narrow_the_list(session, make):
    question = make.question()
    kept = make.answer(question, territory_code="D-54", actor_kind="resident")
    make.answer(question, territory_code="D-51", actor_kind="resident")
    make.answer(question, territory_code="D-54", actor_kind="company")
    pending = make.answer(question, state="pending", territory_code="D-54", actor_kind="resident")
    scope = Scope("answer", question_id=question.id, territories=("D-54",), actor_kind="resident")
    assert read(session, scope) == [kept.id]
    any_state = Scope(
        "answer",
        question_id=question.id,
        territories=("D-54",),
        actor_kind="resident",
        state=None,
    )
    assert read(session, any_state) == [pending.id, kept.id]
    row = session.execute(statements.rows(scope)).one()
    assert row.territory_name == "Meurthe-et-Moselle"


def test_what_is_in_a_hidden_theme_is_not_listed(session, make):
    consultation = make.consultation()
    shown = make.proposal(make.theme(consultation))
    make.proposal(make.theme(consultation, hidden=True))
    assert read(session, Scope("proposal", consultation_id=consultation.id)) == [shown.id]


@pytest.mark.parametrize("order", ["", "score", "newest'--"])
def test_an_unknown_order_is_refused(order):
    with pytest.raises(RuleBroken) as broken:
        statements.rows(Scope("answer"), order=order)
    assert broken.value.status == 404


def seen(session, reader, now, participant=None):
    found = session.execute(statements.visible_to(reader, participant, now)).all()
    return {statement.state for statement, _consultation in found}


def test_each_reader_sees_the_states_meant_for_them(session, make, now):
    owner, other = make.account("organiser"), make.account("organiser")
    person = make.participant()
    question = make.question(make.theme(make.consultation(owner_id=owner.id)))
    states = ("awaiting", "pending", "published", "to_correct", "hidden", "withdrawn")
    for state in states:
        make.answer(question, state=state, participant_id=person.id)
    nobody = consultations.Reader()
    assert seen(session, nobody, now) == {"published"}
    assert seen(session, nobody, now, make.participant().id) == {"published"}
    assert seen(session, nobody, now, person.id) == set(states)
    assert seen(session, consultations.Reader(account_id=other.id), now) == {"published"}
    expected = set(states) - {"awaiting", "withdrawn"}
    assert seen(session, consultations.Reader(account_id=owner.id), now) == expected
    assert seen(session, consultations.Reader(sees_all=True), now) == expected


@pytest.mark.parametrize(
    ("facts", "hidden"), [({"published_at": None}, False), ({"complete": False}, False), ({}, True)]
)
def test_nothing_of_an_unseen_consultation_is_seen(session, make, now, facts, hidden):
    make.answer(make.question(make.theme(make.consultation(**facts), hidden=hidden)))
    assert not seen(session, consultations.Reader(), now)


def test_what_is_published_later_is_not_seen_yet(session, make, now):
    consultation = make.consultation(published_at=now + timedelta(minutes=1))
    make.answer(make.question(make.theme(consultation)))
    assert not seen(session, consultations.Reader(), now)

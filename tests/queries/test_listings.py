import pytest

from consult.models import AnswerQuestion, Outcome, Stance
from consult.queries import listings
from consult.queries.listings import Wanted


@pytest.fixture
def consultation(make):
    return make.consultation()


@pytest.fixture
def question(make, consultation):
    return make.question(make.theme(consultation, label="III", number=3, title="Mutualiser"))


def read(session, wanted, participant=None, order="newest"):
    return session.execute(*listings.rows(wanted, participant, order=order, cursor=None)).all()


def test_each_row_carries_its_outcome_and_the_readers_opinion(session, make, question, now):
    one, two = make.answer(question), make.answer(question)
    me, other = make.participant(), make.participant()
    session.add_all(
        [
            Stance(
                statement_id=one.id, participant_id=me.id, value=-1, created_at=now, updated_at=now
            ),
            Stance(
                statement_id=two.id,
                participant_id=other.id,
                value=1,
                created_at=now,
                updated_at=now,
            ),
            Outcome(
                consultation_id=question.consultation_id,
                statement_id=two.id,
                verdict="kept",
                body="Oui",
                created_at=now,
                updated_at=now,
            ),
        ]
    )
    session.commit()
    wanted = Wanted("answer", question.consultation_id)
    assert {row.id: (row.verdict, row.mine) for row in read(session, wanted, me.id)} == {
        one.id: (None, -1),
        two.id: ("kept", None),
    }
    assert {row.mine for row in read(session, wanted)} == {None}
    kept = Wanted("answer", question.consultation_id, verdict="kept")
    assert [row.id for row in read(session, kept)] == [two.id]


def test_the_choices_of_a_list(session, make, consultation, question):
    make.theme(consultation, hidden=True, title="Caché")
    make.theme(make.consultation(), title="Ailleurs")
    rows = session.execute(
        *listings.choices(Wanted("answer", consultation.id), counted=False)
    ).all()
    named = {}
    for row in rows:
        named.setdefault(row.what, []).append(row.label)
    assert named["theme"] == ["III Mutualiser"]
    assert named["question"] == [f"III-{question.number} {question.wording}"]
    proposals = Wanted("proposal", consultation.id)
    rows = session.execute(*listings.choices(proposals, counted=False)).all()
    assert {row.what for row in rows} == {"theme"}


def test_the_count_follows_the_filters(session, make, consultation, question):
    other = make.question(make.theme(consultation))
    further = make.answer(other, territory_code="D-54")
    session.add(AnswerQuestion(statement_id=further.id, question_id=question.id))
    make.answer(question, territory_code="C-988")
    make.answer(question, territory_code="D-54", state="hidden")
    session.commit()

    def count(**facts):
        wanted = Wanted("answer", consultation.id, **facts)
        rows = session.execute(*listings.choices(wanted, counted=True)).all()
        found = [row.number for row in rows if row.what == "found"]
        assert found == [len(read(session, wanted))]
        return found[0]

    assert count() == 2
    assert count(question_id=question.id) == 2
    assert count(question_id=other.id) == 1
    assert count(territory="R-44") == 1
    assert count(territory="FR") == 2
    assert count(question_id=question.id, territory="R-44") == 1
    assert count(theme_id="nothing") == 0


def test_the_count_stops_above_the_bound(session, make, question):
    from consult.queries import statements

    for _ in range(4):
        make.answer(question)
    scope = statements.Scope("answer", question.consultation_id)
    assert session.scalar(statements.count(scope, 2)) == 3


@pytest.mark.parametrize("given", [{}, {"question_id": "q"}, {"territory": "R-44"}])
def test_a_statement_is_built_once_for_its_shape(given):
    one = listings.rows(Wanted("answer", "a", **given), "me", order="newest", cursor=None)
    two = listings.rows(Wanted("answer", "b", **given), "you", order="newest", cursor=None)
    assert one.query is two.query
    assert (one.values["consultation_id"], two.values["reader"]) == ("a", "you")
    nobody = listings.rows(Wanted("answer", "a", **given), None, order="newest", cursor=None)
    assert nobody.query is not one.query

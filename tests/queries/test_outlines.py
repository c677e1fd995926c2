from datetime import timedelta

from consult.models import AnswerQuestion, Consultation, Draft, Outcome
from consult.queries import consultations, outlines
from consult.queries.consultations import Reader


def test_the_outline_is_in_the_organisers_order_without_hidden_themes(session, make):
    consultation = make.consultation()
    second = make.theme(consultation, number=3, label="III", position=2)
    first = make.theme(consultation, number=4, label="IV", position=1)
    hidden = make.theme(consultation, number=50, hidden=True)
    make.question(hidden)
    make.question(make.theme())
    two, one = make.question(second, number=2), make.question(second, number=1)
    rows = session.execute(outlines.questions(consultation.id, None)).all()
    assert [(row.theme_id, row.id) for row in rows] == [
        (first.id, None),
        (second.id, one.id),
        (second.id, two.id),
    ]
    assert not any(row.answered or row.drafted for row in rows)


def test_a_question_is_found_by_its_address_and_not_in_a_hidden_theme(session, make, now):
    consultation = make.consultation()
    shown = make.theme(consultation, number=3)
    hidden = make.theme(consultation, number=4, hidden=True)
    asked = make.question(shown, number=2)
    make.question(make.theme(number=3), number=2)
    make.question(hidden, number=2)

    def found(theme, number):
        query = outlines.question(consultation.slug, theme, number, Reader(), now)
        row = session.execute(query).one_or_none()
        return row and (row.Consultation.id, row.Theme.id, row.Question.id)

    assert found(3, 2) == (consultation.id, shown.id, asked.id)
    assert found(4, 2) is None
    assert found(3, 1) is None


def test_the_outline_says_where_the_reader_stands(session, make, now):
    theme = make.theme()
    answered, also, drafted, left, withdrawn = (make.question(theme) for _ in range(5))
    me = make.participant()
    answer = make.answer(answered, participant_id=me.id, state="pending")
    make.answer(left, participant_id=make.participant().id)
    make.answer(withdrawn, participant_id=me.id, state="withdrawn")
    session.add(AnswerQuestion(statement_id=answer.id, question_id=also.id))
    session.add(
        Draft(
            participant_id=me.id,
            target=f"question:{drafted.id}",
            form={},
            created_at=now,
            updated_at=now,
        )
    )
    session.commit()
    rows = session.execute(outlines.questions(theme.consultation_id, me.id)).all()
    assert {row.id for row in rows if row.answered} == {answered.id, also.id}
    assert {row.id for row in rows if row.drafted} == {drafted.id}


def test_what_surrounds_names_only_what_the_reader_may_know_of(session, make, now):
    before = make.consultation(title="Avant")
    consultation = make.consultation(follows_id=before.id)
    make.consultation(title="Après", follows_id=consultation.id)
    make.consultation(title="Secrète", follows_id=consultation.id, access="listed")
    rows = session.execute(outlines.surroundings(consultation, Reader(), now)).all()
    assert {(row.what, row.label) for row in rows} == {
        ("follows", "Avant"),
        ("followed", "Après"),
        ("territory", "Grand Est"),
    }


def outcome(session, consultation, now, **facts):
    session.add(
        Outcome(
            consultation_id=consultation.id,
            verdict="kept",
            body="Nous le ferons",
            created_at=now,
            **{"updated_at": now} | facts,
        )
    )
    session.commit()


def test_outcomes_are_the_latest_and_of_what_is_still_shown(session, make, now):
    consultation = make.consultation()
    question = make.question(make.theme(consultation))
    hidden = make.question(make.theme(consultation, hidden=True))
    kept, gone = make.answer(question), make.answer(question, state="hidden")
    outcome(session, consultation, now, statement_id=kept.id)
    outcome(session, consultation, now, statement_id=gone.id)
    outcome(session, consultation, now, question_id=hidden.id)
    outcome(session, consultation, now, question_id=question.id, updated_at=now + timedelta(days=1))
    query = outlines.outcomes(Consultation.id == consultation.id)
    rows = session.execute(query).all()
    assert [(row.question_number, row.statement_id) for row in rows] == [
        (question.number, None),
        (None, kept.id),
    ]


def test_articles_come_in_order_and_no_more_than_asked(session, make):
    theme, other = make.theme(), make.theme()
    made = [make.proposal(theme) for _ in range(3)]
    make.proposal(theme, state="withdrawn")
    make.proposal(other)
    rows = session.execute(outlines.articles([theme.id], limit=1)).all()
    assert [row.id for row in rows] == [made[0].id, made[1].id]
    assert session.execute(outlines.articles([])).all() == []


def test_the_question_to_answer_is_the_least_answered_open_one(session, make, now):
    theme = make.theme(make.consultation(slug="ici"), number=3)
    asked, quiet = make.question(theme), make.question(theme, number=7)
    make.answer(asked)
    make.question(make.theme(make.consultation(closes_at=now - timedelta(days=1))))
    is_open = consultations.matching(Reader(), now, consultations.Filters(phase="open"))
    assert tuple(session.execute(outlines.to_answer(is_open)).one()) == ("ici", 3, quiet.number)


def test_addresses_are_those_of_shown_themes(session, make, now):
    theme = make.theme(make.consultation(slug="ici"), number=3)
    make.question(theme, number=2)
    make.question(make.theme(make.consultation(slug="la"), hidden=True))
    rows = session.execute(outlines.addresses(consultations.is_public(now))).all()
    assert {tuple(row) for row in rows} == {("ici", None, None), ("ici", 3, 2), ("la", None, None)}

from consult.models import Draft
from consult.queries import contributions


def test_one_s_own_texts_are_found_by_browser_or_by_number(session, make):
    consultation, person = make.consultation(), make.participant()
    question = make.question(make.theme(consultation))
    held = make.contribution(consultation, person)
    both = {"participant_id": person.id, "contribution_id": held.id}
    mine = make.answer(question, state="hidden", **both)
    reply = make.comment(make.answer(question), **both)

    def found(participant, followed):
        rows = session.execute(contributions.statements_of(participant, followed)).all()
        return {row.id for row in rows}

    assert found(person.id, []) == found(None, [held.id]) == {mine.id, reply.id}
    assert found(None, []) == found(make.participant().id, ["x"]) == set()
    query = contributions.one_owned(mine.id, None, [held.id])
    assert session.execute(query).one().Consultation.id == consultation.id
    assert session.execute(contributions.one_owned(mine.id, None, [])).first() is None
    assert session.scalars(contributions.contribution_of(mine.id)).one() is held


def test_only_the_helper_finds_what_they_wrote(session, make):
    helper, other, consultation = make.account(), make.account(), make.consultation()
    held = make.contribution(consultation, assisted_by_id=helper.id)
    answer = make.answer(make.question(make.theme(consultation)), contribution_id=held.id)
    assert session.execute(contributions.assisted_by(answer.id, helper.id)).first() is not None
    assert session.execute(contributions.assisted_by(answer.id, other.id)).first() is None


def test_what_was_begun_beside_a_number_is_found_by_it_alone(session, make, now):
    consultation, person = make.consultation(), make.participant()
    theme = make.theme(consultation)
    question, elsewhere = make.question(theme), make.question(make.theme())
    hidden = make.question(make.theme(consultation, hidden=True))
    held, other = make.contribution(consultation, person), make.contribution(consultation)
    for one in (question, elsewhere, hidden):
        target = f"question:{one.id}"
        facts = {"participant_id": person.id, "target": target, "form": {"value": ["Je"]}}
        make.save(Draft(created_at=now, updated_at=now, **facts))
    rows = session.execute(contributions.begun(held.id)).all()
    assert [row.target for row in rows] == [f"question:{question.id}"]
    assert session.execute(contributions.begun(other.id)).all() == []
    assert session.scalars(contributions.numbers_of(person.id)).all() == [held.tracking_number]
    person.account_id = make.account().id
    session.commit()
    assert session.execute(contributions.begun(held.id)).all() == []

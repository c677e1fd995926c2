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

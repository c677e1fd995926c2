"""What the console reads."""

from datetime import timedelta

from consult.queries import console


def test_mine_holds_my_consultations_with_what_waits(session, make):
    owner, other = make.account("organiser"), make.account("organiser")
    mine = make.consultation(owner_id=owner.id)
    question = make.question(make.theme(mine))
    for state in ("pending", "pending", "published", "hidden"):
        make.answer(question, state=state)
    theirs = make.consultation(owner_id=other.id)
    make.answer(make.question(make.theme(theirs)), state="pending")
    rows = session.execute(console.mine(owner.id)).all()
    assert [(row.id, row.pending, row.outcomes) for row in rows] == [(mine.id, 2, 0)]
    assert len(session.execute(console.mine(None)).all()) == 2


def test_what_waits_is_counted_in_an_index_alone(session):
    if session.get_bind().dialect.name != "sqlite":
        return
    compiled = console.mine("x").compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
    found = next(row[3] for row in plan if "SEARCH statement" in row[3])
    assert "(consultation_id=? AND kind=? AND state=?" in found, plan


def test_habits_are_those_of_the_last_consultation(session, make, now):
    owner = make.account("organiser")
    make.consultation(owner_id=owner.id, asked_by="Avant", created_at=now - timedelta(days=9))
    make.consultation(owner_id=owner.id, asked_by="Après", created_at=now)
    assert session.execute(console.habits(owner.id)).one().asked_by == "Après"
    assert session.execute(console.habits("nobody")).first() is None


def test_the_structure_holds_hidden_and_empty_themes(session, make):
    consultation = make.consultation()
    theme = make.theme(consultation, position=2)
    make.question(theme)
    empty = make.theme(consultation, position=1, hidden=True)
    make.proposal(theme)
    make.question()
    rows = session.execute(console.structure(consultation.id)).all()
    assert [(row.theme_id, row.articles, row.id is None) for row in rows] == [
        (empty.id, 0, True),
        (theme.id, 1, False),
    ]


def test_counts_are_of_one_consultation(session, make):
    consultation = make.consultation()
    make.answer(make.question(make.theme(consultation)), state="pending")
    make.answer(make.question(), state="pending")
    row = session.execute(console.counts(consultation.id)).one()
    assert tuple(row) == (1, 0, 0, 0)


def test_outcomes_and_proposals_are_of_one_consultation(session, make):
    consultation = make.consultation()
    theme = make.theme(consultation)
    question, proposal = make.question(theme), make.proposal(theme)
    make.proposal(theme, state="pending")
    make.proposal(make.theme())
    make.question()
    assert [r.id for r in session.execute(console.outcomes(consultation.id))] == [question.id]
    assert [r.id for r in session.execute(console.proposals(consultation.id))] == [proposal.id]


def test_documents_are_of_one_consultation(session, make, now):
    from consult.models import Document

    consultation, other = make.consultation(), make.consultation()
    for owner, title in ((consultation, "A"), (other, "B")):
        session.add(
            Document(
                consultation_id=owner.id,
                title=title,
                file_name="a.pdf",
                media_type="application/pdf",
                size=1,
                sha256="0",
                created_at=now,
            )
        )
    session.commit()
    assert [row.title for row in session.execute(console.documents(consultation.id))] == ["A"]

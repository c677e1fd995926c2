"""What a synthesis begins from: the pools are bounded and public, each in its own place."""

from consult.queries import synthesis_texts as queries
from tests import synthesising


def test_each_place_gives_its_own_best_and_no_more_than_a_pool(session, make, now, monkeypatch):
    monkeypatch.setattr(queries, "POOL", 2)
    world = synthesising.closed(make)
    key = world.consultation.id
    best = [make.answer(world.question, declared_agree=n, body=f"{n}") for n in (5, 9, 7)]
    idea = make.proposal(world.theme, declared_agree=1, declared_disagree=2)
    for text in (*best, idea):
        text.score = text.declared_agree / 10
    make.answer(world.question, state="pending", declared_agree=99)
    session.commit()
    found = {row.id for row in session.execute(queries.best(key, now))}
    assert found == {best[1].id, best[2].id, idea.id}
    assert [row.id for row in session.execute(queries.divided(key, now))] == [idea.id]


def test_the_outline_and_the_numbers_are_of_what_people_see(session, make, now):
    world = synthesising.closed(make)
    key = world.consultation.id
    author = make.participant()
    make.answer(world.question, participant_id=author.id, actor_kind="resident", value={"a": 1})
    idea = make.proposal(world.theme, participant_id=author.id, declared_agree=3, agree=1)
    make.argument(
        idea, participant_id=make.participant().id, actor_kind="resident", declared_disagree=2
    )
    make.source(idea, participant_id=make.participant().id)
    make.answer(make.question(make.theme(world.consultation, hidden=True)))
    bare = make.theme(world.consultation)
    rows = session.execute(queries.outline(key, now)).all()
    assert [(row.theme_id, row.Question and row.Question.id) for row in rows] == [
        (world.theme.id, world.question.id),
        (bare.id, None),
    ]
    ticked = make.question(world.theme, kind="yes_no")
    make.answer(ticked, participant_id=author.id, value={"choice": "no", "detail": ""})
    sent = session.execute(queries.sent(key)).one()
    assert (sent.texts, sent.ticked, sent.first, sent.people) == (3, 1, 3, 3)
    assert sent.opinions == 6
    counted = {row.actor_kind: row.number for row in session.execute(queries.actors(key))}
    assert counted == {"resident": 2, None: 1}
    assert session.scalars(queries.values(world.question.id)).all() == [{"a": 1}]

"""The queue of texts to read: whose, in which order, narrowed how."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql, sqlite

from consult.models import CoOrganiser, Decision, PassedOn, Reading, Statement, new_id
from consult.queries import moderation, paging
from consult.queries.moderated import statements
from consult.queries.moderation import Filters, Moderator
from tests import rooms


@pytest.fixture
def everyone(make):
    return Moderator(make.account("administrator").id, sees_all=True)


def read(session, by, state="pending", filters=None, now=None):
    return session.execute(moderation.queue(by, state, filters or Filters(), now)).all()


def ids(rows):
    return [row.id for row in rows]


def test_the_queue_holds_every_kind_of_one_state_the_oldest_first(session, make, everyone, now):
    theme = make.theme()
    question = make.question(theme, wording="Que faire ?")
    proposal = make.proposal(theme, title="Le bus", body="Tout le texte.")
    makers = (make.argument, make.source, make.amendment, make.comment)
    texts = [make.answer(question, state="pending", body="x" * 5_000)]
    texts += [make.proposal(theme, state="pending")]
    texts += [maker(proposal, state="pending") for maker in makers]
    for number, text in enumerate(texts):
        text.updated_at = now - timedelta(hours=number)
    session.commit()
    make.answer(question, state="awaiting")
    make.answer(question, state="withdrawn")
    rows = read(session, everyone, now=now)
    assert ids(rows) == [text.id for text in texts[::-1]]
    assert (rows[-1].body, rows[-1].wording) == ("x" * 5_000, "Que faire ?")
    assert (rows[0].parent_title, rows[0].parent_body) == ("Le bus", "Tout le texte.")
    assert ids(read(session, everyone, "published", now=now)) == [proposal.id]


@pytest.mark.parametrize("state", ["awaiting", "withdrawn", "draft' or 1=1 --"])
def test_other_states_are_nobodys_to_read(state):
    with pytest.raises(ValueError, match=state[:5]):
        statements.is_in(state)


def test_an_organiser_reads_what_they_opened_and_joined(session, make, now):
    me = make.account("organiser")
    owned = make.answer(make.question(make.theme(make.consultation(owner_id=me.id))))
    joined = make.answer(make.question())
    make.answer(make.question())
    row = {"consultation_id": joined.consultation_id, "account_id": me.id, "created_at": now}
    session.execute(insert(CoOrganiser).values(**row))
    session.commit()
    found = {
        (organises, joins): set(
            session.scalars(
                select(Statement.id).where(
                    statements.in_reach(Moderator(me.id, organises=organises, joins=joins))
                )
            )
        )
        for organises in (False, True)
        for joins in (False, True)
    }
    assert found == {
        (False, False): set(),
        (False, True): {joined.id},
        (True, False): {owned.id, joined.id},
        (True, True): {owned.id, joined.id},
    }


def test_a_facilitator_reads_what_their_rooms_hold_and_nothing_else(session, make, now):
    world = rooms.tree(session, make, now)
    theme = make.theme(make.consultation(territory_code="R-44"))
    question = make.question(theme)
    nowhere = make.question(make.theme(make.consultation(territory_code=None)))
    texts = {
        "city": make.answer(question, state="pending", territory_code="M-54395"),
        "county": make.answer(question, state="pending", territory_code="D-54"),
        "next": make.answer(question, state="pending", territory_code="D-51"),
        "asked": make.comment(make.proposal(theme), state="pending"),
        "far": make.answer(question, state="pending", territory_code="C-988"),
        "nowhere": make.answer(nowhere, state="pending"),
    }

    def held(account):
        rows = read(session, Moderator(account.id, facilitates=True), now=now)
        return {name for name, text in texts.items() if text.id in ids(rows)}

    assert held(world.by_local) == {"city", "county"}
    assert held(world.by_hub) == {"city", "county", "next", "asked"}
    assert held(world.by_other_hub) == {"far"}
    assert held(world.by_national) == set(texts) - {"nowhere"}
    assert read(session, Moderator(world.by_hub.id), now=now) == []
    city = next(row for row in read(session, Moderator(world.by_hub.id, facilitates=True), now=now)
                if row.id == texts["city"].id)  # fmt: skip
    assert city.room_name == "Salle du 54"


def test_the_queue_is_narrowed(session, make, everyone, now):
    theme = make.theme(make.consultation(slug="bus"))
    answer = make.answer(make.question(theme), state="pending")
    idea = make.proposal(theme, state="pending")
    other = make.answer(make.question(), state="pending")

    def found(**filters):
        return set(ids(read(session, everyone, filters=Filters(**filters), now=now)))

    assert found() == {answer.id, idea.id, other.id}
    assert found(consultation="bus") == {answer.id, idea.id}
    assert found(consultation="none") == set()
    assert found(kind="answer") == {answer.id, other.id}
    assert found(ids=(idea.id,)) == {idea.id}
    assert found(ids=()) == set()
    session.add(PassedOn(statement_id=idea.id, account_id=everyone.account_id, passed_at=now))
    session.commit()
    assert found() == {answer.id, other.id}
    assert found(passed_on=True) == {idea.id}
    colleague = Moderator(make.account("administrator").id, sees_all=True)
    rows = {row.id: row.passed for row in read(session, colleague, now=now)}
    assert rows == {answer.id: 0, idea.id: 1, other.id: 0}


def test_who_reads_a_text_is_told_until_they_are_long_gone(session, make, everyone, now):
    text = make.answer(make.question(), state="pending")
    amina = make.account(name="Amina")
    session.add(
        Reading(statement_id=text.id, account_id=amina.id, until_at=now + timedelta(minutes=5))
    )
    session.commit()
    (row,) = read(session, everyone, now=now)
    assert (row.reader, row.reader_id) == ("Amina", amina.id)
    (row,) = read(session, everyone, now=now + timedelta(minutes=5))
    assert (row.reader, row.reader_id) == (None, None)


def test_what_stands_around_the_list(session, make, everyone, now):
    question = make.question(make.theme(make.consultation(slug="bus", title="Le bus")))
    for state in ("pending", "pending", "hidden", "published", "withdrawn"):
        make.answer(question, state=state)
    text = make.answer(make.question(), state="to_correct")

    def decision(batch, minutes, **facts):
        row = {
            "batch_id": batch, "statement_id": text.id, "version": 1, "from_state": "pending",
            "to_state": "hidden", "reason": "attack", "account_id": everyone.account_id,
            "role": "administrator", "decided_at": now - timedelta(minutes=minutes),
        }  # fmt: skip
        make.save(Decision(**row | facts))

    decision("old", 11)
    decision("last", 5)
    decision("undone", 1, undone_at=now)
    decision("other", 1, account_id=make.account().id)
    rows = session.execute(moderation.choices(everyone, Filters(), now)).all()
    found = {(row.what, row.key): (row.label, row.number) for row in rows if row.number}
    assert found == {
        ("state", "pending"): ("", 2),
        ("state", "to_correct"): ("", 1),
        ("state", "hidden"): ("", 1),
        ("consultation", "bus"): ("Le bus", 2),
        ("undo", "last"): ("hidden", 1),
    }
    narrowed = session.execute(moderation.choices(everyone, Filters("none"), now)).all()
    assert {row.number for row in narrowed if row.what == "state"} == {0}


def test_the_words_of_the_oldest_texts_are_read_to_compare_them(session, make, everyone, now):
    question = make.question()
    second = make.answer(question, state="pending", updated_at=now)
    first = make.answer(question, state="pending", updated_at=now - timedelta(days=1))
    make.answer(question)
    rows = session.execute(moderation.oldest(everyone, Filters())).all()
    assert [(row.id, row.search, row.body) for row in rows] == [
        (first.id, first.search, first.body),
        (second.id, second.search, second.body),
    ]


def test_decisions_in_force_are_those_not_undone(session, make, everyone, now):
    text = make.answer(make.question(), state="hidden")
    facts = {
        "statement_id": text.id, "version": 1, "from_state": "pending", "to_state": "hidden",
        "reason": "attack", "role": "organiser",
    }  # fmt: skip
    for batch, minutes, undone in (("a", 3, None), ("b", 2, None), ("c", 1, now)):
        at = now - timedelta(minutes=minutes)
        make.save(Decision(**facts, batch_id=batch, decided_at=at, undone_at=undone))
    rows = session.scalars(moderation.last_decisions([text.id])).all()
    assert [row.batch_id for row in rows] == ["b", "a"]
    assert session.scalars(moderation.seen_by(statements, everyone, [text.id])).one() is text
    nobody = Moderator("nobody")
    assert session.scalars(moderation.seen_by(statements, nobody, [text.id])).all() == []
    ((found, title),) = session.execute(statements.named([text.id])).all()
    assert found is text
    assert title.startswith("Consultation")


def many(session, make, number, now):
    """Put many waiting texts among more published ones."""
    question = make.question()
    rows = [
        {
            "id": new_id(), "kind": "answer", "state": "pending" if n % 3 == 0 else "published",
            "consultation_id": question.consultation_id, "theme_id": question.theme_id,
            "question_id": question.id, "body": f"Texte {n}", "created_at": now,
            "updated_at": now - timedelta(minutes=n * 7919 % number),
        }
        for n in range(number)
    ]  # fmt: skip
    session.execute(insert(Statement), rows)
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        session.connection().exec_driver_sql("ANALYZE statement")
    else:
        session.connection().exec_driver_sql("ANALYZE")
    session.commit()


def plan_of(session, query):
    name = session.get_bind().dialect.name
    dialect = postgresql.dialect() if name == "postgresql" else sqlite.dialect()
    text = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    explain = "EXPLAIN " if name == "postgresql" else "EXPLAIN QUERY PLAN "
    rows = session.connection().exec_driver_sql(explain + text.replace("%", "%%")).all()
    return "\n".join(str(row[-1]) for row in rows)


@pytest.mark.parametrize("who", ["all", "rooms"])
def test_the_queue_is_read_in_the_order_of_its_index(session, make, everyone, now, who):
    many(session, make, 3_000, now)
    by = everyone
    if who == "rooms":
        by = Moderator(rooms.tree(session, make, now).by_national.id, facilitates=True)
    conditions = moderation.narrowed(statements, by, "pending", Filters())
    due = (statements.due("pending"), Statement.id)
    texts = statements.rows(now).where(*conditions)
    page = paging.after(texts, due, descending=False, cursor_text=None)
    plan = plan_of(session, page)
    assert "ix_statement_queue_pending" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE FOR ORDER BY" not in plan

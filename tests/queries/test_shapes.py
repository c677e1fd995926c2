from datetime import UTC, datetime

from sqlalchemy import select

from consult.models import Statement
from consult.queries import proposals, shapes, statements
from consult.queries.consultations import Reader
from consult.queries.statements import Scope

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ANYONE = Reader()


def detail(statement_id, reader=ANYONE, participant_id=None, now=NOW):
    return shapes.of(
        proposals.detail,
        statement_id=statement_id,
        reader=reader,
        participant_id=participant_id,
        now=now,
    )


def test_a_query_is_built_once_for_its_shape():
    assert detail("a").query is detail("b").query
    assert detail("a").query is not detail("a", participant_id="p").query
    assert detail("a").query is not detail("a", Reader("account")).query
    assert detail("a").query is not detail("a", Reader(sees_all=True)).query


def test_words_and_a_cursor_are_part_of_the_query():
    def listed(order="newest", cursor=None, kind="answer"):
        return shapes.of(
            statements.rows, scope=Scope(kind, question_id="q"), order=order, cursor=cursor
        )

    assert listed().query is listed().query
    assert listed().query is not listed("oldest").query
    assert listed().query is not listed(kind="proposal").query
    assert listed().values == {"scope_question_id": "q"}
    cursor = "WyIyMDI2LTExLTIzVDAwOjAwOjAwKzAwOjAwIiwgImEiXQ"
    assert listed(cursor=cursor).values == {}


def test_another_query_is_kept_as_it_is():
    inner = select(Statement.territory_code)
    asked = shapes.of(statements.rows, scope=Scope("answer", territories=inner))
    assert asked.values == {}


def test_the_same_shape_reads_what_each_asks(session, make, now):
    theme = make.theme(make.consultation())
    one, two = make.proposal(theme), make.proposal(theme)
    for asked in (one, two):
        row = session.execute(*detail(asked.id, now=now)).one()
        assert row.Statement.id == asked.id
    assert session.execute(*detail("missing", now=now)).one_or_none() is None

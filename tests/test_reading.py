"""A request that only reads opens no transaction, and may not write."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from consult.extensions import db
from consult.models import Setting, Statement


def isolation(session):
    return session.connection().get_execution_options().get("isolation_level")


def test_a_page_reads_without_a_transaction_and_a_form_writes_in_one(app):
    with app.test_request_context("/", method="GET"):
        assert isolation(db.session()) == "AUTOCOMMIT"
    with app.test_request_context("/", method="POST"):
        assert isolation(db.session()) is None
        db.session.add(Setting(key="one", value="1"))
        db.session.flush()
    with app.test_request_context("/", method="GET"):
        assert db.session.scalars(select(Setting.key).where(Setting.key == "one")).all() == []


def test_a_page_that_would_write_is_stopped(app):
    with app.test_request_context("/", method="GET"):
        db.session.add(Setting(key="one", value="1"))
        with pytest.raises(RuntimeError, match="only reads"):
            db.session.flush()


def test_postgresql_keeps_its_prepared_statements_from_page_to_page(postgresql_app):
    for _ in range(10):
        postgresql_app.test_client().get("/consultations")
    with postgresql_app.app_context(), db.engine.connect() as connection:
        prepared = connection.execute(text("select count(*) from pg_prepared_statements")).scalar()
        connection.close()
        db.engine.dispose()
    assert prepared > 0


def test_a_text_read_to_be_changed_is_nobody_else_s_until_then(session, make):
    answer = make.answer(make.question())
    with Session(session.get_bind()) as reader, ThreadPoolExecutor(1) as pool:
        held = reader.get_one(Statement, answer.id, with_for_update=True)
        other = pool.submit(_hide, session.get_bind(), answer.id)
        with pytest.raises(TimeoutError):
            other.result(timeout=0.3)
        held.version = 2
        reader.commit()
        other.result(timeout=20)
    session.refresh(answer)
    assert (answer.version, answer.state) == (2, "hidden")


def _hide(engine, key):
    with Session(engine) as own:
        statement = own.get_one(Statement, key, with_for_update=True)
        statement.state = "hidden"
        own.commit()

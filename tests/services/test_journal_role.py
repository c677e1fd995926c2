"""A role of PostgreSQL that may only add to the journal is enough for the application."""

import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select, text
from sqlalchemy.exc import ProgrammingError

from consult import create_app, startup, tasks
from consult.extensions import db
from consult.services import audit, journal, stances
from consult.services.participation import Actor
from tests import servers
from tests.conftest import load_territories
from tests.factories import Maker

PAGE = Path(__file__).parents[2] / "docs" / "journal.md"
GRANTS = re.search(r"```sql\n(.*?)```", PAGE.read_text(), re.S)[1]


ROLE = "consult_app"


@pytest.fixture
def limited_app(worker, tmp_path):
    """The application under a role that has the rights of the page, and no other."""
    name, role = f"role_{worker}", f"{ROLE}_{worker}"
    owner = create_engine(servers.create_database(name))
    servers.run_sql(f"CREATE ROLE {role} LOGIN")
    settings = {"TESTING": True, "SECRET_KEY": "tests", "DATA_DIR": tmp_path}
    app = create_app(settings | {"SQLALCHEMY_DATABASE_URI": str(owner.url)})
    with app.app_context():
        startup.upgrade(app)
        db.engine.dispose()
    with owner.begin() as connection:
        connection.exec_driver_sql(GRANTS.replace(ROLE, role))
    owner.dispose()
    url = owner.url.set(username=role).render_as_string(hide_password=False)
    app = create_app(settings | {"SQLALCHEMY_DATABASE_URI": url})
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    servers.drop_database(name)
    servers.run_sql(f"DROP ROLE {role}")


def test_it_writes_reads_and_seals_and_can_change_nothing(limited_app, now):
    session = db.session()
    load_territories(limited_app)
    make = Maker(session, now)
    answer = make.answer(make.question())
    actor = Actor(make.participant().id)
    given = stances.give(
        session, statement_id=answer.id, kind="answer", actor=actor, value="agree", now=now
    )
    assert given.counts["agree"] == 1
    journal.record(session, "x.done", "a", actor="system", now=now)
    session.commit()
    tasks.seal_journal(limited_app)
    verdict = audit.verify(session)
    assert (verdict.fault, verdict.sealed) == ("", 2)
    assert session.scalar(select(func.current_user())).startswith(ROLE)
    session.commit()
    for table in ("journal_entry", "journal_seal", "journal_head"):
        for attempt in (f"delete from {table}", f"truncate {table} cascade"):
            refused(session, attempt)
    refused(session, "update journal_entry set act = 'y'")
    refused(session, "update journal_seal set hash = 'y'")
    refused(session, "set session_replication_role = replica")
    refused(session, "alter table journal_entry disable trigger all")


def refused(session, attempt):
    with pytest.raises(ProgrammingError, match="permission denied|must be owner"):
        session.execute(text(attempt))
    session.rollback()

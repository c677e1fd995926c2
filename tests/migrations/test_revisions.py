"""Each revision goes up and down with rows in the tables, on both databases."""

import shutil
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from consult import create_app, startup
from consult.extensions import db
from consult.models import (
    Authenticator,
    Base,
    Decision,
    PassedOn,
    Stance,
    Statement,
)
from consult.package import folder
from consult.services import journal
from tests import open_calls, servers
from tests.factories import Maker
from tests.migrations.rows import fill

SCRIPT = ScriptDirectory(str(folder("migrations")))
REVISIONS = [revision.revision for revision in SCRIPT.walk_revisions()][::-1]


@contextmanager
def application(url, folder):
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "DATA_DIR": folder})
    startup.bind_migrations(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request, tmp_path, worker):
    name = f"migrations_{worker}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'm.sqlite'}"
    else:
        url = servers.create_database(name)
    with application(url, tmp_path) as app:
        yield app
    if request.param == "postgresql":
        servers.drop_database(name)


@pytest.fixture(scope="module")
def last_sqlite(tmp_path_factory):
    """A database at the last revision, to copy."""
    folder = tmp_path_factory.mktemp("last")
    with application(f"sqlite:///{folder / 'm.sqlite'}", folder):
        upgrade()
    return folder / "m.sqlite"


@pytest.fixture(scope="module")
def last_postgresql(tmp_path_factory, worker):
    name = f"last_{worker}"
    with application(servers.create_database(name), tmp_path_factory.mktemp("last")):
        upgrade()
    yield name
    servers.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def last_app(request, tmp_path, worker):
    """An application on an empty database of its own, at the last revision."""
    last, name = request.getfixturevalue(f"last_{request.param}"), f"migrations_{worker}"
    if request.param == "sqlite":
        url = f"sqlite:///{shutil.copy(last, tmp_path / 'm.sqlite')}"
    else:
        url = servers.create_database(name, last)
    with application(url, tmp_path) as app:
        yield app
    if request.param == "postgresql":
        servers.drop_database(name)


@contextmanager
def working():
    with Session(db.engine, expire_on_commit=False) as session:
        yield session


def test_the_names_of_the_files_give_the_last_revision():
    assert startup.head() == SCRIPT.get_current_head()


def schema():
    found = inspect(db.engine)
    return {
        table: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            sorted(i["name"] for i in found.get_indexes(table)),
            sorted(u["name"] for u in found.get_unique_constraints(table)),
        )
        for table in sorted(found.get_table_names())
        if not table.startswith("statement_search")
    }


def test_the_last_revision_equals_the_models(empty_app):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_object": lambda _o, name, *_rest: (
                    not name.startswith("statement_search") and "search_vector" not in name
                ),
            },
        )
        assert compare_metadata(context, Base.metadata) == []


def test_up_down_up_leaves_the_same_schema(empty_app):
    upgrade()
    before = schema()
    downgrade(revision="base")
    assert set(schema()) <= {"alembic_version"}
    upgrade()
    assert schema() == before


def whole(answer_id):
    """What is told of the rows by any revision: texts, opinions, and one answer's counters."""
    with db.engine.connect() as connection:
        count = text("select (select count(*) from statement), (select count(*) from stance)")
        counters = text("select agree, comments from statement where id = :id")
        return (
            *connection.execute(count).one(),
            *connection.execute(counters, {"id": answer_id}).one(),
        )


def test_each_revision_goes_down_and_up_with_rows(last_app, now):
    """Step by step from the last revision to the first, each gone through thrice."""
    with working() as session:
        answer_id = fill(session, now)
    before = whole(answer_id)
    assert before[1:] == (1, 1, 1)
    for revision in REVISIONS[:0:-1]:
        below = SCRIPT.get_revision(revision).down_revision
        downgrade(revision=below)
        assert whole(answer_id) == before, f"down to {below}"
        upgrade(revision=revision)
        assert whole(answer_id) == before, f"up to {revision}"
        downgrade(revision=below)


def test_rows_go_down_to_the_first_revision_and_up_to_the_last(last_app, now):
    with working() as session:
        answer_id = fill(session, now)
    before = whole(answer_id)
    downgrade(revision=REVISIONS[0])
    assert whole(answer_id) == before
    upgrade()
    assert whole(answer_id) == before
    with working() as session:
        assert session.get_one(Statement, answer_id).body


def test_a_rebuilt_table_keeps_the_rows_that_point_to_it(last_app, now):
    """SQLite rebuilds a table to alter it; with foreign keys on, its children would go."""
    from alembic import command

    with working() as session:
        answer_id = fill(session, now)
    config = last_app.extensions["migrate"].migrate.get_config()
    command.current(config)  # goes through env.py, which turns the keys off and on again
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
            rebuild(connection)
    with working() as session:
        assert session.get(Statement, answer_id).agree == 1
        assert session.query(Stance).count() == 1


def rebuild(connection):
    import sqlalchemy as sa
    from alembic.operations import Operations

    context = MigrationContext.configure(connection)
    with Operations(context).batch_alter_table("participant", recreate="always") as batch:
        batch.add_column(sa.Column("nickname", sa.Text(), nullable=True))
    connection.commit()


def test_the_journal_only_grows(last_app, now):
    from sqlalchemy.exc import DatabaseError

    with working() as session:
        journal.record(session, "x.done", "statement:1", actor="system", now=now)
        session.commit()
        for attempt in ("update journal_entry set act = 'y'", "delete from journal_entry"):
            with pytest.raises(DatabaseError, match="only grows"):
                session.execute(text(attempt))
            session.rollback()


def test_the_secrets_of_second_steps_are_sealed_then_opened(last_app, now):
    below = SCRIPT.get_revision("0012").down_revision
    with working() as session:
        make = Maker(session, now)
        kept, lost = make.account(), make.account()
        passkey = make.account(second_step="passkey")
        make.save(Authenticator(account_id=kept.id, secret="A" * 32, created_at=now))
        make.save(Authenticator(account_id=lost.id, secret="B" * 32, created_at=now))
        session.execute(
            text("update authenticator set secret = 'autre clé' where account_id = :id"),
            {"id": lost.id},
        )
        session.commit()
    secrets = text("select account_id, secret from authenticator")
    downgrade(revision=below)
    with working() as session:
        assert session.execute(secrets).all() == [(kept.id, "A" * 32)]
        step = text("select second_step from account where id = :id")
        assert session.execute(step, {"id": passkey.id}).scalar_one() == "codes"
    upgrade()
    with working() as session:
        assert "A" * 32 not in session.execute(secrets).one().secret
        assert session.get_one(Authenticator, kept.id).secret == "A" * 32


def test_a_hidden_project_keeps_its_decision_and_its_reader(last_app, now):
    below = SCRIPT.get_revision("0038").down_revision
    with working() as session:
        make = Maker(session, now)
        hidden = {"moderation": "hidden", "moderation_reason": "attack"}
        project = open_calls.project(make, open_calls.call(make, territory_code=None), **hidden)
        account = make.account()
        held = {"project_id": project.id, "account_id": account.id}
        said = {"reason": "attack", "note": "Page 2.", "from_state": "published", "version": 1}
        said |= {"to_state": "hidden", "role": "call_officer", "batch_id": "b", "decided_at": now}
        make.save(Decision(**held, **said))
        nowhere = make.theme(make.consultation(territory_code=None))
        text_ = make.answer(make.question(nowhere), territory_code=None)
        make.save(PassedOn(statement_id=text_.id, account_id=account.id, passed_at=now))
        journal.record(session, "project.hidden", f"project:{project.id}",
                       actor=f"account:{account.id}", now=now)  # fmt: skip
        session.commit()
    downgrade(revision=below)
    with working() as session:
        kept = session.execute(text("select hidden_reason, hidden_at from project")).one()
        assert kept.hidden_reason == "attack\nPage 2." and kept.hidden_at is not None
    upgrade()
    with working() as session:
        found = session.query(Decision).one()
        assert (found.project_id, found.account_id) == (project.id, account.id)
        assert (found.reason, found.note, found.decided_at) == ("attack", "Page 2.", now)
        assert session.get_one(type(project), project.id).moderation == "hidden"
        assert session.query(PassedOn).one().statement_id == text_.id

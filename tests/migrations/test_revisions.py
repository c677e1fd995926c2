"""Each revision goes up and down with rows in the tables, on both databases."""

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
    CoOrganiser,
    Decision,
    Invitation,
    PassedOn,
    Reading,
    RecoveryCode,
    Report,
    RoleInvitation,
    Room,
    RoomInvitation,
    RoomMember,
    SecondReading,
    Stance,
    Statement,
    TerritoryModerator,
)
from consult.package import folder
from tests import servers
from tests.factories import Maker

SCRIPT = ScriptDirectory(str(folder("migrations")))
REVISIONS = [revision.revision for revision in SCRIPT.walk_revisions()][::-1]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_app(request, tmp_path, worker):
    name = f"migrations_{worker}"
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'm.sqlite'}"
    else:
        url = servers.create_database(name)
    app = create_app({"TESTING": True, "SQLALCHEMY_DATABASE_URI": url, "DATA_DIR": tmp_path})
    startup.bind_migrations(app)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    if request.param == "postgresql":
        servers.drop_database(name)


@contextmanager
def working():
    with Session(db.engine, expire_on_commit=False) as session:
        yield session


def test_the_names_of_the_files_give_the_last_revision():
    assert startup.head() == SCRIPT.get_current_head()


def fill(session, now):
    """Put a row in most tables: an answer with opinions, a discussed proposal."""
    make = Maker(session, now)
    session.execute(
        text(
            "insert into territory (code, name, kind, parent_code, time_zone) "
            "values ('R-44', 'Grand Est', 'region', null, 'Europe/Paris')"
        )
    )
    theme = make.theme()
    question = make.question(theme)
    answer = make.answer(question, participant_id=make.participant().id)
    proposal = make.proposal(theme)
    make.argument(proposal)
    make.comment(answer)
    colleague = make.account("organiser")
    consultation_id = theme.consultation_id
    make.save(CoOrganiser(consultation_id=consultation_id, account_id=colleague.id, created_at=now))
    make.proposal(theme, carried_from_id=proposal.id)
    make.save(
        Invitation(
            consultation_id=consultation_id,
            email="ada@exemple.fr",
            token_hash="0" * 64,
            created_at=now,
            expires_at=now,
        )
    )
    protect(make, colleague)
    moderate(make, answer, colleague)
    held = {"statement_id": answer.id, "participant_id": make.participant().id}
    session.add(Stance(**held, value=1, created_at=now, updated_at=now))
    session.commit()
    return answer.id


def moderate(make, text_, account):
    held = {"statement_id": text_.id, "account_id": account.id}
    decided = {"version": 1, "from_state": "pending", "to_state": "published", "role": "organiser"}
    decision = make.save(Decision(**held, **decided, batch_id="b", decided_at=make.now))
    contest(make, text_, decision)
    make.save(Reading(**held, until_at=make.now))
    make.save(PassedOn(**held, passed_at=make.now))


def contest(make, text_, decision):
    about = {"statement_id": text_.id, "decision_id": decision.id}
    make.save(SecondReading(**about, asked_at=make.now, due_at=make.now))
    facts = {"number": "S-2", "version": 1, "reason": "attack", "created_at": make.now}
    answered = {"outcome": "kept", "answered_at": make.now}
    make.save(Report(**about, **facts, **answered, consultation_id=text_.consultation_id))


def protect(make, account):
    furnish_room(make, account)
    make.save(Authenticator(account_id=account.id, secret="A" * 32, created_at=make.now))
    make.save(RecoveryCode(code_hash="0" * 64, account_id=account.id))
    make.save(
        RoleInvitation(
            email="bob@exemple.fr",
            role="mediator",
            token_hash="1" * 64,
            invited_by_id=account.id,
            created_at=make.now,
            expires_at=make.now,
        )
    )


def furnish_room(make, account):
    facts = {"level": "hub", "territory_code": "R-44", "moderates": True}
    room = make.save(Room(slug="hub", name="Hub", created_at=make.now, **facts))
    joined = {"room_id": room.id, "created_at": make.now, "role": "facilitator"}
    make.save(RoomMember(account_id=account.id, **joined))
    letter = {"email": "eve@exemple.fr", "token_hash": "2" * 64, "expires_at": make.now}
    make.save(RoomInvitation(invited_by_id=account.id, **joined, **letter))
    make.save(TerritoryModerator(territory_code="R-44", room_id=room.id))


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


@pytest.mark.parametrize("revision", [r for r in REVISIONS if r != "0001"])
def test_each_revision_goes_down_and_up_with_rows(empty_app, revision, now):
    """From the last revision, with rows, down below this one and up again: the rows are whole."""
    upgrade()
    with working() as session:
        answer_id = fill(session, now)
        count = session.query(Statement).count()
    below = SCRIPT.get_revision(revision).down_revision
    downgrade(revision=below)
    upgrade()
    with working() as session:
        assert session.query(Statement).count() == count
        answer = session.get(Statement, answer_id)
        assert (answer.agree, answer.comments) == (1, 1)
        assert session.query(Stance).count() == 1


def test_a_rebuilt_table_keeps_the_rows_that_point_to_it(empty_app, now):
    """SQLite rebuilds a table to alter it; with foreign keys on, its children would go."""
    from alembic import command

    upgrade()
    with working() as session:
        answer_id = fill(session, now)
    config = empty_app.extensions["migrate"].migrate.get_config()
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


def test_the_journal_only_grows(empty_app, now):
    from sqlalchemy.exc import DatabaseError

    from consult.services import journal

    upgrade()
    with working() as session:
        journal.record(session, "x.done", "statement:1", actor="system", now=now)
        session.commit()
        for attempt in ("update journal_entry set act = 'y'", "delete from journal_entry"):
            with pytest.raises(DatabaseError, match="only grows"):
                session.execute(text(attempt))
            session.rollback()

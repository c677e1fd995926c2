from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlalchemy.orm import Session

from consult import tasks
from consult.domain import chain
from consult.models import JournalEntry, JournalHead, JournalSeal, JournalWaiting
from consult.services import journal, sealing


def write(session, now, *subjects):
    for subject in subjects:
        journal.record(session, "x.done", subject, actor="system", now=now, number=1)
        session.flush()
    session.commit()


def seals(session):
    query = select(JournalSeal.position, JournalEntry.subject).join(
        JournalEntry, JournalEntry.id == JournalSeal.entry_id
    )
    return session.execute(query.order_by(JournalSeal.position)).all()


def test_each_entry_waits_then_has_its_place(session, now):
    write(session, now, "a", "b")
    assert len(session.scalars(select(JournalWaiting)).all()) == 2
    assert sealing.seal(session, now=now) == 2
    session.commit()
    assert seals(session) == [(1, "a"), (2, "b")]
    assert session.scalars(select(JournalWaiting)).all() == []
    assert sealing.seal(session, now=now) == 0
    write(session, now, "c")
    sealing.seal(session, now=now)
    assert seals(session)[-1] == (3, "c")


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_an_entry_that_commits_late_comes_later(app, session, now):
    """Two writers at once: the one with the lower number commits last, and waits for nobody."""
    engine = session.get_bind()
    with Session(engine) as slow, Session(engine) as quick, Session(engine) as sealer:
        journal.record(slow, "x.done", "slow", actor="system", now=now)
        slow.flush()
        write(quick, now, "quick")
        sealing.seal(sealer, now=now)
        sealer.commit()
        slow.commit()
        sealing.seal(sealer, now=now)
        sealer.commit()
        found = seals(sealer)
        ids = sealer.scalars(select(JournalSeal.entry_id).order_by(JournalSeal.position)).all()
    assert [subject for _position, subject in found[-2:]] == ["quick", "slow"]
    assert ids[-1] < ids[-2]


def test_of_two_sealers_one_is_refused_and_loses_nothing(session, now):
    write(session, now, "a")
    entry = session.scalars(select(JournalEntry)).one()
    sealing.seal(session, now=now)
    session.commit()
    again = {"position": 1, "entry_id": entry.id, "hash": "0" * 64, "sealed_at": now}
    with pytest.raises(IntegrityError):
        session.execute(insert(JournalSeal), [again])
    session.rollback()
    assert seals(session) == [(1, "a")]


def test_an_entry_written_by_hand_gets_no_seal(session, now, caplog):
    write(session, now, "a")
    forged = {"at": now, "actor": "system", "act": "x", "subject": "b", "facts": {}}
    session.execute(insert(JournalEntry).values(**forged))
    session.execute(insert(JournalEntry).values(**forged, mark="m" * chain.MARK_LENGTH))
    session.commit()
    assert sealing.seal(session, now=now) == 3
    session.commit()
    assert seals(session) == [(1, "a")]
    assert session.scalars(select(JournalWaiting)).all() == []
    assert caplog.text.count("not written by the application") == 2


def test_nothing_is_sealed_when_all_was_written_by_hand(session, now):
    forged = {"at": now, "actor": "system", "act": "x", "subject": "b", "facts": {}}
    session.execute(insert(JournalEntry).values(**forged))
    session.commit()
    assert sealing.seal(session, now=now) == 1
    assert seals(session) == []


@pytest.mark.parametrize("table", ["journal_entry", "journal_seal", "journal_head"])
def test_no_table_of_the_chain_can_be_changed(session, now, table):
    write(session, now, "a")
    sealing.seal(session, now=now)
    sealing.publish(session, now=now)
    session.commit()
    connection = session.connection()
    column = "act" if table == "journal_entry" else "hash"
    postgresql = connection.dialect.name == "postgresql"
    attempts = [f"update {table} set {column} = 'y'", f"delete from {table}"]
    for attempt in [*attempts, *([f"truncate {table} cascade"] if postgresql else [])]:
        with pytest.raises(DatabaseError, match="only grows"):
            session.connection().exec_driver_sql(attempt)
        session.rollback()


def test_the_head_is_published_once_a_day(session, now):
    assert not sealing.publish(session, now=now)
    write(session, now, "a")
    sealing.seal(session, now=now)
    assert sealing.publish(session, now=now)
    assert not sealing.publish(session, now=now)
    assert sealing.publish(session, now=now + timedelta(days=1))
    session.commit()
    heads = session.scalars(select(JournalHead).order_by(JournalHead.day)).all()
    assert [head.day for head in heads] == [now.date(), now.date() + timedelta(days=1)]
    assert {head.position for head in heads} == {1}


def test_the_worker_chains_publishes_and_keeps_a_copy(app, session, now, monkeypatch, tmp_path):
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    write(session, now, "a", "b", "c")
    turns = iter([True, True, False])
    tasks.work(app, Event(), alive=lambda: next(turns))
    assert [subject for _position, subject in seals(session)] == ["a", "b", "c"]
    head = session.scalars(select(JournalHead)).one()
    lines = (tmp_path / "journal-heads.txt").read_text().splitlines()
    assert lines == [f"{head.day} 3 {head.hash}"]


def test_a_second_worker_lets_the_first_do_it(app, session, now, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    write(session, now, "a")

    def late(*_args, **_named):
        raise IntegrityError("insert", {}, Exception())

    with app.app_context():
        monkeypatch.setattr(sealing, "publish", late)
        tasks.seal_journal(app)
    assert not (tmp_path / "journal-heads.txt").exists()
    assert seals(session) == [(1, "a")]

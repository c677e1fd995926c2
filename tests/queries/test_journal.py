from consult.queries import journal as queries
from consult.services import journal, sealing


def test_an_entry_waits_then_is_sealed_and_is_never_outside(session, now):
    journal.record(session, "x.done", "a", actor="system", now=now)
    session.flush()
    assert [row.subject for row in session.execute(queries.waiting())] == ["a"]
    assert session.execute(queries.last_seal()).first() is None
    assert session.execute(queries.outside()).all() == []
    sealing.seal(session, now=now)
    sealing.publish(session, now=now)
    assert session.execute(queries.waiting()).all() == []
    assert session.execute(queries.outside()).all() == []
    database = session.get_bind().dialect.name
    (row,) = session.execute(queries.sealed(database)).all()
    end = session.execute(queries.last_seal()).one()
    (head,) = session.execute(queries.heads()).all()
    assert (row.position, row.hash, row.subject) == (*end, "a")
    assert (head.position, head.hash) == tuple(end)


def test_entries_are_of_all_or_of_one_thing(session, now):
    for subject in ("room:1", "room:2", "room:1"):
        journal.record(session, "room.changed", subject, actor="system", now=now)
    session.commit()
    assert len(session.execute(queries.entries(None)).all()) == 3
    assert [row.subject for row in session.execute(queries.entries("room:1"))] == ["room:1"] * 2

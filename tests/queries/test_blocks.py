"""Blocks in their order, what is joined to each, earlier wordings and notes, the latest first."""

from consult.models import BlockNote, BlockRevision, Extract
from consult.queries import blocks as queries
from tests import synthesising


def test_what_is_joined_to_each_block_and_to_no_other(session, make, now):
    world, other = synthesising.closed(make), synthesising.closed(make)
    make.answer(other.question)
    synthesising.begun(session, other)
    synthesis = synthesising.begun(session, world)
    rows = session.scalars(queries.of_synthesis(synthesis.id)).all()
    assert [one.position for one in rows] == list(range(1, len(rows) + 1))
    block = rows[1]
    text = make.answer(world.question)
    passage = {"starts": 0, "ends": 2, "quote": "Un", "source_sha256": "0" * 64}
    make.save(Extract(block_id=block.id, statement_id=text.id, created_at=now, **passage))
    own = {"block_id": block.id, "account_id": world.owner.id}
    make.save(BlockNote(body="Un", created_at=now - synthesising.DAY, **own))
    make.save(BlockNote(body="Deux", created_at=now, settled_at=now, **own))
    for version in (1, 2):
        make.save(BlockRevision(version=version, title="", body="", created_at=now, **own))
    joined = {
        row.id: (row.extracts, row.notes) for row in session.execute(queries.joined(synthesis.id))
    }
    assert joined[block.id] == (1, 1) and set(joined) == {one.id for one in rows}
    assert sum(extracts for extracts, _notes in joined.values()) == 1
    notes = session.execute(queries.notes(block.id)).all()
    assert [(one.body, one.name) for one in notes] == [
        ("Deux", world.owner.name),
        ("Un", world.owner.name),
    ]
    assert [one.version for one in session.execute(queries.revisions(block.id))] == [2, 1]

"""Blocks: put where they are asked for, versions kept, nobody's words lost, notes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.models import Account, BlockNote, BlockRevision, SynthesisBlock
from consult.queries import blocks as queries
from consult.services import blocks, consultations
from tests import synthesising


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make)
    world.synthesis = synthesising.begun(session, world)
    world.by = {"account": world.owner, "now": world.now}
    return world


def titles(session, world):
    rows = session.scalars(queries.of_synthesis(world.synthesis.id))
    return [one.title or one.body for one in rows]


def add(session, world, kind="key_idea", **values):
    made = blocks.add(session, world.synthesis, kind, values=values, **world.by)
    session.commit()
    return made


def revise(session, world, block, version=None, **values):
    stored = blocks.values_of(block)
    stamp = version or consultations.stamp(stored)
    blocks.revise(session, block, values=stored | values, version=stamp, **world.by)
    session.commit()


def test_a_block_goes_behind_another_or_at_the_end(session, world):
    first = session.scalars(queries.of_synthesis(world.synthesis.id)).first()
    add(session, world, title="Derrière", after=first.id)
    add(session, world, title="À la fin", after="nulle part")
    assert titles(session, world)[1] == "Derrière" and titles(session, world)[-1] == "À la fin"
    positions = session.scalars(
        select(SynthesisBlock.position).order_by(SynthesisBlock.position)
    ).all()
    assert positions == list(range(1, len(positions) + 1))


def test_a_synthesis_holds_so_many_blocks(session, world, monkeypatch):
    monkeypatch.setattr(blocks, "MOST", 2)
    with pytest.raises(RuleBroken) as refused:
        add(session, world, title="De trop")
    assert (refused.value.code, refused.value.facts) == ("blocks-too-many", {"max": 2})


def test_each_wording_is_kept_and_a_stale_one_refused(session, make, world):
    block = add(session, world, "initiative", title="Le bus", carrier="La MJC")
    old = consultations.stamp(blocks.values_of(block))
    revise(session, world, block)
    assert block.version == 1
    second = make.account()
    world.by["account"] = second
    revise(session, world, block, title="Le car", carrier="")
    assert (block.version, block.title, block.details) == (2, "Le car", {})
    kept = session.scalars(select(BlockRevision).order_by(BlockRevision.version)).one()
    assert (kept.version, kept.title, kept.details) == (1, "Le bus", {"carrier": "La MJC"})
    assert (kept.account_id, block.updated_by_id) == (world.owner.id, second.id)
    with pytest.raises(RuleBroken) as refused:
        revise(session, world, block, old, title="Autre")
    assert (refused.value.code, refused.value.status) == ("stale", 409)


def test_two_who_save_at_once_make_one_change(session, world):
    block = add(session, world, title="Avant")
    stored = blocks.values_of(block)
    stamp, key, who = consultations.stamp(stored), block.id, world.owner.id

    def save(title):
        with Session(session.get_bind()) as own:
            mine, me = own.get_one(SynthesisBlock, key), own.get_one(Account, who)
            values = stored | {"title": title}
            try:
                blocks.revise(own, mine, values=values, version=stamp, account=me, now=world.now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "saved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, ("Un", "Deux"))) == ["saved", "stale"]


def test_a_chapter_moves_with_what_it_holds_and_goes_alone(session, world):
    chapter = add(session, world, "chapter", title="Nouveau")
    add(session, world, title="Dedans")
    before = titles(session, world)
    blocks.move(session, chapter, up=True, **world.by)
    session.commit()
    after = titles(session, world)
    assert after.index("Dedans") == after.index("Nouveau") + 1 < len(after) - 1
    blocks.move(session, chapter, up=False, **world.by)
    session.commit()
    assert titles(session, world) == before
    blocks.remove(session, chapter, **world.by)
    session.commit()
    assert titles(session, world) == [one for one in before if one != "Nouveau"]


def test_what_someone_else_took_away_is_gone(session, world):
    block = add(session, world, title="Un")
    with Session(session.get_bind()) as own:
        other = own.get_one(SynthesisBlock, block.id)
        blocks.remove(own, other, **world.by)
        own.commit()
    with pytest.raises(RuleBroken) as refused:
        blocks.move(session, block, up=True, **world.by)
    assert (refused.value.code, refused.value.status) == ("block-gone", 409)


def test_a_note_is_settled_once_and_at_its_own_block(session, world):
    block, other = add(session, world, title="Un"), add(session, world, title="Deux")
    note = blocks.note(session, block, " À relire. ", **world.by)
    session.commit()
    for wrong, key in ((other, note.id), (block, "rien")):
        with pytest.raises(RuleBroken) as refused:
            blocks.settle(session, wrong, key, now=world.now)
        assert (refused.value.code, refused.value.status) == ("note-unknown", 404)
    blocks.settle(session, block, note.id, now=world.now)
    session.commit()
    session.expire_all()
    assert session.get_one(BlockNote, note.id).settled_at == world.now
    with pytest.raises(RuleBroken, match="note-unknown"):
        blocks.settle(session, block, note.id, now=world.now)
    with pytest.raises(RuleBroken, match="note-empty"):
        blocks.note(session, block, " ", **world.by)

"""What surrounds the blocks: read, signed, never lost; a notebook that may be begun again."""

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import Synthesis, SynthesisBlock
from consult.services import consultations, syntheses
from tests import synthesising


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make)
    world.synthesis = synthesising.begun(session, world)
    return world


def revise(session, world, version=None, **values):
    stored = syntheses.values_of(world.synthesis)
    syntheses.revise(
        session,
        world.synthesis,
        values=stored | values,
        version=version or consultations.stamp(stored),
        account=world.owner,
        now=world.now,
    )
    session.commit()


def test_what_surrounds_is_kept_and_a_stale_form_refused(session, world):
    old = consultations.stamp(syntheses.values_of(world.synthesis))
    revise(session, world, foreword="Merci.", foreword_by="La maire", by_two="y")
    found = syntheses.find(session, world.consultation)
    assert (found.foreword, found.foreword_by, found.by_two) == ("Merci.", "La maire", True)
    with pytest.raises(RuleBroken) as refused:
        revise(session, world, old, title="Autre")
    assert (refused.value.code, refused.value.status) == ("stale", 409)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "title-missing"),
        ({"foreword": "Merci.", "foreword_by": ""}, "foreword-unsigned"),
        ({"notes": "x" * 20_001}, "text-too-long"),
        ({"glossary": "\x00"}, "text-unreadable"),
    ],
)
def test_what_cannot_be_is_refused(session, world, values, code):
    with pytest.raises(RuleBroken, match=code):
        revise(session, world, **values)


def test_a_notebook_never_published_goes_with_its_blocks(session, world):
    syntheses.remove(session, world.synthesis, account=world.owner, now=world.now)
    session.commit()
    assert syntheses.find(session, world.consultation) is None
    with pytest.raises(RuleBroken, match="synthesis-unknown"):
        syntheses.claim(session, world.synthesis)
    assert not session.scalars(select(SynthesisBlock.id).order_by(SynthesisBlock.id)).all()
    synthesising.begun(session, world)
    assert len(session.scalars(select(Synthesis.id).order_by(Synthesis.id)).all()) == 1

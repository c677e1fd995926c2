"""What a synthesis says became of things, frozen with it, and what is said of it today."""

import pytest

from consult.domain.outcomes import Words
from consult.domain.syntheses import composed
from consult.models import SynthesisBlock
from consult.services import composing, consultations, given_outcomes, outcomes
from consult.speech import Speech
from tests import synthesising

EMPTY = consultations.stamp(outcomes.NONE)


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make)
    world.proposal = make.proposal(world.theme, title="Ouvrir tard", declared_agree=12)
    world.synthesis = synthesising.begun(session, world)
    world.block = (
        session.query(SynthesisBlock)
        .filter_by(synthesis_id=world.synthesis.id, kind="proposition")
        .one()
    )
    return world


def give(session, world, subject, body):
    words = Words("kept", body, "L'arrêté", "https://exemple.fr")
    facts = {"version": EMPTY, "account": world.owner, "now": world.now}
    outcomes.give(session, subject, words=words, **facts)
    session.commit()


def test_a_version_keeps_its_bytes_and_what_is_said_since_stands_beside(session, make, world):
    first = synthesising.publish(session, world.synthesis, world.owner, world.now)
    was, frozen = first.content, composed.read(first.content)
    assert '"outcomes":[' not in was and '"follow_up":[' not in was
    part = outcomes.Part(world.consultation.id, world.synthesis.id, world.block.id)
    give(session, world, part, "Nous ouvrirons.")
    for subject in (world.proposal, world.question):
        give(session, world, subject, f"De {subject.id}.")
    session.refresh(first)
    assert composed.canonical(composed.read(first.content)) == was == first.content
    said = given_outcomes.today(session, world.synthesis, frozen, Speech("en", "Europe/Paris"))
    assert [(one.label, one.part, one.path, one.body) for one in said] == [
        (
            "Kept",
            "",
            f"/consultations/{world.consultation.slug}/questions/"
            f"{world.theme.number}-{world.question.number}",
            f"De {world.question.id}.",
        ),
        ("Kept", "", f"/proposals/{world.proposal.id}", f"De {world.proposal.id}."),
        ("Kept", world.block.id, "", "Nous ouvrirons."),
    ]
    long = make.answer(world.question, body="mot " * 60)
    give(session, world, long, "Lu.")
    said = given_outcomes.of_synthesis(session, world.synthesis, Speech("fr", "Europe/Paris"))
    assert [one.title for one in said if one.statement == long.id] == ["mot " * 30 + "…"]
    long.state = "hidden"
    session.commit()
    second = synthesising.publish(session, world.synthesis, world.owner, world.now, "Les suites")
    whole = composed.read(second.content)
    assert len(whole.outcomes) == 3 and composed.canonical(whole) == second.content
    world.proposal.state = "hidden"
    session.commit()
    _version, shown = composing.published(session, world.synthesis.slug)
    assert [one.title for one in shown.outcomes] == [world.question.wording, ""]
    assert composing.published(session, world.synthesis.slug, 1)[1].outcomes == ()

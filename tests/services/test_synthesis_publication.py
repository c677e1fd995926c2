"""Publication: frozen and numbered, by two where asked, never twice the same, people told once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import RuleBroken
from consult.domain.syntheses import composed
from consult.models import Account, JournalEntry, Synthesis, SynthesisVersion
from consult.services import blocks, sealing, syntheses, synthesis_publication
from consult.services.synthesis_publication import Wanted
from tests import synthesising


@pytest.fixture
def world(session, make):
    world = synthesising.closed(make)
    author = make.participant()
    sent = make.contribution(world.consultation, author, notify_email="amina@exemple.fr")
    own = {"participant_id": author.id, "contribution_id": sent.id}
    for body in ("Le soir.", "Le matin."):
        make.answer(world.question, body=body, **own)
    make.answer(world.question, body="Midi.")
    world.synthesis = synthesising.begun(session, world)
    return world


def refused(act, *given, **facts):
    with pytest.raises(RuleBroken) as broken:
        act(*given, **facts)
    return broken.value.code, broken.value.status


def wanted(session, world, reason=""):
    whole, digest = synthesis_publication.draft(session, world.synthesis, now=world.now)
    return Wanted(digest, whole.number, reason)


def change(session, world, title="Plus"):
    values, add = {"title": title}, {"account": world.owner, "now": world.now}
    blocks.add(session, world.synthesis, "key_idea", values=values, **add)
    session.commit()


def test_a_version_is_frozen_and_carries_the_end_of_the_journal(session, world, now):
    sealing.seal(session, now=now)
    assert not synthesis_publication.is_published(session, world.consultation.id)
    version = synthesising.publish(session, world.synthesis, world.owner, now)
    assert synthesis_publication.is_published(session, world.consultation.id)
    whole = composed.read(version.content)
    assert (whole.number, whole.published, len(whole.journal_head)) == (1, "23 novembre 2026", 64)
    assert version.digest == composed.digest(version.content)
    change(session, world)
    assert synthesis_publication.latest(session, world.synthesis).content == version.content
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.act == "synthesis.published")
    ).one()
    assert entry.facts["digest"] == version.digest


def test_another_version_needs_a_change_and_a_reason(session, world, now):
    synthesising.publish(session, world.synthesis, world.owner, now)
    act = {"by": world.owner, "now": now}
    publish = synthesis_publication.publish
    same = wanted(session, world, "Encore.")
    assert refused(publish, session, world.synthesis, same, **act) == ("synthesis-same", 409)
    change(session, world)
    without = wanted(session, world)
    code = refused(publish, session, world.synthesis, without, **act)
    assert code == ("synthesis-reason-missing", 422)
    session.rollback()
    stale = wanted(session, world, "Une faute.")
    change(session, world, "Encore plus")
    assert refused(publish, session, world.synthesis, stale, **act)[0] == "synthesis-changed"
    version = synthesising.publish(session, world.synthesis, world.owner, now, "Une faute.")
    assert (version.number, version.reason) == (2, "Une faute.")


def test_nothing_before_the_close_and_nothing_empty(session, make, now):
    world = synthesising.closed(make, closes_at=now + synthesising.DAY)
    world.synthesis = synthesising.begun(session, world)
    act = {"by": world.owner, "now": now}
    code = refused(
        synthesis_publication.publish, session, world.synthesis, wanted(session, world), **act
    )
    assert code == ("synthesis-too-early", 409)
    world = synthesising.closed(make)
    about = {"slug": "vide", "consultation_id": world.consultation.id, "title": "Vide"}
    world.synthesis = make.save(Synthesis(created_at=now, updated_at=now, **about))
    code = refused(
        synthesis_publication.publish, session, world.synthesis, wanted(session, world), **act
    )
    assert code == ("synthesis-empty", 409)
    assert synthesis_publication.to_tell(session, SynthesisVersion(content=EMPTY)) == []


EMPTY = composed.canonical(composed.Composed(*"sltcap", number=1))


def test_one_proposes_and_another_publishes_what_was_proposed(session, make, world, now):
    act, second = {"by": world.owner, "now": now}, {"by": make.account(), "now": now}
    propose, publish = synthesis_publication.propose, synthesis_publication.publish
    whole = world.synthesis
    asked = wanted(session, world)
    assert refused(propose, session, whole, asked, **act) == ("synthesis-needs-one", 409)
    whole.by_two = True
    session.commit()
    assert refused(publish, session, whole, asked, **act) == ("synthesis-not-proposed", 409)
    propose(session, whole, asked, **act)
    session.commit()
    assert refused(publish, session, whole, asked, **act) == ("synthesis-same-person", 403)
    change(session, world)
    newer = wanted(session, world)
    assert refused(publish, session, whole, newer, **second) == ("synthesis-changed", 409)
    propose(session, whole, newer, **act)
    version = publish(session, whole, newer, **second)
    assert (version.proposed_by_id, version.published_by_id) == (act["by"].id, second["by"].id)
    assert whole.proposed_digest is None


def test_whoever_publishes_the_same_at_once_comes_second(session, world, now):
    asked, key, who = wanted(session, world), world.synthesis.id, world.owner.id

    def publish(_number):
        with Session(session.get_bind()) as own:
            whole, by = own.get_one(Synthesis, key), own.get_one(Account, who)
            try:
                synthesis_publication.publish(own, whole, asked, by=by, now=now)
                own.commit()
            except RuleBroken as broken:
                return broken.code
            return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, (1, 2))) == ["published", "synthesis-changed"]


def test_a_number_taken_behind_ones_back_is_refused_by_the_database(session, world, now):
    version = synthesising.publish(session, world.synthesis, world.owner, now)
    names = ("synthesis_id", "number", "content", "digest", "published_at")
    twin = SynthesisVersion(**{name: getattr(version, name) for name in names})
    assert refused(synthesis_publication._add, session, twin) == ("synthesis-changed", 409)


def test_each_person_quoted_is_told_once(session, world, now):
    version = synthesising.publish(session, world.synthesis, world.owner, now)
    told = synthesis_publication.to_tell(session, version)
    assert [one.email for one in told] == ["amina@exemple.fr"]


def test_what_is_published_does_not_go_away(session, world, now):
    act = {"account": world.owner, "now": now}
    other = world.synthesis
    synthesising.publish(session, other, world.owner, now)
    assert refused(syntheses.remove, session, other, **act) == ("synthesis-published", 409)

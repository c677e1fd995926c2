"""Someone who wrote a synthesis with Bob, and whose words it quotes."""

from consult.domain.syntheses.composed import Composed, Part, Quote, canonical
from consult.models import (
    BlockNote,
    BlockRevision,
    Credit,
    Extract,
    FollowUp,
    Synthesis,
    SynthesisBlock,
    SynthesisVersion,
)


def sums_up(someone):
    make, now, me = someone.make, someone.now, someone.account.id
    dated = {"created_at": now, "updated_at": now}
    about = {"slug": "c", "consultation_id": someone.consultation_id, "title": "Synthèse"}
    whole = make.save(Synthesis(proposed_by_id=me, **about, **dated))
    said = {"kind": "finding", "position": 1, "body": "Un constat."}
    block = make.save(SynthesisBlock(synthesis_id=whole.id, updated_by_id=me, **said, **dated))
    own = {"block_id": block.id, "account_id": me, "created_at": now}
    make.save(BlockRevision(version=1, title="", body="Un.", **own))
    make.save(BlockNote(body="À relire.", **own))
    passage = {"starts": 0, "ends": 6, "quote": "Ouvrir", "source_sha256": "0" * 64}
    make.save(Extract(statement_id=someone.answer.id, named=True, **passage, **own))
    quote = Quote("Ouvrir", someone.account.name, statement=someone.answer.id)
    part = Part("b", "finding", "Constat", "1.1", body="Un constat.", quotes=(quote,))
    said = Composed("c", "S", "fr", "C", "", "", 1, parts=(part,), credits=(someone.account.name,))
    frozen = {"content": canonical(said), "digest": "0" * 64, "published_at": now}
    for number, by in enumerate(("proposed_by_id", "published_by_id"), start=1):
        make.save(SynthesisVersion(synthesis_id=whole.id, number=number, **{by: me}, **frozen))
    place = {"consultation_id": someone.consultation_id, "synthesis_id": whole.id, "part_id": "q"}
    make.save(FollowUp(state="done", body="C'est fait.", account_id=me, **place, **dated))
    thanked = {"participant_id": someone.participant.id, "name": someone.account.name}
    make.save(Credit(consultation_id=someone.consultation_id, created_at=now, **thanked))

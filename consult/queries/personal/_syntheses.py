"""What the syntheses hold about a person: what they wrote and published, where they are thanked."""

from typing import Any

from ...domain.kinds import N_
from ...models import (
    BlockNote,
    BlockRevision,
    Consultation,
    Credit,
    Extract,
    FollowUp,
    Synthesis,
    SynthesisBlock,
    SynthesisVersion,
)
from ._rows import IN_CONSULTATION, Part, columns, part

IN_SYNTHESIS = Synthesis.title.label("synthesis")
OF_BLOCK = (SynthesisBlock, Synthesis)


def _published(key: str, title: str, link: Any) -> Part:
    shown = [IN_SYNTHESIS, *columns(SynthesisVersion, "number reason published_at")]
    return part(key, title, shown, link, via=(Synthesis,))


def _of_block(key: str, title: str, model: Any, names: str) -> Part:
    shown = [IN_SYNTHESIS, *columns(model, names)]
    return part(key, title, shown, model.account_id, via=OF_BLOCK)


PARTS = (
    part(
        "credits",
        N_("Where I agree to be thanked"),
        [IN_CONSULTATION, *columns(Credit, "name created_at")],
        Credit.participant_id,
        via=(Consultation,),
    ),
    part(
        "follow_ups",
        N_("What I said of a last edition"),
        [IN_SYNTHESIS, *columns(FollowUp, "state body created_at")],
        FollowUp.account_id,
        via=(Synthesis,),
    ),
    part(
        "syntheses_waiting",
        N_("Syntheses I proposed, not published yet"),
        columns(Synthesis, "title updated_at"),
        Synthesis.proposed_by_id,
    ),
    _published(
        "syntheses_proposed", N_("Published syntheses I proposed"), SynthesisVersion.proposed_by_id
    ),
    _published(
        "syntheses_published", N_("Syntheses I published"), SynthesisVersion.published_by_id
    ),
    part(
        "synthesis_blocks",
        N_("Blocks of syntheses I wrote"),
        [IN_SYNTHESIS, *columns(SynthesisBlock, "title body updated_at")],
        SynthesisBlock.updated_by_id,
        via=(Synthesis,),
    ),
    _of_block(
        "block_revisions",
        N_("Earlier wordings of blocks I wrote"),
        BlockRevision,
        "title body created_at",
    ),
    _of_block("block_notes", N_("Notes I left to other writers"), BlockNote, "body created_at"),
    _of_block("extracts", N_("Extracts I chose"), Extract, "quote created_at"),
)

"""What the splits of open calls hold about a person: what they proposed and published."""

from typing import Any

from ...domain.kinds import N_
from ...models import OpenCall, SplitDecision, SplitProposal
from ._rows import Part, columns, part

IN_CALL = OpenCall.title.label("call")


def _decided(key: str, title: str, link: Any) -> Part:
    shown = [IN_CALL, *columns(SplitDecision, "number reason published_at")]
    return part(key, title, shown, link, via=(OpenCall,))


PARTS = (
    part(
        "split_proposals",
        N_("Splits I proposed, not published yet"),
        [IN_CALL, *columns(SplitProposal, "reason proposed_at")],
        SplitProposal.account_id,
        via=(OpenCall,),
    ),
    _decided("splits_proposed", N_("Published splits I proposed"), SplitDecision.proposed_by_id),
    _decided("splits_published", N_("Splits I published"), SplitDecision.published_by_id),
)

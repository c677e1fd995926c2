"""What the open calls hold about a person: those they opened, those they run, what they told."""

from ...domain.kinds import N_
from ...models import CallOfficer, OpenCall, OutsideCall, Pot
from ._rows import columns, part

PARTS = (
    part(
        "calls_opened",
        N_("Open calls I opened"),
        columns(OpenCall, "title opened_by contact_name contact_phone created_at"),
        OpenCall.owner_id,
    ),
    part(
        "calls_run",
        N_("Open calls I run"),
        [OpenCall.title.label("call"), *columns(CallOfficer, "created_at")],
        CallOfficer.account_id,
        via=(OpenCall,),
    ),
    part(
        "calls_told",
        N_("Calls of others I told of"),
        columns(OutsideCall, "funder title about link closes_on created_at withdrawn_at"),
        OutsideCall.account_id,
    ),
    part(
        "pots",
        N_("Common pots I look after"),
        columns(Pot, "title about kept_by created_at"),
        Pot.owner_id,
    ),
)

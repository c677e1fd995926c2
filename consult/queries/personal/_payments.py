"""What payments hold about a person: the bank accounts that they gave."""

from ...domain.kinds import N_
from ...models import BankDetails, Project
from ._rows import columns, part

PARTS = (
    part(
        "bank_details",
        N_("Bank details I gave"),
        [Project.title.label("project"), *columns(BankDetails, "holder iban bic given_at")],
        BankDetails.account_id,
        via=(Project,),
    ),
)

"""Transfers asked of a bank: a SEPA credit transfer file, pain.001.001.09 of ISO 20022."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sepaxml import SepaTransfer

from ..domain.bank_accounts import HOLDER_LIMIT, REMITTANCE_LIMIT, Account, written

SCHEMA = "pain.001.001.09"
MEDIA_TYPE = "application/xml"


@dataclass(frozen=True)
class Transfer:
    """A transfer: to whom, how much in cents, what it is for, and the name it is known by."""

    to: Account
    cents: int
    about: str
    end_to_end: str


class _Made(SepaTransfer):  # type: ignore[misc]
    """A file whose name and instant are given, so that it says when it was made."""

    def __init__(self, config: dict[str, object], message_id: str, at: datetime) -> None:
        self._known, self._at = message_id, at
        super().__init__(config, schema=SCHEMA, clean=False)

    def _create_header(self) -> None:
        self.msg_id = self._known
        super()._create_header()
        for node in self._xml.iter("CreDtTm"):
            node.text = self._at.strftime("%Y-%m-%dT%H:%M:%SZ")


def write(
    payer: Account, transfers: Sequence[Transfer], *, message_id: str, on: date, at: datetime
) -> str:
    """Return the file, checked against the schema of the standard; amounts are exact.

    Names are written in the letters that banks exchange and cut at a word.
    """
    config = {
        "name": written(payer.holder, HOLDER_LIMIT),
        "IBAN": payer.iban,
        "batch": True,
        "currency": "EUR",
        **({"BIC": payer.bic} if payer.bic else {}),
    }
    made = _Made(config, message_id, at)
    for transfer in transfers:
        made.add_payment(
            {
                "name": written(transfer.to.holder, HOLDER_LIMIT),
                "IBAN": transfer.to.iban,
                "amount": transfer.cents,
                "description": written(transfer.about, REMITTANCE_LIMIT) or transfer.end_to_end,
                "execution_date": on,
                "endtoend_id": transfer.end_to_end,
                **({"BIC": transfer.to.bic} if transfer.to.bic else {}),
            }
        )
    text = str(made.export(validate=True).decode())
    # One block, but a line of the statement for each transfer: a grouped line names nobody.
    return text.replace("<BtchBookg>true</BtchBookg>", "<BtchBookg>false</BtchBookg>")


def digest(content: str) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content.encode()).hexdigest()

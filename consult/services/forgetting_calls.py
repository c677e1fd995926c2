"""Forgetting a person in open calls: where they are named as whom to call, or paid."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlalchemy.orm import Session

from ..models import OpenCall, Pot, PotPayment


def forget(session: Session, words: Sequence[str]) -> None:
    """Take a person off the calls that name them; `words` are their address and their name.

    A call, its terms and its decisions stay: money is owed by whoever opened it.
    """
    called = {"contact_name": "", "contact_phone": ""}
    named = update(OpenCall).where(OpenCall.contact_name.in_(words)).values(**called)
    opened = update(OpenCall).where(OpenCall.opened_by.in_(words)).values(opened_by="–")
    kept = update(Pot).where(Pot.kept_by.in_(words)).values(kept_by="–")
    paid = update(PotPayment).where(PotPayment.payer.in_(words)).values(payer="–")
    for statement in (named, opened, kept, paid):
        session.execute(statement.execution_options(synchronize_session=False))

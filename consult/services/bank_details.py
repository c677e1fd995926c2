"""Where money goes and where it comes from: accounts given by those who answer for them."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from ..domain import bank_accounts
from ..domain.errors import RuleBroken
from ..models import Account, BankDetails, OpenCall, PayingAccount, Project
from ..queries import payments as queries
from . import journal, payments


def give(
    session: Session,
    project: Project,
    typed: bank_accounts.Account,
    *,
    by: Account,
    now: datetime,
) -> BankDetails:
    """Keep the account of a project that receives something; a second time replaces it.

    Raises project-carriers-only (403) for whoever does not act for what leads it, and
    award-missing (409) when the project receives nothing.
    """
    payments.claim(session, session.get_one(OpenCall, project.call_id))
    if session.scalar(queries.carried(project.id, by.id)) is None:
        raise RuleBroken("project-carriers-only", 403)
    if not session.scalar(queries.received(project.id)):
        raise RuleBroken("award-missing", 409)
    kept = session.get(BankDetails, project.id, populate_existing=True)
    if kept is None:
        kept = BankDetails(project_id=project.id)
        session.add(kept)
    kept.holder, kept.iban, kept.bic = typed.holder, typed.iban, typed.bic
    kept.account_id, kept.given_at = by.id, now
    actor, name = f"account:{by.id}", f"project:{project.id}"
    journal.record(session, "bank_details.given", name, actor=actor, now=now)
    return kept


def give_paying(
    session: Session, call: OpenCall, typed: bank_accounts.Account, *, by: Account, now: datetime
) -> PayingAccount:
    """Keep the account that a call is paid from; a second time replaces it."""
    payments.claim(session, call)
    kept = session.get(PayingAccount, call.id, populate_existing=True)
    if kept is None:
        kept = PayingAccount(call_id=call.id)
        session.add(kept)
    kept.holder, kept.iban, kept.bic = typed.holder, typed.iban, typed.bic
    kept.given_at = now
    actor, name = f"account:{by.id}", f"open_call:{call.id}"
    journal.record(session, "paying_account.given", name, actor=actor, now=now)
    return kept


def forget(session: Session, account_id: str) -> None:
    """Delete the accounts that someone gave: whoever acts after them gives another."""
    gone = delete(BankDetails).where(BankDetails.account_id == account_id)
    session.execute(gone.execution_options(synchronize_session=False))

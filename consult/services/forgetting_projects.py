"""Forgetting a person in the projects of open calls: drafts, whom to reach, help they offered."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy import delete as remove
from sqlalchemy.orm import Session

from ..domain import erasures as rules
from ..models import Account, HelpOffer, OpenCall, Project
from . import project_files

BY_HAND = (HelpOffer.contact, OpenCall.contact_name, Project.contact_email)
NOBODY = {"contact_name": "", "contact_email": "", "contact_phone": ""}


def address(session: Session, email: str) -> int:
    """Forget an address as what reaches a project, a call or someone who helps; return how many."""
    helps = HelpOffer.id.in_(holding(session, HelpOffer.id, HelpOffer.contact, email))
    called = func.lower(OpenCall.contact_name) == email
    gone = 0
    for statement in (
        update(Project).where(func.lower(Project.contact_email) == email).values(**NOBODY),
        update(OpenCall).where(called).values(contact_name="", contact_phone=""),
        remove(HelpOffer).where(helps),
    ):
        done: Any = session.execute(statement.execution_options(synchronize_session=False))
        gone += int(done.rowcount)
    return gone


def holding(session: Session, key: Any, column: Any, email: str) -> list[str]:
    """Return the keys of the rows that hold an address among other words, and not a longer one."""
    query = select(key, column).where(column.icontains(email, autoescape=True)).order_by(key)
    return [found for found, text in session.execute(query) if email in rules.addresses(text)]


def forget(session: Session, account: Account, words: Sequence[str]) -> None:
    """Delete the drafts of a person and their offers of help; nobody is reached through them.

    `words` name them: an address, a whole name. A name is looked for in what they wrote alone:
    others bear it too. A project that was sent is its organisation's: it stays without them, and
    so does what they checked.
    """
    theirs = or_(
        func.lower(Project.contact_email) == account.email,
        and_(Project.account_id == account.id, Project.contact_name.in_(["", *words])),
    )
    for statement in (
        remove(Project).where(Project.account_id == account.id, Project.state == "draft"),
        update(Project).where(theirs).values(**NOBODY),
        remove(HelpOffer).where(HelpOffer.participant_id == account.participant_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    project_files.SHELF.unname(session, words)

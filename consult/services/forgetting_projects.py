"""Forgetting a person in the projects of open calls: drafts, whom to reach, help they offered."""

from collections.abc import Sequence

from sqlalchemy import delete as remove
from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from ..models import Account, HelpOffer, Project


def forget(session: Session, account: Account, words: Sequence[str]) -> None:
    """Delete the drafts of a person and their offers of help; nobody is reached through them.

    `words` name them: an address, a whole name. A project that was sent is its organisation's:
    it stays without them, and so does what they checked.
    """
    nobody = {"contact_name": "", "contact_email": "", "contact_phone": ""}
    theirs = or_(
        Project.account_id == account.id,
        Project.contact_email == account.email,
        Project.contact_name.in_(words),
    )
    for statement in (
        remove(Project).where(Project.account_id == account.id, Project.state == "draft"),
        update(Project).where(theirs).values(**nobody),
        remove(HelpOffer).where(HelpOffer.participant_id == account.participant_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))

"""The published synthesis of the known objects: that of the closed consultation."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from ..models import Account, Consultation
from . import synthesis_drafting, synthesis_publication

LOCALE = synthesis_publication.LOCALE


def things(
    session: Session, people: Mapping[str, Account], closed_id: str, *, now: datetime
) -> Mapping[str, tuple[str, str]]:
    """Publish the synthesis of a closed consultation as it opens; return it with its page."""
    consultation, by = session.get_one(Consultation, closed_id), people["organiser"]
    made = synthesis_drafting.begin(session, consultation, locale=LOCALE, account=by, now=now)
    whole, digest = synthesis_publication.draft(session, made, now=now)
    wanted = synthesis_publication.Wanted(digest, whole.number)
    synthesis_publication.publish(session, made, wanted, by=by, now=now)
    return {"synthesis_published": (made.id, f"/syntheses/{made.slug}")}

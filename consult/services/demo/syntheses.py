"""The published synthesis of a closed consultation of the demonstration, and the one after it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ...models import Account, Synthesis
from ...queries import blocks as queries
from .. import blocks, consultations, sealing, synthesis_drafting, synthesis_publication
from .. import syntheses as service
from .frames import Frame

BY = "organisatrice"
AROUND = ("foreword", "foreword_by", "imprint")
DAY = timedelta(days=1)


def write(session: Session, frame: Frame, said: Mapping[str, Any], account_id: str) -> None:
    """Open the notebook, publish it on the day it was promised, then with what is kept."""
    about, by = frame.consultation, session.get_one(Account, account_id)
    promised = about.synthesis_at or frame.opens_at
    after = (about.outcome_at or promised) + DAY
    locale = synthesis_publication.LOCALE
    made = synthesis_drafting.begin(session, about, locale=locale, account=by, now=promised)
    stored = service.values_of(made)
    words = {name: said[name].strip() for name in AROUND}
    service.revise(
        session,
        made,
        values=stored | words,
        version=consultations.stamp(stored),
        account=by,
        now=promised,
    )
    for entry in said["block"]:
        _add(session, made, frame, entry, by, promised)
    _publish(session, made, "", by, promised)
    for entry in said["reply"]:
        _add(session, made, frame, {"kind": "reply", **entry}, by, after)
    _publish(session, made, said["reason"], by, after)


def _add(
    session: Session,
    made: Synthesis,
    frame: Frame,
    entry: Mapping[str, Any],
    by: Account,
    now: datetime,
) -> None:
    """Add a block behind all that its question holds."""
    asked = frame.questions[entry["question"]].id
    own = [
        one.id for one in session.scalars(queries.of_synthesis(made.id)) if one.question_id == asked
    ]
    values = {**entry, "after": own[-1]}
    block = blocks.add(session, made, entry["kind"], values=values, account=by, now=now)
    block.question_id = asked


def _publish(session: Session, made: Synthesis, reason: str, by: Account, now: datetime) -> None:
    while sealing.seal(session, now=now):  # so that the version carries the head of the journal
        pass
    whole, digest = synthesis_publication.draft(session, made, now=now)
    wanted = synthesis_publication.Wanted(digest, whole.number, reason)
    version = synthesis_publication.publish(session, made, wanted, by=by, now=now)
    version.told_at = now  # nobody is written to about the demonstration

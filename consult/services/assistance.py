"""Answers that a helper writes down for someone: consent said, channel kept, never as the person.

Each person helped is a participant of their own, with a number of their own; the helper acts under
their own account, which the journal names.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from ..domain import clean, phases
from ..domain.errors import RuleBroken
from ..domain.kinds import N_
from ..models import Participant, Statement
from . import answers, contributions, participation, submissions

CHANNELS = {
    "paper": N_("On paper"),
    "phone": N_("By telephone"),
    "desk": N_("At a desk"),
    "workshop": N_("In a workshop"),
}
CONSENTS = {
    "oral": N_("They agreed aloud, after I read the text"),
    "paper": N_("They signed the paper form"),
    "phone": N_("They agreed on the telephone, after I read the text"),
}
PLACE_LIMIT = 200


@dataclass(frozen=True)
class Helper:
    """Who writes the answer down: an account, and the participant it stands for."""

    account_id: str
    actor: participation.Actor


def way(helper: Helper, *, channel: object, consent: object, place: object) -> contributions.Way:
    """Return how an answer came in, or raise channel-unknown, consent-missing."""
    if not isinstance(channel, str) or channel not in CHANNELS:
        raise RuleBroken("channel-unknown")
    if not isinstance(consent, str) or consent not in CONSENTS:
        raise RuleBroken("consent-missing")
    where = clean.line(place, PLACE_LIMIT)
    return contributions.Way(channel, where, consent, helper.account_id)


def may_help(session: Session, asked: answers.Asked, helper: Helper, *, now: datetime) -> None:
    """Raise not-open-yet, consultation-closed (409) or not-on-the-list (403)."""
    phases.check("answer", phases.of(asked.consultation, now))
    answers.may_enter(session, asked.consultation, helper.actor.reader)


def write(
    session: Session,
    asked: answers.Asked,
    helper: Helper,
    writing: answers.Writing,
    *,
    key: str,
    now: datetime,
) -> Statement:
    """Store the answer of a person helped; the same form again gives the same answer."""
    mine = helper.actor.participant_id
    before = submissions.earlier(session, mine, key)
    if before is None:
        may_help(session, asked, helper, now=now)
        before = submissions.take(session, mine, key, now=now)
    if before is not None:
        return before
    person = Participant(created_at=now)
    session.add(person)
    session.flush()
    actor = replace(helper.actor, participant_id=person.id)
    answer = answers.write(session, asked, actor, writing, now=now)
    submissions.finish(session, mine, key, answer.id)
    return answer

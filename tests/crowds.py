"""Crowds of people with opinions, for what counts them."""

from sqlalchemy import insert

from consult.models import Participant, Stance
from consult.models.base import new_id


def two_camps(make, people, statements=8):
    """A consultation where all agree on its first proposal, and two camps of `people` on no other.

    Return the consultation and its proposals.
    """
    consultation = make.consultation(slug="camps")
    theme = make.theme(consultation)
    proposals = [make.proposal(theme, title=f"Mesure {n}") for n in range(statements)]
    now, session = make.now, make.session
    ids = [new_id() for _ in range(2 * people)]
    session.execute(insert(Participant), [{"id": one, "created_at": now} for one in ids])
    session.execute(
        insert(Stance),
        [
            {
                "statement_id": proposal.id,
                "participant_id": one,
                "value": 1 if place == 0 or (place + number // people) % 2 else -1,
                "created_at": now,
                "updated_at": now,
            }
            for number, one in enumerate(ids)
            for place, proposal in enumerate(proposals)
        ],
    )
    session.commit()
    return consultation, proposals

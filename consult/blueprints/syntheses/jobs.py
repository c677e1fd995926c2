"""What the worker does after a publication or an outcome: one letter a person, so many at a time.

Each person's letter has its own key: killed at any moment, the worker goes on with the others.
"""

from flask import Flask

from ... import clock, one_by_one
from ...extensions import db
from ...models import Consultation, Synthesis, SynthesisVersion
from ...queries import outcomes, told_syntheses
from ...services import told_outcomes
from ..follows.letters import known
from . import letters

BECAME, PUBLISHED = "outcomes", "published synthesis"
AT_ONCE = told_outcomes.AT_ONCE


def tell_outcomes(_app: Flask) -> int:
    """Tell people what became of theirs, once nothing changes any more; return how many letters."""
    session = db.session()

    def tell(consultation_id: str) -> int:
        consultation = session.get_one(Consultation, consultation_id)
        news = told_outcomes.gather(session, consultation)
        people = told_outcomes.people(session, news)
        if not people:
            told_outcomes.done(session, news, now=clock.now())
        return sum(letters.became(news, person) for person in people)

    keys = session.scalars(outcomes.untold(clock.now()).limit(AT_ONCE)).all()
    return one_by_one.each(BECAME, {key: key for key in keys}, tell)


def tell_published(_app: Flask) -> int:
    """Tell those who took part, and those who follow, that a synthesis is there."""
    session = db.session()

    def tell(version: SynthesisVersion) -> int:
        synthesis = session.get_one(Synthesis, version.synthesis_id)
        consultation = session.get_one(Consultation, synthesis.consultation_id)
        ids = (consultation.id, synthesis.id)
        took_part = session.execute(told_syntheses.contributors(*ids, most=AT_ONCE)).all()
        told = sum(letters.published(consultation, synthesis, row) for row in took_part)
        if len(took_part) == AT_ONCE:
            return told
        session.flush()
        people = session.scalars(told_syntheses.followers(*ids, most=AT_ONCE)).all()
        subject = f"consultation:{consultation.id}"
        seen = [person for person in people if known(person, subject) is not None]
        told += sum(letters.followed(consultation, synthesis, person) for person in seen)
        if len(people) < AT_ONCE or not seen:  # those who may not know of it are left
            version.told_at = clock.now()
        return told

    rows = session.scalars(told_syntheses.untold().limit(AT_ONCE)).all()
    return one_by_one.each(PUBLISHED, {row.id: row for row in rows}, tell)

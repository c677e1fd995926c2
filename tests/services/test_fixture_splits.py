"""The published split of the known objects."""

from sqlalchemy import select

from consult.models import Award, OpenCall, Project, SplitDecision
from consult.services import fixture


def test_the_known_call_is_split_to_the_cent(session, now):
    made = fixture.fill(session, now=now)
    session.commit()
    call = session.get_one(OpenCall, made.things["open_call_published"].id)
    assert made.things["open_call_published"].path == f"/open-calls/{call.slug}"
    query = select(SplitDecision).where(SplitDecision.call_id == call.id)
    decision = session.scalars(query).one()
    assert (decision.awarded_cents, decision.left_cents, decision.projects) == (100_000, 0, 2)
    funded = session.get_one(Project, made.things["project_funded"].id)
    awards = select(Award.cents).where(Award.decision_id == decision.id)
    assert session.scalars(awards.where(Award.project_id == funded.id)).one() == 50_000

"""The rows of a published split say what its record says."""

from datetime import timedelta

from sqlalchemy import select

from consult.models import Award, SplitDecision, SplitEnvelope, SplitLine, SplitTelling
from consult.services import split_rows, splits
from tests import open_calls


def test_the_rows_of_a_split_say_what_its_record_says(session, make, now, monkeypatch):
    monkeypatch.setattr(split_rows, "BATCH", 2)
    officer = make.account("local_authority")
    over = {"closes_at": now - timedelta(days=1), "principles": 0, "cap_share": 5_000}
    call = open_calls.call(make, officer=officer, envelopes=(1_000, 500), cap_cents=800, **over)
    asked = {"asked": (0, 900, 900, 700), "cost": (0, 2_000, 1_000, None)}
    for amount, cost in zip(*asked.values(), strict=True):
        open_calls.project(make, call, asked=amount, cost_cents=cost)
    draft = splits.compute(session, call, now=now)
    splits.publish(session, call, splits.Wanted(draft.digest, 1), by=officer, now=now)
    session.commit()
    decision = session.scalars(select(SplitDecision)).one()
    lines = session.scalars(select(SplitLine).order_by(SplitLine.rank)).all()
    told = [(one.project_id, one.asked_cents, one.awarded_cents) for one in lines]
    rows = decision.record["projects"]
    assert told == [(row["project"], row["asked"], row["award"]) for row in rows]
    wanted = sorted((one.asked_cents, one.wanted_cents) for one in lines)
    assert wanted == [(0, 0), (700, 350), (900, 500), (900, 800)]
    awards = session.execute(select(Award.project_id, Award.envelope_id, Award.cents)).all()
    parts = session.scalars(select(SplitEnvelope).order_by(SplitEnvelope.position)).all()
    places = {one.envelope_id: one.position - 1 for one in parts}
    given = {row["project"]: [0, 0] for row in rows}
    for project, envelope, cents in awards:
        given[project][places[envelope]] = cents
    assert given == {row["project"]: row["awards"] for row in rows}
    assert all(cents for _project, _envelope, cents in awards)
    by_awarded = sorted(lines, key=lambda one: one.by_awarded)
    assert [one.by_awarded for one in by_awarded] == [0, 1, 2, 3]
    assert [one.awarded_cents for one in by_awarded] == sorted(one.awarded_cents for one in lines)
    assert session.get_one(SplitTelling, decision.id).reached == -1

"""Calls whose split is ready or published, for tests."""

from datetime import timedelta

from sqlalchemy import select

from consult.models import Principle
from consult.services import splits
from tests import open_calls


def closed(make, officer, **facts):
    """A call that takes no more projects, with one principle."""
    over = {"closes_at": make.now - timedelta(days=1), "envelopes": (100_000,), "principles": 1}
    return open_calls.call(make, officer=officer, **over | facts)


def ready(make, session, call, *asked, **facts):
    """Projects that respect the one principle of a call."""
    query = select(Principle).where(Principle.call_id == call.id)
    principle, made = session.scalars(query).one_or_none(), []
    for amount in asked:
        made.append(open_calls.project(make, call, asked=amount, **facts))
        if principle is not None:
            open_calls.assess(make, made[-1], principle)
    return made


def wanted(session, call, now, number=1, reason=""):
    return splits.Wanted(splits.compute(session, call, now=now).digest, number, reason)


def published(session, call, by, now, **facts):
    decision = splits.publish(session, call, wanted(session, call, now, **facts), by=by, now=now)
    session.commit()
    return decision

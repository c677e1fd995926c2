"""The promises on the command line, and a consultation that cannot be finished without one."""

import json
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from consult import clock
from consult.config import data_dir, database_url
from consult.domain.errors import RuleBroken
from consult.services import publication
from tests.factories import Maker

DAY = timedelta(days=1)


def test_the_late_ones_are_printed_and_none_is_finished_without_a_promise(consult):
    assert "0 promises." in consult("promises").output
    engine = create_engine(database_url(data_dir()))
    now = clock.now()
    with closing(Session(engine, expire_on_commit=False)) as session:
        make = Maker(session, now)
        late = make.consultation(title="En retard", synthesis_at=now - 3 * DAY, territory_code=None)
        make.consultation(title="À venir", synthesis_at=now + 3 * DAY, territory_code=None)
        for about in (late, make.consultation(title="Sans promesse", territory_code=None)):
            held = publication.schedule_of(about)
            dates = publication.Schedule(
                **held | {"outcome_at": now + 30 * DAY, "synthesis_at": None}
            )
            with pytest.raises(RuleBroken, match="synthesis-promise-missing"):
                publication.schedule(
                    session, about, dates=dates, version=publication.consultations.stamp(held),
                    actor="system", now=now,
                )  # fmt: skip
            session.rollback()
    engine.dispose()
    assert "2 promises." in consult("promises").output
    printed = consult("promises", "--late").output
    assert "En retard" in printed and "À venir" not in printed and "1 promises." in printed
    found = json.loads(consult("promises", "--json").output)["promises"]
    assert [(one["title"], one["state"]) for one in found] == [
        ("À venir", "waiting"), ("En retard", "late"),
    ]  # fmt: skip

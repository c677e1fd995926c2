"""One furnished world for a whole module, on each database, and people to attack it as."""

from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from tests import conftest as base
from tests.security import addresses
from tests.security.people import Agent

PEOPLE = (
    "visitor",
    "citizen_a",
    "citizen_b",
    "mediator",
    "local_facilitator",
    "hub_facilitator",
    "other_hub_facilitator",
    "national_facilitator",
    "co_organiser",
    "organiser",
    "organiser_other",
    "local_authority_a",
    "local_authority_b",
    "auditor",
    "administrator",
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request, folder):
    """Known people and objects; tests of the module share them."""
    from datetime import UTC, datetime

    from consult import clock, exposure
    from consult.extensions import db
    from consult.services import fixture

    app = request.getfixturevalue(f"{request.param}_app")
    base.empty_sqlite(app, folder) if request.param == "sqlite" else base.empty_postgresql(app)
    exposure.forget()
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    clock.shift(now - datetime.now(UTC))
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        made = fixture.fill(session, now=now)
        session.commit()
        values = {
            name.removeprefix("consultation_"): addresses.of_world(made.things, session, name)
            for name in made.things
            if name.startswith("consultation_")
        }
        values |= {
            name: addresses.of_room(made.things, session, name)
            for name in made.things
            if name.startswith("room_")
        }
    agents = {name: Agent(app) for name in PEOPLE}
    for name, agent in agents.items():
        if name != "visitor":
            agent.enter(made.people[name].link)
    yield SimpleNamespace(
        app=app, engine=engine, made=made, things=made.things, agents=agents, now=now,
        values=values | {"missing": addresses.of_nothing}, database=request.param,
    )  # fmt: skip
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def rows(world):
    """A session to look at what is stored."""
    with Session(world.engine) as session:
        yield session

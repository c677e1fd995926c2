"""One furnished world for a whole module, on each database, and people to attack it as."""

import pickle
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from tests.emptying import (
    empty_postgresql,
    empty_sqlite,
    fill_postgresql,
    keep_postgresql,
    keep_sqlite,
)
from tests.security import addresses
from tests.security.people import Agent

WORLD = "world"

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


@pytest.fixture(scope="session")
def worlds():
    """The world of each database as it was made, for the next modules: it takes a second."""
    return {}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request, folder, worlds):
    """Known people and objects; tests of the module share them."""
    from datetime import UTC, datetime

    from consult import clock, exposure
    from consult.extensions import db

    database = request.param
    app = request.getfixturevalue(f"{database}_app")
    exposure.forget()
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    clock.shift(now - datetime.now(UTC))
    with app.app_context():
        engine = db.engine
    if database not in worlds:
        empty_sqlite(app, folder) if database == "sqlite" else empty_postgresql(app)
        worlds[database] = make(app, engine, now)
        keep_sqlite(app, folder, WORLD) if database == "sqlite" else keep_postgresql(app, WORLD)
    elif database == "sqlite":
        empty_sqlite(app, folder, WORLD)
    else:
        fill_postgresql(app, WORLD)
    known, values, cookies = worlds[database]
    made = pickle.loads(known)
    yield SimpleNamespace(
        app=app, engine=engine, made=made, things=made.things, now=now, database=database,
        agents={name: Agent(app).holding(cookies[name]) for name in PEOPLE},
        values=values | {"missing": addresses.of_nothing},
    )  # fmt: skip
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def make(app, engine, now):
    """Fill an empty database; return what was made, its values, and the cookies of each person."""
    from consult.services import fixture

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
    known = pickle.dumps(made)
    agents = {name: Agent(app) for name in PEOPLE}
    for name, agent in agents.items():
        if name != "visitor":
            agent.enter(made.people[name].link)
    return known, values, {name: agent.cookies() for name, agent in agents.items()}


@pytest.fixture
def rows(world):
    """A session to look at what is stored."""
    with Session(world.engine) as session:
        yield session

"""The queue of a site where ten thousand texts wait."""

import random
from datetime import timedelta
from time import perf_counter

import pytest
from sqlalchemy import func, insert, select, text

from bench import generate
from consult.models import Statement, new_id
from consult.queries import moderation
from consult.services import rooms
from tests.blueprints.moderation.pages import shown
from tests.browser import Browser

WAITING = 10_000
MOST_SECONDS = 1.0


@pytest.fixture
def crowded(session, make, now):
    """Half of what waits is of one room, half of another."""
    owner = make.account("organiser")
    mine = make.consultation(owner_id=owner.id, moderation="before")
    question = make.question(make.theme(mine))
    places = make.room("hub", "R-44"), make.room("hub", "C-988")
    for room in places:
        room.moderates = True
    session.flush()
    rooms.work_out(session)
    rng = random.Random(7)
    facts = {
        "consultation_id": mine.id,
        "theme_id": question.theme_id,
        "question_id": question.id,
        "value": {},
        "state": "pending",
        "published_at": None,
    }
    texts = [generate.statement("answer", rng, now, **facts) for _ in range(moderation.COMPARED)]
    rows = [
        texts[number % len(texts)]
        | {
            "id": new_id(),
            "territory_code": ("D-54", "C-988")[number % 2],
            "updated_at": now - timedelta(minutes=number),
        }
        for number in range(WAITING)
    ]
    for start in range(0, len(rows), 500):
        session.execute(insert(Statement.__table__), rows[start : start + 500])
    session.commit()
    session.execute(text("analyze"))
    session.commit()
    make.joins(facilitator := make.account(), places[0])
    return owner, facilitator


def test_the_queue_opens_within_a_second(app, session, crowded):
    query = select(func.count()).where(Statement.state == "pending")
    assert session.scalar(query) == WAITING
    for person in crowded:
        browser, seconds = Browser(app).as_(person), []
        for _ in range(3):
            begun = perf_counter()
            page = browser.get("/moderation")
            seconds.append(perf_counter() - begun)
            assert len(shown(page)) == 20
        assert min(seconds) < MOST_SECONDS, seconds

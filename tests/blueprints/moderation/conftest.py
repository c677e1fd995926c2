"""An organiser in front of the queue, and texts that wait in it."""

from datetime import timedelta

import pytest


@pytest.fixture
def owner(browser, make):
    owner = make.account("organiser", name="Zoé")
    browser.as_(owner)
    return owner


@pytest.fixture
def mine(make, owner):
    return make.consultation(owner_id=owner.id, slug="bus", title="Le bus", moderation="before")


@pytest.fixture
def question(make, mine):
    return make.question(make.theme(mine), wording="Quel bus de nuit ?")


@pytest.fixture
def waiting(make, question, now):
    """Make texts that wait, each an hour younger than the one before."""

    def some(number, **facts):
        return [
            make.answer(
                question,
                **{
                    "state": "pending",
                    "published_at": None,
                    "body": f"Texte {n:02d}.",
                    "updated_at": now - timedelta(hours=number - n),
                }
                | facts,
            )
            for n in range(number)
        ]

    return some

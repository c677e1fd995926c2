"""Asking for ways in, and trying codes and numbers, by the dozen."""

import pytest

from consult import create_app
from consult.extensions import db, limiter
from tests.browser import Browser


@pytest.fixture
def limited(app, monkeypatch):
    """The same application, with its limits."""
    monkeypatch.setattr(limiter, "enabled", False)
    kept = ("SQLALCHEMY_DATABASE_URI", "DATA_DIR", "TESTING", "SECRET_KEY", "BASE_URL")
    limited = create_app({name: app.config[name] for name in kept} | {"RATELIMIT_ENABLED": True})
    yield limited
    limiter.reset()
    with limited.app_context():
        db.engine.dispose()


def test_asking_too_often_is_slowed_down(limited):
    browser = Browser(limited)
    pages = [
        browser.submit(browser.get("/sign-in"), "/sign-in", email=f"personne{n}@exemple.fr")
        for n in range(6)
    ]
    assert [page.status for page in pages[:5]] == [200] * 5
    tries = [browser.submit(pages[4], "/sign-in/code", code="12").status for _ in range(11)]
    assert 429 in tries


def test_numbers_cannot_be_tried_by_the_dozen(limited):
    browser = Browser(limited)
    page = browser.get("/follow-up")
    tries = [browser.submit(page, "/follow-up", number="GE-AAAAA-AAAAA") for _ in range(21)]
    assert [page.status for page in tries] == [404] * 20 + [429]
    assert "Retry-After" in tries[-1].response.headers

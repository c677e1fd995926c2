"""Three years go by: whoever does not come back is told, then forgotten; each day is noted."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from consult import erased, tasks
from consult.blueprints.personal import jobs
from consult.domain import erasures as rules
from consult.extensions import db
from consult.models import Account, Erasure, JournalEntry, Mail
from consult.services import erasures
from tests.personal import EMAIL, Someone, left


@pytest.fixture
def years_later(app, clock, now):
    """The worker, so many days later."""
    file = Path(app.config["DATA_DIR"]) / erased.NAME
    file.unlink(missing_ok=True)

    def at(**later):
        clock.shift(now - datetime.now(UTC) + timedelta(**later))
        with app.app_context():
            done = jobs.purge(app)
            db.session.remove()
        return done

    yield at
    file.unlink(missing_ok=True)


def letters(session, kind):
    session.rollback()
    query = select(Mail.recipient).where(Mail.dedup_key.startswith(f"{kind}:"))
    return session.scalars(query.order_by(Mail.id)).all()


def test_three_years_without_a_sign_in(session, make, years_later, app):
    one = Someone(make)
    one.writes()
    number, colleague = one.account.id, one.bob.email
    assert years_later(days=1000) == 0
    assert letters(session, "inactive") == []
    # The administrator, whom nobody could replace, is told and kept.
    assert years_later(days=1100) == 2
    assert set(letters(session, "inactive")) == {EMAIL, colleague}
    assert years_later(days=1100, hours=1) == years_later(days=1101) == years_later(days=1129) == 0
    assert years_later(days=1131) == 1
    assert letters(session, "erased") == [EMAIL]
    assert session.scalars(select(Account.email)).all() == [colleague]
    with app.app_context():
        tasks.send_mail(app)
        db.session.remove()
    session.rollback()
    session.expire_all()
    assert left(session, ids={number}) == set()
    lines = select(JournalEntry).where(JournalEntry.act == "personal.purged")
    assert len(session.scalars(lines).all()) == 5
    file = Path(app.config["DATA_DIR"]) / erased.NAME
    kept = [one.mark for one in erased.read(file) if one.texts != rules.ADDRESS]
    assert kept == [rules.mark(number)]


def test_a_list_that_cannot_be_read_stops_nothing(session, make, years_later, app):
    """The day's purge is done; the letters that lie in a folder for too long go with it."""
    folder = Path(app.config["MAIL_URL"].removeprefix("file:"))
    folder.mkdir(exist_ok=True)
    (folder / "old.eml").write_text("To: x")
    file = Path(app.config["DATA_DIR"]) / erased.NAME
    file.write_text("no line")
    assert years_later(days=40000) == 0
    assert not list(folder.glob("*.eml"))
    assert session.query(JournalEntry).filter_by(act="personal.purged").count() == 1
    assert file.read_text() == "no line"


def test_the_worker_purges_once_it_has_begun(session, app, years_later, monkeypatch):
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    turns = iter([True] * (tasks.AFTER_TURNS + 1 + tasks.TURNS_BETWEEN) + [False])
    tasks.work(app, Event(), alive=lambda: next(turns))
    assert session.query(JournalEntry).filter_by(act="personal.purged").count() == 1


def test_whoever_signs_in_again_is_kept(session, make, years_later, browser):
    make.account("administrator")
    account = make.account(email=EMAIL)
    assert years_later(days=1100) == 2
    browser.as_(account)
    assert years_later(days=1140) == 0
    session.rollback()
    assert EMAIL in session.scalars(select(Account.email)).all()


def test_an_older_database_is_erased_again_by_the_worker(session, make, years_later, app, now):
    one = Someone(make).everything()
    number = one.account.id
    with app.app_context():
        erasures.apply(db.session(), [rules.Listed(now.date(), "kept", "e" * 64)], now=now)
        db.session.commit()
        folder = Path(app.config["DATA_DIR"])
        (folder / erased.NAME).write_text(f"2026-11-20 withdrawn {rules.mark(number)}\n")
        db.session.remove()
    assert years_later() == 1
    session.rollback()
    session.expire_all()
    assert left(session, ids={number}) == set()
    alone = Erasure.texts == rules.ADDRESS
    assert len(session.scalars(select(Erasure).where(~alone).order_by(Erasure.mark)).all()) == 2
    assert len(list(erased.read(folder / erased.NAME))) == 3

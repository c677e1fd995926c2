"""Rows done one by one: the fault of one is told of, tried again, and stops no other."""

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import OperationalError

from consult import one_by_one
from consult.domain.errors import RuleBroken
from consult.extensions import db
from consult.models import Setting
from tests.failing import refusing

ROWS = {"a": "a", "b": "b", "c": "c"}


@pytest.fixture(autouse=True)
def nothing_failed_before():
    one_by_one.forget()
    yield
    one_by_one.forget()


def keep(key):
    """Begin something, then write what the database may refuse."""
    db.session.add(Setting(key=f"half {key}", value=""))
    db.session.flush()
    db.session.add(Setting(key=f"row {key}", value=""))
    db.session.flush()
    return 1


def kept(session):
    session.rollback()
    query = select(Setting.key).where(Setting.key.like("% _")).order_by(Setting.key)
    return [key.split() for key in session.scalars(query)]


@pytest.mark.parametrize("inside", [False, True])
def test_a_row_that_fails_leaves_nothing_and_the_others_are_done(app, session, caplog, inside):
    with app.app_context(), refusing(app, "row b", "setting"):
        assert one_by_one.each("trial", ROWS, keep, inside=inside) == 2
        assert one_by_one.aside("trial") == 1
        assert one_by_one.will_be_tried("trial", ROWS)
        assert not one_by_one.will_be_tried("trial", "ac")
        db.session.commit()
    assert kept(session) == [["half", "a"], ["half", "c"], ["row", "a"], ["row", "c"]]
    assert "trial b failed, 1 in a row" in caplog.text and "refused: row b" in caplog.text


def test_what_fails_again_and_again_is_left_aside_longer_each_time(app, session, monkeypatch):
    clock, tried = [1000.0], []
    monkeypatch.setattr(one_by_one, "monotonic", lambda: clock[0])

    def fail(_row):
        tried.append(clock[0] - 1000)
        raise RuleBroken("text-missing")

    with app.app_context():
        while clock[0] < 2000:
            one_by_one.each("trial", {"b": "b"}, fail)
            clock[0] += 2
            assert one_by_one.will_be_tried("trial", "b") is (len(tried) < one_by_one.MOST_TRIES)
        assert tried == [0, 2, 6, 14, 30, 62, 126, 254, 510, 810]
        clock[0] += 2 * one_by_one.LONGEST + 400
        one_by_one.each("trial", {}, fail)
        assert one_by_one.aside("trial") == 0  # nobody asks for it any more


def test_what_goes_well_at_last_is_forgotten(app, session, caplog):
    answers = iter([RuleBroken("text-missing"), None])

    def act(_row):
        if (broken := next(answers)) is not None:
            raise broken

    with app.app_context():
        assert one_by_one.each("trial", {"b": "b"}, act) == 0
        assert one_by_one.aside("trial") == 1
        one_by_one.each("trial", {"b": "b"}, act)
        assert one_by_one.aside("trial") == 0
    assert "trial b waits: text-missing" in caplog.text


def test_without_a_database_nothing_is_tried_further(app, tmp_path, monkeypatch):
    tried = []

    def act(row):
        tried.append(row)
        db.session.add(Setting(key=row, value=""))
        db.session.flush()

    away = create_engine(f"sqlite:///{tmp_path}/no/folder/x.sqlite")
    with app.app_context():
        assert db.engine is not away
        monkeypatch.setitem(db.engines, None, away)
        with pytest.raises(OperationalError):
            one_by_one.each("trial", ROWS, act)
        db.session.rollback()
        away.dispose()
    assert tried == ["a"] and one_by_one.aside("trial") == 0

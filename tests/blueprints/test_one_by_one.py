"""The worker's jobs, when the letter or the row of one person fails: all the others have theirs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import func, select

from consult import faults, one_by_one, tasks
from consult.blueprints.follows import jobs as follow_jobs
from consult.blueprints.matters import jobs as matter_jobs
from consult.blueprints.personal import jobs as personal_jobs
from consult.blueprints.room_letters import jobs as morning_jobs
from consult.blueprints.rooms import jobs as room_jobs
from consult.blueprints.splits import jobs as split_jobs
from consult.models import (
    Announcement,
    FacilitatorMorning,
    Mail,
    Matter,
    RoomMember,
    Seat,
    SeatMandate,
    Setting,
)
from consult.queries import consultations
from consult.services import announcements, follows, reminders, rooms
from tests.failing import refusing
from tests.matters import begun, tree
from tests.splits import closed, published, ready

ADA, NOE = "ada@exemple.fr", "noe@exemple.fr"
DAY = timedelta(days=1)


@pytest.fixture
def at(clock):
    return lambda instant: clock.shift(instant - datetime.now(UTC))


def told(session, beginning):
    """To whom the letters of a kind are."""
    session.rollback()
    query = select(Mail.recipient).where(Mail.dedup_key.startswith(beginning))
    return session.scalars(query.order_by(Mail.recipient)).all()


def followed(session, make):
    """A consultation that Ada and Noé follow."""
    consultation = make.consultation(published_at=make.now - DAY)
    name = f"consultation:{consultation.id}"
    for email in (ADA, NOE):
        what = follows.subject(session, name, reader=consultations.Reader(), now=make.now)
        home = follows.Home("Europe/Paris", "fr")
        follows.follow(session, email, what, home=home, now=make.now)
    session.commit()
    return consultation


def test_a_weekly_letter_that_fails(app, session, make, at):
    consultation = followed(session, make)
    make.answer(make.question(make.theme(consultation)), published_at=make.now + timedelta(hours=1))
    session.commit()
    at(make.now + 9 * DAY)
    due = follows.find(session, NOE).next_digest_at
    at(due)
    with app.app_context():
        with refusing(app, ADA):
            assert [follow_jobs.send_digests(app) for _ in range(3)] == [1, 0, 0]
        assert told(session, "digest:") == [NOE]
        assert follow_jobs.send_digests(app) == 1
    assert told(session, "digest:") == [ADA, NOE]


def test_a_message_that_fails_for_one_is_tried_again_then_given_up(app, session, make, monkeypatch):
    said = announcements.send(
        session,
        followed(session, make),
        announcements.Words("Venez", "Mardi."),
        by=make.account("organiser"),
        now=make.now + timedelta(hours=1),
    )
    session.commit()
    with app.app_context():
        with refusing(app, ADA):
            assert [follow_jobs.send_announcements(app) for _ in range(3)] == [1, 0, 0]
            session.refresh(said)
            assert told(session, "announcement:") == [NOE] and said.done_at is None
            monkeypatch.setattr(one_by_one, "MOST_TRIES", 1)
            assert follow_jobs.send_announcements(app) == 0
        session.rollback()
        assert session.get(Announcement, said.id, populate_existing=True).done_at is not None
        assert follow_jobs.send_announcements(app) == 0


def test_a_message_that_failed_once_reaches_all(app, session, make):
    words, by = announcements.Words("Venez", "Mardi."), make.account("organiser")
    consultation, later = followed(session, make), make.now + timedelta(hours=1)
    announcements.send(session, consultation, words, by=by, now=later)
    session.commit()
    with app.app_context():
        with refusing(app, ADA):
            follow_jobs.send_announcements(app)
        assert [follow_jobs.send_announcements(app) for _ in range(2)] == [1, 0]
    assert told(session, "announcement:") == [ADA, NOE]


def test_a_reply_that_fails(app, session, make):
    question = make.question(make.theme(make.consultation(allows_comments=True)))
    for email in (ADA, NOE):
        author = make.participant(account_id=make.account(email=email).id)
        answer = make.answer(question, participant_id=author.id)
        make.comment(answer, participant_id=make.participant().id, published_at=make.now)
    session.commit()
    with app.app_context():
        with refusing(app, ADA):
            assert follow_jobs.send_replies(app) == 1
        assert follow_jobs.send_replies(app) == 1
    assert told(session, "reply:") == [ADA, NOE]


def test_a_matter_that_fails(app, session, make, at):
    place = tree(make)
    held = [begun(session, place.a, place.ada, make.now, title=f"Sujet {n}") for n in range(3)]
    stages = [one.version for one in held]
    at(held[0].deadline_at)
    with app.app_context():
        with refusing(app, held[0].id, "matter_event"):
            assert matter_jobs.pass_due(app) == 2
        session.rollback()
        found = [session.get(Matter, one.id, populate_existing=True).version for one in held]
        assert [new > old for new, old in zip(found, stages, strict=True)] == [False, True, True]
        assert matter_jobs.pass_due(app) == 1


def test_a_morning_that_fails(app, session, make, at):
    question = make.question(make.theme(make.consultation(territory_code="D-54")))
    room = make.room("local", "D-54")
    for email in (ADA, NOE):
        make.joins(make.account(email=email), room)
    rooms.work_out(session)
    author = make.participant().id
    make.answer(question, participant_id=author, state="pending", updated_at=make.now - 9 * DAY)
    reminders.begin(session, now=make.now)
    session.commit()
    at(session.scalar(select(func.max(FacilitatorMorning.next_at))))
    with app.app_context():
        with refusing(app, ADA):
            assert morning_jobs.send_mornings(app) == 1
        assert morning_jobs.send_mornings(app) == 1
    assert len(told(session, "")) == 2


def test_the_letter_of_a_split_that_fails(app, session, make):
    officer = make.account()
    call = closed(make, officer)
    for email in (ADA, NOE):
        ready(make, session, call, 30_000, contact_email=email)
    published(session, call, officer, make.now)
    with app.app_context():
        with refusing(app, ADA):
            assert split_jobs.tell(app) == 0  # written again, with the one that failed
        assert told(session, "split:") == []
        assert [split_jobs.tell(app) for _ in range(2)] == [2, 0]
    assert told(session, "split:") == [ADA, NOE]


def test_the_letter_of_a_split_that_always_fails_is_given_up(app, session, make, monkeypatch):
    monkeypatch.setattr(one_by_one, "MOST_TRIES", 1)
    officer = make.account()
    call = closed(make, officer)
    for email in (ADA, NOE):
        ready(make, session, call, 30_000, contact_email=email)
    published(session, call, officer, make.now)
    with app.app_context(), refusing(app, ADA):
        assert [split_jobs.tell(app) for _ in range(2)] == [1, 0]
    assert told(session, "split:") == [NOE]


def test_a_letter_about_sleeping_rooms_that_fails(app, session, make):
    hub = make.room("hub", None)
    make.room("local", None, hub)
    for email in (ADA, NOE):
        make.joins(make.account(email=email), hub)
    session.commit()
    with app.app_context():
        with refusing(app, ADA):
            assert room_jobs.tell_asleep(app) == 0
        assert session.get(Setting, "rooms_asleep_week") is None
        assert [room_jobs.tell_asleep(app) for _ in range(2)] == [2, 0]
    assert told(session, "rooms-asleep:") == [ADA, NOE]


def test_a_seat_that_fails(app, session, make, now):
    room = make.room("local", "D-54")
    people = [make.account(), make.account()]
    for one in people:
        seat = make.save(Seat(room_id=room.id, title="x", kind="ordinary", created_at=now))
        given = {"appointed_by": "La ville", "begins_on": now.date(), "created_at": now}
        make.save(SeatMandate(seat_id=seat.id, account_id=one.id, name="X", **given))
    session.commit()
    with app.app_context():
        with refusing(app, people[0].id, "room_member"):
            assert room_jobs.settle_seats(app) == 1
        session.rollback()
        assert session.scalars(select(RoomMember.account_id)).all() == [people[1].id]
        assert [room_jobs.settle_seats(app) for _ in range(2)] == [1, 0]


def test_an_unused_account_that_fails(app, session, make, at):
    for email in (ADA, NOE):
        make.account(email=email)
    session.commit()
    at(make.now + 1100 * DAY)
    with app.app_context():
        with refusing(app, ADA):
            assert personal_jobs.purge(app) == 1
        at(make.now + 1101 * DAY)
        assert personal_jobs.purge(app) == 1
    assert told(session, "inactive:") == [ADA, NOE]


def test_the_worker_goes_on(app, session, make, at, monkeypatch, caplog):
    """All together, in the worker itself: what fails is said, and not that the job failed."""
    monkeypatch.setattr(tasks, "EVERY_SECONDS", 0)
    followed(session, make)
    question = make.question(make.theme(make.consultation(allows_comments=True)))
    answer = make.answer(
        question, participant_id=make.participant(account_id=make.account(email=ADA).id).id
    )
    make.comment(answer, participant_id=make.participant().id, published_at=make.now)
    session.commit()
    turns = iter([True, False])
    with refusing(app, ADA):
        tasks.work(app, Event(), alive=lambda: next(turns))
    assert "reply" in caplog.text and "failed, 1 in a row" in caplog.text
    assert "job " not in caplog.text
    assert [*faults.read(Path(app.config["DATA_DIR"])).values()] == [1]

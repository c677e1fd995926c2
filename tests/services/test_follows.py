from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from consult.domain import follows as rules
from consult.domain.errors import RuleBroken
from consult.models import Follow, JournalEntry, Subscriber
from consult.queries import consultations
from consult.services import follows

ANYONE = consultations.Reader()
HOME = follows.Home("Pacific/Noumea", "en")
DAY = timedelta(days=1)


@pytest.fixture
def what(session, make, now):
    def subject(one=None):
        name = f"consultation:{(one or make.consultation()).id}"
        return follows.subject(session, name, reader=ANYONE, now=now)

    return subject


def person(session, email="ada@exemple.fr"):
    return follows.find(session, email)


def acts(session):
    entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id))
    return [one.act for one in entries if one.act.startswith(("follow", "letters"))]


def test_one_follows_once_however_often_one_clicks(session, what, now):
    subject = what()
    for _ in range(3):
        follows.follow(session, "ada@exemple.fr", subject, home=HOME, now=now)
        session.commit()
    ada = person(session)
    assert [one.name for one in follows.held(session, ada, now=now)] == [subject.name]
    assert acts(session) == ["follow.begun"]
    assert (ada.time_zone, ada.locale, ada.confirmed_at) == ("Pacific/Noumea", "en", now)
    assert ada.next_digest_at == datetime(2026, 11, 23, 21, tzinfo=UTC)


def test_an_unknown_subject_is_as_good_as_missing(session, make, now):
    draft = make.consultation(published_at=None)
    for name in (f"consultation:{draft.id}", "room:01", "_rows:01", "consultation:0", "x"):
        with pytest.raises(RuleBroken) as refusal:
            follows.subject(session, name, reader=ANYONE, now=now)
        assert refusal.value.status == 404
    assert follows.subjects(session, [], reader=ANYONE, now=now) == []


def test_the_letter_is_confirmed_by_its_button_and_twice_is_harmless(session, what, now):
    subject = what()
    address, token = follows.ask(session, " Ada@Exemple.FR ", subject, home=HOME, now=now)
    session.commit()
    ada = person(session)
    assert address == "ada@exemple.fr"
    assert follows.held(session, ada, now=now) == []
    assert ada.confirmed_at is None
    assert follows.waiting(session, token, now=now)[1] == ada
    later = now + DAY
    for _ in range(2):
        begun = follows.confirm(session, token, now=later)
        session.commit()
        assert follows.of_follow(session, begun) == ada
    assert [one.path for one in follows.held(session, ada, now=later)] == [subject.path]
    assert (ada.confirmed_at, ada.told_until) == (later, later)
    assert acts(session) == ["follow.asked", "follow.begun"]


def test_a_link_lasts_a_week_and_one_that_is_not_ours_does_nothing(session, what, now):
    _address, token = follows.ask(session, "ada@exemple.fr", what(), home=HOME, now=now)
    session.commit()
    assert follows.waiting(session, token, now=now + 7 * DAY) is None
    for wrong, at in ((token, now + 7 * DAY), ("x", now)):
        with pytest.raises(RuleBroken, match="follow-link-unknown"):
            follows.confirm(session, wrong, now=at)


def test_one_letter_an_hour_for_an_address_and_a_subject(session, what, now):
    subject, other = what(), what()
    first = follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=now)
    assert follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=now) is None
    assert follows.ask(session, "ada@exemple.fr", other, home=HOME, now=now)
    hour = now + timedelta(hours=1)
    again = follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=hour)
    session.commit()
    assert follows.waiting(session, first[1], now=hour) is None
    assert follows.waiting(session, again[1], now=hour)


def test_an_address_that_follows_already_is_asked_again_like_any_other(session, what, now):
    subject = what()
    follows.follow(session, "ada@exemple.fr", subject, home=HOME, now=now)
    assert follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=now)
    session.commit()
    assert len(follows.held(session, person(session), now=now)) == 1


def test_an_address_gets_twelve_letters_a_day_to_confirm(session, what, now):
    asked = [
        follows.ask(session, "ada@exemple.fr", what(), home=HOME, now=now)
        for _ in range(follows.A_DAY + 2)
    ]
    session.commit()
    assert [one is None for one in asked] == [False] * follows.A_DAY + [True, True]
    assert follows.ask(session, "ada@exemple.fr", what(), home=HOME, now=now + DAY)


def test_no_more_than_twenty_follows_wait_for_an_address(session, what, now, monkeypatch):
    monkeypatch.setattr(follows, "A_DAY", 100)
    asked = [
        follows.ask(session, "ada@exemple.fr", what(), home=HOME, now=now)
        for _ in range(follows.MOST_WAITING + 2)
    ]
    session.commit()
    assert [one is None for one in asked] == [False] * follows.MOST_WAITING + [True, True]
    assert follows.ask(session, "bea@exemple.fr", what(), home=HOME, now=now)


def test_a_wrong_address_is_refused(session, what, now):
    with pytest.raises(RuleBroken, match="email-unreadable"):
        follows.ask(session, "ada", what(), home=HOME, now=now)


def test_no_more_is_followed_than_a_letter_can_tell(session, what, now, monkeypatch):
    monkeypatch.setattr(follows, "MOST", 2)
    for _ in range(2):
        follows.follow(session, "ada@exemple.fr", what(), home=HOME, now=now)
    with pytest.raises(RuleBroken, match="follows-too-many"):
        follows.follow(session, "ada@exemple.fr", what(), home=HOME, now=now)


def test_stopping_one_thing_leaves_the_others(session, what, now):
    one, other = what(), what()
    for each in (one, other):
        follows.follow(session, "ada@exemple.fr", each, home=HOME, now=now)
        follows.follow(session, "bea@exemple.fr", each, home=HOME, now=now)
    ada = person(session)
    assert follows.stop(session, ada, one.name, now=now)
    assert not follows.stop(session, ada, one.name, now=now)
    for nothing in ("", "x", "consultation:\x00", "a:" + "b" * 5000):
        with pytest.raises(RuleBroken, match="follow-unknown"):
            follows.stop(session, ada, nothing, now=now)
    session.commit()
    assert [each.name for each in follows.held(session, ada, now=now)] == [other.name]
    assert len(follows.held(session, person(session, "bea@exemple.fr"), now=now)) == 2


def test_stopping_all_lasts_until_one_follows_again(session, what, now):
    subject, waiting = what(), what()
    follows.follow(session, "ada@exemple.fr", subject, home=HOME, now=now)
    _address, token = follows.ask(session, "ada@exemple.fr", waiting, home=HOME, now=now)
    ada = person(session)
    follows.stop_all(session, ada, now=now)
    session.commit()
    assert follows.held(session, ada, now=now) == []
    assert follows.waiting(session, token, now=now) is None
    assert ada.letters == "none"
    follows.forget_waiting(session, now=now + 400 * DAY)
    follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=now + DAY)
    session.commit()
    assert person(session).letters == "none"
    follows.follow(session, "ada@exemple.fr", subject, home=HOME, now=now + 2 * DAY)
    session.commit()
    assert (ada.letters, ada.told_until) == ("weekly", now + 2 * DAY)


def test_the_letters_and_the_clocks_are_chosen(session, now):
    ada = follows.subscribe(session, "ada@exemple.fr", now=now)
    follows.choose(session, ada, "weekly", zone="Pacific/Noumea", now=now)
    follows.choose(session, ada, "weekly", now=now)
    session.commit()
    assert (ada.letters, ada.time_zone, ada.confirmed_at) == ("weekly", "Pacific/Noumea", now)
    assert ada.next_digest_at == rules.next_digest(now, "Pacific/Noumea")
    assert acts(session) == ["letters.chosen"]
    for letters, zone, code in (
        ("daily", "", "letters-unknown"),
        ("weekly", "Mars/Olympus", "zone-unknown"),
    ):
        with pytest.raises(RuleBroken, match=code):
            follows.choose(session, ada, letters, zone=zone, now=now)


def test_what_is_hidden_today_is_not_listed(session, make, what, now):
    consultation = make.consultation()
    follows.follow(session, "ada@exemple.fr", what(consultation), home=HOME, now=now)
    consultation.published_at = None
    session.commit()
    assert follows.held(session, person(session), now=now) == []


def test_what_nobody_confirms_is_forgotten_after_a_week(session, what, now):
    subject = what()
    follows.ask(session, "ada@exemple.fr", subject, home=HOME, now=now)
    follows.follow(session, "bea@exemple.fr", subject, home=HOME, now=now)
    follows.subscribe(session, "silent@exemple.fr", now=now).letters = "none"
    session.commit()
    assert follows.forget_waiting(session, now=now + 6 * DAY) == 0
    assert follows.forget_waiting(session, now=now + 7 * DAY) == 1
    session.commit()
    emails = set(session.scalars(select(Subscriber.email)))
    assert emails == {"bea@exemple.fr", "silent@exemple.fr"}
    assert session.scalar(select(func.count()).select_from(Follow)) == 1

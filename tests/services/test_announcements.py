from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.errors import RuleBroken
from consult.models import JournalEntry
from consult.services import announcements, follows
from tests.services.test_follows import ANYONE

DAY = timedelta(days=1)
WORDS = announcements.Words("La réunion est avancée", "Elle a lieu mardi.")


@pytest.fixture
def consultation(make):
    return make.consultation()


@pytest.fixture
def organiser(make):
    return make.account("organiser")


def follow(session, consultation, email, now):
    what = follows.subject(session, f"consultation:{consultation.id}", reader=ANYONE, now=now)
    follows.follow(session, email, what, home=follows.Home(), now=now)
    session.commit()
    return follows.find(session, email)


def test_one_message_a_day_for_each_consultation(session, make, consultation, organiser, now):
    announcements.send(session, consultation, WORDS, by=organiser, now=now)
    session.commit()
    with pytest.raises(RuleBroken) as refusal:
        announcements.send(session, consultation, WORDS, by=organiser, now=now)
    assert (refusal.value.code, refusal.value.status) == ("announcement-today", 429)
    session.rollback()
    announcements.send(session, consultation, WORDS, by=organiser, now=now + DAY)
    announcements.send(session, make.consultation(), WORDS, by=organiser, now=now)
    session.commit()
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts.count("followers.written-to") == 3


def test_it_reaches_those_who_follow_and_want_letters(
    session, make, consultation, organiser, now, monkeypatch
):
    monkeypatch.setattr(announcements, "AT_ONCE", 2)
    people = [follow(session, consultation, f"p{n}@exemple.fr", now) for n in range(3)]
    silent = follow(session, consultation, "silent@exemple.fr", now)
    follows.choose(session, silent, "none", now=now)
    follow(session, make.consultation(), "other@exemple.fr", now)
    said = announcements.send(session, consultation, WORDS, by=organiser, now=now)
    follow(session, consultation, "later@exemple.fr", now + DAY)
    found = []
    while (waiting := announcements.waiting(session)) is not None:
        told = announcements.readers(session, waiting)
        found += told
        announcements.reach(waiting, told, now=now)
        session.commit()
    assert found == sorted(people, key=lambda one: one.id)
    assert said.done_at == now


def test_a_message_has_a_title_and_words():
    assert announcements.read(" Un  titre ", "Du texte") == announcements.Words(
        "Un titre", "Du texte"
    )
    for title, body, code in (
        ("", "x", "title-missing"),
        ("x", " ", "announcement-empty"),
        ("x" * 200, "x", "text-too-long"),
    ):
        with pytest.raises(RuleBroken, match=code):
            announcements.read(title, body)


def test_a_message_to_nobody_is_done_at_once(session, consultation, organiser, now):
    said = announcements.send(session, consultation, WORDS, by=organiser, now=now)
    announcements.reach(said, announcements.readers(session, said), now=now)
    session.commit()
    assert (said.done_at, said.reached) == (now, "")
    assert announcements.waiting(session) is None

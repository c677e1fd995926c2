"""Votes in the console: opened in few fields, cancelled, closed early, reminded of."""

import pytest
from sqlalchemy import select

from consult.models import Poll
from tests.polls import NO, YES, members, opened, votes

OPEN = "/console/rooms/nancy/open-poll"


@pytest.fixture
def room(make):
    return make.room("local", "D-54", slug="nancy", name="Salle de Nancy")


def polls_of(session):
    session.rollback()
    return session.scalars(select(Poll).order_by(Poll.created_at, Poll.id)).all()


def test_a_vote_is_opened_from_the_page_of_the_room_in_few_fields(browser, session, make, room):
    people = members(make, room, 5)
    browser.as_(people[0])
    assert "/rooms/nancy/polls" in browser.get("/rooms/nancy").links()
    assert OPEN in browser.get("/rooms/nancy/polls").links()
    page = browser.get(OPEN)
    assert "Les heures sont celles de" in page.words()
    wrong = browser.submit(page, OPEN, question=" ", closes_at="2026-02-30T10:00")
    assert wrong.status == 422 and "Écrivez la question du vote." in wrong.words()
    page = browser.submit(
        wrong, OPEN, question="On se réunit lundi ?", closes_at="2020-01-01T10:00"
    )
    assert page.status == 422 and "Le vote se ferme après son ouverture" in page.words()
    page = browser.submit(page, OPEN, closes_at="2026-11-30T20:00")
    (poll,) = polls_of(session)
    assert page.url == f"/polls/{poll.id}"
    assert (poll.kind, poll.quorum, poll.electors, poll.is_secret) == ("yes_no", "half", 5, False)
    assert poll.closes_at.isoformat() == "2026-11-30T19:00:00+00:00"
    page = browser.submit(
        browser.get(OPEN), OPEN, question="Quel jour ?", other="ranking", options="Lundi\nMardi",
        is_secret="y", opens_at="2026-11-24T08:00", purpose="decision", details="À la mairie.",
    )  # fmt: skip
    poll = polls_of(session)[1]
    assert poll.paper["options"] == ["Lundi", "Mardi"] and poll.opened_at is None
    assert "Le vote s'ouvre le 24 novembre 2026 à 8 h 00" in page.words()
    assert "Pas encore ouvert" in browser.get("/rooms/nancy/polls").words()
    few = browser.submit(browser.get(OPEN), OPEN, question="Quoi ?", other="score", options="A")
    assert few.status == 422 and few.all("details")[0].get("open") is not None


def test_a_vote_is_looked_after_from_its_room_only(browser, session, make, room, now):
    people = members(make, room, 6)
    first, second = opened(session, room, now), opened(session, room, now)
    secret = opened(session, room, now, is_secret=True)
    votes(session, second, people[2], YES, now)
    votes(session, secret, people[3], NO, now)
    browser.as_(people[0])
    here = "/console/rooms/nancy/polls"
    page = browser.get(f"{here}/{first.id}")
    wrong = browser.submit(page, f"{here}/{first.id}/cancel")
    assert wrong.status == 422 and "Écrivez pourquoi" in wrong.words()
    page = browser.submit(wrong, f"{here}/{first.id}/cancel", reason="Mal posée.")
    assert "Vote annulé" in page.words() and "Mal posée." in page.words()
    page = browser.get(f"{here}/{second.id}")
    assert "1 personne a voté sur 6." in page.words() and people[2].name not in page.words()
    asked = browser.submit(page, f"{here}/{second.id}/remind")
    assert "reçoivent un message" in asked.words()
    assert browser.submit(asked, f"{here}/{second.id}/remind").status == 409
    page = browser.submit(asked, f"{here}/{second.id}/close", reason="Tout est dit.")
    assert "On compte les bulletins" in page.words()
    for poll_id in (second.id, first.id):
        for act in ("close", "cancel", "remind"):
            data = {"reason": "Encore.", "csrf_token": token(asked)}
            assert browser.post(f"{here}/{poll_id}/{act}", data).status == 409
    other = make.room("local", slug="autre")
    member = browser.again().as_(people[1])
    runs_other = members(make, other, 1)[0]
    browser.as_(runs_other)
    for path in (f"/console/rooms/autre/polls/{secret.id}", "/console/rooms/autre/polls/none"):
        assert browser.get(path).status == 404
    for one in (browser, member):
        assert one.get(f"{here}/{secret.id}").status == 403
        assert one.get(OPEN).status == 403


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")

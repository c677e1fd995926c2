"""Votes opened from the page of a matter and from the seats of a room, and what comes of them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from consult.blueprints.polls import jobs
from consult.models import Mail, Poll, SeatMandate
from consult.services import seats
from tests.matters import begun, run, shown
from tests.polls import DAY, YES, members, opened, votes


@pytest.fixture
def tree(make):
    return shown(make)


@pytest.fixture
def runs(make, tree, now, clock):
    clock.shift(now - datetime.now(UTC))
    return run(make, tree)


def evening(now, days=1):
    return (now + days * DAY).strftime("%Y-%m-%dT%H:%M")


def later(browser, clock, now, session):
    """Two days later, the worker counted and told."""
    clock.shift(now + 2 * DAY - datetime.now(UTC))
    with browser.app.app_context():
        jobs.go_on(browser.app)
        jobs.go_on(browser.app)
    session.rollback()


def link_to_vote(page, purpose):
    return next(one for one in page.links() if f"purpose={purpose}" in one)


def test_a_room_votes_before_it_sends_a_matter_up_and_both_pages_say_it(
    browser, session, make, tree, runs, now, clock
):
    matter = begun(session, tree["a"], runs["a"], now)
    people = members(make, tree["a"], 3)
    path = f"/matters/{matter.id}"
    browser.as_(runs["a"])
    page = browser.get(link_to_vote(browser.get(path), "matter_relay"))
    assert "Fait-on remonter ce sujet\u202f: «\u00a0Des postes fixes\u00a0»\u202f?" in page.text
    assert "Si la salle dit oui, le sujet remonte de lui-même" in page.words()
    form = "/console/rooms/nancy/open-poll"
    sent = browser.submit(page, form, closes_at=evening(now), reasons=" ")
    assert sent.status == 422 and "Dites pourquoi" in sent.words()
    sent = browser.submit(sent, form, closes_at=evening(now), reasons="Trois ateliers <b>ferment.")
    assert sent.status == 200 and sent.url.startswith("/polls/")
    assert path in sent.links() and "Trois ateliers <b>ferment." in sent.words()
    assert not [one for one in browser.get(path).links() if "purpose=matter_relay" in one]
    twice = browser.submit(page, form, closes_at=evening(now), reasons="Encore.")
    assert twice.status == 409 and "La salle vote déjà là-dessus." in twice.words()
    poll = session.scalars(select(Poll)).one()
    for person in (*people, runs["a"]):
        votes(session, poll, person, YES, now + DAY / 2)
    assert sent.url in browser.again().get(path).links()
    later(browser, clock, now, session)
    visitor = browser.again()
    words = visitor.get(path).words()
    assert "Vote de la salle : 4 pour, 0 contre, abstentions : 0. Il en fallait 2." in words
    assert "Trois ateliers <b>ferment." in words and "Le sujet remonte, avec ce vote." in words
    result = visitor.get(sent.url)
    assert "Le sujet remonte, avec ce vote." in result.words() and path in result.links()
    told = session.scalars(select(Mail.recipient).where(Mail.dedup_key.like("matter:%"))).all()
    assert "hub@exemple.fr" in told and len(told) == len(set(told))


def test_the_space_of_a_voter_costs_few_statements(plain, session, make, tree, now, statements):
    people = members(make, tree["a"], 3)
    for number in range(12):
        opened(
            session,
            tree["a"],
            now,
            question=f"Question {number} ?",
            closes_at=now + 9999 * DAY / 100,
        )
    plain.as_(people[0]).get("/account")
    with statements() as seen:
        assert "Question 11" in plain.get("/account").words()
    assert len(seen) <= 7, seen


def test_the_other_votes_of_a_matter_are_offered_where_their_move_is(
    plain, session, make, tree, runs, now
):
    matter = begun(session, tree["a"], runs["a"], now)
    path = f"/matters/{matter.id}"
    page = plain.as_(runs["b"]).get(path)
    found = [one for one in page.links() if "/open-poll?" in one]
    assert ["purpose=matter_endorse" in one for one in found] == [True]
    form = plain.get(found[0])
    assert "Chez nous aussi\u202f: «\u00a0Des postes fixes\u00a0»\u202f?" in form.text
    assert "reasons" not in {one.get("name") for one in form.all("textarea")}
    for wrong, status in (
        ("purpose=matter_relay", 403), ("purpose=matter_appeal", 409), ("purpose=advice", 404),
        ("purpose=nothing", 404), ("purpose=seat", 404),
    ):  # fmt: skip
        url = f"/console/rooms/reims/open-poll?{wrong}&about={matter.id}"
        assert plain.get(url).status == status, wrong
    url = "/console/rooms/reims/open-poll?purpose=matter_endorse&about="
    for unknown in ("", "0" * 18, "%00", "é" * 200):
        assert plain.get(url + unknown).status == 404
    assert plain.again().as_(runs["secret"]).get(found[0]).status == 403


def seat_of(session, room, now):
    facts = {"kind": "ordinary", "title": "Trésorerie", "actor": "system", "now": now}
    seat = seats.open_seat(session, room.id, **facts)
    session.commit()
    return seat


def test_a_vote_fills_a_seat_and_whoever_is_elected_says_so(
    browser, session, make, tree, runs, now, clock
):
    ada, bob, *others = members(make, tree["a"], 6)
    seat = seat_of(session, tree["a"], now)
    own = "/console/rooms/nancy"
    browser.as_(runs["a"])
    page = browser.get(link_to_vote(browser.get(f"{own}/seats"), "seat"))
    assert "Qui prend ce siège\u202f: «\u00a0Trésorerie\u00a0»\u202f?" in page.text
    box = next(one for one in page.all("input") if one.get("name") == "is_secret")
    assert box.get("checked") is not None  # an election is secret in a room of five people
    boxes = [one for one in page.all("input") if one.get("name") == "candidates"]
    assert {one.get("type") for one in boxes} == {"checkbox"}
    assert ada.id in {one.get("value") for one in boxes}
    sent = browser.submit(page, f"{own}/open-poll", closes_at=evening(now))
    assert sent.status == 422 and "Choisissez au moins une personne." in sent.words()
    chosen = [ada.id, bob.id]
    sent = browser.submit(
        sent, f"{own}/open-poll", candidates=chosen, closes_at=evening(now), ends_on="2028-01-01"
    )
    assert sent.status == 200 and sent.url.startswith("/polls/"), sent.words()
    assert "A – Personne 000, B – Personne 001" in sent.words()
    poll = session.scalars(select(Poll)).one()
    for person in (ada, bob, *others[:2], runs["a"]):
        votes(session, poll, person, {"choice": ["1"]}, now + DAY / 2)
    assert sent.url in browser.again().get("/rooms/nancy").links()
    assert "La salle vote pour ce siège" in browser.get(f"{own}/seats").words()
    voter = browser.again().as_(others[0])
    assert "Personne 001" in voter.get(sent.url).words()
    space = voter.get("/account").words()
    assert "Mes votes" in space and "Vous avez voté" in space
    later(browser, clock, now, session)
    check_letters(session, bob, sent.url)
    assert "Le vote a élu Personne 001." in browser.again().get(sent.url).words()
    assert not browser.get(sent.url).forms(f"{sent.url}/election")
    accepts(browser, browser.again().as_(bob), sent.url)
    assert session.scalars(select(SeatMandate.seat_id)).all() == [seat.id]


def accepts(browser, elected, path):
    """The elected person answers once, and every page says so."""
    space = elected.get("/account")
    assert path in space.links() and "Le vote vous a élu : répondez" in space.words()
    page = elected.get(path)
    assert "J'accepte le siège" in page.words()
    assert elected.submit(page, f"{path}/election", answer="x").status == 422
    page = elected.submit(page, f"{path}/election", answer="accept")
    assert "Le siège est à vous." in page.words() and "La personne a accepté" in page.words()
    assert not page.forms(f"{path}/election")
    assert "Mes votes" not in elected.get("/account").words()
    assert "Personne 001" in browser.again().get("/rooms/nancy").words()
    assert "La personne a accepté le siège." in browser.get("/console/rooms/nancy/seats").words()


def check_letters(session, elected, path):
    """The elected person is asked, the others are told: each gets one letter."""
    told = select(Mail.recipient, Mail.body).where(Mail.dedup_key.like("poll_elected:%"))
    ((recipient, body),) = session.execute(told).all()
    assert recipient == elected.email and "Le vote a élu Personne 001" in body and path in body
    told = select(Mail.recipient).where(Mail.dedup_key.like("poll_result:%"))
    assert len(session.scalars(told).all()) == 6  # the others: five members, who runs the room

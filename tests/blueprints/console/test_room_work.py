"""Those who run a room fill its seats, plan its meetings, keep its registers."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.blueprints.rooms import jobs
from consult.models import (
    Commitment,
    Mail,
    Room,
    RoomCollege,
    RoomDocument,
    RoomEvent,
    RoomInvitation,
    RoomMember,
    RoomOfficial,
    Seat,
    SeatMandate,
)
from consult.services import rooms

# No form of these pages sends a fragment: one browser is enough.
pytestmark = pytest.mark.parametrize("browser", ["page"], indirect=True)
HERE = "/console/rooms/nancy"


@pytest.fixture
def room(make):
    return make.room("local", "D-54", make.room("hub", "R-44"), slug="nancy", name="Salle de Nancy")


@pytest.fixture
def runs(browser, make, room):
    account = make.account(name="Ada")
    make.joins(account, room)
    browser.as_(account)
    return account


def test_a_room_opens_from_a_template_with_its_colleges_and_seats(browser, make, session):
    browser.as_(make.account("administrator"))
    url = "/console/open-room"
    facts = {"name": "Conseil du Val", "level": "local", "template": "council"}
    page = browser.submit(browser.get(url), url, **facts)
    assert page.url == "/console/rooms/conseil-du-val"
    page = browser.get("/rooms/conseil-du-val")
    assert "Habitants, lieux, entreprises et institutions décident ensemble." in page.words()
    assert "Anime le conseil" in page.words()
    assert "il en manque 4" in page.words()
    wrong = browser.submit(browser.get(url), url, **{**facts, "template": "parliament"})
    assert wrong.status == 422


def test_who_is_wanted_is_set_and_members_are_placed(browser, runs, session, room):
    page = browser.get(f"{HERE}/colleges")
    assert browser.submit(page, f"{HERE}/colleges", resident="beaucoup").status == 422
    browser.submit(page, f"{HERE}/colleges", resident="3", state="")
    assert [one.wanted for one in session.scalars(select(RoomCollege))] == [3]
    assert browser.get(f"{HERE}/colleges").forms(f"{HERE}/colleges")
    url = f"{HERE}/members/{runs.id}/college"
    browser.submit(browser.get(HERE), url, college="resident")
    assert session.scalars(select(RoomMember.college)).one() == "resident"
    token = browser.get(HERE)
    assert browser.submit(token, url, college="roi").status == 422
    browser.submit(browser.get(HERE), HERE, email="bob@exemple.fr", college="place", role="member")
    session.rollback()
    assert session.scalars(select(RoomInvitation.college)).one() == "place"


def test_a_seat_is_opened_given_handed_over_and_left(browser, runs, session, make, room, now):
    bob = make.account(name="Bob")
    make.joins(bob, room, "member")
    url = f"{HERE}/seats"
    assert browser.submit(browser.get(url), url, title="").status == 422
    browser.submit(browser.get(url), url, title="Anime", kind="coordination")
    assert browser.submit(browser.get(url), url, title="Deux", kind="coordination").status == 409
    session.rollback()
    seat = session.scalars(select(Seat)).one()
    own = f"{url}/{seat.id}"
    page = browser.get(own)
    for wrong in ({"account_id": "x"}, {"begins_on": "demain"}, {"begins_on": ""}, {"name": ""}):
        assert browser.submit(page, own, **wrong).status == 422
    browser.submit(page, own, account_id=runs.id, appointed_by="Le conseil", deputy="Eve")
    later = (now + timedelta(days=5)).date().isoformat()
    page = browser.submit(browser.get(own), own, account_id=bob.id, begins_on=later, stays="y")
    assert "Bob" in page.words()
    assert "Élire quelqu'un" not in browser.get(url).words()
    assert browser.submit(browser.get(own), own, account_id=bob.id, begins_on=later).status == 409
    page = browser.submit(browser.get(own), f"{own}/handover", handover="Les clefs.")
    assert "Les clefs." in page.words()
    wrong = browser.submit(page, f"{own}/handover", handover="Les clefs.\x00 Le code")
    assert wrong.status == 422 and "Les clefs. Le code" in wrong.words()
    assert "Les clefs." not in browser.again().get("/rooms/nancy").words()
    assert browser.post(f"{own}/delete", {"csrf_token": token(page)}).status == 409
    session.rollback()
    mandates = session.scalars(select(SeatMandate).order_by(SeatMandate.begins_on)).all()
    end = f"{own}/mandates/{mandates[1].id}/end-mandate"
    page = browser.submit(browser.get(url), end)
    assert "Bob" not in page.words()
    assert "Élire quelqu'un" in browser.get(url).words()
    assert browser.post(end.replace(mandates[1].id, "x"), {"csrf_token": token(page)}).status == 404


def test_an_empty_seat_is_taken_away(browser, runs, session):
    url = f"{HERE}/seats"
    page = browser.submit(browser.get(url), url, title="Trésor", kind="ordinary")
    seat = session.scalars(select(Seat)).one()
    page = browser.submit(page, f"{url}/{seat.id}/delete")
    assert "Trésor" not in page.words()


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def test_an_institution_names_someone(browser, runs, session):
    url = f"{HERE}/officials"
    facts = {"name": "Mme Weber", "institution": "Préfecture", "begins_on": "2026-01-01"}
    wrong = browser.submit(browser.get(url), url, **{**facts, "ends_on": "2025-01-01"})
    assert wrong.status == 422
    page = browser.submit(browser.get(url), url, **facts)
    assert "Mme Weber" in page.words()
    official = session.scalars(select(RoomOfficial)).one()
    own = f"{url}/{official.id}"
    late = browser.get(own)
    assert own in page.links()
    assert browser.submit(late, own, name="").status == 422
    page = browser.submit(late, own, name="Mme Weber-Roth", theme="Inclusion")
    assert "Mme Weber-Roth, Préfecture (Inclusion)" in page.words()
    answer = browser.submit(late, own, name="Autre")
    assert answer.status == 409 and "Mme Weber-Roth" in answer.words()
    assert "corrigé le" in browser.get("/rooms/nancy").words()
    page = browser.submit(browser.get(url), f"{url}/{official.id}/delete")
    assert "Mme Weber" not in page.words()


def test_who_was_there_is_for_those_who_run_the_room(browser, runs, session, make, room, now):
    bob = make.account(name="Bob")
    make.joins(bob, room, "member")
    hours = {"starts_at": now - timedelta(hours=3), "ends_at": now - timedelta(hours=1)}
    facts = {"title": "R", "time_zone": "Europe/Paris", "place": "Nancy", "created_at": now}
    event = make.save(RoomEvent(room_id=room.id, **hours, **facts))
    url = f"{HERE}/events/{event.id}/attendance"
    assert url in browser.get(f"{HERE}/events/{event.id}").links()
    page = browser.get(url)
    ways = {f"way-{bob.id}": "remote", f"way-{runs.id}": "on_site"}
    wrong = browser.submit(page, url, names="Awa", **{f"way-{bob.id}": "ailleurs"})
    assert wrong.status == 422 and "Awa" in wrong.all("textarea")[0].text
    page = browser.submit(page, url, names="Awa\n\nJean", names_way="on_site", **ways)
    assert "4 personnes étaient là. À distance : 1." in page.words().replace("\xa0", " ")
    assert [one.get("selected") for one in page.all("option") if one.get("value") == "remote"][:2]
    late = browser.submit(wrong, url, **{f"way-{bob.id}": ""})
    assert late.status == 409
    for reader in (browser.again(), browser.again().as_(bob)):
        words = reader.get(f"/rooms/nancy/events/{event.id}").words().replace("\xa0", " ")
        assert "4 personnes · À distance : 1." in words and "Awa" not in words
    assert browser.again().as_(bob).get(url).status == 403


def test_a_meeting_is_planned_changed_told_and_cancelled(browser, make, runs, session, clock, now):
    url = f"{HERE}/plan"
    facts = {"title": "Réunion", "starts": "2026-11-24T18:00", "ends": "2026-11-24T20:00"}
    wrong = browser.submit(browser.get(url), url, **facts)
    assert wrong.status == 422 and "Écrivez un lieu" in wrong.words()
    facts |= {"place": "Nancy", "repeats": "weekly", "times": "2"}
    page = browser.submit(browser.get(url), url, **facts)
    assert "24 novembre 2026 à 18 h 00" in page.words()
    first, second = session.scalars(select(RoomEvent).order_by(RoomEvent.starts_at)).all()
    own = f"{HERE}/events/{first.id}"
    late = browser.get(own)
    page = browser.submit(browser.get(own), own, title="Grande réunion")
    assert "Grande réunion" in page.words()
    answer = browser.submit(late, own, title="Petite réunion")
    assert answer.status == 409 and "Grande réunion" in answer.words()
    minutes = f"{own}/minutes"
    early = browser.submit(browser.get(minutes), minutes, body="Rien")
    assert early.status == 409
    browser.submit(browser.get(f"{HERE}/events/{second.id}"), f"{HERE}/events/{second.id}/cancel")
    page = browser.get(f"/rooms/nancy/events/{second.id}")
    assert "Cette réunion est annulée." in page.words()
    early = f"{own}/attendance"
    assert browser.submit(browser.get(early), early).status == 409
    again = f"{HERE}/events/{second.id}/cancel"
    assert browser.post(again, {"csrf_token": token(browser.get(own))}).status == 409
    clock.shift(now + timedelta(days=2) - datetime.now(UTC))
    page = browser.submit(browser.get(minutes), minutes, body="Nous étions dix.", attended="10")
    assert page.url.startswith("/rooms/nancy/documents/") and "Nous étions dix." in page.words()
    assert browser.get(minutes).all("textarea")[0].text.strip() == "Nous étions dix."
    paper = session.scalars(select(RoomDocument)).one()
    answer_with(browser, make, paper)
    gone = browser.post(f"{HERE}/documents/{paper.id}/delete", {"csrf_token": token(late)})
    assert gone.status == 403
    assert browser.get(f"{HERE}/documents/{paper.id}").status == 403


def answer_with(browser, make, paper):
    """The minutes wait as a draft at a question, once, and say where they come from."""
    url, sent = f"{HERE}/documents/{paper.id}/answer", {}
    assert url in browser.get(f"/rooms/nancy/documents/{paper.id}").links()
    assert "Aucune question" in browser.get(url).words()
    question = make.question(make.theme(make.consultation(closes_at=None)))
    sent["csrf_token"] = token(browser.get(url))
    for wrong in ("", "x" * 18, "a b"):
        assert browser.post(url, {**sent, "question": wrong}).status == 404
    page = browser.submit(browser.get(url), url)
    text = page.all("textarea")[0].text
    assert "Nous étions dix." in text and f"/rooms/nancy/documents/{paper.id}" in text
    again = browser.post(url, {**sent, "question": question.id})
    assert "Vous avez déjà commencé une réponse ici." in again.words()


def test_registers_are_kept(browser, runs, session):
    url = f"{HERE}/documents"
    page = browser.get(f"{url}?kind=decision")
    assert browser.submit(page, url, title="Le jeudi").status == 422
    page = browser.submit(page, url, title="Le jeudi", body="Parce que.", dated_on="")
    paper = session.scalars(select(RoomDocument)).one()
    assert (page.url, paper.kind) == (f"/rooms/nancy/documents/{paper.id}", "decision")
    own = f"{url}/{paper.id}"
    late = browser.get(own)
    assert own in page.links() and "corrigé le" not in page.words()
    assert browser.submit(late, own, title="").status == 422
    page = browser.submit(late, own, title="Le jeudi soir")
    assert page.url == f"/rooms/nancy/documents/{paper.id}" and "corrigé le" in page.words()
    assert "corrigé le" in browser.get("/rooms/nancy/decisions").words()
    answer = browser.submit(late, own, title="Le vendredi")
    assert answer.status == 409 and "Le jeudi soir" in answer.words()
    page = browser.submit(page, f"{url}/{paper.id}/delete")
    assert "Le jeudi" not in page.words()
    url = f"{HERE}/commitments"
    assert browser.submit(browser.get(url), url, what="").status == 422
    page = browser.submit(browser.get(url), url, what="Imprimer", who="Bob", due_on="2026-12-01")
    made = session.scalars(select(Commitment)).one()
    browser.submit(browser.get(url), url, what="Faire la carte", who="Zoé", due_on="")
    agenda = browser.get("/rooms/nancy/agenda").words()
    assert "Bob · avant la fin du 1 décembre 2026" in agenda.replace("1er", "1")
    assert "Zoé · sans date : chacun à son rythme" in agenda
    assert "en retard" not in browser.get("/rooms/nancy/decisions").words()
    page = browser.submit(page, f"{url}/{made.id}/kept")
    assert "tenu" in page.words()
    twice = browser.post(f"{url}/{made.id}/kept", {"csrf_token": token(browser.get(HERE))})
    assert twice.status == 409


def test_what_another_room_holds_is_missing_and_who_left_does_nothing(
    browser, runs, session, make, room, now
):
    other = make.room("local", None, None, slug="ailleurs")
    seat = make.save(Seat(room_id=other.id, title="x", kind="ordinary", created_at=now))
    fields = {"csrf_token": token(browser.get(HERE)), "title": "X"}
    assert browser.get(f"{HERE}/seats/{seat.id}").status == 404
    assert browser.post(f"/console/rooms/ailleurs/seats/{seat.id}", fields).status == 403
    make.joins(make.account(), room)
    rooms.end_membership(session, room, runs.id, actor="account:x", now=now)
    session.commit()
    for path in ("seats", "plan", "documents", "commitments", "officials", "colleges"):
        assert browser.post(f"{HERE}/{path}", fields).status == 403


def test_those_above_are_told_once_a_week_of_rooms_that_sleep(app, session, make, room, runs):
    above = session.scalars(select(Room).where(Room.level == "hub")).one()
    boss = make.account(email="boss@exemple.fr")
    make.joins(boss, above)
    rooms.end_membership(session, room, runs.id, actor="account:x", now=make.now)
    session.commit()
    with app.app_context():
        assert (jobs.tell_asleep(app), jobs.tell_asleep(app)) == (1, 0)
        assert jobs.settle_seats(app) == 0
    letter = session.scalars(select(Mail).where(Mail.recipient == "boss@exemple.fr")).one()
    assert "Salle de Nancy" in letter.body
    assert "Personne ne les anime" in letter.body

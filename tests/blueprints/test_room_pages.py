"""The pages of a room: who is there, its agenda, what it keeps."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from consult.models import EventRegistration, RoomCollege, RoomOfficial
from consult.services import agendas, registers, rooms, seats

# No form of these pages sends a fragment: one browser is enough.
pages = pytest.mark.parametrize("browser", ["page"], indirect=True)
HOURS = ("2026-12-01T18:00", "2026-12-01T20:00")


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def by(now):
    return {"actor": "account:x", "now": now}


@pytest.fixture
def room(make):
    hub = make.room("hub", "R-44", make.room("national", "FR"), slug="hub", name="Hub Grand Est")
    make.joins(make.account(name="Ada"), hub, is_named=True)
    return make.room(
        "local", "D-54", hub, slug="nancy", name="Salle de Nancy", purpose="Venez.\nParlez."
    )


@pytest.fixture
def event(session, room, by):
    meeting = agendas.Meeting(
        "Réunion ouverte", *HOURS, "Europe/Paris", place="Nancy, centre social",
        link="https://exemple.fr/salle", takes_names=True, about="La permanence du jeudi.",
    )  # fmt: skip
    (made,) = agendas.plan(session, room.id, meeting, **by)
    session.commit()
    return made


@pages
def test_an_empty_room_says_what_to_do(browser, room, session):
    page = browser.get("/rooms/nancy")
    words = page.words()
    assert "Venez. Parlez." in words
    assert "Personne n'anime cette salle pour le moment." in words
    assert "La salle au-dessus prend le relais" in words
    assert "Aucune réunion n'est prévue." in words
    assert "/rooms/hub" in page.links()
    for tab in ("agenda", "documents", "decisions"):
        assert f"/rooms/nancy/{tab}" in page.links()
        assert browser.get(f"/rooms/nancy/{tab}").status == 200
    assert "Il n'y a pas encore de document." in browser.get("/rooms/nancy/documents").words()
    assert "Personne n'a encore pris d'engagement." in browser.get("/rooms/nancy/decisions").words()


@pages
def test_a_room_that_does_nothing_says_so(browser, make, room, session, now):
    make.joins(make.account(), room)
    room.created_at = now - timedelta(days=100)
    session.commit()
    assert "Il ne s'est rien passé dans cette salle" in browser.get("/rooms/nancy").words()


@pages
def test_a_room_tells_who_is_there_and_who_is_missing(browser, make, session, room, by, event, now):
    make.save(RoomCollege(room_id=room.id, college="resident", wanted=3))
    make.save(RoomCollege(room_id=room.id, college="state", wanted=1))
    colette = make.account(name="Colette")
    make.joins(colette, room, "member", college="resident")
    today = now.date()
    seat = seats.open_seat(session, room.id, kind="spokesperson", title="Porte-voix", **by)
    facts = {"appointed_by": "Le conseil", "deputy": "Saïd"}
    given = seats.Appointment(today, account_id=colette.id, **facts)
    seats.appoint(session, seat, given, **by)
    later = seats.Appointment(today + timedelta(days=9), name="Omar", stays=True)
    seats.appoint(session, seat, later, **by)
    seats.open_seat(session, room.id, kind="elected", title="Élue", **by)
    named = {"name": "Mme Weber", "institution": "Préfecture", "theme": "Inclusion"}
    make.save(RoomOfficial(room_id=room.id, created_at=now, **named))
    rooms.work_out(session)
    session.commit()
    words = browser.get("/rooms/nancy").words()
    assert "Habitants1 il en manque 2" in words
    assert "Il manque : Habitants, Services de l'État." in words.replace("\u00a0", " ")
    assert "Colette · suppléance" in words
    assert "mandat donné par Le conseil" in words
    assert "À partir du 2 décembre 2026" in words
    assert "siège vide" in words
    assert "Mme Weber, Préfecture (Inclusion)" in words
    assert "Réunion ouverte" in words
    assert "Mme Weber, Préfecture (Inclusion)" in browser.get("/territories/D-54").words()


@pages
def test_one_comes_without_an_account_and_changes_ones_mind(browser, session, event, make, room):
    url = f"/rooms/nancy/events/{event.id}"
    page = browser.get(url)
    assert "1 décembre 2026 à 18 h 00" in page.words().replace("1er", "1")
    assert "https://exemple.fr/salle" in page.links()
    wrong = browser.submit(page, f"{url}/coming", coming="yes", name="")
    assert wrong.status == 422
    assert "Écrivez votre nom." in wrong.words()
    page = browser.submit(browser.get(url), f"{url}/coming", coming="yes", name="Awa")
    assert page.url == url
    assert "1 personne" in page.words() and "Awa" in page.words()
    other = browser.again().get(url)
    assert "1 personne" in other.words() and "Awa" not in other.words()
    running = make.account()
    make.joins(running, room)
    assert "Awa" in browser.again().as_(running).get(url).words()
    page = browser.submit(browser.get(url), f"{url}/coming", coming="no")
    assert "Vous ne venez plus." in page.words()
    session.rollback()
    assert session.query(EventRegistration).count() == 0


def test_the_dates_go_to_a_calendar(client, event, make, room):
    made = Calendar.from_ical(client.get("/rooms/nancy.ics").data)
    (one,) = made.walk("VEVENT")
    assert one.decoded("dtstart") == event.starts_at
    assert one["dtstart"].params["TZID"] == "Europe/Paris"
    assert str(one["location"]) == "Nancy, centre social"
    alone = client.get(f"/rooms/nancy/events/{event.id}.ics")
    assert alone.mimetype == "text/calendar"
    assert len(Calendar.from_ical(alone.data).walk("VEVENT")) == 1
    make.room("local", None, None, slug="ailleurs")
    for url in ("events/{}", "events/{}.ics", "documents/{}"):
        assert client.get(f"/rooms/ailleurs/{url.format(event.id)}").status_code == 404
        assert client.get(f"/rooms/nancy/{url.format('x')}").status_code == 404


@pages
def test_what_a_room_keeps_is_read_and_found(browser, session, room, event, by, now):
    values = {"title": "Compte rendu", "body": "Une permanence <b>le jeudi</b>.", "attended": "9"}
    then = {**by, "now": now + timedelta(days=20)}
    minutes = agendas.write_minutes(session, event, values, version="", **then)
    decision = {"kind": "decision", "title": "Ouvrir le jeudi", "body": "Parce que."}
    registers.add(session, room.id, decision, dated_on=now.date(), **by)
    for what, due in (("Imprimer", now.date() - timedelta(days=1)), ("Prévenir", None)):
        values = {"what": what, "who": "Jean"}
        registers.commit_to(session, room.id, values, due_on=due, **by)
    session.commit()
    page = browser.get("/rooms/nancy/documents")
    assert "Compte rendu" in page.words() and "De la réunion" in page.words()
    found = browser.get("/rooms/nancy/documents?q=permanences")
    assert "Compte rendu" in found.words() and "Ouvrir le jeudi" not in found.words()
    none = browser.get("/rooms/nancy/documents?q=zzz")
    assert "Aucun document ne contient ces mots." in none.words()
    page = browser.get(f"/rooms/nancy/documents/{minutes.id}")
    assert "<b>le jeudi</b>" in page.words()
    words = browser.get("/rooms/nancy/decisions").words()
    assert "Ouvrir le jeudi" in words and "Compte rendu" not in words
    assert "Imprimer en retard" in words and "Prévenir en cours" in words


@pytest.mark.parametrize("page", ["", "/agenda", "/documents", "/decisions", ".ics"])
def test_a_private_room_keeps_its_pages(client, make, page):
    make.room("local", None, None, slug="cercle", is_private=True)
    assert client.get(f"/rooms/cercle{page}").status_code == 404


@pages
def test_the_pages_cost_the_same_whatever_they_hold(browser, make, session, room, event, by, now,
                                                    statements):  # fmt: skip
    make.joins(make.account(), room)
    for number in range(12):
        values = {"kind": "decision", "title": f"Décision {number}", "body": "x"}
        registers.add(session, room.id, values, dated_on=now.date(), **by)
        seat = seats.open_seat(session, room.id, kind="ordinary", title=f"{number}", **by)
        seats.appoint(session, seat, seats.Appointment(now.date(), name="Ada"), **by)
    session.commit()
    for url, most in (
        ("/rooms/nancy", 7),
        ("/rooms/nancy/agenda", 5),
        ("/rooms/nancy/documents", 5),
        ("/rooms/nancy/decisions", 5),
        (f"/rooms/nancy/events/{event.id}", 7),
    ):
        browser.get(url)
        with statements() as seen:
            assert browser.get(url).status == 200
        assert len(seen) <= most, (url, seen)

"""A resident asks a room to raise a matter: the room opens it, or sets it aside and says why."""

import re

import pytest
from sqlalchemy import select

from consult.blueprints.matters import letters as letters_of
from consult.extensions import db
from consult.models import Mail, Matter
from consult.services import matter_deadlines, rooms
from tests.matters import form_of, offered, press, run, shown, token


@pytest.fixture
def tree(make):
    return shown(make)


@pytest.fixture
def runs(make, tree):
    return run(make, tree)


@pytest.fixture
def resident(make, plain):
    return plain.again().as_(make.account(name="Amina", email="amina@exemple.fr"))


ASK = "/rooms/nancy/matters/ask"
WORDS = {"title": "Des ateliers le soir", "body": "Je travaille en journée."}


def asked(browser, **words):
    return browser.submit(browser.get(ASK), ASK, **(WORDS | words))


def letters(session, path):
    query = select(Mail.recipient, Mail.subject).where(Mail.body.contains(path))
    return [tuple(row) for row in session.execute(query.order_by(Mail.created_at, Mail.id))]


def test_a_resident_asks_and_the_room_opens_it(browser, session, make, tree, runs):
    amina = browser.as_(make.account(name="Amina", email="amina@exemple.fr"))
    assert ASK in amina.get("/rooms/nancy/matters").links()
    page = asked(amina, title="")
    assert page.status == 422 and "Je travaille en journée." in page.all("textarea")[0].text
    page = amina.submit(page, ASK, title="Des ateliers le soir")
    path = page.url
    assert "Un message vous dira" in page.words() and not offered(amina, path)
    assert "Demandé à la salle" in page.words()
    for who in (None, runs["b"], runs["secret"]):
        stranger = browser.again() if who is None else browser.again().as_(who)
        assert stranger.get(path).status == 404
        assert path not in stranger.get("/rooms/nancy/matters").links()
    assert [row[0] for row in letters(session, path)] == ["a@exemple.fr"]

    room = browser.again().as_(runs["a"])
    assert path in room.get("/rooms/nancy/matters").links()
    assert offered(room, path) == ["publish", "withdraw"]
    page = press(room, path, "publish")
    assert "Demandé par une personne, ouvert par la salle" in page.words()
    assert "Amina" not in page.words()
    assert browser.again().get(path).status == 200
    assert [row[0] for row in letters(session, path)][1:] == ["amina@exemple.fr"]
    assert session.scalars(select(Matter.asked)).all() == [True]


def test_what_is_set_aside_says_why_and_stays_between_them(plain, session, tree, runs, resident):
    path = asked(resident).url
    room = plain.again().as_(runs["a"])
    page = press(room, path, "withdraw", reasons=" ")
    assert page.status == 422 and "Dites pourquoi" in page.words()
    page = press(room, path, "withdraw", reasons="La médiathèque le fait déjà.")
    assert "La salle ne l'ouvre pas" in page.words()
    assert "La médiathèque le fait déjà." in resident.get(path).words()
    assert letters(session, path)[-1] == (
        "amina@exemple.fr", "La salle ne l'ouvre pas : Des ateliers le soir",
    )  # fmt: skip
    assert plain.again().get(path).status == 404
    assert plain.again().as_(runs["b"]).get(path).status == 404
    assert path not in plain.again().get("/matters").links()


def test_whoever_asks_takes_it_back_and_nobody_else(plain, session, make, tree, runs, resident):
    path = asked(resident).url
    other = plain.again().as_(make.account())
    fields = {"csrf_token": token(other.get(ASK))}
    assert other.post(f"{path}/taken-back", fields).status == 404
    page = resident.submit(resident.get(path), f"{path}/taken-back")
    assert "Votre demande est retirée." in page.words()
    again = {"csrf_token": token(resident.get(ASK))}
    assert resident.post(f"{path}/taken-back", again).status == 200  # the same act again
    assert form_of(plain.again().as_(runs["a"]).get(path), "publish") is None
    opened = asked(resident, title="Encore").url
    press(plain.again().as_(runs["a"]), opened, "publish")
    page = resident.post(f"{opened}/taken-back", again)
    assert page.status == 409 and "Il y a un problème" in page.words()
    assert plain.again().get(opened).status == 200


def test_a_person_who_runs_another_room_cannot_open_what_they_asked(plain, tree, runs):
    other = plain.again().as_(runs["b"])
    path = asked(other).url
    assert offered(other, path) == [] and other.get(path).forms(f"{path}/taken-back")
    given = {"act": "publish", "room": tree["b"].id, "key": "k" * 12, "seen": "0.1"}
    given["csrf_token"] = token(other.get(path))
    page = other.post(f"{path}/moves", given)
    assert page.status == 403 and "C'est à une autre salle de le faire." in page.words()


def test_while_a_room_has_nobody_the_one_above_is_asked(plain, session, tree, runs, resident):
    url = "/rooms/s-c/matters/ask"
    path = resident.submit(resident.get(url), url, **WORDS).url
    assert [row[0] for row in letters(session, path)] == ["hub@exemple.fr"]
    hub = plain.again().as_(runs["hub"])
    assert offered(hub, path) == ["publish", "withdraw"]
    page = press(hub, path, "publish")
    assert "Ouvert dans la salle" in page.words()


def test_a_request_left_in_silence_is_asked_of_the_room_above(plain, session, tree, runs, resident):
    path = asked(resident).url
    assert "Une suite est attendue avant le" in resident.get(path).words()
    matter = session.scalars(select(Matter)).one()
    for _reminded_then_up in range(2):
        at = matter.deadline_at
        session.rollback()
        with plain.app.app_context():
            done = matter_deadlines.pass_one(db.session(), matter.id, now=at)
            letters_of.tell(done, now=at)
            db.session.commit()
        session.refresh(matter)
    told = [row[0] for row in letters(session, path)]
    assert told.count("hub@exemple.fr") == 2 and "amina@exemple.fr" in told
    assert offered(plain.again().as_(runs["a"]), path) == []
    hub = plain.again().as_(runs["hub"])
    assert path in hub.get("/rooms/hub/matters").links()
    assert plain.again().get(path).status == 404
    assert offered(hub, path) == ["publish", "withdraw"]
    page = press(hub, path, "publish")
    assert "celle du dessus est sollicitée" in page.words()
    assert "Demandé par une personne" in page.words()
    assert plain.again().get(path).status == 200


def test_a_text_is_asked_of_the_room_that_reads_its_place(
    plain, session, make, tree, runs, resident
):
    rooms.work_out(session)
    session.commit()
    answer = make.answer(make.question(), body="Ouvrir le soir.", territory_code="D-54")
    link = f"/matters/ask?text={answer.id}"
    assert link in resident.get(f"/answers/{answer.id}").links()
    page = resident.get(link)
    assert page.url.startswith(ASK) and "Ouvrir le soir." in page.all("textarea")[0].text
    path = resident.submit(page, ASK).url
    assert f"/answers/{answer.id}" in resident.get(path).links()
    elsewhere = make.answer(make.question(), body="Ailleurs.")
    page = resident.get(f"/matters/ask?text={elsewhere.id}")
    assert page.url.startswith("/rooms/hub/matters/ask")  # the room of its consultation
    page = resident.get("/matters/ask?text=%00")
    assert page.url == "/rooms" and "Aucune salle" in page.words()
    second = plain.again().as_(make.account())
    page = second.submit(second.get(f"{ASK}?text={answer.id}"), ASK)
    assert page.status == 409 and "Ouvrir le soir." in page.text
    page = plain.again().as_(runs["a"]).get(f"{ASK}?text={answer.id}")
    assert page.url == path  # who runs the room is led to it


def test_a_letter_leads_to_one_button_that_stops_them_all(plain, session, tree, runs, resident):
    first = asked(resident).url
    body = session.scalars(select(Mail.body).where(Mail.body.contains(first))).one()
    link = re.search(r"/letters/stop/\S+", body)[0]
    reader = plain.again()
    assert "Ce que deviennent les sujets" in reader.get(link).words()
    assert "Ces messages s'arrêtent." in reader.submit(reader.get(link), link).words()
    second = asked(resident, title="Encore").url
    assert letters(session, second) == []
    stopped = plain.again().as_(runs["a"]).get("/account/letters/stopped")
    assert "Ce que deviennent les sujets" in stopped.words()

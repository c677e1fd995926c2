"""A facilitator writes to a room; its people read it again, stop it; mornings tell what waits."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.blueprints.room_letters import jobs
from consult.models import Mail, RoomLetter, StoppedLetters
from consult.services import rooms
from tests.browser import Browser
from tests.security.people import TOKEN

TYPED = {"title": "La réunion est avancée", "body": "Elle a lieu mardi.\n\nÀ bientôt."}


@pytest.fixture
def room(make):
    room = make.room("local", "D-54", name="Salle du 54", slug="salle-54")
    make.joins(make.account(email="amina@exemple.fr", name="Amina"), room)
    make.joins(make.account(email="ada@exemple.fr", name="Ada"), room, "member")
    gone = make.account(email="gone@exemple.fr")
    make.joins(gone, room, "member", ended_at=make.now)
    return room


@pytest.fixture
def people(session, room):
    from consult.models import Account

    query = select(Account).order_by(Account.id)
    return {one.email.partition("@")[0]: one for one in session.scalars(query)}


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def test_a_letter_is_seen_then_sent_once_to_each(app, session, browser, room, people):
    browser.as_(people["amina"])
    assert "/rooms/salle-54/write" in browser.get("/rooms/salle-54").links()
    url = "/rooms/salle-54/write"
    page = browser.submit(browser.get(url), url, **TYPED)
    assert "Elle a lieu mardi." in page.words() and "Envoyer à 2 personnes" in page.words()
    assert count(session, RoomLetter) == 0
    seen = page
    page = browser.submit(seen, url, send="1")
    assert page.url == "/rooms/salle-54/letters"
    assert "Elle a lieu mardi." in page.words() and "Amina" in page.words()
    assert browser.submit(seen, url, send="1").url == "/rooms/salle-54/letters"
    assert count(session, RoomLetter) == 1
    letters = session.scalars(
        select(Mail).where(Mail.dedup_key.like("room-letter:%")).order_by(Mail.recipient)
    ).all()
    assert [one.recipient for one in letters] == ["ada@exemple.fr", "amina@exemple.fr"]
    mail = letters[0]
    assert mail.subject == TYPED["title"]
    assert "Amina écrit à la salle « Salle du 54 »" in mail.body.replace("\xa0", " ")
    assert "@" not in mail.body and mail.stop_path in mail.body
    stop_by_letter(app, session, mail)


def stop_by_letter(app, session, mail):
    reader = Browser(app)
    page = reader.get(mail.stop_path)
    assert page.status == 200 and count(session, StoppedLetters) == 0
    page = reader.submit(page, mail.stop_path)
    assert "Vos autres e-mails" in page.words() and count(session, StoppedLetters) == 1
    reader.submit(page, mail.stop_path)
    assert count(session, StoppedLetters) == 0
    for _ in range(2):
        answer = reader.client.post(mail.stop_path, data={"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
    assert count(session, StoppedLetters) == 1
    assert reader.client.post(mail.stop_path).status_code == 400
    for token in ("x", mail.stop_path.rpartition("/")[2][:-1], "%00", "%ED%A0%80"):
        assert reader.client.get(f"/letters/stop/{token}").status_code == 404
        answer = reader.client.post(
            f"/letters/stop/{token}", data={"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 404


def test_what_is_wrong_is_said_and_the_words_given_back(session, browser, room, people):
    browser.as_(people["amina"])
    url = "/rooms/salle-54/write"
    page = browser.get(url)
    for typed in (
        {"title": "", "body": "x"},
        {"title": "x", "body": "\x00"},
        {**TYPED, "part": "role:nobody"},
        {**TYPED, "part": "x" * 10_000},
    ):
        assert browser.submit(page, url, **typed).status == 422
        assert browser.submit(page, url, send="1", **typed).status == 422
    page = browser.submit(page, url, send="1", key="short", **TYPED)
    assert page.status == 422 and "Elle a lieu mardi." in page.text
    assert count(session, RoomLetter) == 0
    for _ in range(4):
        page = browser.submit(browser.get(url), url, send="1", **TYPED)
    assert page.status == 429 and page.response.headers["Retry-After"]
    assert "Elle a lieu mardi." in page.text and "3 messages" in page.words()
    assert count(session, RoomLetter) == 3


def test_only_its_people_read_and_only_who_runs_it_writes(
    app, session, make, browser, room, people
):
    assert browser.get("/rooms/salle-54/letters").url.startswith("/sign-in")
    browser.as_(people["ada"])
    page = browser.get("/rooms/salle-54")
    assert "/rooms/salle-54/letters" in page.links()
    assert "/rooms/salle-54/write" not in page.links()
    assert browser.get("/rooms/salle-54/write").status == 403
    page = browser.get("/rooms/salle-54/letters")
    page = browser.submit(page, "/rooms/salle-54/letters")
    assert "Vous ne voulez plus ces messages par e-mail" in page.words()
    assert "/account/letters/stopped" in browser.get("/account/letters").links()
    page = browser.get("/account/letters/stopped")
    assert "Messages de la salle « Salle du 54 »" in page.words().replace("\xa0", " ")
    for subject in ("room:x", "waiting", "\x00", "x" * 10_000):
        assert browser.submit(page, "/account/letters/again", subject=subject).status == 404
    browser.submit(page, "/account/letters/again")
    assert count(session, StoppedLetters) == 0
    assert not browser.get("/account/letters/stopped").forms("/account/letters/again")
    outside = Browser(app).as_(people["gone"])
    assert outside.get("/rooms/salle-54/letters").status == 403
    token = TOKEN.search(outside.get("/account").text)[1]
    assert outside.post("/rooms/salle-54/letters", {"csrf_token": token}).status == 403
    make.room(slug="cercle", is_private=True)
    assert outside.get("/rooms/cercle/letters").status == 404
    assert Browser(app).as_(make.account("administrator")).get("/rooms/cercle/write").status == 200


def test_what_is_late_is_told_once_a_morning_and_never_when_it_is_done(
    app, session, make, clock, room, people, now
):
    rooms.work_out(session)
    question = make.question(make.theme(make.consultation(territory_code="D-54")))
    late = make.answer(
        question,
        participant_id=make.participant().id,
        state="pending",
        updated_at=now - timedelta(days=3),
    )

    def mornings():
        session.commit()
        with app.app_context():
            return [jobs.send_mornings(app) for _ in range(2)]

    assert mornings() == [0, 0]
    clock.shift(clock.now() + timedelta(days=1) - _real())
    assert mornings() == [1, 0]
    mail = session.scalars(select(Mail).where(Mail.dedup_key.like("waiting:%"))).one()
    assert mail.recipient == "amina@exemple.fr"
    assert "1 texte à lire" in mail.body and "Salle du 54" in mail.body
    assert mail.stop_path in mail.body
    assert "Ce qui attend dans vos salles" in Browser(app).get(mail.stop_path).words()
    late.state = "published"
    clock.shift(clock.now() + timedelta(days=1) - _real())
    assert mornings() == [0, 0]


def _real():
    from datetime import UTC, datetime

    return datetime.now(UTC)

"""A matter from its room to the national one and back, as people see it and press it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.blueprints.matters import jobs, words
from consult.domain.matters import table
from consult.models import Mail, MatterMessage, RoomDocument
from consult.services import room_settings, rooms
from tests.matters import begun, does, offered, press, run, shown, token

DAY = timedelta(days=1)


@pytest.fixture
def tree(make):
    return shown(make)


@pytest.fixture
def runs(make, tree):
    return run(make, tree)


@pytest.fixture
def matter(session, tree, runs, now):
    return begun(session, tree["a"], runs["a"], now)


def test_a_need_goes_up_to_the_national_room_and_its_answer_comes_back(
    browser, session, tree, runs, now
):
    browser.as_(runs["a"])
    page = browser.get("/rooms/nancy/matters")
    assert "/rooms/nancy/matters/new" in page.links() and "À traiter (0)" in page.words()
    url = "/rooms/nancy/matters/new"
    page = browser.submit(browser.get(url), url, title="", body="Les contrats sont courts.")
    assert page.status == 422 and "Les contrats sont courts." in page.all("textarea")[0].text
    page = browser.submit(page, url, title="Des postes fixes")
    path = page.url
    assert path.startswith("/matters/") and "Ouvert dans la salle" in page.words()
    assert offered(browser, path) == ["decide", "relay", "withdraw"]

    other = browser.again().as_(runs["b"])
    assert offered(other, path) == ["endorse"]
    page = press(other, path, "endorse")
    assert "Salle de Reims" in page.words() and offered(other, path) == []

    page = press(browser, path, "relay", reasons=" ")
    assert page.status == 422 and "Dites pourquoi" in page.words()
    page = press(browser, path, "relay", reasons="Nous ne pouvons pas payer seuls.")
    assert "Remonté à la salle au-dessus" in page.words() and offered(browser, path) == []
    told = session.scalars(select(Mail.recipient).where(Mail.body.contains(path))).all()
    assert "hub@exemple.fr" in told and "national@exemple.fr" not in told

    hub = browser.again().as_(runs["hub"])
    assert path in hub.get("/rooms/hub/matters").links()
    assert offered(hub, path) == ["take_up", "decide", "relay", "return_down"]
    page = press(hub, path, "return_down", reasons="Combien de postes ?")
    assert "Combien de postes ?" in page.words() and offered(hub, path) == []
    assert offered(browser, path) == ["settle_below", "resubmit"]
    press(browser, path, "resubmit", reasons="Onze.")
    assert "return_down" not in offered(hub, path)
    press(hub, path, "relay", reasons="Le besoin est avéré.")

    _answered(browser, hub, path, runs)


def _answered(browser, hub, path, runs):
    """The national room answers, a room that carries it adopts, those it passed read it."""
    top, other = (browser.again().as_(runs[name]) for name in ("national", "b"))
    page = press(top, path, "decide", reasons="Deux ans, puis trois.", outcome="adapted")
    assert "Deux ans, puis trois." in page.words() and "Adopté" in page.words()
    assert path in browser.get("/rooms/nancy/matters").links()
    assert path in browser.get("/rooms/nancy/matters?heading=answers").links()
    assert offered(other, path) == ["adopt"]
    assert "a adopté le texte" in press(other, path, "adopt").words()
    assert offered(browser, path) == ["acknowledge"]
    press(browser, path, "acknowledge")
    page = press(hub, path, "acknowledge")
    assert "Clos" in page.words()

    _seen_by_all(browser.again(), path)


def test_the_pages_of_a_room_and_of_a_place_lead_to_what_waits(plain, session, tree, matter):
    rooms.work_out(session)
    session.commit()
    page = plain.get("/rooms/nancy")
    assert "Voir le sujet qui attend une réponse" in page.words()
    assert "/rooms/nancy/matters" in page.links()
    page = plain.get("/territories/D-54")
    assert "/matters?territory=D-54" in page.links()
    page = plain.get("/matters?territory=D-54")
    assert f"/matters/{matter.id}" in page.links()
    options = [(one.get("value"), one.get("selected")) for one in page.all("option")]
    assert ("D-54", "") in options and ("D-51", None) not in options
    page = plain.get("/matters?territory=D-51")
    assert "Aucun sujet" in page.words() and page.status == 200
    assert plain.get("/matters?territory=%00").status == 200
    assert "Sujets à régler" not in plain.get("/territories/D-51").words()


def _seen_by_all(visitor, path):
    page = visitor.get(path)
    for said in ("Salle de Nancy", "Onze.", "Le besoin est avéré.", "Deux ans, puis trois."):
        assert said in page.words()
    assert page.forms("/follow") and not offered(visitor, path)
    assert "Anim" not in page.words()  # nobody agreed to be named
    assert path in visitor.get("/matters?q=postes").links()
    assert path not in visitor.get("/matters?stage=open").links()


def test_rooms_talk_and_nothing_moves(plain, session, tree, runs, matter, now):
    path = f"/matters/{matter.id}"
    does(session, matter, "relay", tree["a"], runs["a"], now)
    hub = plain.again().as_(runs["hub"])
    page = hub.submit(hub.get(path), f"{path}/messages", body=" ")
    assert page.status == 422 and "Écrivez votre message." in page.words()
    page = hub.submit(page, f"{path}/messages", body="Combien de <b>postes</b> ?")
    assert "Combien de <b>postes</b> ?" in page.words()
    assert session.scalars(select(MatterMessage.room_id)).all() == [tree["hub"].id]
    told = session.scalars(select(Mail.recipient).where(Mail.body.contains("Combien de"))).all()
    assert told == ["a@exemple.fr"]
    session.refresh(matter)
    assert matter.stage == table.PENDING
    other = plain.again().as_(runs["b"])
    assert not other.get(path).forms(f"{path}/messages")
    fields = {"csrf_token": token(other.get(path)), "room": tree["b"].id, "body": "Non."}
    assert other.post(f"{path}/messages", fields).status == 403


def test_the_text_is_changed_by_its_room_and_the_earlier_one_stays(plain, tree, runs, matter):
    path = f"/matters/{matter.id}"
    plain.as_(runs["a"])
    old = plain.get(f"{path}/text")
    page = plain.submit(plain.get(f"{path}/text"), f"{path}/text", body="Un autre texte.")
    assert page.url == path and "Un autre texte." in page.words()
    assert "Les contrats sont trop courts." in page.words()
    page = plain.submit(old, f"{path}/text", body="Trop tard.")
    assert page.status == 409 and "Trop tard." in page.text


def test_a_matter_begins_from_an_answer_a_proposal_or_minutes(
    plain, session, make, tree, runs, matter
):
    question = make.question()
    answer = make.answer(question, body="Ouvrir le soir.")
    hidden = make.answer(question, body="Caché.", state="hidden")
    plain.as_(runs["a"])
    link = f"/matters/new?text={answer.id}"
    assert link in plain.get(f"/answers/{answer.id}").links()
    assert link not in plain.again().get(f"/answers/{answer.id}").links()
    page = plain.get(link)
    assert "Ouvrir le soir." in page.all("textarea")[0].text
    page = plain.submit(page, "/rooms/nancy/matters/new")
    assert f"/answers/{answer.id}" in page.links()
    assert plain.get(link).url == page.url  # the same text begins one matter
    page = plain.get(f"/rooms/nancy/matters/new?text={hidden.id}&paper={'0' * 18}")
    assert "Caché." not in page.text and page.status == 200
    draft = plain.submit(page, "/rooms/nancy/matters/new", title="B", body="b", draft="yes")
    assert "Brouillon" in draft.words()
    assert plain.again().get(draft.url).status == 404


def test_minutes_and_the_matter_they_began_lead_to_each_other(plain, session, make, tree, runs):
    facts = {"kind": "minutes", "title": "Réunion de mai", "body": "Trop court.", "search": ""}
    days_ = {"dated_on": date(2026, 5, 4), "created_at": make.now}
    paper = make.save(RoomDocument(room_id=tree["a"].id, **facts, **days_))
    page_of = f"/rooms/nancy/documents/{paper.id}"
    plain.as_(runs["a"])
    begin = next(url for url in plain.get(page_of).links() if url.endswith(f"?paper={paper.id}"))
    page = plain.submit(plain.get(begin), "/rooms/nancy/matters/new")
    assert page_of in page.links() and "Réunion de mai" in page.words()
    assert page.url in plain.again().get(page_of).links()
    session.delete(paper)
    session.commit()
    page = plain.again().get(page.url)
    assert page_of not in page.links() and "Réunion de mai" in page.words()


def test_a_room_that_votes_first_says_what_came_out_of_it(plain, session, tree, runs, matter, now):
    path = f"/matters/{matter.id}"
    plain.as_(runs["a"])
    settings = "/rooms/nancy/settings"
    page = plain.submit(plain.get(settings), settings, relay_vote="yes", delay_open="4")
    assert page.status == 422 and "de 7 à 365" in page.words()
    page = plain.submit(page, settings, delay_open="90", relay_quorum="3")
    assert room_settings.in_force(session, tree["a"].id)["relay_vote"] == 1
    page = press(plain, path, "relay", reasons="Parce que.")
    assert page.status == 422 and "Parce que." in page.text
    counts = {"present": "4", "in_favour": "3", "mixed": "1", "against": "0"}
    page = press(plain, path, "relay", reasons="Parce que.", **counts)
    assert "Vote de la salle : 4 personnes présentes" in page.words()
    assert plain.again().as_(runs["hub"]).get(settings).status == 200  # from above, one may
    assert plain.again().as_(runs["b"]).get(settings).status == 403


def test_silence_is_announced_told_and_shown(app, plain, session, tree, runs, matter, clock, now):
    with app.app_context():
        assert jobs.warn(app) == 0
    clock.shift(now + 54 * DAY - datetime.now(UTC))
    with app.app_context():
        assert (jobs.warn(app), jobs.warn(app)) == (1, 0)
    clock.shift(now + 61 * DAY - datetime.now(UTC))
    with app.app_context():
        assert (jobs.pass_due(app), jobs.pass_due(app)) == (1, 0)
    told = session.scalars(select(Mail.recipient).order_by(Mail.recipient)).all()
    assert told == ["a@exemple.fr", "a@exemple.fr", "hub@exemple.fr"]
    words_ = plain.get(f"/matters/{matter.id}").words()
    assert "Pas de nouvelle : la salle au-dessus est prévenue" in words_ and "De lui-même" in words_


def test_every_event_of_the_table_has_its_words():
    assert set(words.TITLES) == {move.event for move in table.MOVES}
    assert set(words.SHORT) == set(table.CHOSEN)


def test_a_page_costs_the_same_whatever_happened(
    plain, session, tree, runs, matter, now, statements
):
    path = f"/matters/{matter.id}"
    for number in range(8):
        begun(session, tree["b"], runs["b"], now, title=f"Sujet {number}")
    does(session, matter, "endorse", tree["b"], runs["b"], now)
    does(session, matter, "relay", tree["a"], runs["a"], now)
    visitor = plain.again()
    for url, most in ((path, 7), ("/matters", 5), ("/rooms/nancy/matters", 5)):
        visitor.get(url)
        with statements() as seen:
            assert visitor.get(url).status == 200
        assert len(seen) <= most, seen


def test_who_runs_the_room_that_holds_it_sees_its_buttons_in_few_statements(
    plain, session, tree, runs, matter, now, statements
):
    does(session, matter, "relay", tree["a"], runs["a"], now)
    does(session, matter, "take_up", tree["hub"], runs["hub"], now)
    begun(session, tree["hub"], runs["hub"], now, title="Autre")
    hub = plain.again().as_(runs["hub"])
    with statements() as seen:
        assert hub.get(f"/matters/{matter.id}").status == 200
    assert len(seen) <= 7, seen

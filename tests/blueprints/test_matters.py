"""A matter from its room to the national one and back, as people see it and press it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.blueprints.matters import jobs, words
from consult.domain.matters import table
from consult.models import Mail, Matter, MatterEvent, MatterMessage
from consult.services import matters, room_settings
from tests.browser import Browser
from tests.matters import begun, does

DAY = timedelta(days=1)


@pytest.fixture
def tree(make):
    made = {"national": make.room("national", "FR", name="Salle nationale", slug="nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], name="Hub Grand Est", slug="hub")
    made["a"] = make.room("local", "D-54", made["hub"], name="Salle de Nancy", slug="nancy")
    made["b"] = make.room("local", "D-51", made["hub"], name="Salle de Reims", slug="reims")
    for name in ("c", "d", "e", "f", "g"):  # so that two rooms do not make it go up
        made[name] = make.room("local", None, made["hub"], name=f"Salle {name}", slug=f"s-{name}")
    made["secret"] = make.room(
        "local", None, made["hub"], name="Cercle fermé", slug="cercle", is_private=True
    )
    return made


@pytest.fixture
def runs(make, tree):
    found = {}
    for name in ("national", "hub", "a", "b", "secret"):
        found[name] = make.account(name=f"Anim {name}", email=f"{name}@exemple.fr")
        make.joins(found[name], tree[name])
    return found


@pytest.fixture
def matter(session, tree, runs, now):
    return begun(session, tree["a"], runs["a"], now)


@pytest.fixture
def plain(app, session):
    """One person's browser, without htmx: what is tried is not about pages."""
    return Browser(app)


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def form_of(page, act, room=None):
    """The form of an act on a page, None when it is not offered."""
    for form in page.forms():
        given = {one.get("name"): one.get("value") for one in form.iter("input")}
        if given.get("act") == act and room in (None, given.get("room")):
            return given | {"action": form.get("action")}
    return None


def press(browser, path, act, **typed):
    """Press a button of the page of a matter; each form is found by its act."""
    given = form_of(browser.get(path), act)
    assert given, f"{act} is not offered"
    return browser.post(given.pop("action"), given | typed)


def offered(browser, path):
    page = browser.get(path)
    found = [{i.get("name"): i.get("value") for i in f.iter("input")} for f in page.forms()]
    return [one["act"] for one in found if "act" in one]


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
    assert "Transmis à la salle au-dessus" in page.words() and offered(browser, path) == []
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

    top = browser.again().as_(runs["national"])
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

    visitor = browser.again()
    page = visitor.get(path)
    for said in ("Salle de Nancy", "Onze.", "Le besoin est avéré.", "Deux ans, puis trois."):
        assert said in page.words()
    assert page.forms("/follow") and not offered(visitor, path)
    assert "Anim" not in page.words()  # nobody agreed to be named
    assert path in visitor.get("/matters?q=postes").links()
    assert path not in visitor.get("/matters?stage=open").links()


def test_what_someone_else_moved_is_refused_with_both_states_and_the_text(
    plain, tree, runs, matter
):
    path = f"/matters/{matter.id}"
    plain.as_(runs["a"])
    old = form_of(plain.get(path), "decide")
    press(plain, path, "relay", reasons="Pourquoi pas.")
    page = plain.post(old.pop("action"), old | {"reasons": "Ma réponse.", "outcome": "pilot"})
    assert page.status == 409
    assert "Ouvert dans la salle" in page.words() and "Maintenant : Reçu" in page.words()
    assert "Ma réponse." in page.words()


def test_the_same_form_twice_acts_once(plain, session, tree, runs, matter):
    path = f"/matters/{matter.id}"
    plain.as_(runs["a"])
    given = form_of(plain.get(path), "relay") | {"reasons": "Une fois."}
    action = given.pop("action")
    for _time in range(2):
        assert plain.post(action, given).status == 200
    events = select(MatterEvent.name).where(MatterEvent.matter_id == matter.id)
    assert session.scalars(events.order_by(MatterEvent.sequence)).all() == ["publish", "relay"]
    letters = session.scalars(select(Mail.recipient).where(Mail.body.contains(path))).all()
    assert len(letters) == len(set(letters))
    page = plain.get("/rooms/nancy/matters/new")
    new = {i.get("name"): i.get("value") for i in page.forms("/rooms/nancy/matters/new")[0].iter()}
    fields = {"csrf_token": new["csrf_token"], "key": new["key"], "title": "Un", "body": "Deux"}
    urls = {plain.post("/rooms/nancy/matters/new", fields).url for _time in range(2)}
    assert len(urls) == 1


def test_each_acts_for_the_room_that_holds_it_only(plain, make, tree, runs, matter, now):
    path = f"/matters/{matter.id}"
    gone = make.account(name="Ancien")
    make.joins(gone, tree["a"], ended_at=now)
    elsewhere = make.account(name="Ailleurs")
    make.joins(elsewhere, make.room("local", None, None, name="Ailleurs"))
    boss = make.account("administrator")
    member = make.account()
    make.joins(member, tree["a"], "member")
    said = {"act": "relay", "room": tree["a"].id, "reasons": "Oui.", "key": "k" * 12}
    said["seen"] = matters.stamp(matter)
    for account in (runs["hub"], runs["national"], runs["b"], gone, elsewhere, boss, member):
        one = plain.again().as_(account)
        page = one.get(path)
        assert "relay" not in offered(one, path)
        assert one.post(f"{path}/moves", said | {"csrf_token": token(page)}).status == 403
    visitor = plain.again()
    fields = said | {"csrf_token": token(visitor.get("/follow-up"))}
    assert visitor.post(f"{path}/moves", fields).status == 403
    own = plain.again().as_(runs["b"])
    mine = said | {"csrf_token": token(own.get(path)), "room": tree["b"].id}
    assert own.post(f"{path}/moves", mine).status == 403  # their room does not hold it
    assert own.get("/rooms/nancy/matters/new").status == 403
    assert own.get(f"{path}/text").status == 403


def test_while_a_room_has_nobody_the_one_above_acts_in_its_place(plain, session, tree, runs, now):
    matter = begun(session, tree["c"], runs["a"], now)
    path = f"/matters/{matter.id}"
    plain.as_(runs["hub"])
    page = press(plain, path, "relay", reasons="Cette salle n'a personne.")
    assert page.status == 200 and "Une personne qui agit pour « Salle c »" in page.words()
    assert plain.again().as_(runs["national"]).get(path).status == 200


def test_a_matter_of_a_private_room_is_missing_to_others_and_shown_where_it_went(
    plain, session, tree, runs, now
):
    matter = begun(session, tree["secret"], runs["secret"], now, title="Entre nous")
    path, visitor = f"/matters/{matter.id}", plain.again()
    for url in (path, "/rooms/cercle/matters", "/rooms/cercle/settings"):
        assert plain.again().as_(runs["b"]).get(url).status in (403, 404)
    for url in (path, f"{path}/text", "/matters/%00", "/matters/" + "0" * 18):
        assert visitor.client.get(url).status_code in (303, 404)
    assert visitor.get(path).status == 404
    assert "Entre nous" not in visitor.get("/matters").words()
    page = plain.as_(runs["secret"]).get(path)
    assert "noindex" in page.text and not page.forms("/follow")
    does(session, matter, "relay", tree["secret"], runs["secret"], now)
    does(session, matter, "relay", tree["hub"], runs["hub"], now)
    page = plain.again().as_(runs["national"]).get(path)
    assert page.status == 200


def test_rooms_talk_and_nothing_moves(plain, session, tree, runs, matter, now):
    path = f"/matters/{matter.id}"
    does(session, matter, "relay", tree["a"], runs["a"], now)
    hub = plain.again().as_(runs["hub"])
    page = hub.submit(hub.get(path), f"{path}/messages", body=" ")
    assert page.status == 422 and "Écrivez votre message." in page.words()
    page = hub.submit(page, f"{path}/messages", body="Combien de <b>postes</b> ?")
    assert "Combien de <b>postes</b> ?" in page.words()
    assert session.scalars(select(MatterMessage.room_id)).all() == [tree["hub"].id]
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


BAD = [
    {"act": "burn"}, {"act": "close"}, {"act": "timeout_relay"}, {"act": "\x00"},
    {"act": "relay", "reasons": "\x00"}, {"act": "relay", "reasons": "x" * 2_001},
    {"act": "relay", "key": "\x00"}, {"act": "relay", "key": "k" * 90},
    {"act": "decide", "outcome": "lapsed", "reasons": "x"}, {"act": "decide", "reasons": "x"},
    {"act": "relay", "reasons": "x", "present": "many"},
    {"act": "relay", "reasons": "x", "seen": "9" * 40},
    {"act": "join", "reasons": "x", "with_matter": "\x00"},
    {"act": "acknowledge"}, {"act": "appeal", "reasons": "x"}, {"act": "resubmit", "reasons": "x"},
]  # fmt: skip


def test_what_cannot_be_done_is_refused_in_a_sentence_and_changes_nothing(
    plain, session, tree, runs, matter
):
    path = f"/matters/{matter.id}"
    plain.as_(runs["a"])
    given = {"room": tree["a"].id, "seen": matters.stamp(matter)}
    given["csrf_token"] = token(plain.get(path))
    for number, changed in enumerate(BAD):
        page = plain.post(f"{path}/moves", {"key": f"mauvais-{number:02}"} | given | changed)
        assert page.status in (403, 409, 422), changed
        assert "Il y a un problème" in page.words(), changed
    for room in ("\x00", "", "0" * 18, "a" * 40):
        assert plain.post(f"{path}/moves", given | {"act": "relay", "room": room}).status == 403
    session.expire_all()
    assert session.get_one(Matter, matter.id).version == 1


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

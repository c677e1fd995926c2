"""Rooms in the console: opened, changed, joined by letter, left; nobody raises themselves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Mail, Room, RoomMember
from consult.services import passwords, rooms
from tests.second_steps import set_up

OPEN = "/console/open-room"


@pytest.fixture
def tree(make, session):
    made = {"national": make.room("national", "FR")}
    made["hub"] = make.room("hub", "R-44", made["national"], slug="hub")
    made["other"] = make.room("hub", "C-988", made["national"], slug="autre")
    made["local"] = make.room("local", "D-54", made["hub"], slug="nancy", name="Salle de Nancy")
    rooms.work_out(session)
    session.commit()
    return made


@pytest.fixture
def runs(browser, make, tree):
    """Act as the facilitator of a room."""

    def one(name, **facts):
        account = make.account(**{"name": f"Anim {name}"} | facts)
        make.joins(account, tree[name])
        browser.as_(account)
        return account

    return one


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def mailed(session, email):
    session.rollback()
    query = select(Mail).where(Mail.recipient == email).order_by(Mail.created_at.desc())
    return session.scalars(query).first()


def test_an_administrator_opens_a_room_and_invites_its_facilitator(browser, session, make):
    browser.as_(make.account("administrator", name="Ada"))
    assert "/console/rooms" in browser.get("/console").links()
    page = browser.submit(
        browser.get(OPEN), OPEN, name="Hub du Grand Est", level="hub", territory="Grand Est",
        moderates="y",
    )  # fmt: skip
    assert page.url == "/console/rooms/hub-du-grand-est"
    room = session.scalars(select(Room)).one()
    assert (room.level, room.territory_code, room.moderates) == ("hub", "R-44", True)
    page = browser.submit(page, page.url, email="bob@exemple.fr", role="facilitator")
    assert "bob@exemple.fr" in page.words()
    mail = mailed(session, "bob@exemple.fr")
    assert "Ada vous invite à animer la salle « Hub du Grand Est »." in mail.body.replace(
        "\xa0", " "
    )
    link = re.search(r"http://localhost(/room-invitations/\S+)", mail.body)[1]
    bob = browser.again()
    assert "Hub du Grand Est" in bob.get(link).words()
    page = bob.submit(bob.get(link), link, named="yes")
    assert page.url == "/rooms/hub-du-grand-est"
    assert "Vous êtes maintenant dans cette salle." in page.words()
    assert bob.get("/console").status == 200
    assert "/console/rooms/hub-du-grand-est" in bob.get("/console/rooms").links()
    assert session.scalars(select(RoomMember.is_named)).one() is True
    assert bob.get(link).status == 422


def test_a_facilitator_needs_no_second_step_and_is_offered_it(runs, browser):
    runs("local")
    assert browser.get("/console/rooms/nancy").status == 200
    assert browser.get("/account/second-step").status == 200


def test_an_old_session_makes_and_unmakes_no_facilitator(
    runs, browser, session, make, tree, clock, now
):
    runs("local", password=passwords.HASHER.hash("cheval pile agrafe"))
    make.joins(bob := make.account(name="Bob"), tree["local"])
    here = "/console/rooms/nancy"
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = browser.get(here)
    assert f"/account/confirm?next={here}" in page.links()
    refused = browser.submit(page, here, email="eve@exemple.fr", role="facilitator")
    assert refused.status == 422 and "mot de passe" in refused.words()
    assert browser.submit(page, f"{here}/members/{bob.id}/delete").status == 422
    assert mailed(session, "eve@exemple.fr") is None
    assert browser.submit(page, here, email="zoe@exemple.fr", role="member").status == 200
    page = browser.submit(page, f"{here}/members/{bob.id}/delete", current="cheval pile agrafe")
    assert "Bob" not in page.words()


def test_a_place_of_several_names_is_chosen_among_them(browser, session, make):
    browser.as_(make.account("administrator"))
    facts = {"name": "Une salle", "level": "local", "moderates": "y"}
    page = browser.submit(browser.get(OPEN), OPEN, territory="N", **facts)
    assert page.status == 422
    assert "Plusieurs lieux portent ce nom" in page.words()
    page = browser.submit(page, OPEN, territory="N", territory_code="M-98818", **facts)
    assert session.scalars(select(Room.territory_code)).one() == "M-98818"
    page = browser.submit(browser.get(OPEN), OPEN, territory="zzzz", **facts)
    assert page.status == 422
    assert "Aucun lieu n'a ce code postal ou ce nom" in page.words()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "x" * 200}, "name"),
        ({"level": ""}, "level"),
        ({"level": "region"}, "level"),
        ({"parent_id": "nulle part"}, "parent_id"),
        ({"territory": "\x00"}, "territory"),
        ({"territory": "x" * 500}, "territory"),
        ({"territory": ""}, "territory"),
    ],
)
def test_what_cannot_be_a_room_comes_back_as_it_was_typed(browser, session, make, changed, field):
    browser.as_(make.account("administrator"))
    page = browser.get(OPEN)
    facts = {"name": "Une salle", "level": "hub", "territory": "Marne", "moderates": "y"} | changed
    answer = browser.post(OPEN, {"csrf_token": token(page), "parent_id": "", **facts})
    assert answer.status == 422
    assert session.scalar(select(Room.id)) is None
    if field != "name":
        assert "Une salle" in [f.get("value") for f in answer.all("input")]


def test_a_hub_opens_local_rooms_below_itself_and_nothing_else(runs, browser, session, tree):
    runs("hub")
    page = browser.submit(
        browser.get(OPEN), OPEN, name="Marne", level="local", territory="Marne", moderates="y",
        parent_id=tree["hub"].id,
    )  # fmt: skip
    assert page.url == "/console/rooms/marne"
    form = browser.get(OPEN)
    for changed in (
        {"level": "hub"},
        {"level": "national", "parent_id": ""},
        {"level": "national", "parent_id": tree["national"].id},
        {"parent_id": ""},
        {"parent_id": tree["other"].id},
        {"parent_id": tree["national"].id},
    ):
        facts = {"name": "X", "level": "local", "parent_id": tree["hub"].id} | changed
        answer = browser.post(OPEN, {"csrf_token": token(form), **facts})
        assert answer.status == 403, changed
    facts = {"name": "X", "level": "local", "parent_id": tree["hub"].id, "moderates": "y"}
    answer = browser.post(OPEN, {"csrf_token": token(form), "territory": "Nouméa", **facts})
    assert answer.status == 403
    assert "Aucune de vos salles ne relit ce territoire" in answer.words()
    session.rollback()
    assert len(session.scalars(select(Room.id)).all()) == len(tree) + 1


def test_a_local_facilitator_raises_nobody(runs, browser, session, tree):
    """A15: neither themselves nor a friend."""
    me = runs("local")
    form = browser.get("/console/rooms/nancy")
    fields = {"csrf_token": token(form)}
    friend = {**fields, "email": "ami@exemple.fr", "role": "facilitator"}
    for url in ("hub", "autre", tree["national"].slug):
        assert browser.post(f"/console/rooms/{url}", friend).status == 403
        assert browser.post(f"/console/rooms/{url}", {**friend, "email": me.email}).status == 403
    for url in (OPEN, "/console/rooms/nancy/edit", "/console/rooms/hub/edit"):
        facts = {**fields, "name": "X", "level": "national", "parent_id": ""}
        assert browser.post(url, facts).status == 403
    forged = {**friend, "room_id": tree["hub"].id, "level": "national", "account_id": me.id}
    assert browser.post("/console/rooms/nancy", forged).status == 200
    letter = mailed(session, "ami@exemple.fr")
    assert "Salle de Nancy" in letter.body
    session.rollback()
    held = session.scalars(select(RoomMember.room_id)).all()
    assert held == [tree["local"].id]


def test_a_hub_facilitator_does_not_raise_to_national(runs, browser, tree):
    me = runs("hub")
    fields = {"csrf_token": token(browser.get("/console/rooms/hub"))}
    url = f"/console/rooms/{tree['national'].slug}"
    for email in (me.email, "ami@exemple.fr"):
        friend = {**fields, "email": email, "role": "facilitator"}
        assert browser.post(url, friend).status == 403
    raised = {**fields, "name": "X", "level": "national", "parent_id": "", "version": "1"}
    assert browser.post("/console/rooms/hub/edit", raised).status == 403
    assert browser.post("/console/rooms/nancy/edit", raised).status == 403


def test_a_room_is_changed_and_two_who_change_it_are_told(runs, browser, session, tree):
    runs("hub")
    url = "/console/rooms/nancy/edit"
    late = browser.get(url)
    page = browser.submit(browser.get(url), url, name="Salle du Grand Nancy")
    assert "Salle du Grand Nancy" in page.words()
    answer = browser.submit(late, url, name="Salle de Lunéville")
    assert answer.status == 409
    assert "Salle du Grand Nancy" in answer.words()
    assert "Salle de Lunéville" in [f.get("value") for f in answer.all("input")]
    browser.submit(answer, url)
    session.refresh(tree["local"])
    assert tree["local"].name == "Salle de Lunéville"
    assert tree["local"].territory_code == "D-54"


def test_the_answer_is_the_same_for_an_address_with_an_account(runs, browser, session, make):
    runs("local")
    make.account(email="bob@exemple.fr")
    pages = []
    for email in ("bob@exemple.fr", "eve@exemple.fr"):
        page = browser.get("/console/rooms/nancy")
        page = browser.submit(page, page.url, email=email, role="member")
        assert "vous invite à rejoindre" in mailed(session, email).body
        pages.append(page.words().replace(email, "x"))
        (action,) = [f.get("action") for f in page.forms() if "/invitations/" in f.get("action")]
        page = browser.submit(page, action)
        assert email not in page.words()
    assert pages[0] == pages[1]


@pytest.mark.parametrize("email", ["", "bob", "a\x00@b.fr", "x" * 300 + "@b.fr"])
def test_what_is_no_address_comes_back(runs, browser, session, email):
    runs("local")
    page = browser.get("/console/rooms/nancy")
    assert browser.submit(page, page.url, email=email).status == 422
    assert session.scalar(select(Mail.id)) is None


def test_the_last_facilitator_leaves_only_to_a_room_above(runs, browser, make, session, tree):
    me = runs("local")
    page = browser.get("/console/rooms/nancy")
    url = f"/console/rooms/nancy/members/{me.id}/delete"
    answer = browser.post(url, {"csrf_token": token(page)})
    assert answer.status == 409
    assert "Personne d'autre n'anime cette salle" in answer.words()
    assert browser.get("/console/rooms/nancy").status == 200
    make.joins(make.account(), tree["hub"])
    page = browser.get("/console/rooms/nancy")
    assert "il faut une nouvelle invitation" in page.words()
    page = browser.submit(page, url)
    assert page.url == "/rooms"
    assert browser.get("/console/rooms/nancy").status == 403
    assert browser.get("/console").status == 403


def test_one_gives_ones_name_and_takes_it_back(runs, browser):
    runs("local")
    page = browser.get("/console/rooms/nancy")
    page = browser.submit(page, f"{page.url}/own-name", named="yes")
    assert "La page de la salle donne votre nom." in page.words()
    assert "Anim local" in browser.get("/rooms/nancy").words()
    browser.submit(page, f"{page.url}/own-name", named="no")
    assert "Anim local" not in browser.get("/rooms/nancy").words()


def test_rights_end_at_once_with_the_membership(runs, browser, make, session, tree):
    me = runs("hub")
    assert browser.get("/console/rooms/nancy").status == 200
    make.joins(make.account(), tree["national"])
    rooms.end_membership(session, tree["hub"], me.id, actor="account:x", now=make.now)
    session.commit()
    for url in ("/console/rooms", "/console/rooms/nancy", "/console/rooms/hub", OPEN):
        assert browser.get(url).status == 403


def test_a_signed_in_administrator_without_a_second_step_manages_no_room(browser, make, now, tree):
    browser.as_(make.account("administrator", second_step=""))
    assert browser.get("/console/rooms").url == "/account/second-step"
    set_up(browser, now)
    assert browser.get("/console/rooms").status == 200

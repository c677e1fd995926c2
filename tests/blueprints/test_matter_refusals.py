"""Who may move a matter, and what is refused: in a sentence, with the words given back."""

import pytest
from sqlalchemy import select

from consult.models import Mail, Matter, MatterEvent
from consult.services import matters
from tests.matters import begun, does, form_of, offered, press, run, shown, token


@pytest.fixture
def tree(make):
    return shown(make)


@pytest.fixture
def runs(make, tree):
    return run(make, tree)


@pytest.fixture
def matter(session, tree, runs, now):
    return begun(session, tree["a"], runs["a"], now)


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
    assert page.status == 200 and "La salle au-dessus, pour « Salle c »" in page.words()
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

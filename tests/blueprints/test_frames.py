"""What a room sends down, from the page that writes it to the tables that show it received."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Frame, FrameReception, Mail
from consult.services import frames

DAY = timedelta(days=1)


@pytest.fixture
def tree(make):
    made = {"national": make.room("national", "FR", name="Salle nationale", slug="nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], name="Hub Grand Est", slug="hub")
    made["other"] = make.room("hub", "C-988", made["national"], name="Hub du Sud", slug="sud")
    made["local"] = make.room("local", "D-54", made["hub"], name="Salle de Nancy", slug="nancy")
    made["private"] = make.room(
        "local", None, made["hub"], name="Cercle fermé", slug="cercle", is_private=True
    )
    return made


@pytest.fixture
def runs(make, tree):
    found = {}
    for name in ("national", "hub", "other", "local", "private"):
        found[name] = make.account(name=f"Anim {name}", email=f"{name}@exemple.fr")
        make.joins(found[name], tree[name])
    return found


@pytest.fixture
def frame(session, tree, now):
    facts = frames.Facts("framework", "Un cadre commun", "Quatre points.", now + 9 * DAY)
    made = frames.publish(session, tree["national"], facts, chosen=None, actor="x", now=now)
    session.commit()
    return made


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def test_a_national_frame_is_written_sent_received_and_followed(
    browser, session, tree, runs, clock, now
):
    browser.as_(runs["national"])
    url = "/console/rooms/nationale/frames/new"
    assert url in browser.get("/console/rooms/nationale").links()
    page = browser.submit(browser.get(url), url, title="", body="Quatre points.", due="hier")
    assert page.status == 422
    assert "Quatre points." in page.all("textarea")[0].text
    page = browser.submit(page, url, title="Un cadre", due="2026-12-15")
    path = page.url
    assert path.startswith("/frames/") and "C'est envoyé." in page.words()
    assert "Cercle fermé" in page.words()  # from above, one sees it
    letters = session.execute(select(Mail.recipient, Mail.body).order_by(Mail.recipient)).all()
    assert [row.recipient for row in letters if path in row.body] == [
        f"{name}@exemple.fr" for name in ("hub", "local", "other", "private")
    ]

    hub = browser.again().as_(runs["hub"])
    page = hub.get("/rooms/hub/frames")
    assert path in page.links() and "En attente" in page.words()
    page = hub.get(path)
    action = f"{path}/rooms/hub/reception"
    page = hub.submit(page, action, state="adopted")
    assert "Adopté : 1" in page.words()
    page = hub.submit(page, action, state="asked", note="")
    assert page.status == 422 and "Écrivez votre texte ou votre question." in page.words()
    page = hub.submit(page, action, state="asked", note="Et le <b>samedi</b> ?")
    assert "Et le <b>samedi</b> ?" in page.words()

    page = browser.submit(browser.get(path), f"{path}/rooms/hub/reply", words="Aussi.")
    assert "Aussi." in page.words()
    visitor = browser.again()
    page = visitor.get(path)
    assert "Cercle fermé" not in page.words() and "4 salles" not in page.words()
    assert "Anim hub" not in page.words() and "3 salles" in page.words()
    assert f"frame:{path.rsplit('/', 1)[1]}" in [one.get("value") for one in page.all("input")]
    assert visitor.get(f"/follow?subject=frame:{path.rsplit('/', 1)[1]}").status == 200
    clock.shift(now + 30 * DAY - datetime.now(UTC))
    assert "En retard" in visitor.get(path).words()


def test_a_new_version_reopens_it_and_a_withdrawal_ends_it(plain, session, tree, runs, frame):
    path = f"/frames/{frame.id}"
    late = plain.again().as_(runs["hub"])
    old = late.get(path)
    plain.as_(runs["national"])
    url = f"/console/rooms/nationale/frames/{frame.id}/version"
    stale = plain.get(url)
    page = plain.submit(plain.get(url), url, body="Cinq points.", reason="Un oubli.")
    assert page.url == path
    words = page.words()
    assert "Version 2" in words and "Il a changé parce que : Un oubli." in words
    page = plain.submit(stale, url, body="Six points.", reason="Deux oublis.")
    assert page.status == 409 and "Cinq points." in page.words()
    page = late.submit(old, f"{path}/rooms/hub/reception", state="adopted")
    assert page.status == 409
    page = late.submit(page, f"{path}/rooms/hub/reception", state="adopted")
    assert "Adopté : 1" in page.words()
    url = f"/console/rooms/nationale/frames/{frame.id}/withdrawal"
    assert plain.submit(plain.get(url), url, reason=" ").status == 422
    page = plain.submit(plain.get(url), url, reason="Trop tôt.")
    assert "Trop tôt." in page.words() and not page.forms(f"{path}/rooms/hub/reply")
    page = late.post(
        f"{path}/rooms/hub/reception",
        {"csrf_token": token(late.get(path)), "state": "read", "version": "2"},
    )
    assert page.status == 409
    assert "1 retiré" in late.get("/rooms/hub/frames").words()


def test_each_acts_for_their_own_room_only(plain, session, make, tree, runs, frame, now):
    path = f"/frames/{frame.id}"
    said = {"state": "adopted", "version": "1"}
    found = {}
    for name in ("national", "hub", "other", "local", "private"):
        one = plain.again().as_(runs[name])
        fields = {"csrf_token": token(one.get(path)), **said}
        found[name] = [
            one.post(f"{path}/rooms/{slug}/reception", fields).status
            for slug in ("hub", "sud", "nancy", "cercle", "nationale", "nulle-part")
        ]
    assert found == {
        "national": [403, 403, 403, 403, 404, 404],
        "hub": [200, 403, 403, 403, 403, 404],
        "other": [403, 200, 403, 404, 403, 404],
        "local": [403, 403, 200, 404, 403, 404],
        "private": [403, 403, 403, 200, 403, 404],
    }
    states = session.scalars(select(FrameReception.account_id)).all()
    assert sorted(states) == sorted(runs[name].id for name in ("hub", "other", "local", "private"))
    held = make.joins  # someone whose mandate has ended acts for nobody
    gone = make.account()
    held(gone, tree["hub"], ended_at=now)
    one = plain.again().as_(gone)
    fields = {"csrf_token": token(one.get(path)), **said}
    assert one.post(f"{path}/rooms/hub/reception", fields).status == 403
    for url in ("/console/rooms/hub/frames/new", f"/console/rooms/hub/frames/{frame.id}/version"):
        assert one.get(url).status == 403


def test_a_frame_of_another_room_is_missing_there(plain, runs, frame):
    plain.as_(runs["hub"])
    for url in ("version", "withdrawal"):
        assert plain.get(f"/console/rooms/hub/frames/{frame.id}/{url}").status == 404
        assert plain.get(f"/console/rooms/nationale/frames/{frame.id}/{url}").status == 403
    fields = {"csrf_token": token(plain.get(f"/frames/{frame.id}")), "words": "Non."}
    assert plain.post(f"/frames/{frame.id}/rooms/hub/reply", fields).status == 403


@pytest.mark.parametrize("key", ["%00", "%ED%A0%80", "a" * 40, "'; --", "0" * 18])
def test_strange_addresses_are_missing(plain, key):
    assert plain.client.get(f"/frames/{key}").status_code == 404


BAD = [
    {"kind": "law"}, {"title": "\x00"},
    {"body": "x" * 20_001}, {"due": "2026-13-45"}, {"due": "2999-01-01"}, {"due": "\x00"},
    {"reach": "chosen"}, {"reach": "chosen", "rooms": ["\x00"]}, {"reach": ""},
    {"reach": "chosen", "rooms": ["0" * 18]},
]  # fmt: skip


def test_what_cannot_be_sent_down_comes_back_as_typed(plain, session, runs):
    plain.as_(runs["national"])
    url = "/console/rooms/nationale/frames/new"
    form = plain.get(url)
    for changed in BAD:
        facts = {"title": "Un titre", "body": "Du texte", "due": "2026-12-15"} | changed
        page = plain.submit(form, url, **facts)
        assert page.status == 422, changed
        if "title" not in changed:
            assert "Un titre" in [f.get("value") for f in page.all("input")]
    assert session.scalar(select(Frame.id)) is None


def test_the_page_costs_the_same_whatever_the_number_of_rooms(
    plain, make, tree, runs, frame, statements
):
    for number in range(30):
        make.room("local", None, tree["hub"], name=f"Salle {number}")
    plain.as_(runs["hub"])
    for url, most in ((f"/frames/{frame.id}", 8), ("/rooms/hub", 10)):
        plain.get(url)
        with statements() as seen:
            assert plain.get(url).status == 200
        assert len(seen) <= most, seen
    visitor = plain.again()
    for url in (f"/frames/{frame.id}", "/rooms/hub"):
        visitor.get(url)
        with statements() as seen:
            visitor.get(url)
        assert len(seen) <= 7, seen

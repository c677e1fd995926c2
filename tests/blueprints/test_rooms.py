"""The list of rooms, and each one's page."""

from datetime import UTC, datetime, timedelta

import pytest

from consult.services import rooms
from tests.browser import Browser


@pytest.fixture
def tree(make, session):
    made = {"national": make.room("national", "FR", name="Salle nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], name="Hub Grand Est")
    made["local"] = make.room("local", "D-54", made["hub"], name="Salle de Nancy")
    made["private"] = make.room(
        "local", None, made["hub"], name="Cercle fermé", slug="cercle", is_private=True
    )
    rooms.work_out(session)
    session.commit()
    return made


def test_the_list_says_what_each_level_is_for_and_leads_to_each_room(browser, tree):
    page = browser.get("/rooms")
    words = page.words()
    for said in ("Elle essaie des choses", "Elle relie les lieux", "Elle fixe le cadre commun"):
        assert said in words
    assert [link for link in page.links() if link.startswith("/rooms/")] == [
        f"/rooms/{tree[name].slug}" for name in ("national", "hub", "local")
    ]
    assert "sous Hub Grand Est" in words
    assert "Cercle fermé" not in words


def test_an_empty_list_says_so(browser):
    assert "Il n'y a pas encore de salle." in browser.get("/rooms").words()


def test_a_room_says_where_it_stands_and_who_runs_it(browser, make, tree):
    hub = tree["hub"]
    words = browser.get(f"/rooms/{hub.slug}").words()
    assert "la salle au-dessus prend le relais" in words
    ada, bob = make.account(name="Ada"), make.account(name="Bob")
    make.joins(ada, hub)
    page = browser.get(f"/rooms/{hub.slug}")
    assert "1 personne" in page.words() and "Ada" not in page.words()
    make.joins(bob, hub, is_named=True)
    make.joins(make.account(name="Eve"), hub, "member", is_named=True)
    page = browser.get(f"/rooms/{hub.slug}")
    words = page.words()
    assert "Bob · 1 autre personne" in words
    assert "Ada" not in words and "Eve" not in words
    assert "Cette salle relit ce qui s'écrit sur son territoire." in words
    links = page.links()
    assert f"/rooms/{tree['national'].slug}" in links
    assert f"/rooms/{tree['local'].slug}" in links
    assert "/territories/R-44" in links
    assert "/rooms/cercle" not in links


def test_a_private_room_is_as_good_as_missing_to_those_outside(browser, make, tree, app):
    from tests.browser import Browser

    missing, private = browser.get("/rooms/nulle-part"), browser.get("/rooms/cercle")
    assert (missing.status, private.status) == (404, 404)
    assert missing.words() == private.words()
    for account, status in (
        (make.account(), 404),
        (make.account("organiser"), 404),
        (make.account("administrator"), 200),
    ):
        assert Browser(app).as_(account).get("/rooms/cercle").status == status
    inside, above = make.account(), make.account()
    make.joins(inside, tree["private"], "member")
    make.joins(above, tree["hub"])
    for account in (inside, above):
        page = Browser(app).as_(account).get("/rooms/cercle")
        assert page.status == 200
        assert "Cette salle est privée" in page.words()
        assert "/rooms/cercle" in Browser(app).as_(account).get("/rooms").links()


@pytest.mark.parametrize("slug", ["%00", "%ED%A0%80", "A", "a" * 81, "'; --", "é"])
def test_strange_addresses_are_missing(browser, slug):
    assert browser.client.get(f"/rooms/{slug}").status_code == 404


def test_the_page_of_a_territory_names_the_room_that_reads_it(browser, make, session, tree):
    page = browser.get("/territories/M-54395")
    assert "Ici, cette salle relit ce qui s'écrit : Salle de Nancy." in page.words()
    assert f"/rooms/{tree['local'].slug}" in page.links()
    hidden = make.room("local", "D-51", tree["hub"], name="Salle cachée", is_private=True)
    rooms.work_out(session)
    session.commit()
    assert hidden.name not in browser.get("/territories/D-51").words()


def test_the_list_costs_the_same_whatever_its_length(browser, make, tree, statements):
    for number in range(30):
        make.room("local", None, tree["hub"], name=f"Salle {number}")
    make.joins(make.account(), tree["hub"])
    for url, most in (("/rooms", 5), (f"/rooms/{tree['hub'].slug}", 7)):
        browser.get(url)
        with statements() as seen:
            page = browser.get(url)
        assert page.status == 200
        assert len(seen) <= most, seen
    assert "/rooms?cursor=" in "".join(browser.get("/rooms").links())


def test_who_is_in_no_room_pays_nothing_for_rooms(browser, make, tree, statements):
    """A page costs someone signed in as much as it did before there were rooms."""
    browser.again().get("/consultations")  # what is read once for everyone
    browser.as_(make.account())
    counts = []
    for _ in range(2):
        with statements() as seen:
            browser.get("/consultations")
        counts.append(len(seen))
        assert not [one for one in seen if "room_member" in one and "account_session" not in one]
    assert counts[0] == counts[1]


def test_a_list_says_which_rooms_sleep_and_which_nobody_runs(app, make, tree, session, now):
    browser, hub = Browser(app), tree["hub"]
    for room, days in ((hub, 0), (tree["local"], 100)):
        make.joins(make.account(), room)
        room.active_at = datetime.now(UTC) - timedelta(days=days)
        room.created_at = room.active_at
    session.commit()
    for path in ("/rooms", f"/rooms/{hub.slug}"):
        said = {
            one.find(".//a").get("href"): " ".join(one.itertext())
            for one in browser.get(path).all("li")
            if one.find(".//a") is not None
        }
        assert "en sommeil" in said[f"/rooms/{tree['local'].slug}"]
        if path == "/rooms":
            assert "personne ne l'anime" in said[f"/rooms/{tree['national'].slug}"]
            assert "sommeil" not in said[f"/rooms/{hub.slug}"]

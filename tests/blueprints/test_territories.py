"""Find my territory, and the page of each: what there is near you."""

import pytest

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def open_in(make):
    def made(code, title, **more):
        consultation = make.consultation(title=title, territory_code=code, **more)
        make.question(make.theme(consultation))
        return consultation

    return made


@pytest.mark.parametrize("typed", ["54000", "54 100", "nancy", "NÁNCY", "Nan"])
def test_a_commune_is_found_by_its_postcode_or_its_name(browser, typed):
    page = browser.get("/territories")
    assert "/territories/R-44" in page.links()
    page = browser.submit(page, action="/territories", q=typed)
    assert "/territories/M-54395" in page.links()
    assert "Meurthe-et-Moselle" in page.words()


@pytest.mark.parametrize("typed", ["99999", "%", "_", "'", "a" * 500, "<b>x</b>"])
def test_what_names_no_place_says_so(browser, typed):
    page = browser.submit(browser.get("/territories"), action="/territories", q=typed)
    assert page.status == 200
    assert "Aucun lieu n'a ce code postal ou ce nom" in page.words()
    assert not [link for link in page.links() if link.startswith("/territories/")]


def test_a_long_list_says_that_there_is_more(browser, session):
    from consult.models import Territory

    for number in range(40):
        session.add(
            Territory(
                code=f"M-x{number}", name=f"Zed {number}", kind="commune", time_zone="Europe/Paris"
            )
        )
    session.commit()
    try:
        page = browser.get("/territories?q=zed")
        found = [link for link in page.links() if link.startswith("/territories/")]
        assert len(found) == 30
        assert "Plus de 30 lieux trouvés" in page.words()
    finally:
        for one in session.query(Territory).filter(Territory.code.startswith("M-x")):
            session.delete(one)
        session.commit()


def test_the_page_of_a_commune_shows_what_is_open_around_it(browser, open_in, now):
    from datetime import timedelta

    for code, title in (
        ("FR", "Pour tous"),
        ("R-44", "En région"),
        ("A-41", "En Lorraine"),
        ("E-245400676", "Dans la métropole"),
        ("M-54395", "À Nancy"),
        ("D-51", "Dans la Marne"),
        ("C-988", "Au loin"),
    ):
        open_in(code, title)
    open_in("M-54395", "Finie", closes_at=now - timedelta(days=1))
    open_in("M-54395", "Privée", access="listed")
    page = browser.get("/territories/M-54395")
    words = page.words()
    for title in ("Pour tous", "En région", "En Lorraine", "Dans la métropole", "À Nancy"):
        assert title in words
    for title in ("Dans la Marne", "Au loin", "Finie", "Privée"):
        assert title not in words
    for above in ("FR", "R-44", "D-54", "A-41", "E-245400676"):
        assert f"/territories/{above}" in page.links()
    assert "Qui appeler" in words
    feed = browser.get("/territories/M-54395.atom")
    assert "À Nancy" in feed.text
    assert "Dans la Marne" not in feed.text
    assert "Privée" not in feed.text


def test_a_wide_territory_shows_what_is_open_inside_it(browser, open_in):
    open_in("M-54395", "À Nancy")
    open_in("C-988", "Au loin")
    page = browser.get("/territories/R-44")
    assert "À Nancy" in page.words()
    assert "Au loin" not in page.words()
    assert {"/territories/D-54", "/territories/D-51", "/territories/A-41"} <= set(page.links())
    assert "/territories/M-54395" not in page.links()
    assert "/territories/M-54395" in browser.get("/territories/E-245400676").links()
    assert "/territories/M-98818" in browser.get("/territories/C-988").links()


@pytest.mark.parametrize("end", ["", ".atom"])
@pytest.mark.parametrize("code", ["M-00000", "54395", "fr", "M-%C3%A9", "M-" + "9" * 300, "'"])
def test_a_place_that_is_not_there_is_not_found(browser, code, end):
    assert browser.get(f"/territories/{code}{end}").status == 404


def test_without_consultation_nor_telephone_the_page_still_helps(browser):
    words = browser.get("/territories/M-98818").words()
    assert "Aucune consultation n'est ouverte ici" in words
    assert "Vous pouvez répondre sur papier" in words


def test_the_next_meeting_and_the_open_votes_of_the_rooms_around(browser, make, now, statements):
    from datetime import timedelta

    from consult.models import Poll, RoomEvent, RoomOfficial, TerritoryModerator

    assert "Prochaines réunions" not in browser.get("/territories/M-54395").words()
    room, secret = (
        make.room("hub", "R-44"),
        make.room("hub", "R-44", is_private=True, moderates=False),
    )
    make.save(TerritoryModerator(territory_code="M-54395", room_id=room.id))
    of_room = {"room_id": room.id, "created_at": now}
    make.save(RoomOfficial(name="Awa Sarr", institution="Préfecture", **of_room))
    hours = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=2)}
    for one in (room, secret):
        made = {"room_id": one.id, "created_at": now, "time_zone": "Europe/Paris"}
        title = "Café numérique" if one is room else "Réunion fermée"
        make.save(RoomEvent(title=title, place="Mairie", **hours, **made))
        words = {"kind": "yes_no", "rule": "majority", "quorum": "none", "question": f"{title} ?"}
        dates = {"opens_at": now, "opened_at": now, "closes_at": now + timedelta(days=2)}
        make.save(Poll(**words, **dates, **made))
    with statements() as seen:
        page = browser.get("/territories/M-54395")
    assert len(seen) <= 7
    words = page.words()
    assert "Prochaines réunions Café numérique" in words and "Mairie" in words
    assert "Votes ouverts Café numérique ?" in words and "Awa Sarr" in words
    assert f"/rooms/{room.slug}" in page.links() and "Réunion fermée" not in words


def test_the_page_costs_the_same_whatever_is_open(app, open_in, statements):
    from tests.browser import Browser

    browser = Browser(app)
    open_in("R-44", "Une")
    browser.get("/territories/M-54395")
    with statements() as one:
        browser.get("/territories/M-54395")
    for number in range(5):
        open_in("R-44", f"Autre {number}")
    with statements() as more:
        browser.get("/territories/M-54395")
    assert len(more) == len(one) <= 7


def test_the_map_of_the_site_tells_of_the_territories(browser):
    assert "/territories" in browser.get("/site-map").links()
    text = browser.get("/sitemap.xml").text
    assert "/territories/R-44</loc>" in text
    assert "M-54395" not in text
    assert "/territories" in browser.get("/").links()


def test_what_is_to_come_and_what_was_written_there(browser, make, open_in, now):
    from datetime import timedelta

    open_in("D-54", "Bientôt", opens_at=now + timedelta(days=3))
    consultation = open_in("FR", "Pour tous")
    question = make.question(make.theme(consultation))
    make.answer(question, territory_code="M-54395", body="Un guichet à Nancy.")
    make.answer(question, territory_code="C-988", body="Un guichet à Nouméa.")
    words = browser.get("/territories/D-54").words()
    assert "Consultations à venir" in words and "Bientôt" in words
    assert "Un guichet à Nancy." in words and "Un guichet à Nouméa." not in words
    words = browser.get("/territories/D-51").words()
    assert "Bientôt" not in words
    assert "Personne d'ici n'a encore répondu" in words


def test_the_map_comes_after_the_list_and_says_the_same(browser):
    page = browser.get("/territories")
    [drawing] = [one for one in page.all(f"{SVG}svg") if one.get("role") == "group"]
    assert page.text.index('href="/territories/R-44"') < page.text.index("<figure")
    ids = {one.get("id"): "".join(one.itertext()) for one in drawing.iter() if one.get("id")}
    assert ids[drawing.get("aria-labelledby")] == "Carte des départements"
    assert "Chaque case" in ids[drawing.get("aria-describedby")]
    links = {one.get("href"): "".join(one.itertext()) for one in drawing.iter(f"{SVG}a")}
    assert set(links) == {"/territories/D-54", "/territories/D-51", "/territories/C-988"}
    assert links["/territories/D-54"].startswith("54 Meurthe-et-Moselle")
    assert links["/territories/D-54"].endswith("54")


def test_the_map_of_a_region_names_what_is_in_it(browser):
    drawn = {}
    for code in ("FR", "R-44", "A-41", "D-54", "C-988"):
        page = browser.get(f"/territories/{code}")
        drawn[code] = [
            {one.get("href") for one in svg.iter(f"{SVG}a")}
            for svg in page.all(f"{SVG}svg")
            if svg.get("role") == "group"
        ]
    own = {"/territories/D-54", "/territories/D-51"}
    assert drawn["FR"] == [own | {"/territories/C-988"}]
    assert drawn["R-44"] == [own]
    assert drawn["A-41"] == [{"/territories/D-54"}]
    assert drawn["D-54"] == drawn["C-988"] == []


def test_a_territory_far_away_says_its_hour(browser, make, now):
    from datetime import timedelta

    from consult.models import RoomEvent

    room = make.room("national", "FR")
    hours = {"starts_at": now + timedelta(days=1), "ends_at": now + timedelta(days=1, hours=2)}
    of_room = {"room_id": room.id, "created_at": now, "time_zone": "Europe/Paris"}
    make.save(RoomEvent(title="Réunion des hubs", link="https://exemple.fr/", **hours, **of_room))
    words = browser.get("/territories/M-98818").words()
    assert "Les heures sont celles de : Nouméa." in words
    told = "24 novembre 2026 à 20 h 00, heure de Nouméa (10 h 00 à Paris)"
    assert told in words
    near = browser.get("/territories/M-54395").words()
    assert "Les heures" not in near and "24 novembre 2026 à 10 h 00 · à distance" in near


def test_home_finds_a_territory_by_itself(browser):
    page = browser.submit(browser.get("/"), action="/territories", q="54000")
    assert "/territories/M-54395" in page.links()


def test_deadlines_are_told_there_and_in_paris(browser, session, make, now):
    from datetime import UTC, datetime

    consultation = make.consultation(
        slug="caillou",
        territory_code="C-988",
        time_zone="Pacific/Noumea",
        closes_at=datetime(2027, 4, 30, 12, 59, tzinfo=UTC),
    )
    make.question(make.theme(consultation, number=1), number=1)
    told = "30 avril 2027 à 23 h 59, heure de Nouméa (14 h 59 à Paris)"
    for url in ("/consultations/caillou", "/consultations/caillou/questions/1-1"):
        assert told in browser.get(url).words(), url
    here = "/consultations/caillou/questions/1-1"
    receipt = browser.submit(browser.get(here), f"{here}/send", value="Un guichet.")
    assert told in receipt.words()
    assert "(14 h 59 à Paris)" not in browser.get("/territories/D-54").words()
    consultation.time_zone = "Europe/Paris"
    session.commit()
    assert "à Paris" not in browser.get("/consultations/caillou").words()

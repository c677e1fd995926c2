"""Groupings and contacts: made by an administrator, used like any territory."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select

from consult.models import Consultation, Territory, TerritoryContact, TerritoryMember

PAGE = "/console/groupings"
HUB = f"{PAGE}/G-oceanpacifique"


@pytest.fixture(autouse=True)
def cleaned(session):
    yield
    session.rollback()
    session.execute(delete(TerritoryContact))
    for model, column in (
        (TerritoryMember, TerritoryMember.group_code), (Territory, Territory.code),
    ):  # fmt: skip
        kept = select(Consultation.territory_code).where(Consultation.territory_code == column)
        session.execute(delete(model).where(column.startswith("G-"), ~kept.exists()))
    session.commit()


@pytest.fixture
def ada(browser, make):
    account = make.account("administrator", "organiser", name="Ada")
    browser.as_(account)
    return account


def made(browser, name="Océan Pacifique", members=("988",)):
    page = browser.submit(browser.get(PAGE), PAGE, name=name, time_zone="Pacific/Noumea")
    for member in members:
        page = browser.submit(page, f"{page.url.partition('#')[0]}/members", member_name=member)
    return page


def test_a_grouping_is_made_filled_shown_and_renamed(browser, session, ada):
    assert PAGE in browser.get("/console").links()
    page = made(browser, members=("988", "54000"))
    assert page.url.startswith(HUB)
    assert {"/territories/C-988", "/territories/M-54395"} <= set(page.links())
    page = browser.submit(page, f"{HUB}/members/M-54395/delete")
    assert "/territories/M-54395" not in page.links()
    page = browser.submit(page, HUB, name="Pacifique")
    assert page.status == 200
    assert "Pacifique" in page.words()
    assert "1 territoire" in browser.get(PAGE).words()
    shown = browser.again().get("/territories/G-oceanpacifique")
    assert "Regroupement" in shown.words()
    assert "Les heures sont celles de : Nouméa" in shown.words()
    assert "/territories/C-988" in shown.links()
    assert "/territories/G-oceanpacifique" in browser.get("/territories/M-98818").links()
    assert "/territories/G-oceanpacifique" in browser.get("/territories?q=pacif").links()
    assert "/territories/G-oceanpacifique" in browser.get("/territories").links()


def test_what_cannot_be_made_says_why(browser, session, ada):
    page = made(browser)
    other = browser.submit(
        browser.get(PAGE), PAGE, name="océan pacifique", time_zone="Europe/Paris"
    )
    assert other.status == 422
    assert "Un autre regroupement porte ce nom" in other.words()
    assert 'value="océan pacifique"' in other.text
    for name, zone in (("", "Europe/Paris"), ("Hub", "Mars/X"), ("\x00", "Europe/Paris")):
        assert browser.submit(browser.get(PAGE), PAGE, name=name, time_zone=zone).status == 422
    for typed, said in (
        ("Atlantide", "Aucun lieu"),
        ("gran", "Plusieurs lieux"),
        ("océan pacifique", "Un regroupement réunit des territoires"),
        ("", "Aucun lieu"),
    ):
        again = browser.submit(page, f"{HUB}/members", member_name=typed)
        assert again.status == 422
        assert said in again.words()
    assert browser.submit(page, HUB, name="", time_zone="Europe/Paris").status == 422


def test_two_who_rename_at_once_are_told(browser, session, ada):
    page = made(browser)
    browser.submit(page, HUB, name="Le premier")
    late = browser.submit(page, HUB, name="Le second")
    assert late.status == 409
    assert "Le premier" in late.words() and 'value="Le second"' in late.text


def test_it_is_deleted_when_nothing_uses_it(browser, session, make, ada):
    page = made(browser)
    about = make.consultation(territory_code="G-oceanpacifique")
    refused = browser.submit(page, f"{HUB}/delete")
    assert refused.status == 409
    assert "Une consultation porte sur ce regroupement" in refused.words()
    about.territory_code = None
    session.commit()
    gone = browser.submit(page, f"{HUB}/delete")
    assert gone.url == PAGE
    for url in (HUB, "/territories/G-oceanpacifique"):
        assert browser.get(url).status == 404
    for action in ("", "/members", "/delete", "/members/C-988/delete"):
        token = next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")
        assert browser.post(f"{HUB}{action}", {"csrf_token": token}).status == 404


def test_an_official_territory_is_no_grouping(browser, ada):
    for url in (f"{PAGE}/R-44", f"{PAGE}/G-none", f"{PAGE}/x"):
        assert browser.get(url).status == 404


def test_a_consultation_is_about_it_in_its_own_hour(browser, session, make, ada):
    made(browser)
    draft = make.consultation(owner_id=ada.id, published_at=None, slug="mers", opens_at=None)
    make.question(make.theme(draft))
    url = "/console/consultations/mers/dates"
    page = browser.submit(
        browser.get(url),
        url,
        territory_code_name="ocean pacifique",
        time_zone="",
        opens_at="2026-12-01T08:00",
        closes_at="2027-04-30T23:59",
    )
    assert page.url == "/console/consultations/mers"
    session.refresh(draft)
    assert (draft.territory_code, draft.time_zone) == ("G-oceanpacifique", "Pacific/Noumea")
    assert draft.closes_at == datetime(2027, 4, 30, 12, 59, tzinfo=UTC)
    assert "(14 h 59 à Paris)" in page.words()
    form = browser.get(url)
    assert 'value="Océan Pacifique"' in form.text
    again = browser.submit(form, url)
    assert again.url == "/console/consultations/mers"
    session.refresh(draft)
    assert draft.territory_code == "G-oceanpacifique"


@pytest.mark.parametrize(("typed", "said"), [("Atlantide", "Aucun lieu"), ("gran", "Plusieurs")])
def test_the_territory_of_a_consultation_is_asked_again(browser, session, make, ada, typed, said):
    draft = make.consultation(owner_id=ada.id, published_at=None, slug="mers")
    url = "/console/consultations/mers/dates"
    page = browser.submit(browser.get(url), url, territory_code_name=typed)
    assert page.status == 422
    assert said in page.words()
    assert f'value="{typed}"' in page.text
    session.refresh(draft)
    assert draft.territory_code == "R-44"
    form = browser.get(url)
    browser.submit(form, url, territory_code_name="")
    session.refresh(draft)
    assert draft.territory_code is None


def test_lists_are_narrowed_to_it(browser, session, make, ada):
    made(browser, members=("988", "51"))
    wide = make.consultation(slug="france", territory_code="FR")
    own = make.consultation(slug="mers", territory_code="G-oceanpacifique")
    for consultation in (wide, own):
        question = make.question(make.theme(consultation))
        make.answer(question, territory_code="M-98818", body="De Nouméa.")
        make.answer(question, territory_code="D-54", body="De Lorraine.")
        url = f"/consultations/{consultation.slug}/answers"
        assert "Océan Pacifique" in browser.get(url).words()
        words = browser.get(f"{url}?territory=G-oceanpacifique").words()
        assert "De Nouméa." in words and "De Lorraine." not in words
    region = make.consultation(slug="est", territory_code="R-44")
    make.answer(make.question(make.theme(region)))
    assert "Océan Pacifique" not in browser.get("/consultations/est/answers").words()
    listed = browser.get("/consultations?territory=G-oceanpacifique")
    assert "/consultations/mers" in listed.links()
    assert "/consultations/france" not in listed.links()
    assert "/consultations/mers" in browser.get("/territories/M-98818").links()
    visitor = browser.again()
    before = visitor.get("/consultations/mers/answers")
    assert "Nouvelle-Calédonie" in before.words()
    browser.submit(browser.get(HUB), f"{HUB}/members/C-988/delete")
    after = visitor.get("/consultations/mers/answers").words()
    assert "Nouvelle-Calédonie" not in after


def test_a_territory_has_somebody_to_call(browser, session, ada):
    url = "/console/territories/D-54/contact"
    assert url in browser.get("/territories/D-54").links()
    page = browser.submit(
        browser.get(url), url, name="Ada", phone="03 83 00 00 00", hours="Le matin", email=""
    )
    assert page.url.startswith("/territories/D-54")
    words = browser.again().get("/territories/M-54395").words()
    assert "Ada · 03 83 00 00 00" in words
    assert "Le matin" in words and "Pour tout le territoire : Meurthe-et-Moselle" in words
    assert "03 83 00 00 00" not in browser.get("/territories/D-51").words()
    assert "/console/" not in " ".join(browser.again().get("/territories/D-54").links())
    refused = browser.submit(browser.get(url), url, phone="", name="Bob")
    assert refused.status == 422
    assert 'value="Bob"' in refused.text
    form = browser.get(url)
    browser.submit(form, url, phone="1")
    assert browser.submit(form, url, phone="2").status == 409
    browser.submit(browser.get(url), url, name="", phone="", hours="", email="")
    assert "Ada" not in browser.again().get("/territories/D-54").words()
    assert browser.get("/console/territories/M-00000/contact").status == 404


@pytest.mark.parametrize("url", [PAGE, HUB, "/console/territories/D-54/contact"])
def test_only_administrators_come_in(browser, make, url):
    assert browser.get(url).url.endswith("/sign-in")
    assert browser.again().as_(make.account("organiser")).get(url).status == 403

"""Taking one's data and erasing one's account, as the person sees it."""

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from consult import tasks
from consult.blueprints.personal import words
from consult.domain import retention
from consult.models import Account, Answer, JournalEntry, Mail, Stance
from consult.queries.personal import PARTS, Person
from tests.browser import fields
from tests.personal import EMAIL, NAME, Someone, left

DATA, ERASE = "/account/data", "/account/erase"
NEVER = ("/search?q=sarr", "/consultations/c", "/data", "/moderation/log", "/")


@pytest.fixture
def awa(make):
    return Someone(make).everything()


def link(page):
    return next(one for one in page.links() if one.startswith(f"{DATA}/"))


def opened(browser, url):
    response = browser.client.get(url)
    assert (response.status_code, response.mimetype) == (200, "application/zip")
    assert "no-store" in response.headers["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(response.data))
    assert archive.namelist() == ["mes-donnees.html", "mes-donnees.json"]
    readable, whole = (archive.read(name).decode() for name in archive.namelist())
    return readable, json.loads(whole)


def test_every_column_of_ones_data_has_words():
    """A column without words would refuse the whole file."""
    who = Person("a", "b", "c", ("d",))
    asked = {one.key: part.key for part in PARTS for one in part.rows(who).selected_columns}
    assert {name: part for name, part in asked.items() if name not in words.COLUMNS} == {}
    assert set(words.COLUMNS) - set(asked) == set()


def test_take_ones_data_and_nobody_elses(browser, awa, clock, session, make):
    browser.as_(awa.account)
    page = browser.get(DATA)
    assert "Prendre une copie" in page.words()
    page = browser.submit(page, DATA)
    assert "Votre fichier est prêt" in page.words() and "15 minutes" in page.words()
    readable, whole = opened(browser, link(page))
    assert NAME in readable and "Ouvrir le soir." in readable and "Mes textes" in readable
    assert whole["account"][0]["email"] == EMAIL and len(whole["texts"]) == 2
    assert "bob@" not in readable and "bob@" not in json.dumps(whole)
    # Nobody else, and no other session of the same person.
    others = (browser.again(), browser.again().as_(awa.bob), browser.again().as_(awa.account))
    assert [other.get(link(page)).status for other in others] == [404, 404, 404]
    assert browser.get(f"{DATA}/nothing").status == browser.get(f"{link(page)}x").status == 404
    acts = select(JournalEntry.facts).where(JournalEntry.act == "personal.asked")
    assert session.scalars(acts).all() == [{}]


def test_an_old_proof_is_asked_again_and_the_link_ends(browser, awa, clock, now):
    browser.as_(awa.account)
    page = browser.submit(browser.get(DATA), DATA)
    token = dict(fields(page.forms(DATA)[0]))["csrf_token"]
    clock.shift(now - datetime.now(UTC) + timedelta(minutes=16))
    assert browser.get(link(page)).status == 404
    page = browser.get(DATA)
    assert not page.forms(DATA) and f"/account/confirm?next={DATA}" in page.links()
    for url in (DATA, ERASE):
        assert browser.post(url, {"csrf_token": token, "texts": "kept"}).status == 422
    assert not browser.get(ERASE).forms(ERASE)


def named_in(folder):
    """The letters of the folder that are to Awa, or name her."""
    return [one.name for one in folder.glob("*.eml") if EMAIL in one.read_text()]


def test_erase_ones_account(browser, awa, app, session):
    browser.as_(awa.account)
    number = awa.account.id
    folder = Path(app.config["MAIL_URL"].removeprefix("file:"))
    for file in folder.glob("*.eml"):
        file.unlink()
    with app.app_context():
        tasks.send_mail(app)
    assert named_in(folder)
    before = len(session.scalars(select(Mail)).all())
    page = browser.get(ERASE)
    assert "Vos avis restent comptés" in page.words() and "tout de suite" in page.words()
    page = browser.submit(page, ERASE)
    assert page.status == 422 and "Choisissez ce que deviennent vos textes" in page.words()
    page = browser.submit(browser.get(ERASE), ERASE, texts="kept")
    assert "Votre compte est supprimé" in page.words()
    assert not named_in(folder)
    assert browser.get("/account").url.startswith("/sign-in")
    session.rollback()
    session.expire_all()
    assert session.scalars(select(Account.email)).all() == ["bob@exemple.fr"]
    assert len(session.scalars(select(Stance)).all()) == 1
    last = session.scalars(select(Mail).where(Mail.dedup_key.startswith("erased:"))).one()
    assert (last.recipient, NAME in last.body) == (EMAIL, False)
    assert before + 1 == len(session.scalars(select(Mail)).all())
    with app.app_context():
        tasks.send_mail(app)
    session.rollback()
    session.expire_all()
    assert left(session, ids={number}) == set()
    for url in NEVER:
        found = browser.get(url)
        assert not [word for word in (EMAIL, NAME) if word in found.text]
    answer, telling = session.scalars(
        select(Answer.id).where(Answer.contribution_id.is_not(None)).order_by(Answer.id)
    )
    kept = browser.get(f"/answers/{answer}")
    assert kept.status == 200 and "Ouvrir le soir." in kept.words() and NAME not in kept.text
    assert browser.get(f"/answers/{telling}").status == 404


def test_what_nobody_else_holds_is_handed_over_first(browser, make):
    boss = make.account("administrator")
    room = make.room("national", name="La salle du pays")
    make.joins(boss, room)
    browser.as_(boss)
    page = browser.get(ERASE)
    assert "passez la main" in page.words() and "La salle du pays" in page.words()
    assert not page.forms(ERASE)


def test_an_administrator_erases_for_someone_who_wrote(browser, awa, session):
    browser.as_(awa.bob)
    url = "/console/erasures"
    page = browser.submit(browser.get(url), url, email=EMAIL, texts="withdrawn")
    assert page.status == 422 and EMAIL in page.text and "qui demande" in page.words()
    page = browser.submit(browser.get(url), url, email="nul@exemple.fr", texts="kept", sure="on")
    assert page.status == 404 and "Rien ici" in page.words()
    page = browser.submit(browser.get(url), url, email=EMAIL, texts="withdrawn", sure="on")
    assert "effacé" in page.words()
    session.rollback()
    session.expire_all()
    assert session.scalars(select(Account.email)).all() == ["bob@exemple.fr"]


def test_a_device_takes_what_it_did_without_an_account(browser, awa, session):
    page = browser.get("/follow-up")
    assert "/follow-up/data" not in page.links() and browser.get("/follow-up/data").status == 404
    page = browser.get("/consultations/c/questions/1-1")
    here = "/consultations/c/questions/1-1"
    page = browser.submit(page, f"{here}/send", button=f"{here}/check", value="Mon avis à moi.")
    browser.submit(page, f"{here}/send", signed_as="none")
    assert "/follow-up/data" in browser.get("/follow-up").links()
    readable, whole = opened(browser, "/follow-up/data")
    assert [one["body"] for one in whole["texts"]] == ["Mon avis à moi."]
    assert {"contributions", "devices", "acts"} <= set(whole) and EMAIL not in readable
    assert browser.again().as_(awa.account).get("/follow-up/data").status == 404


def test_a_visitor_takes_what_their_number_leads_to(browser, awa, make):
    page = browser.submit(browser.get("/follow-up"), "/follow-up", number=awa.number)
    url = next(one for one in page.links() if one.endswith("/data"))
    readable, whole = opened(browser, url)
    assert set(whole) == {"contributions"} and awa.number in readable
    assert browser.again().get(url).status == 404


def test_the_delays_are_those_of_the_rules(browser):
    words = browser.get("/privacy").words()
    assert f"{retention.ACCOUNT.number} mois" in words and "Mes données" in words
    assert f"{retention.WARNING.number} jours pour se connecter" in words

"""Someone's access is closed with a reason, and given back; they still read why, take, erase."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Account, AccountClosing, Mail, Statement
from consult.services import passwords

PAGE = "/console/people"


@pytest.fixture
def ada(browser, make):
    account = make.account("administrator", name="Ada")
    browser.as_(account)
    return account


def found(browser, email):
    return browser.submit(browser.get(f"{PAGE}/closed"), f"{PAGE}/closed", email=email)


def letter(session, email, key):
    session.rollback()
    query = select(Mail).where(Mail.recipient == email, Mail.dedup_key.like(f"{key}%"))
    return session.scalars(query.order_by(Mail.created_at.desc(), Mail.id.desc())).first()


def let_in(browser, session, email):
    """Ask for a link, and press its button."""
    browser.submit(browser.get("/sign-in"), "/sign-in", email=email)
    link = re.search(r"http://localhost(/\S+)", letter(session, email, "way-in").body)[1]
    return browser.submit(browser.get(link), link)


def test_an_access_is_closed_and_given_back(browser, session, make, ada):
    bob = make.account(name="Bob Li")
    question = make.question(make.theme(), number=1)
    theirs = make.participant(account_id=bob.id)
    answer = make.answer(question, participant_id=theirs.id, body="Un texte de Bob.")
    inside = browser.again().as_(bob)
    form = inside.get("/account/profile")
    person = found(browser, bob.email)
    assert "Bob Li" in person.words() and "Accès ouvert" in person.words()
    refused = browser.submit(person, f"{person.url}/close", reason="attack", words=" ")
    assert refused.status == 422 and "Dites ce qui s’est passé" in refused.words()
    said = {"reason": "attack", "words": "Trois messages <b>du 3 mai</b>."}
    done = browser.submit(person, f"{person.url}/close", **said)
    assert "Accès fermé" in done.words() and "Fermé par Ada" in done.words()
    assert "Trois messages <b>du 3 mai</b>." in done.words()
    assert inside.get("/account").url.endswith("/sign-in")
    assert inside.submit(form, "/account/profile", name="X").status == 403
    assert "Un texte de Bob." in browser.again().get(f"/answers/{answer.id}").words()
    told = letter(session, bob.email, "access_closed")
    assert "Trois messages" in told.body and "S’en prend à des personnes" in told.body
    assert "/help" in told.body and "/sign-in" in told.body
    assert "Bob Li" in browser.get(f"{PAGE}/closed").words()
    outside = browser.again()
    page = let_in(outside, session, bob.email)
    assert page.url == "/access-closed" and "Trois messages" in page.words()
    assert outside.get("/account").url.endswith("/sign-in")
    browser.submit(done, f"{person.url}/reopen")
    assert letter(session, bob.email, "access_reopened")
    assert inside.get("/account").url.endswith("/sign-in")
    assert outside.get("/access-closed").url == "/sign-in"
    assert "Bob Li" not in browser.get(f"{PAGE}/closed").words()


def test_whoever_is_outside_takes_their_data_and_erases_it(browser, session, make, ada):
    bob = make.account(name="Bob Li", second_step="app")
    make.save(AccountClosing(account_id=bob.id, reason="taken", words="Vu.", closed_at=make.now))
    bob.active = False
    session.commit()
    outside = browser.again()
    page = let_in(outside, session, bob.email)
    assert page.url == "/sign-in/second-step"
    from tests.browser import print_one

    code = print_one(browser.app, bob.id)
    page = outside.submit(page, "/sign-in/second-step", code=code)
    assert page.url == "/access-closed"
    data = {"csrf_token": next(one.get("value") for one in page.all("input"))}
    answer = outside.client.post("/access-closed/data", data=data)
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert names == ["mes-donnees.html", "mes-donnees.json"]
    assert b"Quelqu" in zipfile.ZipFile(io.BytesIO(answer.data)).read(names[0])
    assert outside.submit(page, "/access-closed/erase").status == 422
    gone = outside.submit(page, "/access-closed/erase", texts="kept")
    assert "Votre compte est effacé" in gone.words() or "Votre compte est supprimé" in gone.words()
    session.rollback()
    assert session.scalars(select(Account.email)).all() == [ada.email]
    assert outside.client.post("/access-closed/erase", data=data).status_code == 303


def test_nobody_acts_from_outside_without_having_shown_who_they_are(
    browser, session, make, clock, now
):
    bob = make.account(active=False)
    page = browser.get("/sign-in")
    token = {"csrf_token": next(one.get("value") for one in page.all("input"))}
    for url in ("/access-closed/data", "/access-closed/erase"):
        assert browser.post(url, token).url == "/sign-in"
    page = let_in(browser, session, bob.email)
    assert page.url == "/access-closed"
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    assert browser.submit(page, "/access-closed/erase", texts="kept").url == "/sign-in"
    assert session.scalars(select(Account.id)).all() == [bob.id]
    assert session.scalars(select(Statement.id)).all() == []


def test_only_an_administrator_who_shows_who_they_are_closes_an_access(
    browser, session, make, clock, now, statements
):
    ada = make.account(
        "administrator", name="Ada", password=passwords.HASHER.hash("cheval pile agrafe")
    )
    bob, said = make.account(), {"reason": "attack", "words": "Des attaques."}
    browser.as_(ada)
    assert browser.get(f"{PAGE}/{make.now:%Y}").status == 404
    assert found(browser, "x@exemple.fr").status == 404
    assert found(browser, "x").status == 422
    mine = browser.get(f"{PAGE}/{ada.id}")
    assert "C’est vous" in mine.words() and not mine.forms(f"{PAGE}/{ada.id}/close")
    with statements() as seen:
        page = browser.get(f"{PAGE}/{bob.id}")
    assert len(seen) <= 7
    with statements() as seen:
        browser.get(f"{PAGE}/closed")
    assert len(seen) <= 5
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    kept = browser.submit(page, f"{page.url}/close", **said)
    assert kept.status == 422 and "Des attaques." in kept.text
    session.rollback()
    assert session.scalar(select(Account.active).where(Account.id == bob.id))
    done = browser.submit(kept, f"{page.url}/close", current="cheval pile agrafe", **said)
    again = {"csrf_token": next(one.get("value") for one in done.all("input")), **said}
    assert browser.post(f"{page.url}/close", again).status == 409
    for who in (make.account("organiser"), make.account()):
        other = browser.again().as_(who)
        assert other.get(f"{PAGE}/{bob.id}").status == 403
        assert other.get(f"{PAGE}/closed").status == 403

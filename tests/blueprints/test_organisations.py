"""Organisations as actors: several people, each with their own account, sign for one."""

import re

import pytest
from sqlalchemy import select

from consult.models import Mail, Organisation

MINE = "/account/organisations"
HERE = "/organisations/la-fabrique"
QUESTION = "/consultations/c/questions/1-1"


@pytest.fixture
def question(make):
    return make.question(make.theme(make.consultation(slug="c"), number=1), number=1)


@pytest.fixture
def ada(browser, make, question):
    browser.as_(make.account(name="Ada"))
    browser.submit(browser.get(MINE), MINE, name="La Fabrique", function="Directrice")
    return browser


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def sign(browser, name="La Fabrique"):
    page = browser.submit(
        browser.get(QUESTION), f"{QUESTION}/send", button=f"{QUESTION}/check", value="Notre avis."
    )
    return browser.submit(page, f"{QUESTION}/send", signed_as="organisation", organisation=name)


def test_declared_then_shared_by_letter_and_left(ada, session, make):
    assert "La Fabrique" in ada.get(MINE).words()
    members = f"{HERE}/members"
    page = ada.submit(ada.get(members), f"{HERE}/invitations", email="bob@x.fr")
    assert "bob@x.fr" in page.words()
    session.rollback()
    mail = session.scalars(select(Mail).where(Mail.recipient == "bob@x.fr")).one()
    link = re.search(r"http://localhost(/organisation-invitations/\S+)", mail.body)[1]
    bob = ada.again()
    for _ in range(2):
        assert "La Fabrique" in bob.get(link).words()
    after = bob.submit(bob.get(link), link)
    assert after.url.endswith(members) and "agissez maintenant" in after.words()
    assert bob.get(link).status == 422
    assert bob.post(link, {"csrf_token": token(after)}).status == 422
    page = bob.submit(bob.get(members), members, function="Animateur", is_shown="on")
    assert "Animateur" in page.words()
    ended = [f.get("action") for f in page.forms() if "/members/" in f.get("action")]
    assert len(ended) == 1
    first = next(
        f.get("action") for f in ada.get(members).forms() if "/members/" in f.get("action")
    )
    assert bob.post(first, {"csrf_token": token(page)}).status == 403
    assert "il faut une nouvelle invitation" in page.words()
    assert bob.submit(page, ended[0]).url.endswith(MINE)
    assert bob.get(members).status == 403


def test_an_official_name_is_its_members_alone(ada, browser, session, make):
    assert "Merci" in sign(ada).words()
    organiser = browser.again().as_(make.account("organiser"))
    page = organiser.submit(
        organiser.get(f"{HERE}/members"), f"{HERE}/confirm", button=("official", "yes")
    )
    assert "Officielle" in page.words()
    stranger = browser.again()
    page = sign(stranger)
    assert page.status == 422
    assert "Seuls ses membres" in page.words() and "Notre avis." in page.text
    page = sign(stranger, "La Fabr1que")
    assert page.status == 422 and "ressemble" in page.words()
    assert "Merci" in sign(ada).words()
    assert "Merci" in sign(stranger, "Une autre").words()
    page = organiser.submit(
        organiser.get(f"{HERE}/members"), f"{HERE}/confirm", button=("official", "no")
    )
    assert "Merci" in sign(stranger).words()


def test_the_page_names_those_who_agreed_and_all_that_is_signed(ada, make, session):
    sign(ada)
    organisation = session.scalars(select(Organisation)).one()
    facts = {"signed_as": "organisation", "organisation_id": organisation.id}
    make.proposal(make.theme(make.consultation()), title="Un bus", **facts)
    page = ada.again().get(HERE)
    assert "Ada" not in page.words()
    assert "Notre avis." in page.words() and "numéro" in page.words()
    assert any(link.startswith("/proposals/") for link in page.links())
    ada.submit(ada.get(f"{HERE}/members"), f"{HERE}/members", is_shown="on", function="Directrice")
    assert "Ada, Directrice" in ada.again().get(HERE).words()


def test_a_name_used_before_is_told_from_the_official_one(browser, session, make, question):
    sign(browser, "La Fabr1que")
    admin = browser.again().as_(make.account("administrator", name="Zoé"))
    admin.submit(admin.get(MINE), MINE, name="La Fabrique")
    admin.submit(admin.get(f"{HERE}/members"), f"{HERE}/confirm", button=("official", "yes"))
    assert "la structure officielle" in browser.get("/organisations/la-fabr1que").words()


def test_what_is_refused_comes_back(ada, make):
    page = ada.submit(ada.get(MINE), MINE, name="la fabrique")
    assert page.status == 409 and "la fabrique" in page.text
    assert ada.submit(ada.get(MINE), MINE, name="a\x00").status == 422
    members = ada.get(f"{HERE}/members")
    assert ada.submit(members, f"{HERE}/invitations", email="moi").status == 422
    assert ada.submit(members, f"{HERE}/members", function="x" * 121).status == 422
    other = ada.again().as_(make.account())
    data = {"csrf_token": token(other.get(MINE)), "email": "x@x.fr"}
    for url in (f"{HERE}/members", f"{HERE}/invitations"):
        assert other.post(url, data).status == 403
    for url in (f"{HERE}/invitations/!/delete", f"{HERE}/members/!/delete"):
        assert ada.post(url, {"csrf_token": token(members)}).status == 404
    data = {"csrf_token": token(members), "email": "bob@x.fr"}
    ada.post(f"{HERE}/invitations", data)
    page = ada.get(f"{HERE}/members")
    url = next(
        f.get("action")
        for f in page.forms()
        if "/delete" in f.get("action") and "inv" in f.get("action")
    )
    assert "ne marche plus" in ada.submit(page, url).words()

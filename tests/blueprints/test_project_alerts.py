"""Reporting a project: two presses, a number, an answer by whoever looks after its text."""

import pytest
from sqlalchemy import select

from consult.models import Mail, Report
from consult.services import rooms
from tests import open_calls
from tests.sent_projects import token

LEGAL = {"name": "Ada", "email": "ada@exemple.fr", "good_faith": "1"}
HIDE = {"reason": "advertising", "words": "Une publicité."}


@pytest.fixture
def project(make):
    return open_calls.project(make, open_calls.call(make, slug="appel"), what="Achetez ici.")


@pytest.fixture
def inside(browser, make, project):
    """Whoever facilitates the room that reads the place of the call."""
    person = make.account(name="Inès")
    make.joins(person, make.room("hub", "R-44"))
    rooms.work_out(make.session)
    make.session.commit()
    return browser.again().as_(person)


def letters(session, prefix):
    session.rollback()
    query = select(Mail).where(Mail.dedup_key.like(f"{prefix}:%")).order_by(Mail.id)
    return session.scalars(query).all()


def test_a_project_is_reported_then_kept_or_hidden(browser, session, inside, project):
    here = f"/projects/{project.id}"
    at = f"{here}/report-text"
    assert "Aucun projet" in inside.get("/projects/reported").words()
    assert at in browser.get(here).links()
    page = browser.get(at)
    assert "Achetez ici." in page.words()
    legal = {"reason": "illegal", "csrf_token": token(page), "name": "Ada"}
    page = browser.post(at, legal)
    assert page.status == 422 and 'value="Ada"' in page.text
    receipt = browser.post(at, legal | LEGAL)
    kept = session.scalars(select(Report)).one()
    assert receipt.url == f"/reports/{kept.id}" and kept.number in receipt.words()
    assert {here, "/open-calls/appel"} <= set(receipt.links())
    assert "Projet · Appel" in receipt.words() and "Achetez" not in receipt.words()
    (letter,) = letters(session, "report")
    assert f"{here}\n" in letter.body and "Appel" in letter.body
    assert "déjà" in browser.post(at, legal | LEGAL).words()


def test_what_is_decided_is_told_to_who_reported(browser, session, inside, project):
    here = f"/projects/{project.id}"
    at = f"{here}/report-text"
    page = browser.get(at)
    legal = {"reason": "illegal", "csrf_token": token(page)}
    receipt = browser.post(at, legal | LEGAL)
    assert "1 projet est signalé" in inside.get("/moderation").words()
    listed = inside.get("/projects/reported")
    assert "signalé par 1 personne" in listed.words()
    page = inside.get(here)
    assert "Contenu illégal" in page.words() and "Ada" not in page.text
    page = inside.submit(page, f"{here}/keep", button=("reason", "opinion"))
    assert "Contenu illégal" not in page.words()
    (letter,) = letters(session, "report-answered")
    assert "reste public" in letter.body
    assert "reste public" in browser.get(receipt.url).words()
    for reason, status in (("opinion", 409), ("x", 422), ("", 422)):
        sent = {"reason": reason, "csrf_token": token(page)}
        assert inside.post(f"{here}/keep", sent).status == status

    other = browser.again()
    number = other.submit(other.get(at), at, button=("reason", "advertising")).url
    inside.submit(inside.get(here), f"{here}/hide", **HIDE)
    assert "masqué" in other.get(number).words()
    assert other.get(at).status == 404
    assert here not in other.get(number).links()
    inside.submit(inside.get(here), f"{here}/show")
    assert "pas encore" in other.get(number).words()


def test_who_looks_after_nothing_decides_nothing(browser, make, project):
    stranger = browser.as_(make.account())
    assert stranger.get("/projects/reported").status == 403

"""A project is reported, decided about in the queue, contested, read a second time, logged."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.domain.reports import Notice
from consult.models import Decision, Mail, Mandate, Report
from consult.services import reports, second_readings
from tests import open_calls, rooms
from tests.browser import fields
from tests.sent_projects import token

LEGAL = {"name": "Bob", "email": "bob@exemple.fr", "good_faith": "1"}
QUEUE, DECIDE, AGAIN = "/moderation", "/moderation/decisions", "/moderation/second-readings"


@pytest.fixture
def world(session, make, now):
    """Rooms, a call of the place of the hub, a project of the local room's with its carrier."""
    found = rooms.tree(session, make, now)
    found.ada = make.account(email="ada@exemple.fr")
    lead = make.organisation(name="La Fabrique")
    make.save(Mandate(organisation_id=lead.id, account_id=found.ada.id, began_at=now))
    call = open_calls.call(make, slug="appel", title="Appel du printemps")
    facts = {"what": "Achetez ici.", "territory_code": "D-54", "title": "La vente"}
    found.project = open_calls.project(make, call, lead=lead, **facts)
    return found


@pytest.fixture
def project(world):
    return world.project


@pytest.fixture
def inside(browser, world):
    """Whoever facilitates the room that reads the place of the project."""
    return browser.again().as_(world.by_local)


def letters(session, prefix):
    session.rollback()
    query = select(Mail).where(Mail.dedup_key.like(f"{prefix}:%")).order_by(Mail.id)
    return session.scalars(query).all()


def report(browser, project):
    at = f"/projects/{project.id}/report-text"
    legal = {"reason": "illegal", "csrf_token": token(browser.get(at))}
    return browser.post(at, legal | LEGAL)


def press(browser, page, project, decision, **typed):
    stamp = {"text": f"{project.id}.{project.version}.{project.moderation}"}
    return browser.post(DECIDE, stamp | {"csrf_token": token(page), "decision": decision} | typed)


def test_a_project_is_reported_in_two_presses(browser, session, inside, project):
    here = f"/projects/{project.id}"
    at = f"{here}/report-text"
    assert "Signalés (0)" in inside.get(QUEUE).words()
    assert at in browser.get(here).links()
    page = browser.get(at)
    assert "Achetez ici." in page.words()
    legal = {"reason": "illegal", "csrf_token": token(page), "name": "Bob"}
    page = browser.post(at, legal)
    assert page.status == 422 and 'value="Bob"' in page.text
    receipt = browser.post(at, legal | LEGAL)
    kept = session.scalars(select(Report)).one()
    assert receipt.url == f"/reports/{kept.id}" and kept.number in receipt.words()
    assert {here, "/open-calls/appel"} <= set(receipt.links())
    assert "Projet · Appel du printemps" in receipt.words() and "Achetez" not in receipt.words()
    (letter,) = letters(session, "report")
    assert f"{here}\n" in letter.body and "Appel" in letter.body
    assert "déjà" in browser.post(at, legal | LEGAL).words()


def test_what_is_decided_in_the_queue_is_told_to_who_reported(browser, session, inside, project):
    receipt = report(browser, project)
    assert "Signalés (1)" in inside.get(QUEUE).words()
    assert f"{QUEUE}?state=reported" in inside.get("/console").links()
    page = inside.get(f"{QUEUE}?state=reported")
    for words in (
        "Achetez ici.",
        "Les habitants",
        "Contenu illégal",
        "La Fabrique",
        "Projet : La vente",
    ):
        assert words in page.words(), words
    assert "Bob" not in page.text and "/open-calls/appel" in page.links()
    page = press(inside, page, project, "keep.opinion", state="reported")
    assert "Achetez ici." not in page.words()
    (letter,) = letters(session, "report-answered")
    assert "reste public" in letter.body and "reste public" in browser.get(receipt.url).words()
    assert press(inside, page, project, "keep.opinion").status == 409
    assert press(inside, page, project, "hide.off_topic").status == 422
    other = browser.again()
    at = f"/projects/{project.id}/report-text"
    number = other.submit(other.get(at), at, button=("reason", "advertising")).url
    press(inside, page, project, "hide.advertising", note="Rien ne se vend ici.")
    session.refresh(project)
    assert "masqué" in other.get(number).words()
    assert other.get(f"/projects/{project.id}").status == other.get(at).status == 404
    (letter,) = letters(session, "decision")
    assert letter.recipient == "ada@exemple.fr" and "Rien ne se vend ici." in letter.body
    inside.submit(inside.get(QUEUE), f"{QUEUE}/undo")
    assert "pas encore" in other.get(number).words() and letters(session, "decision") == []
    assert "Achetez ici." in inside.get(f"{QUEUE}?state=reported&call=appel").words()


def test_a_text_and_a_project_are_left_public_together(
    browser, session, make, inside, project, now
):
    answer = make.answer(make.question(), territory_code="D-54")
    report(browser, project)
    who = make.participant().id
    reports.send(session, answer, Notice("attack"), participant_id=who, now=now)
    session.commit()
    page = inside.get(f"{QUEUE}?state=reported")
    assert f"{QUEUE}/readings" in page.text
    several = next(form for form in page.forms(DECIDE) if form.get("id") == "several")
    stamps = [value for name, value in fields(several) if name == "shown"]
    sent = {"csrf_token": token(page), "shown": stamps, "all": "1", "state": "reported"}
    gone = inside.post(DECIDE, sent | {"decision": "keep.because"})
    assert gone.status == 422
    done = inside.post(DECIDE, sent | {"decision": "keep.follows_rules"})
    assert "2 textes restent publics" in done.words()
    outcomes = session.scalars(select(Report.outcome).order_by(Report.id)).all()
    assert outcomes == ["kept", "kept"]


def test_those_who_carry_it_read_why_and_ask_for_a_second_reading(
    browser, session, make, world, inside, project
):
    here, at = f"/projects/{project.id}", f"/projects/{project.id}/second-reading"
    link = next(one for one in inside.get(here).links() if one.startswith(QUEUE))
    page = inside.get(link)
    assert "Achetez ici." in page.words()
    ada = browser.again().as_(world.ada)
    assert ada.get(at).status == 409
    press(inside, page, project, "hide.advertising", note="Rien ne se vend ici.")
    session.expire_all()
    page = ada.get(here)
    for words in (
        "Publicité",
        "Rien ne se vend ici.",
        "La règle",
        "Salle du 54",
        "pas une machine",
    ):
        assert words in page.words(), words
    assert {at, f"{here}/edit"} <= set(page.links()) and "Amina" not in page.text
    assert "Rien ne se vend ici." in inside.get(here).words()
    assert inside.get(at).status == 403
    assert browser.again().as_(make.account()).get(at).status == 404
    page = ada.get(at)
    assert ada.submit(page, at, words="x" * 501).status == 422
    ada.submit(page, at, words="C’est un don.")
    assert ada.post(at, {"csrf_token": token(page)}).status == 409
    assert "demandé une deuxième lecture" in ada.get(here).words()
    assert "C’est un don." not in inside.get(AGAIN).words()
    project.moderation = "pending"
    session.commit()
    assert "a été corrigé" in ada.get(here).words()


@pytest.fixture
def contested(browser, session, world, inside, project, now):
    """The decision that hid a reported project, which its carrier contests."""
    report(browser, project)
    press(inside, inside.get(QUEUE), project, "hide.advertising", note="Rien ne se vend ici.")
    session.expire_all()
    words, actor = "C’est un don.", f"account:{world.ada.id}"
    second_readings.ask(session, project, words=words, actor=actor, now=now)
    session.commit()
    return session.scalars(select(Decision)).one()


def test_the_room_above_shows_it_again_and_the_log_tells(
    browser, session, world, inside, project, contested, now
):
    above = browser.again().as_(world.by_hub)
    assert AGAIN in above.get("/console").links()
    page = above.get(AGAIN)
    for words in ("C’est un don.", "Achetez ici.", "Les habitants", "Rien ne se vend ici."):
        assert words in page.words(), words
    action = f"{AGAIN}/{contested.id}"
    sent = {"csrf_token": token(page), "reason": "C’est un don.", "outcome": "overturned"}
    own = sent | {"csrf_token": token(inside.get(QUEUE))}
    assert inside.post(action, own).status == 403
    assert above.post(action, sent | {"reason": ""}).status == 422
    above.post(action, sent)
    assert above.post(action, sent).status == 409
    assert browser.again().get(f"/projects/{project.id}").status == 200
    (told,) = letters(session, "second-reading")
    assert told.recipient == "ada@exemple.fr" and "C’est un don." in told.body
    again = [one for one in letters(session, "report-answered") if one.dedup_key.endswith("second")]
    assert [one.recipient for one in again] == ["bob@exemple.fr"]
    session.get_one(Decision, contested.id).decided_at = now - timedelta(minutes=11)
    session.commit()
    for log in ("/moderation/log", "/open-calls/appel/moderation"):
        words = browser.again().get(log).words()
        assert "Masqué · Projet" in words and "Achetez" not in words
        assert "1 décision changée" in words
    table = browser.again().get("/open-calls/appel/moderation.csv").text
    assert ",project,hidden,advertising," in table and ",appel" in table
    assert browser.again().get("/open-calls/autre/moderation").status == 404


def test_who_looks_after_nothing_decides_nothing(browser, make, project):
    stranger = browser.as_(make.account())
    assert stranger.get(QUEUE).status == 403

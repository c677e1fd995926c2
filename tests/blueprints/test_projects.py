"""A project from its first draft to the reading of the principles, as the people do it."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from consult.models import HelpOffer, Mandate, Organisation, Project, ProjectCarrier, ProjectFile
from tests import open_calls
from tests.sent_projects import letters, send, token, write

READING = "/open-calls/appel/principles"


@pytest.fixture
def officer(make):
    return make.account(name="Olga", second_step="app")


@pytest.fixture
def call(make, officer):
    found = open_calls.call(make, officer=officer, slug="appel", lines_above_cents=500_000)
    officer.runs_calls = True
    make.session.commit()
    return found


@pytest.fixture
def ada(browser, make, call):
    return browser.as_(make.account(name="Ada", email="ada@exemple.fr"))


def test_a_project_is_drafted_checked_and_sent(ada, session, make, call):
    page = write(ada, asked="1.234,5.6")
    assert page.status == 422 and "Réparer ensemble." in page.text
    page = write(ada, asked="6 000", for_whom="", partners="La Ludothèque")
    assert page.url.endswith("/check") and "Écrivez pour qui" in page.words()
    assert "lignes de votre budget" in page.words() or "coûte en tout" in page.words()
    project = session.scalars(select(Project)).one()
    here = f"/projects/{project.id}"
    visitor = ada.again()
    assert visitor.get(here).status == 404
    page = ada.post(f"{here}/send", {"csrf_token": token(ada.get(f"{here}/edit"))})
    assert page.status == 422
    page = ada.get(f"{here}/edit")
    assert ada.submit(page, f"{here}/edit", cost_label="Salle", cost_amount="").status == 422
    page = ada.submit(
        page,
        f"{here}/edit",
        for_whom="Tous",
        asked="6 000,50",
        cost="7 000",
        cost_label="Salle",
        cost_amount="7 000",
    )
    assert "6 000,50 €" in page.words() and "Salle" in page.words()
    page = send(ada, page)
    assert "Il porte le numéro 1" in page.words() and "Pas encore lu" in page.words()
    assert "ada@exemple.fr" in page.words()
    assert ada.get("/account/projects").status == 200
    seen = visitor.get(here)
    assert seen.status == 200 and "La Fabrique" in seen.words() and "Ludothèque" in seen.words()
    assert "ada@exemple.fr" not in seen.text
    assert [one.subject for one in letters(session, "ada@exemple.fr")] == [
        "Votre projet est déposé (Repair café)"
    ]


def test_a_sent_project_is_corrected_until_the_close_and_withdrawn(ada, session, make, call):
    page = send(ada, write(ada))
    here = page.url.removeprefix("http://localhost")
    visitor = ada.again()
    assert visitor.get(f"{here}/edit").status in (200, 303)  # asked to sign in
    stranger = ada.again().as_(make.account())
    assert stranger.get(f"{here}/edit").status == 403
    stale = ada.get(f"{here}/edit")
    page = ada.submit(ada.get(f"{here}/edit"), f"{here}/edit", title="Café")
    assert "Café" in page.words()
    page = ada.submit(stale, f"{here}/edit", title="Atelier")
    assert page.status == 409 and "Atelier" in page.text
    assert "Café" in ada.get("/account/projects").words()
    call.closes_at = make.now - timedelta(days=1)
    make.session.commit()
    assert ada.submit(stale, f"{here}/edit", asked="9 999").status == 409
    page = ada.submit(ada.get(f"{here}/withdraw"), f"{here}/withdraw")
    assert page.status == 422
    page = ada.submit(page, f"{here}/withdraw", reason="Plus le temps")
    assert "Retiré" in page.words() and visitor.get(here).status == 404
    session.expire_all()
    assert session.scalars(select(Project)).one().asked_cents == 400_000
    assert ada.post(f"{here}/reopen", {"csrf_token": token(stale)}).status == 409


def test_help_is_offered_without_an_account_and_read_by_the_carriers_alone(ada, session, call):
    page = send(ada, write(ada))
    here = page.url.removeprefix("http://localhost")
    visitor = ada.again()
    form = visitor.get(f"{here}/help")
    assert visitor.submit(form, f"{here}/help").status == 422
    page = visitor.submit(form, f"{here}/help", kind="room", name="Zoé", contact="06 00 00 00 00")
    assert "Merci" in page.words() and "06 00" not in page.text
    assert "06 00 00 00 00" in ada.get(here).words()
    assert "Zoé" not in ada.again().get(here).words()
    offered = session.scalars(select(HelpOffer)).one()
    back = f"{here}/help/{offered.id}/withdraw"
    other = ada.again()
    assert other.post(back, {"csrf_token": token(other.get(f"{here}/help"))}).status == 404
    assert "retirée" in visitor.submit(visitor.get(here), back).words()
    assert "Zoé" not in ada.get(here).words()


def test_files_are_for_the_carriers_and_the_officers_alone(ada, session, make, call, officer, app):
    page = send(ada, write(ada))
    here = page.url.removeprefix("http://localhost")
    key = token(ada.get(f"{here}/files"))
    for content, name in ((b"<html>", "a.pdf"), (b"", "")):
        data = {"csrf_token": key, "file": (BytesIO(content), name)}
        assert ada.post(f"{here}/files", data).status == 422
    data = {"csrf_token": key, "title": "Le devis", "file": (BytesIO(b"Un devis."), "devis.txt")}
    assert ada.post(f"{here}/files", data).status == 200
    joined = session.scalars(select(ProjectFile)).one()
    path = f"{here}/files/{joined.id}"
    olga, stranger = ada.again().as_(officer), ada.again().as_(make.account())
    for one in (ada, olga):
        answer = one.client.get(path)
        assert answer.status_code == 200 and answer.data == b"Un devis."
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        answer.close()
    assert stranger.client.get(path).status_code == 404
    assert "Le devis" not in stranger.get(here).words()
    assert (
        stranger.post(f"{path}/delete", {"csrf_token": token(stranger.get(f"{here}/help"))}).status
        == 403
    )
    ada.submit(ada.get(f"{here}/files"), f"{path}/delete")
    assert ada.client.get(path).status_code == 404


def test_the_page_and_the_reading_cost_the_same_whatever_their_length(
    ada, make, call, officer, statements
):
    sent = [open_calls.project(make, call, number=number) for number in range(1, 12)]
    visitor, olga = ada.again(), ada.again().as_(officer)
    visitor.get(f"/projects/{sent[0].id}")
    olga.get(READING)
    with statements() as seen:
        visitor.get(f"/projects/{sent[1].id}")
    assert len(seen) <= 7, seen
    with statements() as seen:
        olga.get(READING)
    assert len(seen) <= 9, seen


def test_a_partner_reads_neither_the_contacts_nor_the_files_nor_the_offers(ada, make, call, app):
    page = send(ada, write(ada, partners="La Ludothèque"))
    here = page.url.removeprefix("http://localhost")
    project = make.session.scalars(select(Project)).one()
    partner = make.session.scalars(
        select(ProjectCarrier.organisation_id).where(~ProjectCarrier.leads)
    ).one()
    bob = make.account(name="Bob")
    make.save(Mandate(organisation_id=partner, account_id=bob.id, began_at=make.now))
    data = {"csrf_token": token(ada.get(f"{here}/files")), "title": "Le devis"}
    ada.post(f"{here}/files", data | {"file": (BytesIO(b"Un devis."), "devis.txt")})
    joined = make.session.scalars(select(ProjectFile)).one()
    visitor = ada.again()
    form = visitor.get(f"{here}/help")
    visitor.submit(form, f"{here}/help", kind="room", name="Zoé", contact="06 00 00 00 00")
    whole, theirs = ada.get(here).text, ada.again().as_(bob)
    page = theirs.get(here)
    assert page.forms(f"{here}/carriers/{partner}/leave")
    for secret in ("ada@exemple.fr", "Le devis", "Zoé", "06 00 00 00 00"):
        assert secret in whole and secret not in page.text
    assert theirs.client.get(f"{here}/files/{joined.id}").status_code == 404
    stranger = ada.again().as_(make.account(name="Zed"))
    lead = make.session.scalars(
        select(Organisation.name)
        .join(ProjectCarrier, ProjectCarrier.organisation_id == Organisation.id)
        .where(ProjectCarrier.leads)
    ).one()
    new = {"carrier": lead, "title": "Autre", "asked": "10"}
    project.account_id = None
    make.session.execute(Mandate.__table__.update().values(ended_at=make.now))
    make.session.commit()
    page = write(stranger, **new)
    assert page.status == 409 and "équipe de l’appel" in page.words()


def test_a_draft_that_was_never_sent_stays_with_those_who_wrote_it(ada, make, call, officer):
    page = write(ada)
    here = page.url.removeprefix("http://localhost").removesuffix("/check")
    ada.submit(ada.get(f"{here}/withdraw"), f"{here}/withdraw")
    olga = ada.again().as_(officer)
    assert (ada.get(here).status, olga.get(here).status) == (200, 404)

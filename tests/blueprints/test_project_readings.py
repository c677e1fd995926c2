"""The principles of a call, read project by project, twice where someone says no."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.models import Mandate, Principle, ProjectCarrier
from consult.queries import paging
from consult.services import rooms
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


def test_principles_are_checked_and_completed(ada, session, make, call, officer):
    page = send(ada, write(ada))
    here = page.url.removeprefix("http://localhost")
    first = session.scalars(select(Principle).order_by(Principle.position)).first()
    olga = ada.again().as_(officer)
    assert ada.get(READING).status == 403
    at = f"{READING}/{here.rsplit('/', 1)[1]}"
    page = olga.submit(olga.get(READING), at, button=("all", "yes"))
    assert "Respecte les principes" in page.words()
    said = {
        f"verdict-{first.id}": "to_complete",
        f"reason-{first.id}": "Il manque le lieu.",
    }
    page = olga.submit(page, at, **said)
    assert page.status == 422 and "Il manque le lieu." in page.text
    page = olga.submit(page, at, **said, **{f"fix-{first.id}": "Dites où."})
    assert "À compléter" in page.words()
    assert "Dites où." in ada.again().get(here).words()
    told = letters(session, "ada@exemple.fr")
    assert "à compléter" in told[-1].subject and "Dites où." in told[-1].body
    page = ada.submit(ada.get(here), f"{here}/principles/{first.id}/reply", words="Voici.")
    assert "Voici." in page.text and "Voici." in olga.get(READING).words()
    call.closes_at = make.now - timedelta(days=1)
    make.session.commit()
    complete = f"{here}/complete"
    page = ada.submit(ada.get(complete), complete, place="La mairie", asked="9999")
    assert "La mairie" in page.words() and "4 000 €" in page.words()
    assert "Modifié depuis la lecture" in page.words() and "Dites où." in page.words()
    page = olga.get(READING)
    assert "Modifié depuis la lecture" in page.words() and "Pas encore lu" in page.words()
    page = olga.submit(page, at, button=("all", "yes"))
    assert "Respecte les principes" in page.words()


def test_a_no_is_read_twice_before_anyone_hears_of_it(ada, session, make, call, officer):
    other = open_calls.project(make, call)
    second = session.scalars(select(Principle).order_by(Principle.position.desc())).first()
    olga = ada.again().as_(officer)
    page = olga.get(READING)
    no = {"verdict": "no", "reason": "Hors du territoire.", "fix": "Venez ici."}
    page = olga.submit(
        page,
        f"{READING}/{other.id}",
        **{f"{name}-{second.id}": value for name, value in no.items()},
    )
    assert "Hors du territoire." not in ada.again().get(f"/projects/{other.id}").words()
    hub = make.room("hub", "R-44")
    reader = make.account(name="Hubert")
    make.joins(reader, hub)
    rooms.work_out(make.session)
    reader.facilitates = "hub"
    make.session.commit()
    hubert = ada.again().as_(reader)
    page, again = hubert.get(READING), f"{READING}/{other.id}/{second.id}/second"
    assert "Hors du territoire." in page.words() and "Oui à tous" not in page.words()
    other.version += 1
    make.session.commit()
    stale = hubert.submit(page, again, reason="Je doute.", verdict="yes")
    assert stale.status == 409 and "corrigé" in stale.words() and "Je doute." in stale.words()
    other.version -= 1
    make.session.commit()
    key = token(page)
    blind = hubert.post(again, {"csrf_token": key, "verdict": "no", "reason": "Bien."})
    assert blind.status == 409 and ">Bien.</textarea>" in blind.text
    page = hubert.submit(hubert.get(READING), again, button=("verdict", "no"))
    assert page.status == 200
    seen = ada.again().get(f"/projects/{other.id}").words()
    assert "Hors du territoire." in seen and "Venez ici." in seen and "rejet" not in seen.lower()


def test_one_does_not_check_ones_own_and_a_partner_may_leave(ada, session, make, call, officer):
    lead, partner = make.organisation(), make.organisation(name="La Ludothèque")
    sent = open_calls.project(make, call, lead=lead, number=7)
    make.save(ProjectCarrier(project_id=sent.id, organisation_id=partner.id))
    make.save(Mandate(organisation_id=partner.id, account_id=officer.id, began_at=make.now))
    olga = ada.again().as_(officer)
    page = olga.get(READING)
    assert "Le vôtre" in page.words()
    page = olga.get(f"/projects/{sent.id}")
    own = token(page)
    refused = olga.post(f"{READING}/{sent.id}", {"csrf_token": own, "all": "yes"})
    assert refused.status == 403 and "votre projet" in refused.words()
    here = f"/projects/{sent.id}"
    leave = f"{here}/carriers/{partner.id}/leave"
    olga.submit(olga.get(here), leave)
    assert "Le vôtre" not in olga.get(READING).words()


def test_a_reading_of_the_second_page_stays_there(ada, make, call, officer, session):
    sent = [open_calls.project(make, call, number=number) for number in range(1, paging.SIZE + 2)]
    first = session.scalars(select(Principle).order_by(Principle.position)).first()
    olga = ada.again().as_(officer)
    following = next(one for one in olga.get(READING).links() if "cursor=" in one)
    page = olga.get(following)
    at = f"{READING}/{sent[-1].id}"
    assert page.forms(at)[0].get("action") == f"{at}?{following.split('?')[1]}"
    said = {f"verdict-{first.id}": "no", f"reason-{first.id}": "Trop loin."}
    refused = olga.submit(page, at, **said)
    assert refused.status == 422 and ">Trop loin.</textarea>" in refused.text
    done = olga.submit(refused, at, button=("all", "yes"))
    assert f"/projects/{sent[-1].id}" in done.links()
    assert f"/projects/{sent[0].id}" not in done.links()

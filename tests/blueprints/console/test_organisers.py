"""Inviting someone to organise too, accepting, leaving."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Account, CoOrganiser, Mail
from consult.services import passwords
from tests.second_steps import set_up

HERE = "/console/consultations/bus"


@pytest.fixture
def mine(browser, make):
    owner = make.account("organiser", name="Solène")
    browser.as_(owner)
    return make.consultation(owner_id=owner.id, published_at=None, slug="bus", title="Le bus")


def invited(browser, session, email):
    page = browser.get(f"{HERE}/organisers")
    page = browser.submit(page, f"{HERE}/organisers", email=email)
    assert page.status == 200
    mail = session.scalars(
        select(Mail).where(Mail.recipient == email).order_by(Mail.created_at.desc())
    ).first()
    assert "Solène" in mail.body
    return page, re.search(r"http://localhost(/invitations/\S+)", mail.body)[1]


def test_a_colleague_joins_manages_and_leaves(browser, session, mine, now):
    page, link = invited(browser, session, "ada@exemple.fr")
    assert "ada@exemple.fr" in page.words()
    colleague = browser.again()
    assert "Le bus" in colleague.get(link).words()
    page = colleague.submit(colleague.get(link), link)
    assert page.url == "/account/second-step"
    assert "Vous organisez maintenant" in page.words()
    _secret, done = set_up(colleague, now)
    assert HERE in done.links()
    assert "Le bus" in colleague.get("/console").words()
    assert colleague.get(f"{HERE}/edit").status == 200
    assert colleague.get("/consultations/bus").status == 200
    page = colleague.get(f"{HERE}/organisers")
    assert "Solène" in page.words()
    (form,) = [f for f in page.forms() if "Quitter" in "".join(f.itertext())]
    page = colleague.submit(page, form.get("action"))
    assert page.url == "/account"
    assert colleague.get(HERE).status == 403
    assert colleague.get("/console").status == 403
    assert browser.get(HERE).status == 200


def test_joining_one_consultation_opens_that_one_only(browser, make, mine):
    """Who organises with another opens no consultation, copies none, and sees no other draft."""
    ada = make.account(second_step="app")
    make.save(CoOrganiser(consultation_id=mine.id, account_id=ada.id, created_at=make.now))
    make.consultation(slug="public")
    make.consultation(slug="draft", published_at=None)
    browser.as_(ada)
    home = browser.get("/console")
    assert "Le bus" in home.words()
    assert "/console/consultations/new" not in home.links()
    assert f"{HERE}/copy" not in browser.get(HERE).links()
    for url, status in (
        (f"{HERE}/edit", 200),
        (f"{HERE}/copy", 403),
        ("/console/consultations/new", 403),
        ("/console/consultations/public/edit", 403),
        ("/console/consultations/draft/edit", 404),
        ("/console/people", 403),
        ("/console/rooms", 403),
    ):
        assert browser.get(url).status == status, url


def test_who_lost_the_role_of_the_site_keeps_what_they_were_invited_to(browser, make, mine):
    ada = make.account(second_step="app")
    make.consultation(owner_id=ada.id, slug="own")
    make.save(CoOrganiser(consultation_id=mine.id, account_id=ada.id, created_at=make.now))
    browser.as_(ada)
    assert browser.get(f"{HERE}/edit").status == 200
    assert browser.get("/console/consultations/own/edit").status == 403


def test_the_answer_is_the_same_for_an_address_with_an_account(browser, session, make, mine):
    make.account(email="bob@exemple.fr")
    pages = []
    for email in ("bob@exemple.fr", "eve@exemple.fr"):
        page, _link = invited(browser, session, email)
        pages.append(page.words().replace(email, "x"))
        uninvite = [f.get("action") for f in page.forms() if "/invitations/" in f.get("action")]
        page = browser.submit(page, uninvite[0])
        assert email not in page.words()
    assert pages[0] == pages[1]


def test_a_link_serves_once_and_only_its_address(browser, session, make, mine):
    _page, link = invited(browser, session, "ada@exemple.fr")
    other = browser.again().as_(make.account("organiser"))
    page = other.submit(other.get(link), link)
    assert page.status == 403
    assert other.get(HERE).status == 404
    late, colleague = browser.again(), browser.again()
    form = late.get(link)
    colleague.submit(colleague.get(link), link)
    assert late.submit(form, link).status == 422
    assert late.get(link).status == 422


@pytest.mark.parametrize("email", ["", "not an address", "a\x00@b.fr", "x" * 300 + "@b.fr"])
def test_what_is_no_address_comes_back(browser, session, mine, email):
    page = browser.submit(browser.get(f"{HERE}/organisers"), f"{HERE}/organisers", email=email)
    assert page.status == 422
    assert session.scalar(select(Mail.id)) is None


def test_an_old_session_asks_who_is_there(browser, session, make, mine, clock, now):
    owner = session.get(Account, mine.owner_id)
    owner.password = passwords.HASHER.hash("cheval pile agrafe")
    ada = make.account(second_step="app")
    make.save(CoOrganiser(consultation_id=mine.id, account_id=ada.id, created_at=make.now))
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = browser.get(f"{HERE}/organisers")
    assert f"/account/confirm?next={HERE}/organisers" in page.links()
    refused = browser.submit(page, f"{HERE}/organisers", email="eve@exemple.fr", current="faux")
    assert refused.status == 422 and "mot de passe" in refused.words()
    away = f"{HERE}/organisers/{ada.id}/delete"
    assert browser.submit(page, away).status == 422
    assert session.scalar(select(Mail.id)) is None
    page = browser.submit(page, away, current="cheval pile agrafe")
    assert ada.email not in page.words()
    assert "eve@exemple.fr" in invited(browser, session, "eve@exemple.fr")[0].words()


def test_the_last_one_stays(browser, mine):
    page = browser.get(f"{HERE}/organisers")
    assert not [form for form in page.forms() if "/delete" in form.get("action")]
    token = next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")
    url = f"{HERE}/organisers/{mine.owner_id}/delete"
    page = browser.post(url, {"csrf_token": token})
    assert page.status == 409
    assert browser.get(HERE).status == 200

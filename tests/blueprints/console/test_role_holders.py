"""Who holds a role on the site: invited by letter, taken away at once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import Mail, RoleInvitation
from consult.services import invitations, passwords

PAGE = "/console/people"


@pytest.fixture
def ada(browser, make):
    account = make.account("administrator", name="Ada")
    browser.as_(account)
    return account


def invited(browser, session, email, role="mediator"):
    page = browser.submit(browser.get(PAGE), PAGE, email=email, role=role)
    session.rollback()
    query = select(Mail).where(Mail.recipient == email, Mail.dedup_key.like("role-%"))
    mail = session.scalars(query.order_by(Mail.created_at.desc())).first()
    assert "Ada" in mail.body
    return page, re.search(r"http://localhost(/role-invitations/\S+)", mail.body)[1]


def test_a_mediator_is_invited_accepts_and_loses_the_role_at_once(browser, session, ada):
    assert PAGE in browser.get("/console").links()
    page, link = invited(browser, session, "bob@exemple.fr")
    assert "bob@exemple.fr" in page.words() and "Sur invitation de Ada" in page.words()
    bob = browser.again()
    for _ in range(2):
        assert "Médiateur" in bob.get(link).words()
    after = bob.submit(bob.get(link), link)
    assert "Vous avez maintenant ce rôle" in after.words()
    assert bob.get("/assistance").status == 200
    assert bob.get(link).status == 422
    page = browser.get(PAGE)
    assert "Sur invitation de Ada, depuis" in page.words()
    url = next(
        f.get("action") for f in page.forms() if f.get("action").endswith("/mediator/delete")
    )
    browser.submit(page, url)
    assert bob.get("/assistance").status == 403
    assert "bob@exemple.fr" in bob.get("/account").words()
    assert browser.post(url, {"csrf_token": token(page)}).status == 404


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def test_the_answer_is_the_same_for_an_address_with_an_account(browser, session, make, ada):
    make.account(email="bob@exemple.fr")
    pages = []
    for email in ("bob@exemple.fr", "eve@exemple.fr"):
        page, _link = invited(browser, session, email)
        pages.append(page.words().replace(email, "x"))
        back = next(f.get("action") for f in page.forms() if "/invitations/" in f.get("action"))
        assert email not in browser.submit(page, back).words()
    assert pages[0] == pages[1]


def test_a_letter_serves_its_address_alone(browser, session, make, ada):
    _page, link = invited(browser, session, "bob@exemple.fr", "administrator")
    other = browser.again().as_(make.account("organiser"))
    assert other.submit(other.get(link), link).status == 403
    assert other.get("/console/site").status == 403
    late, bob = browser.again(), browser.again()
    form = late.get(link)
    bob.submit(bob.get(link), link)
    assert late.submit(form, link).status == 422
    assert bob.get("/console/site").url.endswith("/account/second-step")


@pytest.mark.parametrize(("email", "role"), [("", "mediator"), ("a\x00@b.fr", "mediator"),
                                             ("bob@exemple.fr", "owner")])  # fmt: skip
def test_what_cannot_be_invited_comes_back(browser, session, ada, email, role):
    page = browser.submit(browser.get(PAGE), PAGE, email=email, role=role)
    assert page.status == 422
    assert session.scalar(select(RoleInvitation.id)) is None


def test_one_more_than_a_day_allows_waits_until_tomorrow(browser, session, ada, monkeypatch):
    monkeypatch.setattr(invitations, "A_DAY", 0)
    page = browser.submit(browser.get(PAGE), PAGE, email="bob@exemple.fr", role="mediator")
    assert page.status == 429 and page.response.headers["Retry-After"]
    assert "invitations aujourd'hui" in page.words() and "bob@exemple.fr" in page.text
    assert session.scalar(select(RoleInvitation.id)) is None


def test_the_last_administrator_stays_then_goes(browser, make, ada):
    page = browser.get(PAGE)
    assert "il faut une nouvelle invitation" in page.words()
    url = f"{PAGE}/{ada.id}/administrator/delete"
    refused = browser.submit(page, url)
    assert refused.status == 409 and "Personne d’autre" in refused.words()
    make.account("administrator")
    assert browser.submit(browser.get(PAGE), url).url.endswith("/account")
    assert browser.get(PAGE).status == 403


def test_an_old_session_changes_no_role(browser, make, session, clock, now):
    ada = make.account(
        "administrator", name="Ada", password=passwords.HASHER.hash("cheval pile agrafe")
    )
    bob = make.account("mediator")
    browser.as_(ada)
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    page = browser.get(PAGE)
    url = f"{PAGE}/{bob.id}/mediator/delete"
    assert browser.submit(page, url, current="faux").status == 422
    refused = browser.submit(page, PAGE, email="eve@exemple.fr")
    assert refused.status == 422 and "#who" in refused.links()
    assert "eve@exemple.fr" in refused.text and "error-text" not in refused.text
    assert session.scalar(select(RoleInvitation.id)) is None
    assert bob.email not in browser.submit(page, url, current="cheval pile agrafe").words()


def test_an_organiser_gives_no_role(browser, make):
    browser.as_(make.account("organiser"))
    assert PAGE not in browser.get("/console").links()
    assert browser.get(PAGE).status == 403


def test_an_address_that_names_nobody_is_missing(browser, ada):
    page = browser.get(PAGE)
    for url in (f"{PAGE}/!/mediator/delete", f"{PAGE}/invitations/!/delete"):
        assert browser.post(url, {"csrf_token": token(page)}).status == 404


def test_a_long_list_goes_on(browser, make, ada, statements):
    for n in range(21):
        make.account("mediator", name=f"Médiatrice {n:02d}.")
    with statements() as seen:
        first = browser.get(PAGE)
    assert len(seen) <= 5
    second = browser.get(next(link for link in first.links() if "cursor=" in link))
    words = first.words() + second.words()
    assert [words.count(f"Médiatrice {n:02d}.") > 0 for n in range(21)] == [True] * 21
    assert browser.get(f"{PAGE}?cursor=x").status == 404


def test_who_invited_whom_is_told_to_administrators(browser, session, ada, make):
    _page, link = invited(browser, session, "bob@exemple.fr")
    assert "Personne" in browser.get(f"{PAGE}/invited").words()
    bob = browser.again()
    bob.submit(bob.get(link), link)
    words = browser.get(f"{PAGE}/invited").words()
    assert "bob@exemple.fr" in words and "Sur invitation de Ada" in words
    assert bob.get(f"{PAGE}/invited").status == 403

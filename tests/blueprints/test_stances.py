"""Opinions through the web: buttons of one form, a fragment or a way back."""

import zlib
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from consult.extensions import db
from consult.models import Participant, Stance
from consult.services import erasures


@pytest.fixture
def proposal(make):
    return make.proposal(make.theme(make.consultation()))


def give(browser, kind, statement, value, **extra):
    data = {"csrf_token": token(browser), "value": value, **extra}
    return browser.client.post(f"/{kind}/{statement.id}/stance", data=data)


def token(browser):
    """Read the token of a page as the person's browser holds it."""
    page = browser.get("/follow-up")
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def test_an_opinion_without_script_leads_back_to_the_page(browser, session, proposal):
    answer = give(browser, "proposals", proposal, "agree", next="/consultations?page=2")
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/consultations?page=2#stances-{proposal.id}"
    answer = give(browser, "proposals", proposal, "none")
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#stances-{proposal.id}"
    assert not session.scalars(select(Stance)).all()


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/", "/\\evil", "x"])
def test_the_way_back_stays_on_the_site(browser, proposal, target):
    answer = give(browser, "proposals", proposal, "agree", next=target)
    assert answer.headers["Location"] == f"/proposals/{proposal.id}#stances-{proposal.id}"


def test_the_fragment_holds_the_counts_and_one_s_own_opinion(browser, proposal):
    page = browser.post(
        f"/proposals/{proposal.id}/stance",
        {"csrf_token": token(browser), "value": "mixed"},
        htmx=True,
    )
    assert page.is_fragment
    pressed = {b.get("value"): b.get("aria-pressed") for b in page.all("button")}
    assert pressed == {"agree": "false", "": "true", "disagree": "false"}
    assert "1 personne" in page.words() or "1 person" in page.words()
    assert len(zlib.compress(page.text.encode())) < 500


@pytest.mark.parametrize("value", ["", "none"])
def test_an_empty_value_takes_back(browser, session, proposal, value):
    give(browser, "proposals", proposal, "agree")
    give(browser, "proposals", proposal, value)
    assert not session.scalars(select(Stance)).all()


@pytest.mark.parametrize("data", [{}, {"value": ["agree", "mixed"]}, {"value[]": "agree"}])
def test_a_value_that_is_not_one_is_refused(browser, session, proposal, data):
    data["csrf_token"] = token(browser)
    answer = browser.client.post(f"/proposals/{proposal.id}/stance", data=data)
    assert answer.status_code == 422
    assert not session.scalars(select(Stance)).all()
    assert not session.scalar(select(func.count()).select_from(Participant))


def test_a_missing_token_counts_nothing(browser, session, proposal):
    answer = browser.client.post(f"/proposals/{proposal.id}/stance", data={"value": "agree"})
    assert answer.status_code == 400
    assert not session.scalars(select(Stance)).all()


def test_no_count_is_told_before_the_close(browser, make):
    consultation = make.consultation(results="after_close")
    proposal = make.proposal(make.theme(consultation), declared_agree=4217)
    page = browser.post(
        f"/proposals/{proposal.id}/stance",
        {"csrf_token": token(browser), "value": "agree"},
        htmx=True,
    )
    assert "421" not in page.text
    assert "person" not in page.words()


def test_after_the_close_the_refusal_says_so(browser, make, clock, now):
    proposal = make.proposal(make.theme(make.consultation(closes_at=now + timedelta(hours=1))))
    assert give(browser, "proposals", proposal, "agree").status_code == 303
    clock.shift(timedelta(days=30))
    assert give(browser, "proposals", proposal, "mixed").status_code == 409


def test_an_account_shut_out_cannot_give_an_opinion(browser, session, make, proposal):
    account = make.account()
    browser.as_(account)
    assert give(browser, "proposals", proposal, "agree").status_code == 303
    account.active = False
    session.commit()
    assert give(browser, "proposals", proposal, "mixed").status_code == 403


def test_a_first_act_while_the_account_is_erased_in_another_tab(
    browser, session, make, proposal, caplog
):
    """The account goes between the moment it is read and the first row that names it."""
    account, engine, done = make.account(), session.get_bind(), []
    number = account.id
    session.rollback()
    browser.as_(account)
    data = {"csrf_token": token(browser), "value": "agree"}

    def erase_first(_connection, cursor, statement, *_rest):
        if statement.startswith("INSERT INTO participant") and not done:
            done.append(statement)
            if engine.dialect.name == "sqlite":  # nobody else writes during a request
                cursor.execute("delete from account where id = ?", (number,))
                return
            with Session(engine) as other:
                erasures.erase(other, number, texts="kept", actor="system", now=make.now)
                other.commit()

    with browser.app.app_context():
        bind = db.engine
    for one in {engine, bind}:
        event.listen(one, "before_cursor_execute", erase_first)
    try:
        answer = browser.client.post(f"/proposals/{proposal.id}/stance", data=data)
    finally:
        for one in {engine, bind}:
            event.remove(one, "before_cursor_execute", erase_first)
    assert done and answer.status_code == 409
    assert "au même moment" in answer.get_data(as_text=True)
    assert "changed meanwhile" in caplog.text
    session.rollback()
    assert session.scalars(select(Stance.value)).all() == []


@pytest.mark.parametrize("signed_in", [False, True])
def test_an_opinion_costs_four_statements(browser, make, proposal, statements, signed_in):
    if signed_in:
        browser.as_(make.account())
    give(browser, "proposals", proposal, "agree")
    data = {"csrf_token": token(browser), "value": "mixed"}
    with statements() as seen:
        page = browser.post(f"/proposals/{proposal.id}/stance", data, htmx=True)
    assert page.status == 200
    assert len(seen) <= 4, seen

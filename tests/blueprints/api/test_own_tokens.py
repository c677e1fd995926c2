"""One's own tokens, on a page: shown once, revoked by their owner alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from consult.models import ApiToken

PATH = "/account/tokens"


def made(browser, name="Mon script"):
    """Make a token through the page; return the page that shows it, and its secret."""
    page = browser.submit(browser.get(PATH), PATH, name=name)
    found = re.search(r"consult_[\w-]+", page.text)
    return page, found and found.group()


def use(app, secret):
    headers = {"Authorization": f"Bearer {secret}"}
    return app.test_client().get("/api/v1/consultations", headers=headers).status_code


def test_a_token_made_on_the_page_opens_the_interface_until_it_is_stopped(app, browser, make):
    browser.as_(make.account())
    page, secret = made(browser)
    assert "no-store" in page.response.headers["Cache-Control"]
    assert use(app, secret) == 200
    page = browser.get(PATH)
    assert secret not in page.text
    assert "Mon script" in page.words()
    browser.submit(page, f"{PATH}/revoke")
    assert use(app, secret) == 401
    assert "Mon script" not in browser.get(PATH).words()


@pytest.mark.parametrize("name", ["", "  ", "x" * 121, "a\x00b"])
def test_a_name_that_cannot_be_kept_is_given_back(browser, session, make, name):
    browser.as_(make.account())
    page, secret = made(browser, name)
    assert (page.status, secret) == (422, None)
    field = next(control for control in page.all("input") if control.get("name") == "name")
    assert field.get("aria-invalid") == "true"
    assert not session.scalars(select(ApiToken)).all()


def test_nobody_stops_the_token_of_another(app, browser, session, make):
    owner = browser.again().as_(make.account())
    _page, secret = made(owner)
    token = session.scalars(select(ApiToken)).one()
    browser.as_(make.account())
    made(browser, "Le mien")
    page = browser.get(PATH)
    for wrong in (token.id, "", "\x00", "a" * 99, "é"):
        browser.submit(page, f"{PATH}/revoke", token=wrong)
    assert use(app, secret) == 200


def test_an_old_session_shows_again_who_it_is_before_making_one(
    app, browser, session, make, clock, now
):
    browser.as_(make.account())
    shown = browser.get(PATH)
    clock.shift(now + timedelta(minutes=16) - datetime.now(UTC))
    late = browser.submit(shown, PATH, name="Mon script")
    assert late.status == 422 and f"/account/confirm?next={PATH}" in late.links()
    assert not session.scalars(select(ApiToken)).all()
    assert not browser.get(PATH).forms(PATH)


def test_a_visitor_has_no_tokens(browser):
    assert "/sign-in" in browser.get(PATH).url

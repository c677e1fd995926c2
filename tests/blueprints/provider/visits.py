"""Going to the provider and coming back, as a browser does."""

from urllib.parse import urlencode

from sqlalchemy import func, select

START, BACK = "/sign-in/provider", "/sign-in/provider/callback"
CONFIRM, LINKS = "/sign-in/provider/confirm", "/account/identities"


def leave(browser):
    """Go to the provider; return the address it is asked at."""
    answer = browser.client.get(START)
    assert answer.status_code == 303
    return answer.headers["Location"]


def come_back(browser, provider, **changes):
    """Sign in at the provider and come back; return the page that follows."""
    sent = provider.authorise(leave(browser)) | changes
    sent = {name: value for name, value in sent.items() if value is not None}
    return browser.get(f"{BACK}?{urlencode(sent)}")


def enter(browser, provider):
    page = come_back(browser, provider)
    return browser.submit(page, CONFIRM)


def count(session, table):
    session.rollback()
    return session.scalar(select(func.count()).select_from(table))


def is_in(browser):
    """Tell whether someone is signed in, without asking for a page that would send them there."""
    return "data-authenticated" in browser.get("/follow-up").text

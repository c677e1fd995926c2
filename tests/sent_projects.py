"""Writing and sending a project through its pages, for tests."""

from sqlalchemy import select

from consult.models import Mail

NEW = "/open-calls/appel/projects/new"


def token(page):
    return next(i.get("value") for i in page.all("input") if i.get("name") == "csrf_token")


def write(browser, **facts):
    said = {
        "title": "Repair café",
        "for_whom": "Les habitants",
        "what": "Réparer ensemble.",
        "asked": "4 000",
        "carrier": "La Fabrique",
    } | facts
    return browser.submit(browser.get(NEW), NEW, **said)


def send(browser, page):
    return browser.submit(page, page.url.replace("/check", "/send"))


def letters(session, to):
    session.rollback()
    return session.scalars(select(Mail).where(Mail.recipient == to).order_by(Mail.id)).all()

"""What a page of the queue shows, and its forms."""

from consult.models import Statement
from tests.browser import fields

DECIDE = "/moderation/decisions"


def form_of(page, text):
    """The form that decides about one text."""
    (article,) = [one for one in page.all("article") if one.get("id") == f"text-{text.id}"]
    return next(form for form in article.iter("form") if form.get("action") == DECIDE)


def press(browser, page, text, decision, /, **typed):
    data = [(name, value) for name, value in fields(form_of(page, text)) if name not in typed]
    return browser.post(DECIDE, dict(data) | typed | {"decision": decision})


def shown(page):
    return [one.get("id").removeprefix("text-") for one in page.all("article")]


def states(session, texts):
    session.expire_all()
    return [session.get_one(Statement, text.id).state for text in texts]

"""Every page of the demonstration that a link leads to, read and audited.

Of the thirty-six thousand territories, three of each kind: their pages are alike. So are those
that ask whether to follow a text.
"""

from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from sqlalchemy import select

from consult.extensions import db
from consult.models import Account
from tests.browser import Browser
from tests.demo import loaded

pytestmark = pytest.mark.slow
FILES = ("/export.", "/files/", "/recount.pyz", ".pdf", ".ods", ".odt", ".docx", ".html", ".md")
PLACE = "/territories/"
FOLLOW = "/follow?"
ALIKE = 3
STARTS = {
    "habitante": "/account",
    "mediateur": "/assistance",
    "organisatrice": "/console",
    "technique": "/console",
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo_app(request, tmp_path_factory, worker):
    with loaded(request.param, tmp_path_factory.mktemp("demo"), worker) as app:
        yield app


def targets(page):
    """Return the addresses of this site that a page links to, files to download left out."""
    for link in page.links():
        parts = urlsplit(urldefrag(urljoin(page.url, link))[0])
        here = parts.netloc in ("", "localhost") and parts.scheme in ("", "http")
        if here and not any(file in parts.path for file in FILES):
            yield parts.path + (f"?{parts.query}" if parts.path == FOLLOW[:-1] else "")


def unlike(addresses, seen):
    """Leave out what is alike and already seen enough; codes of a kind begin alike."""
    for address in addresses:
        starts = {PLACE: len(PLACE) + 2, FOLLOW: len(FOLLOW)}
        kind = next(
            (address[:n] for start, n in starts.items() if address.startswith(start)), address
        )
        if kind == address or seen[kind] < ALIKE:
            seen[kind] += 1
            yield address


def walk(browser, start, within="/"):
    """Follow the links of this site; return the addresses read, and what was wrong with some."""
    waiting, wrong, seen = [start], {}, Counter()
    for url in waiting:
        try:
            page = browser.get(url)
        except Exception as error:
            wrong[url] = repr(error)[:300]
            continue
        if page.status != 200:
            wrong[url] = page.status
        elif page.html is not None:
            found = dict.fromkeys(target for target in targets(page) if target.startswith(within))
            waiting += unlike([target for target in found if target not in waiting], seen)
    return waiting, wrong


def test_a_visitor_reads_every_page(demo_app):
    read, wrong = walk(Browser(demo_app), "/")
    assert not wrong
    assert len(read) > 60
    for place in ("/answers/", "/proposals/", "/consultations/", "/amendments/"):
        assert any(url.startswith(place) for url in read), place


@pytest.mark.parametrize("person", STARTS)
def test_each_account_reads_its_own_pages(demo_app, person):
    with demo_app.app_context():
        query = select(Account).where(Account.email == f"{person}@demo.invalid")
        account = db.session.scalars(query).one()
    start = STARTS[person]
    read, wrong = walk(Browser(demo_app).as_(account), start, within=start)
    assert not wrong
    assert len(read) > 20 or start != "/console"

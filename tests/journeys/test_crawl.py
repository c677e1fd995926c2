"""Every public page a link leads to, as a strict browser and a screen reader meet it."""

import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FILES = re.compile(
    r"\.(csv|jsonl|ods|xlsx|odt|docx|html|md|pdf|ics|atom|xml|zip|pyz|txt|json)$|/files/[^/]+$"
    r"|^/(api/v|documents|static|sitemap)|^/follow-up/[^/]+/data$"
)
MOST = 300
NAMED = "|".join(
    f"(?<=/{place}/)[^/]+"
    for place in ("consultations", "open-calls", "organisations", "rooms", "territories")
)
ID = re.compile(rf"[0-9a-z]{{18}}|\d+-\d+|{NAMED}")
QUESTION = "/consultations/strategie-numerique-grand-est/questions/1-1"


def links(visitor):
    """The addresses of this site that a page leads to, without its fragments."""
    found = visitor.page.locator("a[href]").evaluate_all("all => all.map((one) => one.href)")
    for link in found:
        target = urldefrag(urljoin(visitor.page.url, link))[0]
        if target.startswith(visitor.site.base + "/"):
            parts = urlsplit(target)
            if not FILES.search(parts.path):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


def kind(path):
    parts = urlsplit(path)
    return ID.sub("*", parts.path) + ("?" if parts.query else "")


def walk(visitor, start, alike):
    """Read pages by their links, the kinds read least first, at most `alike` of each.

    The order keeps a busy site from hiding a kind behind many pages of another.
    Returns how many pages of each kind were read.
    """
    waiting, seen, kinds = {start}, set(), Counter()
    while waiting:
        path = min(waiting, key=lambda one: (kinds[kind(one)], one))
        if kinds[kind(path)] == alike:
            break
        assert len(seen) < MOST, sorted(kinds)
        kinds[kind(path)] += 1
        visitor.open(path)
        seen.add(path)
        waiting = (waiting | set(links(visitor))) - seen
    return kinds


@pytest.mark.parametrize(("width", "alike"), [(320, 2), (1280, 1)])
def test_every_public_page(visitors, width, alike):
    visitor = visitors(scripts=True, width=width)
    kinds = walk(visitor, "/", alike)
    for expected in (
        "/consultations/*",
        "/consultations/*/questions/*",
        "/consultations/*/questions/*/answers",
        "/consultations/*/proposals",
        "/answers/*",
        "/proposals/*",
        "/follow-up",
        "/search",
        "/help",
        "/data",
    ):
        assert expected in kinds, (expected, sorted(kinds))


@pytest.mark.parametrize(
    ("email", "start"),
    [("organisatrice@demo.invalid", "/console"), ("mediateur@demo.invalid", "/account")],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_an_account(visitors, email, start, width):
    visitor = visitors(scripts=True, width=width)
    visitor.sign_in(email)
    kinds = walk(visitor, start, 1)
    assert start in kinds


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing-here", 404),
        ("/answers/000000000000000000", 404),
        ("/done", 405),
        ("/consultations/strategie-numerique-grand-est/answers?after=wrong", (200, 400, 422)),
    ],
)
def test_error_pages(visitors, path, status, width):
    visitor = visitors(scripts=True, width=width)
    response = visitor.page.goto(visitor.site.base + path)
    assert response.status in (status if isinstance(status, tuple) else (status,))
    visitor.look()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_forbidden_page(visitors, width):
    visitor = visitors(scripts=True, width=width)
    visitor.sign_in("habitante@demo.invalid")
    visitor.open("/console", status=403)


@pytest.mark.parametrize(("path", "most"), [("/", 60_000), (QUESTION, 60_000)])
def test_the_first_view_is_light(visitors, path, most):
    """At most 60 kB and 6 requests, all from the site."""
    visitor = visitors(scripts=True, width=320)
    line = visitor.context.new_cdp_session(visitor.page)
    line.send("Network.enable")
    sizes = []
    line.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visitor.page.goto(visitor.site.base + path, wait_until="networkidle")
    asked = [url for url in visitor.requests if not url.startswith("data:")]
    assert 0 < len(asked) <= 6, asked
    assert len(sizes) >= len(asked) - 1
    assert 5_000 < sum(sizes) <= most, sizes
    assert all(url.startswith(visitor.site.base + "/") for url in asked)

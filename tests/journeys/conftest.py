"""The served site and the browsers of the journeys."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.journeys import serving
from tests.journeys.visiting import Visitor

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
HEIGHTS = {320: 640, 1280: 800}
WAYS = [(scripts, width) for scripts in (False, True) for width in HEIGHTS]


def program():
    """Return the browser to drive: the one named, else the machine's."""
    return os.environ.get("CONSULT_TEST_CHROMIUM") or shutil.which("chromium") or ""


def launch(playwright, **options):
    return playwright.chromium.launch(
        executable_path=program() or None, args=list(ARGUMENTS), **options
    )


@pytest.fixture(scope="session")
def site():
    """The demonstration, served by a process of its own."""
    with serving.served("demo") as site:
        yield site


@pytest.fixture(scope="session")
def known_site():
    """The known objects, served the same way."""
    with serving.served("check-fixture", "--json") as site:
        yield site


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = launch(playwright)
    yield browser
    browser.close()


@pytest.fixture
def visitors(site, chromium):
    """A maker of people, each with a browser of their own that starts empty."""
    contexts = []

    def make(*, scripts=True, width=1280, browser=None, at=site):
        context = (browser or chromium).new_context(
            java_script_enabled=scripts,
            viewport={"width": width, "height": HEIGHTS[width]},
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Visitor(at, context, scripts=scripts, width=width)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(params=WAYS, ids=lambda way: f"{'js' if way[0] else 'plain'}-{way[1]}")
def way(request):
    """With and without scripts, on a telephone and on a desk."""
    return {"scripts": request.param[0], "width": request.param[1]}


@pytest.fixture
def visitor(visitors, way):
    """Someone who arrives for the first time."""
    return visitors(**way)

"""The pictures of the README and of the guides, taken on the demonstration.

CONSULT_TEST_PICTURES=1 writes them in docs/pictures; else they are only checked.
"""

import os
import re

import pytest

from tests.journeys.serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FORUM = "strategie-numerique-grand-est"
LAW = "reglement-lieux-aide-numerique"
CALL = "envies-de-mediation"
ORGANISER = "organisatrice@demo.invalid"
MOST = 200_000
OPEN = {
    "home": (1280, "/"),
    "consultation": (1280, f"/consultations/{FORUM}"),
    "question": (1280, f"/consultations/{FORUM}/questions/1-1"),
    "answers": (1280, f"/consultations/{FORUM}/questions/1-1/answers"),
    "mobile": (320, f"/consultations/{FORUM}/questions/1-1"),
    "follow-up": (1280, "/follow-up"),
    "call": (1280, f"/open-calls/{CALL}"),
    "split": (1280, f"/open-calls/{CALL}/split"),
}
CONSOLE = {
    "console": "/console",
    "templates": "/console/consultations/new",
    "moderation": "/moderation",
    "participation": f"/console/consultations/{FORUM}/participation",
}
CALLS = {
    "principles": f"/open-calls/{CALL}/principles",
    "payments": f"/open-calls/{CALL}/payments",
}
ALL = (*OPEN, *CONSOLE, *CALLS, "proposal", "check", "receipt", "assistance", "help-desk")


@pytest.fixture(scope="module")
def target(tmp_path_factory):
    """Where the pictures go."""
    if os.environ.get("CONSULT_TEST_PICTURES"):
        return ROOT / "docs" / "pictures"
    return tmp_path_factory.mktemp("pictures")


def take(visitor, target, name):
    """Photograph what the window shows, at the top of the page."""
    file = target / f"{name}.png"
    visitor.page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    visitor.page.screenshot(path=file)
    assert 5_000 < file.stat().st_size < MOST, (name, file.stat().st_size)


def test_reading(visitors, target):
    for name, (width, path) in OPEN.items():
        take(visitors(width=width).open(path), target, name)
    reader = visitors(width=1280).open(f"/consultations/{LAW}/proposals")
    take(reader.press("main article h2 a"), target, "proposal")


def test_answering(visitors, target):
    person = visitors(width=1280)
    person.open(f"/consultations/{FORUM}/questions/1-1")
    person.fill("form#answer [name=value]", "Un repas par mois entre ceux qui aident.")
    take(person.press("form#answer button[formaction$='/check']"), target, "check")
    take(person.press("form#check .actions button"), target, "receipt")


def test_working(visitors, target):
    organiser = visitors(width=1280)
    organiser.sign_in(ORGANISER)
    for name, path in CONSOLE.items():
        take(organiser.open(path), target, name)
    officer = visitors(width=1280)
    officer.sign_in("agente@demo.invalid")
    for name, path in CALLS.items():
        take(officer.open(path), target, name)
    helper = visitors(width=1280)
    helper.sign_in("mediateur@demo.invalid")
    take(helper.open("/account"), target, "help-desk")
    helper.open("/assistance").press("main form.filters button")
    take(helper, target, "assistance")


def test_each_picture_that_a_page_shows_can_be_taken_again():
    pages = [ROOT / "README.md", *sorted((ROOT / "docs" / "guide").glob("*.md"))]
    assert len(pages) >= 5
    for page in pages:
        for name in re.findall(r"pictures/([\w-]+)\.png", page.read_text()):
            assert name in ALL, (page.name, name)
            assert (ROOT / "docs" / "pictures" / f"{name}.png").is_file(), name

"""A member votes in two presses and gets a receipt; the result is read; a vote is opened."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOM = "/rooms/salle-de-meurthe-et-moselle"
MEMBER, FACILITATOR = "habitante@demo.invalid", "animatrice@demo.invalid"
MOST_PRESSES = 2
VOTED = 3  # of the seven people of the room
CODE = re.compile(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}")


def test_a_member_votes_in_two_presses_and_reads_a_result(visitor):
    visitor.sign_in(MEMBER).open(ROOM)
    visitor.press("main a[href^='/polls/']")
    assert "Les résultats sont cachés" in visitor.text()
    visitor.clicks = 0
    visitor.press("main form[action$='/check'] button[value='0']")
    assert "Vérifier mon vote" in visitor.text("h1")
    visitor.press("main form[action$='/ballot'] button")
    assert visitor.clicks == MOST_PRESSES
    assert visitor.path.endswith("/receipt")
    assert CODE.search(visitor.text(".ticket"))
    visitor.press("main a:text('Voir le vote')")
    assert "le dernier vote compte" in visitor.text()
    visitor.open(f"{ROOM}/polls").press("main a:text('ateliers de janvier')")
    assert "Faire ses démarches en ligne" in visitor.text(".notice")
    visitor.press("main details summary")
    assert visitor.has("main table")
    visitor.fill("#code", "AAAA-AAAA-AAAA-AAAA").press("main form[action$='/find-receipt'] button")
    assert "Aucun bulletin" in visitor.text("[role=alert]")
    visitor.open(f"{visitor.path.removesuffix('/find-receipt')}/by-name")
    assert visitor.text("table").count("Prendre en main son téléphone") == VOTED
    assert "N'a pas voté" in visitor.text("table")


@pytest.mark.parametrize("scripts", [False, True])
def test_a_facilitator_opens_a_vote_then_cancels_it(visitors, scripts):
    visitor = visitors(scripts=scripts, width=1280 if scripts else 320)
    visitor.sign_in(FACILITATOR).open(f"{ROOM}/polls")
    visitor.press("main a:text('Ouvrir un vote')")
    visitor.fill("#question", "Faut-il une deuxième imprimante ?").press("main form button")
    assert visitor.path.startswith("/polls/")
    visitor.press('main a:text("S\'occuper de ce vote")')
    visitor.press("main form[action$='/cancel'] button")
    assert "Écrivez pourquoi" in visitor.text("[role=alert]")
    visitor.fill("#reason", "C'était un essai.").press("main form[action$='/cancel'] button")
    assert "Vote annulé" in visitor.text()

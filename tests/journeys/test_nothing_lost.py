"""What is typed survives; what is private does not."""

import re

import pytest

from tests.journeys.conftest import launch

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTION = "/consultations/strategie-numerique-grand-est/questions/1-2"
FIELD = "form#answer [name=value]"
SEND = "form#answer button:not([formaction])"
TEXT = "Chaque service nomme une personne. Elles se voient deux heures par mois."


def typed(visitor):
    return visitor.page.locator(FIELD).input_value()


def test_back_gives_the_text_again(visitor):
    visitor.open(QUESTION)
    visitor.fill(FIELD, TEXT)
    visitor.press("footer a[href='/privacy']")
    visitor.page.go_back()
    visitor.settle()
    assert typed(visitor) == TEXT


def test_a_saved_draft_survives_a_reload(visitor):
    visitor.open(QUESTION)
    visitor.fill(FIELD, TEXT)
    visitor.press("button[formaction$='/draft']")
    visitor.page.reload()
    assert typed(visitor) == TEXT
    visitor.look()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_draft_saves_itself(visitors, width):
    visitor = visitors(scripts=True, width=width)
    visitor.open(QUESTION)
    visitor.page.locator(FIELD).press_sequentially("Une réunion par mois.")
    saved = visitor.page.locator("#draft-status", has_text=re.compile(r"\d"))
    saved.wait_for()
    visitor.look()
    visitor.open("/help")
    visitor.open(QUESTION)
    assert typed(visitor) == "Une réunion par mois."


def test_the_draft_of_an_idea_saves_itself(visitors):
    form = "/consultations/reglement-lieux-aide-numerique/proposals/new"
    visitor = visitors(scripts=True, width=320)
    visitor.open(form)
    visitor.page.locator("form#idea [name=body]").press_sequentially("Ouvrir le samedi matin.")
    visitor.page.locator("#draft-status", has_text=re.compile(r"\d")).wait_for()
    visitor.open("/help")
    visitor.open(form)
    assert visitor.page.locator("form#idea [name=body]").input_value() == "Ouvrir le samedi matin."
    visitor.look()


def test_an_expired_form_gives_the_text_back(visitor):
    visitor.open(QUESTION)
    visitor.fill(FIELD, TEXT)
    visitor.context.clear_cookies()
    visitor.page.locator(SEND).click()
    visitor.settle()
    assert TEXT in visitor.page.content()
    visitor.look()


def test_a_refused_answer_stays_in_its_field(visitor):
    visitor.open(QUESTION)
    visitor.fill(FIELD, "a" * 20_001)
    visitor.press(SEND)
    assert visitor.has("[role=alert]")
    assert len(typed(visitor)) == 20_001


def test_a_double_click_sends_once(visitor):
    visitor.open(QUESTION)
    visitor.fill(FIELD, TEXT)
    visitor.page.locator(SEND).dblclick()
    visitor.page.locator(".ticket").wait_for()
    visitor.open("/follow-up")
    assert visitor.page.locator("main a[href$='/edit']").count() == 1


@pytest.mark.parametrize("scripts", [False, True])
def test_nothing_private_comes_back_after_sign_out(visitors, playwright, scripts):
    browser = launch(playwright, ignore_default_args=["--disable-back-forward-cache"])
    visitor = visitors(scripts=scripts, browser=browser)
    visitor.sign_in("habitante@demo.invalid")
    visitor.open("/account")
    assert "habitante@demo.invalid" in visitor.text()
    visitor.open("/help")
    visitor.open("/account")
    visitor.press("form[action='/sign-out'] button")
    for _ in range(3):
        visitor.page.go_back()
        visitor.settle()
        assert "habitante@demo.invalid" not in visitor.page.content()
    if scripts:
        kept = visitor.page.evaluate("[localStorage.length, sessionStorage.length]")
        assert kept == [0, 0]
    visitor.context.close()
    browser.close()

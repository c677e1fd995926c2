"""Someone finds a question, answers, follows, corrects and withdraws, without an account."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONSULTATION = "/consultations/strategie-numerique-grand-est"
SEND = "form#answer button:not([formaction])"


def answer(visitor, text):
    """Answer from the consultation's page; return the tracking number."""
    visitor.clicks = 0
    visitor.press("main a.button[href*='/questions/']")
    assert visitor.field_names("form#answer") == ["value"]
    visitor.fill("form#answer [name=value]", text)
    visitor.press(SEND)
    return visitor.text(".ticket .number")


def test_answer_follow_correct_withdraw(visitor):
    visitor.open("/")
    visitor.press(f"main a[href='{CONSULTATION}']")
    number = answer(visitor, "Un repas par mois entre bibliothécaires et associations.")
    assert visitor.clicks == 2
    assert re.fullmatch(r"GE-[0-9A-Z]{5}-[0-9A-Z]{5}", number.strip())
    assert visitor.path.endswith("/receipt")
    assert visitor.has(".ticket img[src^='data:image/svg']")

    visitor.open("/follow-up")
    visitor.fill("form#number [name=number]", number.strip().lower())
    visitor.press("form#number button")
    assert "Un repas par mois" in visitor.text()

    visitor.press("main a[href$='/edit']")
    visitor.fill("form#edit [name=value]", "Deux repas par mois, et un fichier partagé.")
    visitor.press("form#edit button")
    assert "Deux repas par mois" in visitor.text()
    assert visitor.has("del") or visitor.has("main details")

    visitor.press("main a[href$='/withdraw']")
    visitor.press("form#withdraw button")
    visitor.open("/follow-up")
    visitor.fill("form#number [name=number]", number.strip())
    visitor.press("form#number button")
    assert not visitor.has("main a[href$='/edit']")


def test_the_number_is_enough_on_another_device(visitor, visitors, way):
    visitor.open(CONSULTATION)
    number = answer(visitor, "Une carte des lieux, tenue à jour par les lieux eux-mêmes.")
    other = visitors(**way)
    other.open("/follow-up")
    other.fill("form#number [name=number]", number.strip())
    other.press("form#number button")
    assert "Une carte des lieux" in other.text()
    other.press("main a[href$='/edit']")
    assert "Une carte des lieux" in other.page.locator("form#edit [name=value]").input_value()


def test_check_and_sign_before_sending(visitor):
    visitor.open(f"{CONSULTATION}/questions/3-1")
    visitor.fill("form#answer [name=value]", "Une malle de tablettes pour cinq communes.")
    visitor.press("form#answer button[formaction$='/check']")
    assert "Une malle de tablettes" in visitor.text()
    visitor.page.locator("#signed-as-organisation").check()
    visitor.fill("[name=organisation]", "Médiathèque du Val")
    visitor.fill("[name=function]", "directrice")
    visitor.press("form#check .actions button")
    assert visitor.path.endswith("/receipt")
    visitor.press(".ticket a[href^='/answers/']")
    assert "Médiathèque du Val, directrice" in visitor.text()


def test_an_empty_answer_says_what_to_do(visitor):
    visitor.open(f"{CONSULTATION}/questions/1-1")
    visitor.page.locator(SEND).click()
    visitor.settle()
    assert visitor.has("[role=alert] a[href='#value']")
    visitor.look()


def test_a_wrong_number_says_what_to_check(visitor):
    visitor.open("/follow-up")
    visitor.fill("form#number [name=number]", "GE-00000-00000")
    visitor.press("form#number button")
    assert visitor.has("#tracking-error")
    assert visitor.page.locator("#tracking").input_value() == "GE-00000-00000"

"""Someone says where they live, finds their territory, and reads the map."""

import pytest

from tests.journeys.visiting import check_axe

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTION = "/consultations/strategie-numerique-grand-est/questions/3-1"
CHOICES = "#territory-choices [type=radio]"
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".tiles a use")]
  .flatMap((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height]))"""


def plain(text):
    """A text with ordinary spaces."""
    return " ".join(text.split())


def test_a_place_is_typed_chosen_and_remembered(visitor):
    visitor.open(QUESTION)
    visitor.fill("form#answer [name=value]", "Une malle de tablettes pour cinq communes.")
    visitor.press("form#answer button[formaction$='/check']")
    field = visitor.page.locator("[name=territory_name]")
    field.press_sequentially("saint-de")
    if visitor.scripts:
        visitor.page.wait_for_selector(CHOICES)
        visitor.look()
        check_axe(visitor.page)
    else:
        visitor.press("form#check .actions button")
        assert visitor.has("#territory-error")
        assert field.input_value() == "saint-de"
    assert 1 < visitor.page.locator(CHOICES).count() <= 8
    visitor.page.locator(CHOICES).nth(1).focus()
    visitor.page.keyboard.press("Space")
    chosen = visitor.page.locator(f"{CHOICES}:checked + label").inner_text()
    visitor.press("form#check .actions button")
    assert visitor.path.endswith("/receipt")
    visitor.open(QUESTION)
    assert f"Votre territoire : {chosen.partition(',')[0]}" in plain(visitor.text())


def test_one_finds_what_is_near_from_the_home_page(visitor):
    visitor.open("/")
    visitor.fill("main form[action='/territories'] [name=q]", "54000")
    visitor.press("main form[action='/territories'] button")
    visitor.press("main a[href='/territories/M-54395']")
    assert "Près de chez vous : Nancy" in plain(visitor.text())
    assert visitor.has("main a[href='/territories/D-54']")


def test_the_map_follows_the_list_and_is_walked_by_keyboard(visitor):
    visitor.open("/territories")
    assert visitor.page.evaluate(SMALLEST) >= 24
    squares = visitor.page.locator(".tiles a")
    assert squares.count() == 109 + visitor.page.locator(".tiles p a").count()
    visitor.page.locator(".tiles svg a").first.focus()
    visitor.page.keyboard.press("Tab")
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    visitor.settle()
    visitor.look()
    assert visitor.path == "/territories/D-59"

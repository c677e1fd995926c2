"""Two people, one after the other, on the same computer."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "/shared-computer"
QUESTION = "main a.button[href*='/questions/']"
CONSULTATION = "/consultations/strategie-numerique-grand-est"


@pytest.fixture
def shared(visitors):
    """A computer said to be shared, with or without scripts."""

    def make(**way):
        visitor = visitors(**way)
        if way["scripts"]:
            visitor.page.clock.install()
        visitor.open(PAGE)
        return visitor.press("main form button[value=on]")

    return make


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_next_person_finds_nothing(shared, scripts, width):
    visitor = shared(scripts=scripts, width=width)
    visitor.open(CONSULTATION)
    visitor.press(QUESTION)
    visitor.fill("form#answer [name=value]", "Ce que je pense seule.")
    visitor.press("form#answer button:not([formaction])")
    receipt = visitor.path
    visitor.press(".finish button:not([name])")
    assert "Ce que je pense seule." not in visitor.text("body")
    visitor.page.go_back()
    visitor.settle()
    assert "Ce que je pense seule." not in visitor.text("body")
    visitor.open("/follow-up")
    assert "Ce que je pense seule." not in visitor.text()
    visitor.page.goto(visitor.site.base + receipt)
    assert "Ce que je pense seule." not in visitor.text("body")


def test_nobody_there_a_warning_then_everything_is_forgotten(shared):
    visitor = shared(scripts=True, width=1280)
    visitor.open(CONSULTATION)
    visitor.press(QUESTION)
    question = visitor.path
    visitor.fill("form#answer [name=value]", "Je commence.")
    visitor.page.clock.run_for(3_000)
    visitor.page.wait_for_selector("#draft-status:has-text('Brouillon')")
    warning = visitor.page.locator(".finish [data-warning]")
    visitor.page.clock.run_for(235_000)
    assert not warning.is_visible()
    visitor.page.clock.run_for(10_000)
    assert warning.is_visible()
    visitor.page.keyboard.press("Shift")
    assert not warning.is_visible()
    visitor.page.clock.run_for(245_000)
    assert warning.is_visible()
    with visitor.page.expect_navigation():
        visitor.page.clock.run_for(60_000)
    visitor.open(question)
    assert visitor.page.locator("form#answer [name=value]").input_value() == ""

"""An organiser opens a consultation and answers; a mediator writes for someone."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ORGANISER = "organisatrice@demo.invalid"
MEDIATOR = "mediateur@demo.invalid"
FORUM = "strategie-numerique-grand-est"
SEND = "form#answer button:not([formaction])"


def local(visitor, days):
    """An hour some days from now, as a date field of the visitor's browser takes it."""
    script = "days => new Date(Date.now() + days * 864e5).toISOString().slice(0, 16)"
    return visitor.page.evaluate(script, days)


def test_open_a_consultation_in_four_screens_and_six_fields(visitor):
    visitor.sign_in(ORGANISER)
    visitor.open("/console")
    visitor.press("main a[href='/console/consultations/new']")
    visitor.press("main a[href='/console/consultations/new?template=forum']")
    filled = visitor.field_names("main form")
    visitor.fill("[name=title]", f"Une journée du numérique {visitor.width} {visitor.scripts}")
    visitor.fill("[name=asked_by]", "La commune du Val")
    visitor.fill("[name=purpose]", "Choisir ensemble le programme de la journée.")
    visitor.press("main form .actions button")
    filled += visitor.field_names("main form")
    visitor.fill("[name=opens_at]", local(visitor, -1))
    visitor.fill("[name=closes_at]", local(visitor, 30))
    visitor.press("main form .actions button")
    assert len(filled) <= 6, filled
    visitor.press("main a[href^='/consultations/']")
    assert "Une journée du numérique" in visitor.text("h1")
    slug = visitor.path.rsplit("/", 1)[1]
    visitor.page.go_back()
    visitor.press(f"form[action='/console/consultations/{slug}/publish'] button")
    visitor.open(f"/consultations/{slug}")
    assert visitor.has("main a.button[href*='/questions/']")


def test_read_before_publishing_then_answer_officially(visitor, visitors, way):
    text = f"Un camion du numérique le mercredi, {visitor.width} {visitor.scripts}."
    person = visitors(**way)
    person.open(f"/consultations/{FORUM}/questions/2-2")
    person.fill("form#answer [name=value]", text)
    person.press(SEND)
    person.press(".ticket a[href^='/answers/']")
    page = person.path

    visitors(**way).open(page, status=404)
    visitor.sign_in(ORGANISER)
    visitor.open("/console")
    visitor.open(f"/moderation?consultation={FORUM}")
    row = f"article:has-text('{text}')"
    visitor.press(f"{row} button[value=publish]")
    reader = visitors(**way).open(page)
    assert text in reader.text()

    visitor.open(f"/console/consultations/{FORUM}/outcomes?show=questions")
    visitor.press("main .list a[href*='/outcomes/'] >> nth=3")
    visitor.page.locator("main [name=verdict]").first.check()
    visitor.fill("[name=body]", "Nous gardons cette idée. Le camion passe dès mars.")
    visitor.press("main form .actions button")
    assert "Le camion passe dès mars" in reader.open(f"/consultations/{FORUM}").text()


def test_write_for_someone(visitor, visitors, way):
    visitor.sign_in(MEDIATOR)
    visitor.open("/assistance")
    choices = visitor.page.locator("#question option", has_text="IV-1.").first
    visitor.page.locator("#question").select_option(choices.get_attribute("value"))
    visitor.press("main form.filters button")
    visitor.fill("form#write [name=value]", "Je veux quelqu'un qui m'explique, à la mairie.")
    visitor.press("form#write button")
    assert visitor.has("[role=alert]"), "the way the person agreed is asked"
    assert "m'explique" in visitor.page.locator("form#write [name=value]").input_value()
    visitor.page.locator("#consent-oral").check()
    visitor.page.locator("[name=channel]").select_option("desk")
    visitor.fill("[name=place]", "Mairie du Val")
    visitor.press("form#write button")
    number = visitor.text(".ticket .number").strip()
    person = visitors(**way).open("/follow-up")
    person.fill("form#number [name=number]", number)
    person.press("form#number button")
    person.press("main article a[href^='/answers/']")
    assert "m'explique" in person.text()
    assert "Mairie du Val" in person.text()

"""A need goes up from a local room to the national one, two clicks a step, and comes back."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def relay(person, page, why):
    """Send a matter up: open the field, write a sentence, send."""
    form = f"form[action='{page}/moves']:has(input[name=act][value=relay])"
    person.open(page)
    clicks = person.clicks
    person.press(f"details:has(> {form}) > summary")
    person.fill(f"{form} textarea", why)
    person.press(f"{form} button")
    assert person.clicks - clicks == 2


def one_click(person, page, act):
    person.open(page)
    person.press(f"form[action='{page}/moves']:has(input[name=act][value={act}]) button")


def test_a_need_goes_up_and_its_answer_comes_back(visitor, visitors, way):
    title = f"Des postes fixes {visitor.width} {visitor.scripts}"
    visitor.sign_in("animatrice@demo.invalid")
    visitor.open("/rooms/salle-de-meurthe-et-moselle/matters")
    visitor.press("main a[href$='/matters/new']")
    visitor.fill("[name=title]", title)
    visitor.fill("[name=body]", "Les contrats sont trop courts.")
    visitor.press("main form .actions button")
    page = visitor.path
    assert page.startswith("/matters/")

    other = visitors(**way)
    other.sign_in("odile@demo.invalid")
    one_click(other, page, "endorse")
    assert "Salle de la Marne" in other.text("main")
    relay(visitor, page, "Nous ne pouvons pas payer seuls.")

    hub = visitors(**way)
    hub.sign_in("hub@demo.invalid")
    relay(hub, page, "Deux salles ont le même besoin.")
    top = visitors(**way)
    top.sign_in("nationale@demo.invalid")
    top.open(page)
    form = f"form[action='{page}/moves']:has(input[name=act][value=decide])"
    top.press(f"details:has(> {form}) > summary")
    top.fill(f"{form} textarea", "Deux ans, puis trois.")
    top.press(f"{form} button[value=adopted]")
    assert "Deux ans, puis trois." in top.text("main")

    for person in (hub, visitor):
        one_click(person, page, "acknowledge")
    reader = visitors(**way).open(page)
    assert "Clos" in reader.text("main") and title in reader.text("h1")

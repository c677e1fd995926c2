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


def raised(person, title):
    """Begin a matter in the room that one runs, from its list."""
    person.sign_in("bastien@demo.invalid")
    person.open("/rooms/club-de-l-oise/matters")
    person.press("main a[href$='/matters/new']")
    person.fill("[name=title]", title)
    person.fill("[name=body]", "Les contrats sont trop courts.")
    person.press("main form .actions button")
    return person.path


def test_a_need_of_three_rooms_goes_up_and_its_answer_comes_back(visitor, visitors, way):
    page = raised(visitor, f"Des postes fixes {visitor.width} {visitor.scripts}")
    others = {"fanny": "Salle du Pas-de-Calais", "sabine": "Salle du Pays de Saint-Omer"}
    for name, room in others.items():
        person = visitors(**way)
        person.sign_in(f"{name}@demo.invalid")
        one_click(person, page, "endorse")
        assert room in person.text("main")
    # A third of the rooms of the hub, two at least: it went up by itself.
    assert "Hub Hauts-de-France" in person.text(".lead")

    hub = visitors(**way)
    hub.sign_in("celestine@demo.invalid")
    relay(hub, page, "Trois salles ont le même besoin.")
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
    text = reader.text("main")
    assert "La réponse est donnée : c'est fini." in text.replace("\u202f", " ")
    for said in (*others.values(), "Trois salles ont le même besoin.", "Deux ans, puis trois."):
        assert said in text


def test_a_sentence_is_enough_to_send_a_matter_up(visitor):
    page = raised(visitor, f"Un atelier {visitor.width} {visitor.scripts}")
    relay(visitor, page, "Nous ne pouvons pas payer seuls.")
    assert "Hub Hauts-de-France" in visitor.text(".lead")

"""A national frame goes down to a hub, which asks back; a room opens its local edition."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_frame_is_sent_down_received_in_one_click_and_seen_from_above(visitor, visitors, way):
    title = f"Un texte commun {visitor.width} {visitor.scripts}"
    visitor.sign_in("nationale@demo.invalid")
    visitor.open("/console/rooms/salle-nationale")
    visitor.press("main a[href$='/frames/new']")
    visitor.fill("[name=title]", title)
    visitor.fill("[name=body]", "Chaque lieu répond dans la semaine.")
    visitor.fill("[name=due]", visitor.page.evaluate(
        "() => new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10)"
    ))  # fmt: skip
    visitor.press("main form .actions button")
    page = visitor.path
    assert page.startswith("/frames/")

    hub = visitors(**way)
    hub.sign_in("hub@demo.invalid")
    hub.open("/rooms/hub-grand-est").press("#tabs a[href$='/frames']")
    hub.press(f"main a[href='{page}']")
    hub.press(f"form[action='{page}/rooms/hub-grand-est/reception'] button[value=adopted]")
    assert title in hub.text("h1")
    reader = visitors(**way).open(page)
    assert "Adopté" in reader.text("#room-hub-grand-est")
    assert "En attente" in reader.text("#room-hub-bretagne")
    reader.open("/consultations/strategie-numerique-grand-est")
    reader.press("main a[href$='/editions']")
    assert "Salle de la Marne" in reader.text("main")
    reader.open("/promises")
    assert "Maison du numérique" in reader.text("main")

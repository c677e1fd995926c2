"""A room is opened from a template, someone joins it, sits in it, and a visitor sees it."""

import re

import pytest
from sqlalchemy import select

from consult.models import Mail

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HUB = "hub@demo.invalid"
RESIDENT = "habitante@demo.invalid"


def day(visitor, days):
    """An hour some days from now, as a date field of the visitor's browser takes it."""
    script = "days => new Date(Date.now() + days * 864e5).toISOString().slice(0, 16)"
    return visitor.page.evaluate(script, days)


@pytest.fixture(params=[(False, 320), (True, 1280)], ids=["plain-320", "js-1280"])
def way(request):
    """Without scripts on a telephone, with them on a desk: the story is long."""
    return {"scripts": request.param[0], "width": request.param[1]}


def invited(site, email, name):
    """The address of the letter that asks someone to join a room."""
    query = select(Mail.body).where(Mail.recipient == email, Mail.body.contains(name))
    ((body,),) = site.rows(query)
    return re.search(r"/room-invitations/\S+", body).group()


def fill_a_seat_and_plan(visitor, here):
    """Give the first seat, and plan a meeting."""
    visitor.open(f"{here}/seats")
    visitor.press("main a[href*='/seats/'] >> nth=0")
    visitor.fill("[name=name]", "Awa, habitante du Val")
    visitor.press("main form .actions button >> nth=0")
    assert "Awa, habitante du Val" in visitor.text()

    visitor.open(f"{here}/plan")
    visitor.fill("[name=title]", "Première réunion")
    visitor.fill("[name=starts]", day(visitor, 5))
    visitor.fill("[name=ends]", day(visitor, 5.1))
    visitor.fill("[name=place]", "Salle des fêtes du Val")
    visitor.press("main form .actions button")
    assert "Première réunion" in visitor.text("h1")


def test_open_a_room_fill_a_seat_plan_a_meeting_and_be_seen(visitor, visitors, way):
    visitor.sign_in(HUB)
    visitor.open("/console/rooms")
    visitor.press("main a[href='/console/open-room']")
    name = f"Conseil du Val {visitor.width} {visitor.scripts}"
    visitor.fill("[name=name]", name)
    visitor.page.locator("[name=template]").select_option("council")
    visitor.page.locator("[name=parent_id]").select_option(label="Hub Grand Est")
    visitor.press("main form .actions button")
    assert name in visitor.text("h1")
    here = visitor.path
    slug = here.rsplit("/", 1)[1]

    visitor.fill("[name=email]", RESIDENT)
    visitor.page.locator("main form [name=college] >> nth=-1").select_option("resident")
    visitor.page.locator("[name=role][value=member]").check()
    visitor.press("main form[action$='" + slug + "'] .actions button")
    resident = visitors(**way)
    resident.open(invited(visitor.site, RESIDENT, name))
    resident.press("main form button")

    fill_a_seat_and_plan(visitor, here)

    reader = visitors(**way).open(f"/rooms/{slug}")
    seen = reader.text()
    assert "Awa, habitante du Val" in seen
    assert "Première réunion" in seen
    assert "Habitants" in seen
    reader.press("main a.button[href*='/events/']")
    reader.fill("[name=name]", "Une voisine")
    reader.press("main form .actions button")
    assert "Vous venez, au nom de Une voisine" in reader.text()
    for path in ("agenda", "documents", "decisions"):
        reader.open(f"/rooms/{slug}/{path}")

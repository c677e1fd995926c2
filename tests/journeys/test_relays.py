"""A demand of three local rooms goes up to the national one, is decided there, and comes back."""

import json
from urllib.parse import urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MOST_CLICKS = 2


class Walk:
    """The people of the known rooms, each with a browser, and the matter that they pass on."""

    def __init__(self, site, visitors, way):
        self.site = site
        self.visitors = visitors
        self.way = way
        self.known = json.loads(site.filled)
        self.people = {}
        self.page = ""

    def person(self, role):
        """Return someone in front of their browser, signed in once."""
        if role not in self.people:
            person = self.visitors(**self.way, at=self.site)
            person.sign_in(self.known["accounts"][role]["email"])
            self.people[role] = person
        return self.people[role]

    def room(self, name):
        return urlsplit(self.known["objects"][name]["url"]).path

    def raises(self, role, room, title):
        """Begin the demand in a room, from the list of its matters."""
        person = self.person(role).open(f"{self.room(room)}/matters")
        with few_clicks(person):
            person.press("main a[href$='/matters/new']")
            person.fill("[name=title]", title)
            person.fill("[name=body]", "Les contrats sont trop courts.")
            person.press("main form .actions button")
        self.page = person.path

    def acts(self, role, act, why="", answer=""):
        """Do one thing on the page of the matter: with reasons, open the field first."""
        form = f"form[action='{self.page}/moves']:has(input[name=act][value={act}])"
        person = self.person(role).open(self.page)
        with few_clicks(person):
            if why:
                person.press(f"details:has(> {form}) > summary")
                person.fill(f"{form} textarea", why)
            person.press(f"{form} button" + (f"[value={answer}]" if answer else ""))
        return person


class few_clicks:
    """Refuse a step that takes more clicks than promised."""

    def __init__(self, person):
        self.person = person

    def __enter__(self):
        self.before = self.person.clicks

    def __exit__(self, *_raised):
        assert self.person.clicks - self.before <= MOST_CLICKS


@pytest.fixture(params=[(False, 1280), (True, 320)], ids=["plain", "js"])
def walk(request, known_site, visitors):
    scripts, width = request.param
    return Walk(known_site, visitors, {"scripts": scripts, "width": width})


def test_a_demand_of_three_local_rooms_goes_up_and_its_answer_comes_back(walk):
    walk.raises("local_facilitator", "room_local", f"Des postes fixes, {walk.way['width']}")
    for letter in "bc":
        person = walk.acts(f"local_facilitator_{letter}", "endorse")
        assert f"room local {letter}" in person.text()
    # Two rooms beside the one where it began are enough: it went up by itself.
    assert "room hub" in person.text(".lead")
    hub = walk.acts("hub_facilitator", "relay", "Trois salles ont le même besoin.")
    assert "room national" in hub.text(".lead")
    walk.acts("national_facilitator", "decide", "Deux ans, puis trois.", "adopted")
    for role in ("hub_facilitator", "local_facilitator"):
        walk.acts(role, "acknowledge")

    reader = walk.visitors(**walk.way, at=walk.site).open(walk.page)
    text = reader.text().replace("\xa0", " ")
    assert "La réponse est donnée\u202f: c'est fini." in text
    for said in ("Trois salles ont le même besoin.", "Deux ans, puis trois."):
        assert said in text
    facts = reader.text("dl.facts")
    assert "room local" in facts and "3" in facts


def test_a_sentence_is_enough_to_send_a_matter_up(walk):
    walk.raises("local_facilitator", "room_local", f"Un atelier, {walk.way['width']}")
    person = walk.acts("local_facilitator", "relay", "Nous ne pouvons pas payer seuls.")
    assert "room hub" in person.text(".lead")

"""Matters for tests: three local rooms of one hub, a national room, and acts with fresh keys."""

from itertools import count
from types import SimpleNamespace

from consult.services import matters

NUMBERS = count(1)


def tree(make):
    """Three local rooms below a hub, another hub with one local room, the national room."""
    found = SimpleNamespace()
    found.national = make.room("national")
    found.hub, found.hub2 = (make.room("hub", None, found.national) for _ in range(2))
    found.a, found.b, found.c = (make.room("local", None, found.hub) for _ in range(3))
    found.far = make.room("local", None, found.hub2)
    found.ada = make.account(name="Ada")
    return found


def begun(session, room, account, now, *, publish=True, title="Des postes fixes", **facts):
    words = matters.Words(title, "Les contrats sont trop courts.", **facts.pop("words", {}))
    matter = matters.begin(session, room, words, account_id=account.id, now=now, **facts)
    session.commit()
    if publish:
        does(session, matter, "publish", room, account, now)
    return matter


def does(session, matter, name, room, account, now, **facts):
    facts = {"key": f"essai-{next(NUMBERS):06}", "reasons": "Parce que."} | facts
    what = matters.Act(name, account.id, room.id if room else None, **facts)
    done = matters.act(session, matter.id, what, now=now)
    session.commit()
    return done


def shown(make):
    """Rooms by name: one national, its hub, eight below it, so that two do not make it go up."""
    made = {"national": make.room("national", "FR", name="Salle nationale", slug="nationale")}
    made["hub"] = make.room("hub", "R-44", made["national"], name="Hub Grand Est", slug="hub")
    made["a"] = make.room("local", "D-54", made["hub"], name="Salle de Nancy", slug="nancy")
    made["b"] = make.room("local", "D-51", made["hub"], name="Salle de Reims", slug="reims")
    for name in ("c", "d", "e", "f", "g"):
        made[name] = make.room("local", None, made["hub"], name=f"Salle {name}", slug=f"s-{name}")
    made["secret"] = make.room(
        "local", None, made["hub"], name="Cercle fermé", slug="cercle", is_private=True
    )
    return made


def run(make, rooms):
    """Who runs each of some rooms."""
    found = {}
    for name in ("national", "hub", "a", "b", "secret"):
        found[name] = make.account(name=f"Anim {name}", email=f"{name}@exemple.fr")
        make.joins(found[name], rooms[name])
    return found


def token(page):
    return next(f.get("value") for f in page.all("input") if f.get("name") == "csrf_token")


def form_of(page, act, room=None):
    """The form of an act on a page, None when it is not offered."""
    for form in page.forms():
        given = {one.get("name"): one.get("value") for one in form.iter("input")}
        if given.get("act") == act and room in (None, given.get("room")):
            return given | {"action": form.get("action")}
    return None


def press(browser, path, act, **typed):
    """Press a button of the page of a matter; each form is found by its act."""
    given = form_of(browser.get(path), act)
    assert given, f"{act} is not offered"
    return browser.post(given.pop("action"), given | typed, htmx=browser.is_htmx)


def offered(browser, path):
    page = browser.get(path)
    found = [{i.get("name"): i.get("value") for i in f.iter("input")} for f in page.forms()]
    return [one["act"] for one in found if "act" in one]

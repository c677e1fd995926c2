"""Rooms for tests: a national one, two hubs, a local one, each with who runs it."""

from types import SimpleNamespace

from consult.services import rooms


def open_room(session, name, level, now, **facts):
    room = rooms.open_one(session, rooms.Facts(name, level, **facts), actor="system", now=now)
    session.commit()
    return room


def join(session, room, account, now, role="facilitator"):
    rooms.add_member(session, room, account, role, actor="system", now=now)
    session.commit()


def tree(session, make, now):
    """Grand Est with its hub and the local room of Meurthe-et-Moselle; New Caledonia beside."""
    found = SimpleNamespace()
    found.national = open_room(session, "Salle nationale", "national", now)
    top = {"parent_id": found.national.id, "moderates": True}
    found.hub = open_room(session, "Hub Grand Est", "hub", now, territory_code="R-44", **top)
    found.other_hub = open_room(session, "Hub du Sud", "hub", now, territory_code="C-988", **top)
    below = {"parent_id": found.hub.id, "moderates": True}
    found.local = open_room(session, "Salle du 54", "local", now, territory_code="D-54", **below)
    for name in ("national", "hub", "other_hub", "local"):
        account = make.account(name=f"Amina, {name}")
        join(session, getattr(found, name), account, now)
        setattr(found, f"by_{name}", account)
    return found
